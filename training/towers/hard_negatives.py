"""Which jobs to hold against a seeker beyond the batch's: those a recruiter rejected them for, and near misses.

Near misses are mined with the current vectors and refreshed as they move (Xiong et al., "ANCE", ICLR 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows
from training.data.datasets import PlacementSet

NO_JOB = -1
SEEKERS_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class MiningConfig:
    """How near misses are chosen: ranks `skipped` to `skipped + depth` of a seeker's jobs.

    The first ranks are left out: among them stand jobs the person would also have been placed in.
    """

    skipped: int = 20
    depth: int = 30


def known_keys(placements: PlacementSet, rows: Rows) -> Rows:
    """The (seeker, job) pairs of `rows` and those wanted by then, as sorted single numbers: never negatives."""
    wanted = placements.wanted_by(rows)
    matched = pair_keys(placements, placements.seekers[rows], placements.jobs[rows])
    return np.unique(np.concatenate([matched, pair_keys(placements, wanted.seekers, wanted.jobs)]))


def pair_keys(placements: PlacementSet, seekers: Rows, jobs: Rows) -> Rows:
    """A number a pair; the arguments broadcast."""
    return seekers * len(placements.job_texts) + jobs


def rejected_jobs(placements: PlacementSet, train: Rows, depth: int) -> Rows:
    """For each seeker, jobs a recruiter rejected them for before training ended, `[seekers, depth]`, padded with -1.

    A rejection counts only if it was known no later than the last training match, and if the same text was not
    matched with that job as well, nor clicked or applied for it in the meantime.
    """
    found = np.full((len(placements.seeker_texts), depth), NO_JOB, dtype=np.int64)
    if not len(train) or not depth:
        return found
    known = known_keys(placements, train)
    rows = np.flatnonzero((placements.grades < 0) & (placements.times <= placements.times[train].max()))
    filled = np.zeros(len(found), dtype=np.int64)
    for row in rows[np.argsort(-placements.times[rows].astype(np.int64), kind="stable")]:
        seeker, job = placements.seekers[row], placements.jobs[row]
        if filled[seeker] < depth and not np.isin(pair_keys(placements, seeker, job), known):
            found[seeker, filled[seeker]] = job
            filled[seeker] += 1
    return found


def mine_near_misses(
    seeker_vectors: NDArray[np.float32],
    job_vectors: NDArray[np.float32],
    placements: PlacementSet,
    train: Rows,
    config: MiningConfig,
) -> Rows:
    """For each seeker of `train`, jobs of `train` that stand near but were not theirs, `[seekers, depth]`; else -1.

    Who wanted a job by then is of `train` too, and the job that was wanted.

    Args:
        seeker_vectors, job_vectors: the towers' vectors of all texts as they are now, `[texts, dimension]`.
    """
    mined = np.full((len(placements.seeker_texts), config.depth), NO_JOB, dtype=np.int64)
    wanted = placements.wanted_by(train)
    pool = np.unique(np.concatenate([placements.jobs[train], wanted.jobs]))
    query_seekers = np.unique(np.concatenate([placements.seekers[train], wanted.seekers]))
    known = known_keys(placements, train)
    last = min(len(pool), config.skipped + config.depth)
    for start in range(0, len(query_seekers), SEEKERS_AT_ONCE):
        seekers = query_seekers[start : start + SEEKERS_AT_ONCE]
        order = np.argsort(-(seeker_vectors[seekers] @ job_vectors[pool].T), axis=1, kind="stable")
        near = pool[order[:, config.skipped : last]]
        is_known = np.isin(pair_keys(placements, seekers[:, None], near), known)
        mined[seekers, : near.shape[1]] = np.where(is_known, NO_JOB, near)
    return mined

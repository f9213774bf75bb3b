"""What a bundle holds besides its model, worked out from all jobs, or from the last bundle and what changed since.

Folding changes in reads no unchanged job, encodes only what changed and adds to the last bundle's lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from engine.arrays import Rows, Vectors
from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.folding import fold, schedule_order
from engine.encoder.texts import job_text
from engine.jobs import Job
from engine.working_hours import working_hours
from index.backends.lists import LEAST_INDEXED, build_lists, list_count, read_lists, renumber
from index.backends.planning import PlanCosts
from index.bundle import CATALOGUE, LISTS, TEXT_HASHES, VECTORS, BundleManifest, array_files
from index.encoding import Hashes, VectorSource

# Codes of jobs that have gone stay in the lists, unseen; past this share of all the lists are built anew.
MOST_DEAD_CODES = 0.2


@dataclass(frozen=True, slots=True)
class Contents:
    """N jobs: catalogue, vectors `[N, dimension]`, text hashes `[N]`, lists (None: few jobs), how many were encoded.

    `costs` are the last bundle's where its lists go on, None where they have to be measured.
    """

    catalogue: Catalogue
    vectors: Vectors
    hashes: Hashes
    lists: faiss.Index | None
    costs: PlanCosts | None
    encoded_count: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A job as it is now (None: deleted), and its vector `[dimension]` by the bundle's model where it is known."""

    job_id: str
    job: Job | None
    vector: Vectors | None = None


def contents_of_jobs(jobs: Sequence[Job], source: VectorSource, threads: int) -> Contents:
    """The contents of a bundle of these jobs."""
    # Jobs of one schedule lie together: a filter then sets ranges.
    jobs = sorted(jobs, key=lambda job: schedule_order(working_hours(job)))
    vectors, hashes, encoded = source([job_text(job) for job in tqdm(jobs, desc="reading jobs", unit="job")])
    lists = build_lists(vectors, threads) if len(vectors) >= LEAST_INDEXED else None
    return Contents(build_catalogue(jobs), vectors, hashes, lists, None, encoded)


def contents_with_changes(
    folder: Path, changes: Sequence[Changed], source: VectorSource, now: datetime, threads: int
) -> Contents:
    """The contents of the bundle in `folder` with changes folded in, without the jobs that have closed by `now`."""
    files = array_files(folder)
    previous = Catalogue.open(files.within(CATALOGUE))
    old_rows = np.flatnonzero(_kept(previous, changes, now))
    jobs = []
    for change in changes:
        if change.job is not None and _is_open(change.job, now):
            jobs.append(change.job)
            if change.vector is not None:
                source.know([job_text(change.job)], change.vector[None, :])
    fresh = build_catalogue(jobs)
    new_vectors, new_hashes, encoded = source([job_text(job) for job in jobs])
    folded = fold([(previous, old_rows), (fresh, np.arange(len(jobs)))])
    vectors = np.concatenate([files.map(VECTORS)[old_rows], new_vectors])[folded.order]
    hashes = np.concatenate([files.map(TEXT_HASHES)[old_rows], new_hashes])[folded.order]
    lists = _continued_lists(folder, old_rows, folded.order, vectors)
    if lists is not None:
        return Contents(folded.catalogue, vectors, hashes, lists, BundleManifest.peek(folder).costs, encoded)
    lists = build_lists(vectors, threads) if len(vectors) >= LEAST_INDEXED else None
    return Contents(folded.catalogue, vectors, hashes, lists, None, encoded)


def _kept(previous: Catalogue, changes: Sequence[Changed], now: datetime) -> NDArray[np.bool_]:
    """Which rows of the last bundle stay as they are, `[N]`."""
    kept: NDArray[np.bool_] = previous.columns.closes_at > int(now.timestamp())
    for change in changes:
        row = previous.row_of(change.job_id)
        if row is not None:
            kept[row] = False
    return kept


def _is_open(job: Job, now: datetime) -> bool:
    return job.is_open and (job.closes_at is None or job.closes_at > now)


def _continued_lists(folder: Path, old_rows: Rows, order: Rows, vectors: Vectors) -> faiss.Index | None:
    """The last bundle's lists under the new rows' numbers with the new vectors added; None when they are outgrown."""
    path = folder / LISTS
    count = len(vectors)
    if not path.is_file() or count < LEAST_INDEXED:
        return None
    lists = read_lists(path)
    new_count = count - len(old_rows)
    if lists.nlist != list_count(count) or lists.ntotal + new_count > count / (1 - MOST_DEAD_CODES):
        return None
    row_of = np.empty(count, dtype=np.int64)
    row_of[order] = np.arange(count)
    renumber(lists, old_rows, row_of[: len(old_rows)])
    added = row_of[len(old_rows) :]
    if new_count:
        lists.add_with_ids(np.ascontiguousarray(vectors[added]), added)
    return lists

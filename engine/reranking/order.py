"""The final order: a score for every candidate, and of jobs that are the same title of the same employer only the best.

The model folder's reranker gives the score (`engine/reranking/model.py`). Without one it is relevance × availability:

    availability = hours shared / hours needed            the hours and their times are stated
                 = 0.9 · hours shared / hours needed      how many is stated, when is not
                 = 0.7                                    nothing is stated
                 = 1                                      the person states no hours
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, Rows

FORMULA = "formula"
# Of so many times the wanted some are the same job again.
SPARE_PER_RESULT = 3


@dataclass(frozen=True, slots=True)
class JobCandidates:
    """C retrieved jobs, `[C]` each: catalogue row, score, posting time, duplicate group.

    `cosines` `[C]` and `features` `[C, features]` are what the scores come from (without features: the formula),
    `segment` `[C]` what the rows are of (None: there is one).
    """

    rows: Rows
    scores: Floats
    posted_at: NDArray[np.int64]
    duplicate_group: NDArray[np.int64]
    cosines: Floats | None = None
    features: Floats | None = None
    segment: Rows | None = None

    @classmethod
    def joined(cls, parts: Sequence[JobCandidates]) -> JobCandidates:
        """The candidates of several segments as one; rows are still those of their own segments."""
        if len(parts) == 1:
            return parts[0]
        names = [field.name for field in fields(cls) if getattr(parts[0], field.name) is not None]
        columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        segment = np.repeat(np.arange(len(parts)), [len(part.rows) for part in parts])
        return cls(**columns | {"segment": segment})


def rerank(candidates: JobCandidates, limit: int, among: Rows | None = None) -> Rows:
    """Positions in `candidates` of the best jobs, best first, at most `limit`; of equal scores the newer is better.

    Of equally new ones those of the earlier segment are first, and in it the lower rows.
    `among`: only these positions; None: all.
    """
    scores = candidates.scores if among is None else candidates.scores[among]
    first = len(scores) - SPARE_PER_RESULT * limit
    if first > 0:  # sorting them all takes three times as long
        high = np.flatnonzero(scores >= np.partition(scores, first)[first])
        best = _best_of(candidates, high if among is None else among[high], limit)
        if len(best) == limit:
            return best
    return _best_of(candidates, np.arange(len(scores)) if among is None else among, limit)


def _best_of(candidates: JobCandidates, positions: Rows, limit: int) -> Rows:
    keys: list[NDArray[Any]] = [candidates.rows[positions]]
    if candidates.segment is not None:  # rows of two segments are not compared: how many one skips is its history
        keys.append(candidates.segment[positions])
    keys += [-candidates.posted_at[positions], -candidates.scores[positions]]
    order = positions[np.lexsort(keys)]
    return best_of_groups(order, candidates.duplicate_group[order], limit)


def best_of_groups(order: Rows, groups: NDArray[np.int64], limit: int) -> Rows:
    """The first of each group in `order`, at most `limit`; `groups` are those of its positions."""
    best_of_group: dict[int, int] = {}
    for position, group in zip(order.tolist(), groups.tolist(), strict=True):
        best_of_group.setdefault(group, position)
        if len(best_of_group) == limit:
            break
    return np.fromiter(best_of_group.values(), dtype=np.int64, count=len(best_of_group))

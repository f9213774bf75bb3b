"""What would open more: how many more jobs would be called a match if one limit were looser, counted by trying it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows, Vectors
from engine.filtering.bitmaps import RowBitmap
from engine.filtering.what_ifs import Loosened, PassingSchedules, WhatIf, what_ifs
from engine.retrieval.segments import Eligibility

MOST_UNLOCKS = 3
# Steps that open the most jobs are left uncounted where more than so many rows would have to be judged.
MOST_JUDGED = 200_000
# All jobs of so small a catalogue are judged before any step is tried, which costs more: often no job is relevant.
MOST_JUDGED_FIRST = 20_000

Relevance = Callable[[NDArray[np.float32]], NDArray[np.floating]]


@dataclass(frozen=True, slots=True)
class Unlock:
    """A step and how many more distinct jobs it `opens`: ones that it lets pass and that are relevant enough."""

    what_if: WhatIf
    opens: int


def unlocks(
    eligibilities: Sequence[Eligibility], query_vector: Vectors, relevance: Relevance, least: float, now: datetime
) -> list[Unlock]:
    """Of each limit the step that opens most, those that open most first; copies of one job count once.

    Args:
        eligibilities: what the person can take now, by segment. relevance: of cosines.
        least: what a job's relevance must be to be called a match.
    """
    first = eligibilities[0].filter
    catalogues = [eligibility.segment.catalogue for eligibility in eligibilities]
    judged = [_GoodRows(eligibility, query_vector, relevance, least) for eligibility in eligibilities]
    if sum(map(len, catalogues)) <= MOST_JUDGED_FIRST and not any(one.has_others() for one in judged):
        return []
    steps = what_ifs(first.seeker, first.wanted, catalogues, now)
    opened = [_newly_passing(eligibility, steps, now) for eligibility in eligibilities]
    counts = [0] * len(steps)
    already = np.concatenate([one.groups(one.eligibility.eligible.rows()) for one in judged])
    for step in sorted(range(len(steps)), key=lambda step: sum(len(rows[step]) for rows in opened)):
        if sum(one.left_after(rows[step]) for one, rows in zip(judged, opened, strict=True)) > MOST_JUDGED:
            break
        groups = [one.groups(one.good(rows[step])) for one, rows in zip(judged, opened, strict=True)]
        if any(map(len, groups)):
            counts[step] = len(np.setdiff1d(np.concatenate(groups), already))
    return _best_of_each_limit([Unlock(*pair) for pair in zip(steps, counts, strict=True)])


def _best_of_each_limit(found: Sequence[Unlock]) -> list[Unlock]:
    best: dict[Loosened, Unlock] = {}
    for unlock in found:
        known = best.get(unlock.what_if.loosened)
        if unlock.opens and (known is None or _rank(unlock) < _rank(known)):
            best[unlock.what_if.loosened] = unlock
    return sorted(best.values(), key=_rank)[:MOST_UNLOCKS]


def _rank(unlock: Unlock) -> tuple[int, float]:
    return -unlock.opens, unlock.what_if.extra_hours


def _newly_passing(eligibility: Eligibility, steps: Sequence[WhatIf], now: datetime) -> list[Rows]:
    """The rows of a segment that each step would let pass."""
    known = eligibility.eligible.words
    found = []
    for step in steps:
        hours = PassingSchedules(eligibility.segment.catalogue, step.seeker, step.wanted, now)
        bitmap = replace(eligibility.filter, seeker=step.seeker, wanted=step.wanted, hours=hours).bitmap
        found.append(RowBitmap.of_words(bitmap.words & ~known, bitmap.size).rows())
    return found


class _GoodRows:
    """Which rows of a segment are relevant enough; each is judged once."""

    def __init__(self, eligibility: Eligibility, query_vector: Vectors, relevance: Relevance, least: float) -> None:
        self.eligibility, self._vector, self._relevance, self._least = eligibility, query_vector, relevance, least
        size = len(eligibility.segment.catalogue)
        self._is_judged, self._is_good = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
        self._count = 0

    def has_others(self) -> bool:
        """Whether any job beside those that the person can take now is relevant enough."""
        others = np.flatnonzero(~self.eligibility.eligible.mask())
        return len(self.good(others)) > 0

    def left_after(self, rows: Rows) -> int:
        """How many rows will have been judged when `rows` are."""
        return self._count + int((~self._is_judged[rows]).sum())

    def good(self, rows: Rows) -> Rows:
        """Those of `rows` that are relevant enough."""
        new = rows[~self._is_judged[rows]]
        self._is_judged[new] = True
        self._count += len(new)
        cosines = self.eligibility.segment.searcher.cosines(self._vector, new)
        self._is_good[new] = self._relevance(cosines) >= self._least
        return rows[self._is_good[rows]]

    def groups(self, rows: Rows) -> NDArray[np.int64]:
        """The duplicate groups of rows."""
        return self.eligibility.segment.catalogue.columns.duplicate_group[rows]

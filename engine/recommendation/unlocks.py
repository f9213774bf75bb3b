"""What would open more: how many more jobs would be called a match if one limit were looser, counted by trying it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray, Rows, Vectors
from engine.filtering.bitmaps import RowBitmap
from engine.filtering.filter_bitmaps import HoursVerdicts, PassingSchedules
from engine.filtering.filters import Constraint, constraints
from engine.filtering.what_ifs import Loosened, WhatIf, passing_by_step, what_ifs
from engine.retrieval.segments import Eligibility
from engine.slots import week_start

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
    already = np.concatenate([one.groups(one.eligibility.eligible.rows()) for one in judged])
    among: list[Rows] | None = None
    if sum(map(len, catalogues)) <= MOST_JUDGED_FIRST:
        among = [one.new_among(one.others(), already) for one in judged]
        if not any(map(len, among)):
            return []
    steps = what_ifs(first.seeker, first.wanted, catalogues, now)
    opened = [
        _NewlyPassing(eligibility, steps, now, None if among is None else among[number]).by_step()
        for number, eligibility in enumerate(eligibilities)
    ]
    if among is None:
        counts = _counted(judged, opened, already, len(steps))
    else:
        counts = [_distinct(judged, [rows[step] for rows in opened]) for step in range(len(steps))]
    return _best_of_each_limit([Unlock(*pair) for pair in zip(steps, counts, strict=True)])


def _counted(
    judged: Sequence[_GoodRows], opened: Sequence[Sequence[Rows]], already: NDArray[np.int64], steps: int
) -> list[int]:
    """How many jobs each step opens, those that open few rows first, as long as not too many have to be judged."""
    counts = [0] * steps
    for step in sorted(range(steps), key=lambda step: sum(len(rows[step]) for rows in opened)):
        if sum(one.left_after(rows[step]) for one, rows in zip(judged, opened, strict=True)) > MOST_JUDGED:
            break
        new = [one.new_among(rows[step], already) for one, rows in zip(judged, opened, strict=True)]
        counts[step] = _distinct(judged, new)
    return counts


def _distinct(judged: Sequence[_GoodRows], rows: Sequence[Rows]) -> int:
    """How many jobs rows are, copies counted once."""
    return len({group for one, found in zip(judged, rows, strict=True) for group in one.groups(found).tolist()})


def _best_of_each_limit(found: Sequence[Unlock]) -> list[Unlock]:
    best: dict[Loosened, Unlock] = {}
    for unlock in found:
        known = best.get(unlock.what_if.loosened)
        if unlock.opens and (known is None or _rank(unlock) < _rank(known)):
            best[unlock.what_if.loosened] = unlock
    return sorted(best.values(), key=_rank)[:MOST_UNLOCKS]


def _rank(unlock: Unlock) -> tuple[int, float]:
    return -unlock.opens, unlock.what_if.extra_hours


class _NewlyPassing:
    """The rows of a segment that each of some steps would let pass; `among` those only (None: all)."""

    def __init__(self, eligibility: Eligibility, steps: Sequence[WhatIf], now: datetime, among: Rows | None) -> None:
        self._eligibility, self._steps, self._among = eligibility, steps, among
        self._schedule_of_row = eligibility.segment.catalogue.columns.schedule_number
        self._schedules = None if among is None else np.unique(self._schedule_of_row[among]).astype(np.int64)
        self._passing = self._passing_schedules(now)
        self._without_hours: dict[tuple[Constraint, ...], Rows] = {}

    def _passing_schedules(self, now: datetime) -> dict[int, BoolArray]:
        """Of each step of hours, by its identity, which schedules pass: all, or those that `among` has."""
        of_hours = [step for step in self._steps if step.free is not None]
        if not of_hours:
            return {}
        table = self._eligibility.segment.catalogue.schedule_table(week_start(now))
        table = table if self._schedules is None else table.take(self._schedules)
        passing = passing_by_step(table, of_hours, self._eligibility.filter.wanted)
        return {id(step): row for step, row in zip(of_hours, passing, strict=True)}

    def by_step(self) -> list[Rows]:
        """Of each step its rows."""
        return [self._rows(step) for step in self._steps]

    def _rows(self, step: WhatIf) -> Rows:
        passing = self._passing.get(id(step))
        if self._among is None or self._schedules is None:
            known = self._eligibility.eligible.words
            bitmap = self._bitmap(step, self._eligibility.hours if passing is None else PassingSchedules(passing))
            return RowBitmap.of_words(bitmap.words & ~known, bitmap.size).rows()
        if passing is None:
            return self._among[self._bitmap(step, self._eligibility.hours).has(self._among)]
        limits = constraints(step.seeker, step.wanted)
        rows = self._without_hours.get(limits)
        if rows is None:
            rows = self._without_hours[limits] = self._among[
                self._bitmap(step, PassingSchedules(None)).has(self._among)
            ]
        does_pass: BoolArray = passing[np.searchsorted(self._schedules, self._schedule_of_row[rows])]
        return rows[does_pass]

    def _bitmap(self, step: WhatIf, hours: HoursVerdicts) -> RowBitmap:
        return replace(self._eligibility.filter, seeker=step.seeker, wanted=step.wanted, hours=hours).bitmap


class _GoodRows:
    """Which rows of a segment are relevant enough; each is judged once."""

    def __init__(self, eligibility: Eligibility, query_vector: Vectors, relevance: Relevance, least: float) -> None:
        self.eligibility, self._vector, self._relevance, self._least = eligibility, query_vector, relevance, least
        size = len(eligibility.segment.catalogue)
        self._is_judged, self._is_good = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
        self._count = 0

    def others(self) -> Rows:
        """All rows but those that the person can take now."""
        return np.flatnonzero(~self.eligibility.eligible.mask())

    def new_among(self, rows: Rows, already: NDArray[np.int64]) -> Rows:
        """Those of `rows` that are relevant enough and no copies of jobs of the groups `already` there."""
        good = self.good(rows)
        return good[~np.isin(self.groups(good), already)]

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

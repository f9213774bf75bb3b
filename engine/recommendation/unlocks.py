"""What would open more: how many more jobs would be called a match if one limit were looser, counted by trying it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.arrays import NO_ROWS, BoolArray, Rows, Vectors
from engine.filtering.bitmaps import BitmapWords, RowBitmap
from engine.filtering.filter_bitmaps import HoursVerdicts, PassingSchedules
from engine.filtering.filters import JobFilter
from engine.filtering.more_hours import HoursStep
from engine.filtering.what_ifs import Loosened, WhatIf, what_ifs
from engine.retrieval.segments import Eligibility
from engine.seekers import Seeker

MOST_UNLOCKS = 3
# Steps that open the most jobs are left uncounted where more than so many rows would have to be judged.
MOST_JUDGED = 200_000
# So few rows are judged before each step is tried, which costs more: often no job is relevant.
MOST_JUDGED_FIRST = 20_000


Relevance = Callable[[NDArray[np.float32]], NDArray[np.floating]]


@dataclass(frozen=True, slots=True)
class Unlock:
    """A step and how many more distinct jobs it `opens`: ones that it lets pass and that are relevant enough."""

    what_if: WhatIf
    opens: int


def unlocks(
    eligibilities: Sequence[Eligibility], query_vector: Vectors, relevance: Relevance, least: float
) -> list[Unlock]:
    """Of each limit the step that opens most, those that open most first; copies of one job count once.

    Args:
        eligibilities: what the person can take now, by segment. relevance: of cosines.
        least: what a job's relevance must be to be called a match.
    """
    judged = [_GoodRows(eligibility, query_vector, relevance, least) for eligibility in eligibilities]
    already = np.sort(np.concatenate([one.groups(one.eligibility.eligible.rows()) for one in judged]))
    steps = _Steps.of(eligibilities)
    opening = [_Opening(eligibility, steps) for eligibility in eligibilities]
    possible = [one.by_any() for one in opening]
    if sum(map(len, possible)) <= MOST_JUDGED_FIRST:
        among = [one.new_among(rows, already) for one, rows in zip(judged, possible, strict=True)]
        if not any(map(len, among)):
            return []
        opened = [one.by_each(rows) for one, rows in zip(opening, among, strict=True)]
        groups = [one.groups(rows) for one, rows in zip(judged, among, strict=True)]
        counts = _distinct_by_step(np.concatenate(opened, axis=1), np.concatenate(groups))
    else:
        counts = _counted(judged, [list(one.rows_of_each()) for one in opening], already)
    return _best_of_each_limit(steps, counts)


def _distinct_by_step(opened: BoolArray, groups: NDArray[np.int64]) -> list[int]:
    """How many jobs each step opens, of R rows of `groups` that it lets pass or not, `[steps, R]`."""
    order = np.argsort(groups, kind="stable")
    firsts = np.flatnonzero(np.diff(groups[order], prepend=groups[order[0]] - 1))
    counts: list[int] = np.logical_or.reduceat(opened[:, order], firsts, axis=1).sum(axis=1).tolist()
    return counts


def _counted(judged: Sequence[_GoodRows], opened: Sequence[Sequence[Rows]], already: NDArray[np.int64]) -> list[int]:
    """How many jobs each step opens, those that open few rows first, as long as not too many have to be judged."""
    counts = [0] * len(opened[0])
    for step in sorted(range(len(counts)), key=lambda step: sum(len(rows[step]) for rows in opened)):
        if sum(one.left_after(rows[step]) for one, rows in zip(judged, opened, strict=True)) > MOST_JUDGED:
            break
        new = [one.groups(one.new_among(rows[step], already)) for one, rows in zip(judged, opened, strict=True)]
        counts[step] = len(np.unique(np.concatenate(new)))
    return counts


def _best_of_each_limit(steps: _Steps, counts: Sequence[int]) -> list[Unlock]:
    best: dict[Loosened, tuple[int, float, int]] = {}
    for step, (loosened, extra_hours) in enumerate(steps.kinds()):
        rank = (-counts[step], extra_hours, step)
        if counts[step] and rank < best.get(loosened, (0, 0.0, 0)):
            best[loosened] = rank
    return [Unlock(steps.what_if(step), -opens) for opens, _, step in sorted(best.values())[:MOST_UNLOCKS]]


@dataclass(frozen=True, slots=True)
class _Steps:
    """What could be looser, for a person and what they want: hours first, then other limits."""

    seeker: Seeker
    wanted: JobFilter
    hours: list[HoursStep]
    others: list[WhatIf]

    @classmethod
    def of(cls, eligibilities: Sequence[Eligibility]) -> _Steps:
        first = eligibilities[0]
        seeker, wanted = first.filter.seeker, first.filter.wanted
        others = what_ifs(seeker, wanted, [eligibility.segment.catalogue for eligibility in eligibilities])
        return cls(seeker, wanted, first.hours.more_hours.steps, others)

    def kinds(self) -> Iterator[tuple[Loosened, float]]:
        """Which limit each step loosens, and by how many hours."""
        yield from ((step.loosened, step.extra_hours) for step in self.hours)
        yield from ((step.loosened, step.extra_hours) for step in self.others)

    def what_if(self, step: int) -> WhatIf:
        """The person and the filter after a step."""
        if step < len(self.hours):
            return self.hours[step].what_if(self.seeker, self.wanted)
        return self.others[step - len(self.hours)]


class _Opening:
    """The rows of a segment that steps let pass and that do not pass now."""

    def __init__(self, eligibility: Eligibility, steps: _Steps) -> None:
        self._eligibility, self._count_of_hours = eligibility, len(steps.hours)
        self._passing = eligibility.hours.more_hours.passing(steps.wanted)
        self._schedule_of_row = eligibility.segment.catalogue.columns.schedule_number
        self._limits = _limits_of_hours(steps)
        self._of_others = [self._bitmap(step, eligibility.hours) for step in steps.others]

    def by_any(self) -> Rows:
        """The rows that at least one step opens."""
        found = [bitmap.words for bitmap in self._of_others]
        for limits, bits in self._limits:
            found.append(self._bitmap(limits, PassingSchedules(self._passing & bits != 0)).words)
        return self._opened(np.bitwise_or.reduce(found)) if found else NO_ROWS

    def by_each(self, rows: Rows) -> BoolArray:
        """Which of R rows pass after each step, `[steps, R]`."""
        within = np.zeros(len(rows), dtype=np.uint32)
        for limits, bits in self._limits:
            within |= np.where(self._bitmap(limits, PassingSchedules(None)).has(rows), bits, np.uint32(0))
        passing = self._passing[self._schedule_of_row[rows]] & within
        of_hours = passing >> np.arange(self._count_of_hours, dtype=np.uint32)[:, np.newaxis] & np.uint32(1)
        of_others = np.array([bitmap.has(rows) for bitmap in self._of_others], dtype=np.bool_)
        return np.concatenate([of_hours.astype(np.bool_), of_others.reshape(len(self._of_others), len(rows))])

    def rows_of_each(self) -> Iterator[Rows]:
        """The rows that each step opens."""
        for bit in np.uint32(1) << np.arange(self._count_of_hours, dtype=np.uint32):
            limits = next(limits for limits, bits in self._limits if bits & bit)
            yield self._opened(self._bitmap(limits, PassingSchedules(self._passing & bit != 0)).words)
        for bitmap in self._of_others:
            yield self._opened(bitmap.words)

    def _opened(self, words: BitmapWords) -> Rows:
        now = self._eligibility.eligible
        return RowBitmap.of_words(words & ~now.words, now.size).rows()

    def _bitmap(self, step: WhatIf, hours: HoursVerdicts) -> RowBitmap:
        return replace(self._eligibility.filter, seeker=step.seeker, wanted=step.wanted, hours=hours).bitmap


def _limits_of_hours(steps: _Steps) -> list[tuple[WhatIf, np.uint32]]:
    """Steps of hours that leave the other limits equal: one of them, and a bit for each of them."""
    has_floor = steps.seeker.min_pay is not None  # the least pay of a month is another one an hour
    bits: dict[float | None, int] = {}
    first: dict[float | None, HoursStep] = {}
    for number, step in enumerate(steps.hours):
        key = step.availability.hours_per_week if has_floor else None
        bits[key] = bits.get(key, 0) | 1 << number
        first.setdefault(key, step)
    return [(first[key].what_if(steps.seeker, steps.wanted), np.uint32(own)) for key, own in bits.items()]


class _GoodRows:
    """Which rows of a segment are relevant enough; each is judged once."""

    def __init__(self, eligibility: Eligibility, query_vector: Vectors, relevance: Relevance, least: float) -> None:
        self.eligibility, self._vector, self._relevance, self._least = eligibility, query_vector, relevance, least
        size = len(eligibility.segment.catalogue)
        self._is_judged, self._is_good = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
        self._count = 0

    def new_among(self, rows: Rows, already: NDArray[np.int64]) -> Rows:
        """Those of `rows` that are relevant enough and no copies of jobs of the groups `already` there, in order."""
        good = self.good(rows)
        groups = self.groups(good)
        is_new: BoolArray = np.searchsorted(already, groups) == np.searchsorted(already, groups, side="right")
        return good[is_new]

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

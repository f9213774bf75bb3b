"""Weekly patterns laid on one week, by the clock where the person lives, and that week's minutes as windows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from engine.schedules import MINUTES_PER_DAY, Weekday, Window
from store.importers.calendars.patterns import WeeklyPattern
from store.importers.calendars.property_values import moved

MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY
MONTHS = range(1, 13)

Minutes = NDArray[np.bool_]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LaidPattern:
    """Where a pattern's hours lie in a week, as minutes after its Monday 00:00; they may begin before or end after it.

    `spans` are those that hold; `all_spans` also those before the first, after the last and on exceptions.
    """

    spans: tuple[Span, ...]
    all_spans: tuple[Span, ...]
    has_exceptions: bool

    @property
    def is_usual(self) -> bool:
        """Whether the pattern holds for all of this week, or for nothing of it."""
        return not self.has_exceptions and len(self.spans) in (0, len(self.all_spans))


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """The week from `monday` on, by the clock in `zone`, where the person lives."""

    monday: date
    zone: ZoneInfo

    def minute(self, wall: datetime, zone: tzinfo) -> float:
        """The minutes from Monday 00:00 until the clock in `zone` shows `wall`, as the person's clock counts them."""
        return (moved(wall, zone, self.zone) - datetime.combine(self.monday, time())) / timedelta(minutes=1)

    def lay(self, pattern: WeeklyPattern) -> LaidPattern:
        """A pattern's hours in this week."""
        spans, all_spans, has_exceptions = list[Span](), list[Span](), False
        # Hours that begin before Monday may last into it; a day more is for the difference between two zones.
        for day_number in range(-pattern.length.days - 2, 9):
            day = self.monday + timedelta(days=day_number)
            if day.weekday() not in pattern.weekdays:
                continue
            start = datetime.combine(day, pattern.first.time())
            span = self.minute(start, pattern.zone), self.minute(start + pattern.length, pattern.zone)
            if span[0] >= MINUTES_PER_WEEK or span[1] <= 0:
                continue
            all_spans.append(span)
            is_excepted = start in pattern.exceptions
            has_exceptions = has_exceptions or is_excepted
            if pattern.first <= start and (pattern.last is None or start <= pattern.last) and not is_excepted:
                spans.append(span)
        return LaidPattern(tuple(spans), tuple(all_spans), has_exceptions)

    def has_steady_clock(self, zone: tzinfo) -> bool:
        """Whether clocks in `zone` and the person's stay equally far apart in and around this week."""
        edges = (datetime.combine(self.monday + timedelta(days=days), time()) for days in (-1, 8))
        first, last = (self.minute(edge, zone) for edge in edges)
        return last - first == 9 * MINUTES_PER_DAY

    def moves_in_year(self, zone: tzinfo) -> bool:
        """Whether clocks in `zone` and the person's are not equally far apart in all months of the week's year."""
        firsts = (datetime.combine(date(self.monday.year, month, 1), time()) for month in MONTHS)
        return len({moved(first, zone, self.zone) - first for first in firsts}) > 1


def minutes_within(spans: Iterable[Span]) -> Minutes:
    """The whole minutes that lie inside the spans, `[10080]`: for free hours."""
    return _minutes((math.ceil(start), math.floor(end)) for start, end in spans)


def minutes_touched(spans: Iterable[Span]) -> Minutes:
    """The minutes that the spans touch, `[10080]`: for busy hours."""
    return _minutes((math.floor(start), math.ceil(end)) for start, end in spans)


def _minutes(spans: Iterable[tuple[int, int]]) -> Minutes:
    minutes = np.zeros(MINUTES_PER_WEEK, dtype=np.bool_)
    for start, end in spans:
        minutes[max(start, 0) : max(end, 0)] = True
    return minutes


def windows_of(free: Minutes) -> tuple[Window, ...]:
    """The fewest windows that hold exactly the minutes of a week, `[10080]`, Monday 00:00 first.

    Hours past midnight are one window; where a day or more is free without a break it is cut at midnights.
    """
    days: defaultdict[tuple[int, int], set[Weekday]] = defaultdict(set)
    for start, end in _runs(free):
        for part_start, part_end in _parts(start, end):
            day, start_minute = divmod(part_start, MINUTES_PER_DAY)
            end_minute = start_minute + part_end - part_start
            if end_minute > MINUTES_PER_DAY:
                end_minute -= MINUTES_PER_DAY
            days[start_minute, end_minute].add(Weekday(day % 7))
    return tuple(sorted(Window(tuple(sorted(on)), start, end) for (start, end), on in days.items()))


def _runs(free: Minutes) -> list[tuple[int, int]]:
    """The unbroken stretches of a week that goes round: one over its end runs past minute 10080."""
    if free.all():
        return [(0, MINUTES_PER_WEEK)]
    edges = np.flatnonzero(np.diff(free.astype(np.int8), prepend=0, append=0)).tolist()
    runs = list(zip(edges[::2], edges[1::2], strict=True))
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][1] == MINUTES_PER_WEEK:
        runs[-1] = runs[-1][0], MINUTES_PER_WEEK + runs[0][1]
        runs.pop(0)
    return runs


def _parts(start: int, end: int) -> list[tuple[int, int]]:
    if end - start < MINUTES_PER_DAY:
        return [(start, end)]
    midnights = range(-(-start // MINUTES_PER_DAY) * MINUTES_PER_DAY, end, MINUTES_PER_DAY)
    return [part for part in pairwise([start, *midnights, end]) if part[0] < part[1]]

"""The VAVAILABILITY components of a calendar (RFC 7953), and which of them holds when several do."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

import numpy as np

from store.importers.calendars.lines import CalendarComponent, CalendarProperty, calendar_fault
from store.importers.calendars.notes import CalendarTally, NoteKind
from store.importers.calendars.patterns import WeeklyPattern, read_available
from store.importers.calendars.property_values import CalendarZones, Moment, duration_of, read_moment, time_between
from store.importers.calendars.weeks import (
    MINUTES_PER_WEEK,
    CalendarWeek,
    Minutes,
    Span,
    minutes_touched,
    minutes_within,
)

# A VAVAILABILITY with two ends that are nearer than this is a trip or a holiday, not a usual week.
SHORTEST_USUAL = timedelta(weeks=4)
LOWEST_PRIORITY = 10


@dataclass(frozen=True, slots=True)
class StatedAvailability:
    """A VAVAILABILITY: `rank` 1 comes before all others, 10 after; without `start` or `end` it is open there."""

    rank: int
    start: Moment | None
    end: Moment | None
    patterns: tuple[WeeklyPattern, ...]

    @property
    def is_usual(self) -> bool:
        """Whether it is meant for more than a few weeks."""
        return self.start is None or self.end is None or time_between(self.start, self.end) >= SHORTEST_USUAL

    def range_in(self, week: CalendarWeek) -> Span:
        """Its range as minutes after the week's Monday 00:00, cut to the week; its end is not after its start where
        they do not meet."""
        start = -math.inf if self.start is None else week.minute(self.start.wall, self.start.zone)
        end = math.inf if self.end is None else week.minute(self.end.wall, self.end.zone)
        return max(start, 0), min(end, MINUTES_PER_WEEK)

    def is_unchanged_in(self, week: CalendarWeek) -> bool:
        """Whether nothing that goes for single dates touches the week: it holds as in any other, or not at all."""
        start, end = self.range_in(week)
        if start >= end:
            return True
        is_whole = start == 0 and end == MINUTES_PER_WEEK
        zones = {pattern.zone for pattern in self.patterns}
        return (
            is_whole
            and self.is_usual
            and all(week.has_steady_clock(zone) for zone in zones)
            and all(week.lay(pattern).is_usual for pattern in self.patterns)
        )


def read_stated(component: CalendarComponent, zones: CalendarZones, tally: CalendarTally) -> StatedAvailability:
    """What a VAVAILABILITY states; raises InvalidInputError for values that cannot be read."""
    for name in ("RRULE", "RDATE"):
        if (repeated := component.one(name)) is not None:
            raise calendar_fault(f"a VAVAILABILITY states {name}", repeated.line, expected=f"{name} in its AVAILABLE")
    start, end, duration = component.one("DTSTART"), component.one("DTEND"), component.one("DURATION")
    first = None if start is None else read_moment(start, zones)
    last = None if end is None else read_moment(end, zones)
    if end is not None and first is not None and last is not None and time_between(first, last) <= timedelta():
        raise calendar_fault("a VAVAILABILITY ends before it starts", end.line, expected="a DTEND after DTSTART")
    if duration is not None:
        if first is None or last is not None:
            raise calendar_fault(
                "a VAVAILABILITY lasts from nowhere", duration.line, expected="DURATION with a DTSTART and no DTEND"
            )
        last = _later(first, duration_of(duration.value.strip(), duration))
    patterns = read_available(component.inside("AVAILABLE"), zones, tally)
    return StatedAvailability(_rank(component.one("PRIORITY")), first, last, patterns)


def free_minutes(week: CalendarWeek, stated: Iterable[StatedAvailability], tally: CalendarTally) -> Minutes:
    """The free minutes of a week, `[10080]`: higher priorities over lower ones, nothing free that none covers."""
    by_rank: defaultdict[int, list[StatedAvailability]] = defaultdict(list)
    for one in stated:
        by_rank[one.rank].append(one)
    free = np.zeros(MINUTES_PER_WEEK, dtype=np.bool_)
    for rank in sorted(by_rank, reverse=True):
        is_free_in_all, is_free_in_some = ~np.zeros_like(free), np.zeros_like(free)
        is_covered = np.zeros_like(free)
        for one in by_rank[rank]:
            span = one.range_in(week)
            is_own = minutes_touched([span])
            spans = chain.from_iterable(week.lay(pattern).spans for pattern in one.patterns)
            is_own_free = minutes_within([span]) & minutes_within(spans)
            is_covered |= is_own
            is_free_in_all &= is_own_free | ~is_own
            is_free_in_some |= is_own_free
        if np.any(is_free_in_some & ~is_free_in_all):
            tally.counts[NoteKind.EQUAL_PRIORITY] += 1
        free = np.where(is_covered, is_free_in_all, free)
    return free


def _later(start: Moment, length: timedelta) -> Moment | None:
    try:
        return Moment(start.wall + length, start.zone)
    except OverflowError:
        return None


def _rank(priority: CalendarProperty | None) -> int:
    """0 and none are the lowest priority (RFC 7953, 3.1)."""
    if priority is None:
        return LOWEST_PRIORITY
    text = priority.value.strip()
    if len(text) != 1 or text not in "0123456789":
        raise calendar_fault("PRIORITY is no priority", priority.line, expected="a number from 0 to 9")
    return int(text) or LOWEST_PRIORITY

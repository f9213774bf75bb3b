"""The weeks around a day, by the clock where a person lives: which of their minutes are usual, and as windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from engine.week_windows import MINUTES_PER_WEEK
from store.importers.calendars.notes import CalendarTally
from store.importers.calendars.rules import Seconds, wall_seconds
from store.importers.calendars.values import CalendarZones, moved

WEEK = timedelta(weeks=1)
WEEKS_BEFORE, WEEKS_AHEAD = 4, 8
# Free hours are usual where they are there in three of four weeks: of those ahead, or of all.
LEAST_FREE_AHEAD, LEAST_FREE = 6, 9
# Busy ones where they are there three times, none more than three weeks after the other. Monthly ones are not.
LONGEST_GAP, LEAST_RETURNS = 3, 2

Minutes = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one component near the weeks that are read: seconds on the person's clock, after 1 January 1970."""

    starts: Seconds
    ends: Seconds
    repeats: bool = False

    def within(self, start: float, end: float) -> Hours:
        """What of them lies in a range."""
        starts, ends = np.maximum(self.starts, start), np.minimum(self.ends, end)
        is_in = starts < ends
        return Hours(starts[is_in].astype(np.int64), ends[is_in].astype(np.int64), self.repeats)


@dataclass(frozen=True, slots=True)
class CalendarWeeks:
    """Four weeks before the week from `monday` on, that week, and seven after it; what was met in them is tallied."""

    monday: date
    zone: ZoneInfo
    zones: CalendarZones
    tally: CalendarTally
    _shifts: dict[tzinfo, int] = field(default_factory=dict)

    @property
    def now(self) -> int:
        """The week's first second on the person's clock, after 1 January 1970."""
        return wall_seconds(datetime.combine(self.monday, time()))

    @property
    def begin(self) -> int:
        """The first second of all."""
        return self.now - WEEKS_BEFORE * MINUTES_PER_WEEK * 60

    @property
    def end(self) -> int:
        """The second after the last."""
        return self.now + WEEKS_AHEAD * MINUTES_PER_WEEK * 60

    def shift(self, zone: tzinfo) -> int:
        """How many seconds the person's clock is ahead of the one in `zone`, as they are a week later: repeated hours
        are told as they then are, so that no week is an exception for its clocks alone."""
        if zone not in self._shifts:
            day = datetime.combine(self.monday + WEEK, time(12))
            self._shifts[zone] = round((moved(day, zone, self.zone) - day).total_seconds())
        return self._shifts[zone]

    def note_moves(self, zone: tzinfo) -> None:
        """Tally a zone that is not equally far from the person's in all months of the year."""
        name = self.zones.names.get(zone, "")
        if name and name not in self.tally.zones:
            firsts = [datetime.combine(date(self.monday.year, month, 1), time()) for month in range(1, 13)]
            self.tally.zones[name] = len({moved(first, zone, self.zone) - first for first in firsts}) > 1

    def minutes(self, hours: Sequence[Hours], *, are_free: bool) -> Minutes:
        """The minutes `[12, 10080]` that lie inside free hours, or that busy ones touch."""
        first, last = self._edges(hours, are_free=are_free)
        steps = np.zeros((WEEKS_BEFORE + WEEKS_AHEAD) * MINUTES_PER_WEEK + 1, np.int32)
        np.add.at(steps, first[first < last], 1)
        np.add.at(steps, last[first < last], -1)
        return (np.cumsum(steps)[:-1] > 0).reshape(-1, MINUTES_PER_WEEK)

    def touches(self, hours: Hours, usual_before: NDArray[np.int64]) -> bool:
        """Whether hours lie on minutes of the usual week, of which there are `usual_before` each minute."""
        first, last = self._edges([hours], are_free=False)
        return bool(np.any(usual_before[last] > usual_before[first]))

    def _edges(self, hours: Sequence[Hours], *, are_free: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        none = np.zeros(0, np.int64)
        starts = np.concatenate([none, *(one.starts for one in hours)]) - self.begin
        ends = np.concatenate([none, *(one.ends for one in hours)]) - self.begin
        first, last = (-(-starts // 60), ends // 60) if are_free else (starts // 60, -(-ends // 60))
        most = (WEEKS_BEFORE + WEEKS_AHEAD) * MINUTES_PER_WEEK
        return np.clip(first, 0, most), np.clip(last, 0, most)


def before_each_minute(usual: Minutes) -> NDArray[np.int64]:
    """How many minutes of the usual week, `[10080]`, come before each minute of all weeks, `[12 * 10080 + 1]`."""
    return np.concatenate([[0], np.cumsum(np.tile(usual, WEEKS_BEFORE + WEEKS_AHEAD))])


def usually_free(free: Minutes) -> Minutes:
    """The minutes `[10080]` that are free in almost every one of some weeks, `[12, 10080]`."""
    is_ahead = free[WEEKS_BEFORE:].sum(axis=0) >= LEAST_FREE_AHEAD
    usual: Minutes = is_ahead | (free.sum(axis=0) >= LEAST_FREE)
    return usual


def usually_busy(busy: Minutes) -> Minutes:
    """The minutes `[10080]` that are busy again and again in some weeks, `[12, 10080]`, and still to come."""
    returns = np.zeros_like(busy)
    for gap in range(1, LONGEST_GAP + 1):
        returns[:-gap] |= busy[:-gap] & busy[gap:]
    usual: Minutes = (returns.sum(axis=0) >= LEAST_RETURNS) & busy[WEEKS_BEFORE:].any(axis=0)
    return usual

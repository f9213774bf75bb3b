"""More hours that a person could have: a few dozen steps, and which of a catalogue's schedules each would let pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.availability import ScheduleTable, hours_shared_by_each
from engine.filtering.filters import JobFilter, schedules_with_hours
from engine.filtering.what_ifs import Loosened, WhatIf
from engine.schedules import HOURS_IN_A_WEEK, Weekday, Window
from engine.seekers import Availability, Seeker
from engine.slots import SlotBits, seeker_slots, slot_hours, window_slots

WEEKDAYS, WEEKEND = tuple(Weekday)[:5], tuple(Weekday)[5:]
PARTS_OF_DAY = ((8 * 60, 12 * 60), (13 * 60, 17 * 60), (18 * 60, 22 * 60))
# In whole quarters: a job's slots of a window are then a person's too.
MORE_WINDOWS = tuple(
    Window(days, *part) for days in (*((day,) for day in Weekday), WEEKDAYS, WEEKEND) for part in PARTS_OF_DAY
)
MORE_HOURS_A_WEEK = (4, 8, 16)

StepBits = NDArray[np.uint32]  # thirty steps at most


class HoursStep(NamedTuple):
    """A person's availability with `extra_hours` more, in a `window` (None: at any time); `free`: bits `[11]`."""

    loosened: Loosened
    availability: Availability
    extra_hours: float
    window: Window | None
    free: SlotBits

    def what_if(self, seeker: Seeker, wanted: JobFilter) -> WhatIf:
        """The step of one person."""
        wider = replace(seeker, availability=self.availability)
        return WhatIf(self.loosened, wider, wanted, extra_hours=self.extra_hours, window=self.window)


class MoreHours:
    """The K `steps` of an availability, against S schedules."""

    def __init__(self, table: ScheduleTable, own: Availability | None, week: datetime) -> None:
        self.steps = [] if own is None else list(_steps(own, week))
        self._table = table
        self._passing: dict[tuple[float, bool], StepBits] = {}

    def passing(self, wanted: JobFilter) -> StepBits:
        """Of each schedule a bit for every step after which the person has the hours for it, `[S]`; worked out once."""
        key = (wanted.min_hours_coverage, wanted.allow_unstated)
        passing = self._passing.get(key)
        if passing is None:
            passing = self._passing[key] = self._judged(*key)
        return passing

    def _judged(self, min_hours_coverage: float, allow_unstated: bool) -> StepBits:
        if not self.steps:
            return np.zeros(len(self._table.rules), dtype=np.uint32)
        free = np.array([step.free for step in self.steps], dtype=np.uint64)
        shared = hours_shared_by_each(self._table, free, [step.availability.hours_per_week for step in self.steps])
        passing = schedules_with_hours(self._table, shared, min_hours_coverage, allow_unstated).astype(np.uint32)
        numbers = np.arange(len(self.steps), dtype=np.uint32)[:, np.newaxis]
        bits: StepBits = np.bitwise_or.reduce(passing << numbers, axis=0)
        return bits


def _steps(own: Availability, week: datetime) -> Iterator[HoursStep]:
    free = seeker_slots(own, week)
    if own.hours_per_week is not None:
        for hours in MORE_HOURS_A_WEEK:
            more = replace(own, hours_per_week=min(own.hours_per_week + hours, HOURS_IN_A_WEEK))
            yield HoursStep(Loosened.HOURS_OF_WEEK, more, hours, None, free)
    if not own.windows:
        return
    wider_free = free | np.array([window_slots((window,), own.time_zone, week) for window in MORE_WINDOWS])
    had = slot_hours(free)
    for window, slots, extra in zip(MORE_WINDOWS, wider_free, (slot_hours(wider_free) - had).tolist(), strict=True):
        if not extra:
            continue
        wider = replace(own, windows=(*own.windows, window))
        if own.hours_per_week is not None:
            wider = replace(wider, hours_per_week=min(own.hours_per_week + extra, HOURS_IN_A_WEEK))
        of = Loosened.HOURS_OF_DAY if len(window.days) == 1 else Loosened.HOURS_OF_WEEK
        yield HoursStep(of, wider, extra, window, slots)

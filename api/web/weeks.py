"""A week as pages draw it: in Lima's time, a day a column, Monday first; and the grid that people paint theirs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from engine.arrays import BoolArray
from engine.documents.parts import AvailabilityPart, SchedulePart
from engine.schedules import Schedule, Window
from engine.seekers import Availability
from engine.slots import SLOT_MINUTES, SLOTS_PER_DAY, SLOTS_PER_WEEK, local_minutes, local_slots, utc_slots, week_start
from engine.week_windows import windows_of

LIMA = "America/Lima"
DAYS, HOURS = 7, 24
# The rows of a grid, from the hour when most people wake; the small hours apart, since few work then.
DAYTIME, SMALL_HOURS = range(5, 24), range(5)
LIMA_SLOTS_BEHIND = 5 * SLOTS_PER_DAY // 24
# Of zones with daylight saving, a week without.
REFERENCE = datetime(2026, 1, 5, tzinfo=UTC)
_FREE: TypeAdapter[Availability] = TypeAdapter(AvailabilityPart)
_SCHEDULE: TypeAdapter[Schedule] = TypeAdapter(SchedulePart)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of one day that are drawn alike: `hour` and `length` in hours, `look` is mine, theirs or both."""

    day: int
    hour: float
    length: float
    look: str


def week_picture(free: Availability | None, schedule: Mapping[str, Any] | None, now: datetime) -> list[Stretch]:
    """What is drawn of somebody's free hours and of a job's; nothing where the job's ad tells no hours.

    Of several shifts all are drawn.
    """
    if schedule is None or not (schedule.get("windows") or schedule.get("shifts")):
        return []
    told = _SCHEDULE.validate_python(dict(schedule))
    windows = (*told.windows, *(window for shift in told.shifts for window in shift))
    theirs = _in_lima(windows, told.time_zone, now, whole_quarters_only=False)
    if free is None or not free.windows:
        mine = np.zeros(SLOTS_PER_WEEK, dtype=np.bool_)
    else:
        mine = _in_lima(free.windows, free.time_zone, now, whole_quarters_only=True)
    return list(_stretches(mine, theirs))


def in_lima(free: Availability) -> tuple[Window, ...]:
    """Somebody's free hours by the clock of Lima, to the quarter of an hour; they may be told in another zone's."""
    if free.time_zone == LIMA or not free.windows:
        return free.windows
    slots = _in_lima(free.windows, free.time_zone, REFERENCE, whole_quarters_only=True)
    return windows_of(np.repeat(slots, SLOT_MINUTES))


def free_picture(free: Availability | None, now: datetime) -> list[Stretch]:
    """What is drawn of somebody's free hours alone; nothing where any hour will do."""
    if free is None or not free.windows:
        return []
    mine = _in_lima(free.windows, free.time_zone, now, whole_quarters_only=True)
    return list(_stretches(mine, np.zeros(SLOTS_PER_WEEK, dtype=np.bool_)))


def painted(cells: Iterable[str]) -> BoolArray:
    """The hours `[168]` of cells as forms name them: "0-19" is Monday from 19:00 to 20:00."""
    hours = np.zeros(DAYS * HOURS, dtype=np.bool_)
    for cell in cells:
        day, _, hour = cell.partition("-")
        if day.isdecimal() and hour.isdecimal() and len(cell) <= 4 and int(day) < DAYS and int(hour) < HOURS:
            hours[int(day) * HOURS + int(hour)] = True
    return hours


def cells_between(days: Iterable[int], hours: range) -> frozenset[str]:
    """The cells of the same hours on some days."""
    return frozenset(f"{day}-{hour}" for day in days for hour in hours)


def rows_of_cells(hours: range) -> list[tuple[int, list[str]]]:
    """Rows of the grid: the hour, and the cells of its days."""
    return [(hour, [f"{day}-{hour}" for day in range(DAYS)]) for hour in hours]


def cells_of(hours: BoolArray) -> set[str]:
    """The cells of hours `[168]`."""
    return {f"{hour // HOURS}-{hour % HOURS}" for hour in np.flatnonzero(hours).tolist()}


def windows_painted(hours: BoolArray) -> tuple[Window, ...]:
    """Hours `[168]` as windows of the week."""
    return windows_of(np.repeat(hours, 60))


def windows_of_documents(documents: Iterable[Mapping[str, Any]]) -> tuple[Window, ...]:
    """Windows in Lima as documents write them."""
    return _FREE.validate_python({"time_zone": LIMA, "windows": list(documents)}).windows


def hours_of_windows(windows: tuple[Window, ...]) -> BoolArray:
    """The whole hours `[168]` that windows cover."""
    whole: BoolArray = np.all(local_minutes(windows).reshape(DAYS * HOURS, 60), axis=1)
    return whole


def _in_lima(windows: tuple[Window, ...], time_zone: str, now: datetime, *, whole_quarters_only: bool) -> BoolArray:
    """The slots of Lima's week, `[672]`."""
    local = local_slots(windows, whole_quarters_only=whole_quarters_only)
    # Lima has no daylight saving: its week is that of UTC, five hours later.
    return np.roll(utc_slots(local, time_zone, week_start(now)), -LIMA_SLOTS_BEHIND)


def _stretches(mine: BoolArray, theirs: BoolArray) -> Iterable[Stretch]:
    looks = np.where(mine & theirs, 3, np.where(theirs, 2, np.where(mine, 1, 0))).reshape(DAYS, SLOTS_PER_DAY)
    names = {1: "mine", 2: "theirs", 3: "both"}
    for day, slots in enumerate(looks):
        edges = [0, *(np.flatnonzero(np.diff(slots)) + 1).tolist(), SLOTS_PER_DAY]
        for start, end in pairwise(edges):
            look = names.get(int(slots[start]))
            if look is not None:
                yield Stretch(day, start / 4, (end - start) / 4, look)

"""A week as 672 quarter-hour slots in UTC.

Local windows are laid on the slots of one reference week, so daylight saving moves a New York job and not a Lima
seeker. A window's edge inside a quarter counts against the match: a person is free only in whole quarters, a job needs
every quarter it touches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray
from engine.schedules import MINUTES_PER_DAY, Weekday, Window, require_time_zone
from engine.seekers import Availability

SLOT_MINUTES = 15
SLOTS_PER_DAY = MINUTES_PER_DAY // SLOT_MINUTES
SLOTS_PER_WEEK = 7 * SLOTS_PER_DAY
SLOTS_PER_HOUR = 60 // SLOT_MINUTES
SLOT_WORDS = -(-SLOTS_PER_WEEK // 64)

SlotBits = NDArray[np.uint64]


def week_start(moment: datetime) -> datetime:
    """Monday 00:00 UTC of the week of an aware `moment`: the reference week for everything asked then."""
    midnight = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def local_minutes(windows: Sequence[Window]) -> BoolArray:
    """The minutes of a local week, Monday 00:00 first, that the windows cover, `[10080]`."""
    minutes = np.zeros(7 * MINUTES_PER_DAY, dtype=np.bool_)
    for window in windows:
        for day in window.days:
            start = day * MINUTES_PER_DAY + window.start_minute
            minutes[np.arange(start, start + window.length_minutes) % minutes.size] = True
    return minutes


def local_slots(windows: Sequence[Window], *, whole_quarters_only: bool) -> BoolArray:
    """The slots of a local week, Monday 00:00 first, that the windows cover, `[672]`.

    `whole_quarters_only` drops quarters covered in part (a person's side); otherwise they count (a job's side).
    """
    quarters = local_minutes(windows).reshape(SLOTS_PER_WEEK, SLOT_MINUTES)
    covered: BoolArray = np.all(quarters, axis=1) if whole_quarters_only else np.any(quarters, axis=1)
    return covered


@lru_cache(maxsize=1024)
def _local_slot_of_utc_slot(time_zone: str, week: datetime) -> NDArray[np.int64]:
    """For each UTC slot of the week, the slot of the local week that the wall clock shows then, `[672]`."""
    zone = require_time_zone(time_zone)

    def offset_minutes(slot: int) -> int:
        local = (week + timedelta(minutes=slot * SLOT_MINUTES)).astimezone(zone)
        offset = local.utcoffset() or timedelta()
        return int(offset.total_seconds() // 60)

    offsets = np.empty(SLOTS_PER_WEEK, dtype=np.int64)
    for day_slot in range(0, SLOTS_PER_WEEK, SLOTS_PER_DAY):
        day = slice(day_slot, day_slot + SLOTS_PER_DAY)
        first, last = offset_minutes(day_slot), offset_minutes(day_slot + SLOTS_PER_DAY - 1)
        if first == last:
            offsets[day] = first
        else:
            offsets[day] = [offset_minutes(slot) for slot in range(day_slot, day_slot + SLOTS_PER_DAY)]
    local_minutes = np.arange(SLOTS_PER_WEEK) * SLOT_MINUTES + offsets
    slots: NDArray[np.int64] = (local_minutes // SLOT_MINUTES) % SLOTS_PER_WEEK
    slots.setflags(write=False)
    return slots


def utc_slots(local: BoolArray, time_zone: str, week: datetime) -> BoolArray:
    """Local slots `[672]` laid on the UTC slots of the week that starts at `week`, `[672]`."""
    return local[_local_slot_of_utc_slot(time_zone, week)]


def pack_slots(slots: BoolArray) -> SlotBits:
    """Slots `[..., 672]` as bits `[..., 11]` of uint64."""
    packed = np.packbits(slots, axis=-1, bitorder="little")
    padding = SLOT_WORDS * 8 - packed.shape[-1]
    padded = np.pad(packed, [(0, 0)] * (packed.ndim - 1) + [(0, padding)])
    return np.ascontiguousarray(padded).view(np.uint64)


@lru_cache(maxsize=4096)
def seeker_slots(availability: Availability, week: datetime) -> SlotBits:
    """The slots a person is free in, as bits `[11]`; no windows means any time of the week."""
    if not availability.windows:
        require_time_zone(availability.time_zone)
        return pack_slots(np.ones(SLOTS_PER_WEEK, dtype=np.bool_))
    local = local_slots(availability.windows, whole_quarters_only=True)
    return pack_slots(utc_slots(local, availability.time_zone, week))


@lru_cache(maxsize=16384)
def window_slots(windows: tuple[Window, ...], time_zone: str, week: datetime) -> SlotBits:
    """The slots that a job's windows touch, as bits `[11]`."""
    return pack_slots(utc_slots(local_slots(windows, whole_quarters_only=False), time_zone, week))


def slot_hours(slots: SlotBits) -> NDArray[np.float32]:
    """Hours in bits `[..., 11]`, `[...]`."""
    hours: NDArray[np.float32] = np.bitwise_count(slots).sum(axis=-1).astype(np.float32) / SLOTS_PER_HOUR
    return hours


class DaysTold(NamedTuple):
    """Days that are all worked, at some time inside the `windows` of each, or (no windows) at any time."""

    days: tuple[Weekday, ...]
    windows: tuple[Window, ...]
    time_zone: str


@dataclass(frozen=True, slots=True)
class DayTable:
    """The days of those of S schedules that tell them, laid on one week.

    `schedule` `[A]` is whose, in ascending order, `group` `[A]` the number of its days: many schedules have the same.
    Of each of G groups, `days` `[G]` are its days as one bit a weekday, `slots` `[G, 7, 11]` those that each may be
    worked in.
    """

    schedule: NDArray[np.int64]
    group: NDArray[np.int64]
    days: NDArray[np.uint8]
    slots: SlotBits

    @classmethod
    def build(cls, told: Sequence[DaysTold], week: datetime) -> DayTable:
        """What each of S schedules tells; no days: it tells none."""
        rows = [row for row, one in enumerate(told) if one.days]
        number_of = {group: number for number, group in enumerate(dict.fromkeys(told[row] for row in rows))}
        slots = np.zeros((len(number_of), len(Weekday), SLOT_WORDS), dtype=np.uint64)
        for group, number in number_of.items():
            for day in group.days:
                slots[number, day] = window_slots(_windows_on(day, group), group.time_zone, week)
        return cls(
            np.array(rows, dtype=np.int64),
            np.array([number_of[told[row]] for row in rows], dtype=np.int64),
            np.packbits(slots.any(axis=-1), axis=-1, bitorder="little").reshape(len(number_of)),
            slots,
        )

    @classmethod
    def none(cls) -> DayTable:
        """No days."""
        return cls.build((), datetime.min.replace(tzinfo=UTC))

    def without_time(self, free: SlotBits, schedule_count: int) -> NDArray[np.uint8]:
        """The days of each schedule on which each of K persons, `free` `[K, 11]`, has no time, one bit a weekday,
        `[K, S]`."""
        found = np.zeros((len(free), schedule_count), dtype=np.uint8)
        if len(self.schedule):
            has_none = ~(self.slots & free[:, np.newaxis, np.newaxis]).any(axis=-1)
            of_groups = np.packbits(has_none, axis=-1, bitorder="little")[..., 0] & self.days
            found[:, self.schedule] = of_groups[:, self.group]
        return found


@lru_cache(maxsize=128)
def weekdays_of(bits: int) -> tuple[Weekday, ...]:
    """The days of one bit a weekday."""
    return tuple(day for day in Weekday if bits >> day & 1)


def _windows_on(day: Weekday, told: DaysTold) -> tuple[Window, ...]:
    if not told.windows:
        return (Window((day,), 0, MINUTES_PER_DAY),)
    return tuple(Window((day,), one.start_minute, one.end_minute) for one in told.windows if day in one.days)

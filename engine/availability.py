"""Which of a job's hours a person is free for, by the kind of its schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray
from engine.schedules import ScheduleKind, Weekday, Window
from engine.slots import SLOT_WORDS, SLOTS_PER_HOUR, DaysTold, DayTable, SlotBits, slot_hours, window_slots


class HoursRule(IntEnum):
    """What decides whether a person has the hours a job needs. The values are stored in bundles.

    UNSTATED: nothing is known. HOURS_ONLY: how much is known, when is not. FIXED: every window is worked.
    CORE_OVERLAP: some hours inside the windows, the rest at any time. FLEXIBLE: an amount, told or not, at any time.
    ONE_OF: every window of one shift. ROTATING: every window of every shift; without shifts, as HOURS_ONLY.
    WITHIN: an amount inside the windows; one not told is anything from `LEAST_HOURS_WITHIN` up.
    """

    UNSTATED = 0
    HOURS_ONLY = 1
    FIXED = 2
    CORE_OVERLAP = 3
    FLEXIBLE = 4
    ONE_OF = 5
    ROTATING = 6
    WITHIN = 7


HOURS_MAY_BE_UNSAID = (HoursRule.FLEXIBLE, HoursRule.ROTATING, HoursRule.WITHIN)
LEAST_HOURS_WITHIN = 4.0  # a short shift a week: who is not free for that has nothing of the part of the day


@lru_cache(maxsize=8)
def _is_among(some: tuple[HoursRule, ...]) -> BoolArray:
    return np.isin(np.arange(len(HoursRule)), some)


def among(rules: NDArray[np.uint8], some: tuple[HoursRule, ...]) -> BoolArray:
    """Which of `rules` are among some: by looking them up, which takes a tenth of the time of searching."""
    found: BoolArray = _is_among(some)[rules]
    return found


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours one job needs, as far as they are known; equal ones share one number in a catalogue.

    `days` are those that are all worked where their hours are not told.
    """

    rule: HoursRule
    time_zone: str = "UTC"
    windows: tuple[Window, ...] = ()
    hours_per_week: float = 0.0
    core_hours: float = 0.0
    shifts: tuple[tuple[Window, ...], ...] = ()
    days: tuple[Weekday, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursShared:
    """For each of S schedules, `[S]` each (for K persons `[K, S]`): hours a week the person shares and the schedule
    needs (NaN: not stated), those of them inside a team's day (NaN: there is none), the number of the shift that is
    best for the person (−1: it has no choice of shifts), how many of its shifts are free, and the days of it on which
    they have no time, one bit a weekday."""

    shared: NDArray[np.float32]
    needed: NDArray[np.float32]
    core_shared: NDArray[np.float32]
    core_needed: NDArray[np.float32]
    best_shift: NDArray[np.int16]
    free_shifts: NDArray[np.int16]
    days_without_time: NDArray[np.uint8]

    @property
    def coverage(self) -> NDArray[np.float32]:
        """The share of the hours, in all or inside the team's day, whichever is tighter: at most 1, which it is where
        none are needed; NaN where they are not stated, `[S]`.

        A fixed schedule needs none in a week whose clocks leave its only hour out.
        """
        covered = np.minimum(_share(self.shared, self.needed), np.float32(1))
        return np.where(np.isnan(self.core_needed), covered, np.minimum(covered, self._core_coverage))

    @property
    def _core_coverage(self) -> NDArray[np.float32]:
        return _share(self.core_shared, self.core_needed)


def _share(shared: NDArray[np.float32], needed: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.divide(shared, needed, out=np.ones_like(shared), where=needed != 0)


def schedule_slots(hours: Sequence[WorkingHours], week: datetime) -> SlotBits:
    """The slots of each schedule's windows, as bits `[S, 11]`; zero for those without windows."""
    bits = np.zeros((len(hours), SLOT_WORDS), dtype=np.uint64)
    for row, working in enumerate(hours):
        if working.windows:
            bits[row] = window_slots(working.windows, working.time_zone, week)
    return bits


@dataclass(frozen=True, slots=True)
class ShiftTable:
    """The A shifts of those schedules that are one of several: `schedule` `[A]` is whose, in ascending order, `number`
    `[A]` which of its own, `slots` `[A, 11]` and `hours_per_week` `[A]` are its windows and their length."""

    schedule: NDArray[np.int64]
    number: NDArray[np.int16]
    slots: SlotBits
    hours_per_week: NDArray[np.float32]

    @classmethod
    def build(cls, hours: Sequence[WorkingHours], week: datetime) -> ShiftTable:
        """The shifts to choose from, laid on the week."""
        found = [
            (row, number, window_slots(windows, working.time_zone, week))
            for row, working in enumerate(hours)
            if working.rule is HoursRule.ONE_OF
            for number, windows in enumerate(working.shifts)
        ]
        slots = np.array([bits for _, _, bits in found], dtype=np.uint64).reshape(-1, SLOT_WORDS)
        return cls(
            np.array([row for row, _, _ in found], dtype=np.int64),
            np.array([number for _, number, _ in found], dtype=np.int16),
            slots,
            slot_hours(slots),
        )

    @classmethod
    def none(cls) -> ShiftTable:
        """No shifts."""
        return cls.build((), datetime.min.replace(tzinfo=UTC))

    def best(self, free: SlotBits, cap: np.float32) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The best shift of each schedule that has some, for who is `free` `[11]` and wants at most `cap` hours:
        rows `[B]` of this table, and the hours shared of each shift, `[A]`."""
        shared = np.minimum(slot_hours(self.slots & free), cap)
        coverage = _share(shared, self.hours_per_week)
        order = np.lexsort((self.number, -coverage, self.schedule))
        is_first = np.diff(self.schedule[order], prepend=-1) != 0
        return order[is_first], shared


@dataclass(frozen=True, slots=True)
class ScheduleTable:
    """S distinct schedules laid on one reference week, ready to be scored all at once.

    `rules` `[S]` of HoursRule, `slots` `[S, 11]`, `hours_per_week` `[S]` and `core_hours` `[S]` (0: none); `shifts`:
    those that people choose from; `days`: those that are told without hours.
    """

    rules: NDArray[np.uint8]
    slots: SlotBits
    hours_per_week: NDArray[np.float32]
    core_hours: NDArray[np.float32]
    shifts: ShiftTable
    days: DayTable

    @classmethod
    def build(cls, hours: Sequence[WorkingHours], week: datetime) -> ScheduleTable:
        """Lay the distinct schedules of a catalogue on the week that starts at `week`."""
        slots = schedule_slots(hours, week)
        rules = np.array([working.rule for working in hours], dtype=np.uint8)
        stated = np.array([working.hours_per_week for working in hours], dtype=np.float32)
        return cls(
            rules=rules,
            slots=slots,
            hours_per_week=np.where(rules == HoursRule.FIXED, slot_hours(slots), stated).astype(np.float32),
            core_hours=np.array([working.core_hours for working in hours], dtype=np.float32),
            shifts=ShiftTable.build(hours, week),
            days=DayTable.build([DaysTold(one.days, one.windows, one.time_zone) for one in hours], week),
        )

    @property
    def needs_every_window(self) -> BoolArray:
        """Which schedules have windows that must all be free, `[S]`."""
        rotates_as_told = (self.rules == HoursRule.ROTATING) & self.slots.any(axis=-1)
        needs: BoolArray = (self.rules == HoursRule.FIXED) | (self.rules == HoursRule.ONE_OF) | rotates_as_told
        return needs


def hours_shared(table: ScheduleTable, free: SlotBits, hours_per_week: float | None) -> HoursShared:
    """Hours shared and hours needed for every schedule of `table`.

    Args:
        table: S schedules.
        free: the person's slots, bits `[11]`.
        hours_per_week: the most the person wants to work; None: as much as the windows hold.

    Of a rotating job's hours a person shares the part that is free of all its shifts together.
    """
    of_one = hours_shared_by_each(table, free[np.newaxis], [hours_per_week])
    return HoursShared(*(getattr(of_one, field.name)[0] for field in fields(HoursShared)))


def hours_shared_by_each(table: ScheduleTable, free: SlotBits, hours_per_week: Sequence[float | None]) -> HoursShared:
    """The same for K persons at once, `free` `[K, 11]`: every array of the answer is `[K, S]`."""
    totals = np.bitwise_count(free).sum(axis=-1) / SLOTS_PER_HOUR
    most = [np.inf if hours is None else hours for hours in hours_per_week]
    cap = np.minimum(totals, most).astype(np.float32)[:, np.newaxis]
    rules, needed = table.rules, np.repeat(table.hours_per_week[np.newaxis], len(free), axis=0)
    in_windows = slot_hours(table.slots & free[:, np.newaxis])
    capped = np.minimum(in_windows, cap)
    is_core, is_within = rules == HoursRule.CORE_OVERLAP, rules == HoursRule.WITHIN
    free_of_all = _share(in_windows, np.broadcast_to(slot_hours(table.slots), in_windows.shape))
    shared = np.select(
        [rules == HoursRule.FIXED, is_within, rules == HoursRule.ROTATING],
        [capped, np.where(needed > 0, np.minimum(capped, needed), capped), np.minimum(cap, needed) * free_of_all],
        np.minimum(cap, needed),
    )
    unstated = (rules == HoursRule.UNSTATED) | (among(rules, HOURS_MAY_BE_UNSAID) & (needed == 0))
    found = HoursShared(
        shared=shared.astype(np.float32),
        needed=np.where(unstated, np.float32(np.nan), needed),
        core_shared=np.where(is_core, np.minimum(capped, table.core_hours), np.float32(np.nan)),
        core_needed=np.broadcast_to(np.where(is_core, table.core_hours, np.float32(np.nan)), capped.shape),
        best_shift=np.full(capped.shape, -1, dtype=np.int16),
        free_shifts=np.zeros(capped.shape, dtype=np.int16),
        days_without_time=table.days.without_time(free, len(rules)),
    )
    for person, one_cap in enumerate(cap[:, 0]):
        _choose_shifts(table.shifts, free[person], one_cap, found, person)
    return found


def _choose_shifts(shifts: ShiftTable, free: SlotBits, cap: np.float32, into: HoursShared, person: int) -> None:
    if not len(shifts.schedule):
        return
    best, shared = shifts.best(free, cap)
    rows = shifts.schedule[best]
    into.shared[person, rows], into.needed[person, rows] = shared[best], shifts.hours_per_week[best]
    into.best_shift[person, rows] = shifts.number[best]
    np.add.at(into.free_shifts[person], shifts.schedule[shared >= shifts.hours_per_week], 1)


_RULE_OF_KIND = {
    ScheduleKind.FIXED: HoursRule.FIXED,
    ScheduleKind.CORE_OVERLAP: HoursRule.CORE_OVERLAP,
    ScheduleKind.FLEXIBLE: HoursRule.FLEXIBLE,
    ScheduleKind.ONE_OF: HoursRule.ONE_OF,
    ScheduleKind.ROTATING: HoursRule.ROTATING,
    ScheduleKind.WITHIN: HoursRule.WITHIN,
}


def rule_of_kind(kind: ScheduleKind) -> HoursRule:
    """The rule that a stated schedule is judged by."""
    return _RULE_OF_KIND[kind]

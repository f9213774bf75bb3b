"""Statements of hours become shifts: one that is worked, or several of which one is, or all in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.reading.schedules.clocks import Hours
from engine.reading.schedules.statements import Statement
from engine.schedules import Weekday, Window

LONGEST_SPLIT_DAY, LONGEST_GAP, LONGEST_PART = 10 * 60, 6 * 60, 6 * 60
FEW_SHIFTS = 12

Shift = dict[frozenset[Weekday], tuple[Hours, ...]]


@dataclass(frozen=True, slots=True)
class Shifts:
    """The windows of each shift, whether every word of it is sure, and whether words join two as alternatives."""

    windows: tuple[tuple[Window, ...], ...]
    is_sure: bool
    are_joined: bool


def shifts_of(
    statements: Sequence[Statement], *, may_split: bool, to_choose: bool, are_parts_shifts: bool = False
) -> Shifts | None:
    """The shifts that statements with days and hours tell, in order; None when they contradict themselves.

    `are_parts_shifts`: "mañana 9 a 13, tarde 14 a 18" are two shifts and not the halves of a day.
    """
    shifts: list[Shift] = []
    joined, last = False, None
    is_choice = False  # between hours of the same days: further days are worked with either
    for one in statements:
        if one.hours is None or one.days is None:
            return None
        current = shifts[-1] if shifts else None
        named = frozenset().union(*current) if current else frozenset()
        if current is None:
            shifts.append({one.days: (one.hours,)})
        elif not one.days & named:
            if one.link == "or":  # "sábado de 8 a 2 o domingo de 9 a 1"
                return None
            for shift in shifts if is_choice and all(set(shift) == set(current) for shift in shifts) else [current]:
                shift[one.days] = (one.hours,)
        elif last is not None and one.days == last.days and _is_split(last, one, may_split, are_parts_shifts):
            current[one.days] = (*current[one.days], one.hours)
        elif _is_open(last, one) and not to_choose and not may_split:
            return None
        else:
            joined |= one.link in ("or", "slash") or one.part is not None
            is_of_last_days = last is not None and one.days == last.days and one.part is None and one.link == "or"
            others = {days: hours for days, hours in current.items() if is_of_last_days and days != one.days}
            shifts.append({**others, one.days: (one.hours,)})
            is_choice = one.part is None and one.link in ("or", "slash")
        last = one
    windows = _distinct([_windows(shift) for shift in shifts])
    sure = all(one.hours is not None and one.hours.is_sure for one in statements)
    return Shifts(windows, sure, joined) if 0 < len(windows) <= FEW_SHIFTS else None


def minutes_a_week(windows: Sequence[Window]) -> int:
    """How long the windows are in all."""
    return sum(len(window.days) * window.length_minutes for window in windows)


def overlap(shifts: Shifts) -> bool:
    """Whether two shifts of the same days share time of a day: nobody works both."""
    if len({frozenset(window.days for window in windows) for windows in shifts.windows}) > 1:
        return False
    held: set[tuple[int, int]] = set()
    for windows in shifts.windows:
        ours = {
            (day, minute)
            for window in windows
            for day in window.days
            for minute in range(window.start_minute, window.start_minute + window.length_minutes, 15)
        }
        if ours & held:
            return True
        held |= ours
    return False


def hours_a_day(windows: Sequence[Window]) -> set[float]:
    """How many hours a day there are, on the days that the windows hold."""
    days = {day for window in windows for day in window.days}
    return {sum(one.length_minutes for one in windows if day in one.days) / 60 for day in days}


def _is_split(one: Statement, two: Statement, may_split: bool, are_parts_shifts: bool) -> bool:
    """Whether two ranges of hours are one day's, with a pause between."""
    if one.hours is None or two.hours is None or (one.part and two.part and (two.is_shift or are_parts_shifts)):
        return False
    gap = two.hours.start - one.hours.end
    fits = 0 < gap <= LONGEST_GAP and one.hours.length + two.hours.length <= LONGEST_SPLIT_DAY
    in_one_row = two.link in ("and", " ", "break") or (may_split and two.link == "slash")
    return fits and in_one_row and max(one.hours.length, two.hours.length) <= LONGEST_PART


def _is_open(one: Statement | None, two: Statement) -> bool:
    """Whether "9 a 13 / 16 a 20" may be either: the halves of a day, or two shifts."""
    if one is None or one.hours is None or two.hours is None or two.link != "slash" or two.part is not None:
        return False
    gap = two.hours.start - one.hours.end
    return 0 < gap <= LONGEST_GAP and max(one.hours.length, two.hours.length) < LONGEST_PART


def _windows(shift: Shift) -> tuple[Window, ...]:
    by_hours: dict[tuple[int, int], set[Weekday]] = {}
    for days, hours in shift.items():
        for one in hours:
            by_hours.setdefault((one.start, one.end), set()).update(days)
    windows = [Window(tuple(sorted(days)), start, end) for (start, end), days in by_hours.items()]
    return tuple(sorted(windows, key=lambda window: (window.days[0], window.start_minute)))


def _distinct(shifts: list[tuple[Window, ...]]) -> tuple[tuple[Window, ...], ...]:
    """The shifts, each once; one that another tells more fully is left out."""
    once = list(dict.fromkeys(shifts))
    whole = [shift for shift in once if not any(shift != other and _is_within(shift, other) for other in once)]
    return tuple(whole)


def _is_within(shift: tuple[Window, ...], other: tuple[Window, ...]) -> bool:
    hours = {(day, one.start_minute, one.end_minute) for one in other for day in one.days}
    return all((day, one.start_minute, one.end_minute) in hours for one in shift for day in one.days)

"""Reads when a job's work happens out of its posting's text, and only what can be read in one way.

    read_schedule("De lunes a viernes de 9 a 18 hs y sábados de 9 a 13 hs", "America/Lima")

A wrong schedule would hide a job from the people who can do it; no schedule only leaves the question open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from engine.reading.schedules import flexible_hours, marks, rotation
from engine.reading.schedules.clock_zones import clock_told
from engine.reading.schedules.clocks import Evidence
from engine.reading.schedules.gathering import Gathered, gather
from engine.reading.schedules.parts_of_day import PartOfDay
from engine.reading.schedules.passages import Passages, passages
from engine.reading.schedules.schedule_reading import GUESSED, LIKELY, SUPPOSED, SURE, ScheduleReading
from engine.reading.schedules.shifts import Shifts, hours_a_day, minutes_a_week, overlap, shifts_of
from engine.reading.schedules.statements import Statement
from engine.reading.schedules.weekly_hours import weekly_hours_in
from engine.schedules import Schedule, ScheduleKind, Weekday, Window

WORTH_READING = re.compile(
    r"\d|turno|shift|horario|jornada|rota|ma[nñ]ana|tarde|noche|morning|afternoon|evening|night|flex|schedule|hours"
    r"|tiempo|whenever|ritmo",
    re.I,
)
HOURS_A_DAY = re.compile(
    r"(?<![\d:.,])(\d{1,2})(?:[.,]5)? ?(?:(?:hs|hrs?|horas|h|hours)\.? ?(?:por dia|al dia|daily|a day|per day"
    r"|de trabajo\b(?! (?:a la |por |x )?seman)|(?=(?:entre|between|within|dentro) ))"
    r"|(?:(?:hs|hrs?|horas|h)\.? ?)?diari[ao]s)"
)
FIXED_HOURS = re.compile(r"\bfixed (?:schedule|hours|shift)|\bhorario fijo")
NO_CLOCK = "UTC"
LONGEST_WEEK_MINUTES = 72 * 60
LUNCH_HOURS, MOST_HOURS_A_DAY = 2, 12
LONGEST_COMING_IN = 3 * 60
LONGEST_DAY, NEAR_GUARD = 10 * 60, 30  # of somebody who does guards beside it, and characters to those
PART_TIME = re.compile(r"\bpart ?-?time\b|\bmedio tiempo\b|\bmedia jornada\b")
FEWER_HOURS = 0.7  # of the windows: who works less than this share of them works somewhere inside


def read_schedule(text: str, time_zone: str | None) -> ScheduleReading | None:
    """The schedule that `text` states, in `time_zone` unless it names another clock; None when none is clear.

    Where nobody knows whose clock it is, only what needs none is read: that shifts rotate, that hours are flexible.
    """
    if not WORTH_READING.search(text):
        return None
    read = passages(text)
    words = marks.without_lunch(read.words)
    clock = clock_told(words)
    zone = clock.time_zone or time_zone
    if zone is None or clock.is_unknown:
        return _without_clock(_found(read, words, NO_CLOCK))
    found = _found(read, words, zone)
    is_one_by_two_clocks = clock.is_told_twice and found is not None and len(found.schedule.shifts) > 1
    return None if is_one_by_two_clocks else found


def read_schedule_of_any_clock(text: str) -> ScheduleReading | None:
    """The schedule that `text` states, by a clock that nobody knows: its zone says nothing."""
    if not WORTH_READING.search(text):
        return None
    read = passages(text)
    return _found(read, marks.without_lunch(read.words), NO_CLOCK)


def _found(read: Passages, words: str, zone: str) -> ScheduleReading | None:
    gathered = gather(words)
    rotating = rotation.rotates(words)
    if rotating is not None and not _has_fixed_hours_beside(words, gathered, rotating):
        return _rotating(read, words, gathered, rotating, zone)
    return _settled(read, words, gathered, zone) or _flexible(read, words, gathered, zone)


def _has_fixed_hours_beside(words: str, gathered: Gathered, rotating: re.Match[str]) -> bool:
    """Whether only days of a week rotate ("6x1 de 9 a 18"), or guards beside hours that are told with their days."""
    hours = [one.hours for one in gathered.statements if one.hours]
    if rotation.is_weekly_roster(rotating):
        return bool(hours)
    near = [one for one in gathered.statements if 0 <= rotating.start() - one.end <= NEAR_GUARD]
    are_own = not gathered.are_days_supposed or (len(hours) == len(near) == 1 and hours[0].length <= LONGEST_DAY)
    return bool(hours) and are_own and rotation.is_of_guards(words, rotating)


def _without_clock(found: ScheduleReading | None) -> ScheduleReading | None:
    """What is left of a reading when its clock is not known."""
    if found is None or found.schedule.kind not in (ScheduleKind.ROTATING, ScheduleKind.FLEXIBLE):
        return None
    return replace(found, schedule=replace(found.schedule, shifts=()))


def _flexible(read: Passages, words: str, gathered: Gathered, zone: str) -> ScheduleReading | None:
    """Hours at any time, where no others are told."""
    found = flexible_hours.is_flexible(words)
    if found is None or any(one.hours or one.opening for one in gathered.statements) or not gathered.is_whole:
        return None
    weekly = weekly_hours_in(words)
    schedule = Schedule(ScheduleKind.FLEXIBLE, zone, hours_per_week=weekly.hours if weekly is not None else None)
    return ScheduleReading(schedule, read.sentence(*found.span()), GUESSED)


def _rotating(read: Passages, words: str, gathered: Gathered, rotating: re.Match[str], zone: str) -> ScheduleReading:
    shifts = _shifts(gathered, "turnos disponibles") if gathered.is_whole else None
    several = shifts.windows if shifts is not None and len(shifts.windows) > 1 else ()
    if not all(_fit_hours_a_day(words, one) for one in several):
        several = ()  # shifts lie inside the hours that are told
    schedule = Schedule(ScheduleKind.ROTATING, zone, shifts=several)
    return ScheduleReading(schedule, read.sentence(*rotating.span()), LIKELY)


def _shifts(gathered: Gathered, words: str) -> Shifts | None:
    timed = [one for one in gathered.statements if one.hours is not None]
    return shifts_of(
        timed,
        may_split=marks.SPLIT.search(words) is not None,
        are_parts_shifts=PART_TIME.search(words) is not None,
        to_choose=marks.TO_CHOOSE.search(words) is not None or marks.NUMBERED.search(words) is not None,
    )


def _settled(read: Passages, words: str, gathered: Gathered, zone: str) -> ScheduleReading | None:
    """What the statements make, where nothing rotates."""
    if not gathered.statements or not gathered.is_whole:
        return None
    if not any(one.hours or one.opening for one in gathered.statements):
        return _parts(read, words, gathered.statements, zone)
    start, end = gathered.statements[0].start, gathered.statements[-1].end
    around = words[max(0, start - marks.BEFORE) : end + marks.AFTER]
    sentence = read.sentence(start, min(end, start + 400))
    if not any(one.hours for one in gathered.statements):
        return _openings(gathered, words, sentence, zone)
    shifts = _shifts(gathered, around)
    if shifts is None or _is_loose(words, gathered):
        return None
    confidence = _confidence(gathered, shifts)
    if len(shifts.windows) == 1 and marks.CORE_HOURS.search(words[max(0, start - 60) : start]):
        core = minutes_a_week(shifts.windows[0]) / 60
        schedule = Schedule(ScheduleKind.CORE_OVERLAP, zone, shifts.windows[0], core_hours=core)
        return ScheduleReading(schedule, sentence, min(confidence, GUESSED))
    if len(shifts.windows) == 1:
        return _one_shift(gathered, words, shifts.windows[0], zone, sentence, confidence)
    chosen = shifts.are_joined or overlap(shifts) or marks.TO_CHOOSE.search(around) or marks.NUMBERED.search(around)
    if not chosen or any(minutes_a_week(one) > LONGEST_WEEK_MINUTES for one in shifts.windows):
        return None
    schedule = Schedule(ScheduleKind.ONE_OF, zone, shifts=shifts.windows)
    return ScheduleReading(schedule, sentence, min(confidence, LIKELY))


def _one_shift(
    gathered: Gathered,
    words: str,
    windows: tuple[Window, ...],
    zone: str,
    sentence: str,
    confidence: float,
) -> ScheduleReading | None:
    """A fixed schedule, or hours that lie inside wider ones."""
    weekly = weekly_hours_in(words)
    stated = weekly.hours if weekly is not None else None
    a_week = minutes_a_week(windows) / 60
    is_each_told = len(windows) > 1 and not marks.RESTED.search(words)  # "L a S de 8 a 6, dom 8 a 1"
    is_whole_week = {day for window in windows for day in window.days} == set(Weekday) and not is_each_told
    daily, lengths = _told_hours_a_day(words), hours_a_day(windows)
    has_moving_rest = rotation.rest_is_said_to_rotate(words) and len({day for one in windows for day in one.days}) > 5
    is_inside = (
        is_whole_week
        or has_moving_rest
        or not _fit_hours_a_day(words, windows)
        or (stated is not None and stated < FEWER_HOURS * a_week)
    )
    if is_inside and is_whole_week and FIXED_HOURS.search(words) and not marks.RESTED.search(words):
        return ScheduleReading(Schedule(ScheduleKind.FIXED, zone, windows), sentence, min(confidence, GUESSED))
    if is_inside or marks.RANGE_OF_HOURS.search(_close(words, gathered.statements)):
        if any(hours > max(lengths) for hours in daily):
            return None
        if gathered.are_days_supposed:
            windows = tuple(Window(tuple(Weekday), one.start_minute, one.end_minute) for one in windows)
        schedule = Schedule(ScheduleKind.WITHIN, zone, windows, stated)
        return ScheduleReading(schedule, sentence, min(confidence, GUESSED))
    if minutes_a_week(windows) > LONGEST_WEEK_MINUTES:
        return None
    return ScheduleReading(Schedule(ScheduleKind.FIXED, zone, windows), sentence, confidence)


def _told_hours_a_day(words: str) -> list[int]:
    return [int(found[1]) for found in HOURS_A_DAY.finditer(words) if int(found[1]) <= MOST_HOURS_A_DAY]


def _fit_hours_a_day(words: str, windows: Sequence[Window]) -> bool:
    """Whether windows are as long as the hours a day that are told, with a break in them."""
    lengths = hours_a_day(windows)
    told = _told_hours_a_day(words)
    return all(any(hours <= length <= hours + LUNCH_HOURS for length in lengths) for hours in told)


def _close(words: str, statements: Sequence[Statement]) -> str:
    return words[max(0, statements[0].start - 30) : max(statements[0].start + 4, statements[0].end - 5)]


def _is_loose(words: str, gathered: Gathered) -> bool:
    """Whether words next to the hours leave them open: flexible, to be agreed, now and then."""
    for one in gathered.statements:
        before = words[max(0, one.start - 30) : one.start].rpartition("\n")[2]
        after = marks.OTHER_MATTER.split(words[one.end : one.end + marks.AFTER].partition("\n")[0])[0]
        near = f"{before} {after}"
        if marks.CHANGES.search(words[max(0, one.start - 70) : one.start]) or _is_coming_in(words, one):
            return True
        if marks.PREFERRED.search(words[max(0, one.start - 60) : one.start]):
            return True
        if rotation.ROTATES.match(after.lstrip(" (,.-")) or marks.EVERY_OTHER.search(
            words[one.start : one.end] + after[:22]
        ):
            return True
        if (
            flexible_hours.FLEXIBLE.search(near)
            or marks.VARIABLE.match(after)
            or marks.UNDECIDED.search(near)
            or marks.CUT_OFF.match(words[one.end : one.end + 22])
        ):
            return True
    return False


def _is_coming_in(words: str, one: Statement) -> bool:
    """Whether hours are those somebody may come in at, not those of work."""
    is_short = one.hours is not None and one.hours.length <= LONGEST_COMING_IN
    return is_short and marks.COMES_IN.search(words[max(0, one.start - 30) : one.start]) is not None


def _confidence(gathered: Gathered, shifts: Shifts) -> float:
    if gathered.are_days_supposed:
        return SUPPOSED
    if gathered.are_days_gathered or not shifts.is_sure:
        return GUESSED
    is_clear = all(one.evidence >= Evidence.COLON or one.days for one in gathered.statements)
    return SURE if is_clear else LIKELY


def _openings(gathered: Gathered, words: str, sentence: str, zone: str) -> ScheduleReading | None:
    """Hours too long for a shift are those that shifts lie inside."""
    windows = tuple(
        Window(
            tuple(sorted((not gathered.are_days_supposed and one.days) or Weekday)), one.opening.start, one.opening.end
        )
        for one in gathered.statements
        if one.opening is not None
    )
    if len(windows) != 1:
        return None
    weekly = weekly_hours_in(words)
    schedule = Schedule(ScheduleKind.WITHIN, zone, windows, weekly.hours if weekly else None)
    return ScheduleReading(schedule, sentence, GUESSED)


def _parts(read: Passages, words: str, statements: Sequence[Statement], zone: str) -> ScheduleReading | None:
    """Work that is told by parts of the day only: somewhere inside the one, or in one of several."""
    if any(marks.OPEN_PART.search(words[one.end : one.end + marks.AFTER].partition("\n")[0]) for one in statements):
        return None
    parts = list(dict.fromkeys(one.part for one in statements if one.part is not None))
    days = frozenset().union(*(one.days or frozenset() for one in statements)) or frozenset(Weekday)
    windows = [Window(tuple(sorted(days)), *part.value) for part in parts]
    sentence = read.sentence(statements[0].start, statements[0].end)
    if parts == [PartOfDay.AFTERNOON, PartOfDay.NIGHT] and all(one.link in ("slash", " ", "") for one in statements):
        parts = parts[:1]  # "turno tarde/noche" is one that goes on into the night
        windows = [Window(tuple(sorted(days)), PartOfDay.AFTERNOON.value[0], PartOfDay.NIGHT.value[1])]
    if len(parts) == 1:
        weekly = weekly_hours_in(words)
        hours = weekly.hours if weekly is not None else None
        return ScheduleReading(Schedule(ScheduleKind.WITHIN, zone, tuple(windows), hours), sentence, GUESSED)
    schedule = Schedule(ScheduleKind.ONE_OF, zone, shifts=tuple((window,) for window in windows))
    return ScheduleReading(schedule, sentence, GUESSED)

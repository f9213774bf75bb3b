"""The hours that a person says to be free, in their own words: "20 horas a la semana por las mañanas".

A person's words are read more willingly than an ad's: they tell all they have, in a line, and it is only a proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.jobs import HoursBound
from engine.reading.schedules.clock_zones import clock_told
from engine.reading.schedules.clocks import Clock, Evidence
from engine.reading.schedules.marks import without_lunch
from engine.reading.schedules.parts_of_day import PartOfDay
from engine.reading.schedules.passages import passages
from engine.reading.schedules.statements import DaysAlone, Statement, Told, told_in
from engine.reading.schedules.tokens import Kind, tokens
from engine.reading.schedules.weekly_hours import weekly_hours_in
from engine.schedules import Weekday, Window
from engine.seekers import Availability

# What a person means by a part of the day is narrower than what a shift of that name may take.
FREE: dict[PartOfDay, tuple[int, int]] = {
    PartOfDay.MORNING: (7 * 60, 13 * 60),
    PartOfDay.AFTERNOON: (13 * 60, 19 * 60),
    PartOfDay.EVENING: (18 * 60, 23 * 60),
    PartOfDay.NIGHT: (19 * 60, 24 * 60),
    PartOfDay.SMALL_HOURS: (0, 6 * 60),
    PartOfDay.DAY: (8 * 60, 18 * 60),
}
EARLY, LATE = 7 * 60, 22 * 60
BEFORE_PART = frozenset("por en de durante solo la las turno turnos tiempo free the los o y libre libres".split())  # noqa: SIM905
PLURALS = frozenset({"mananas", "tardes", "noches", "madrugadas", "mornings", "afternoons", "evenings", "nights"})
SAID_TO_BE_FREE = re.compile(r"\b(?:libres?|tengo|puedo|disponib\w*|horarios?|free|available|estoy)\b")
FROM = re.compile(r"\b(?:despues de|desde|a partir de|luego de|after|from)(?: las?)? $")
TO = re.compile(r"\b(?:antes de|hasta|before|until)(?: las?)? $")
NOT_FREE = re.compile(
    r"\b(?:no (?:puedo|trabajo|estoy|tengo|disponible)|menos|excepto|salvo|except|not|nunca|sin)\b[^.;,]{0,30}$"
)
HOURS_A_DAY = re.compile(
    r"(?<![\d:.,])(?P<hours>\d{1,2}) ?(?:hs|hrs?|horas|h|hours)\b(?! ?(?:semanal|a la semana|por semana|per week"
    r"|a week))"
)
WORKING_DAYS = 5


def free_hours(text: str, time_zone: str) -> Availability | None:
    """The hours that `text` states, in `time_zone` unless it names another; None where it states none."""
    words = without_lunch(passages(text).words)
    told = told_in(words)
    named: list[DaysAlone | Statement] = [*told.days_alone, *(one for one in told.statements if one.hours is None)]
    busy = frozenset(day for one in named if _is_busy(words, one) for day in one.days or ())
    days = frozenset(day for one in named if not _is_busy(words, one) for day in one.days or ())
    windows = tuple(_windows(words, told, days, busy))
    cap = _hours_a_week(words, told, days)
    if not windows and cap is None:
        return None
    return Availability(clock_told(words).time_zone or time_zone, windows, cap)


def _is_busy(words: str, one: DaysAlone | Statement) -> bool:
    return NOT_FREE.search(words[max(0, one.start - 40) : one.start]) is not None


def _windows(words: str, told: Told, named: frozenset[Weekday], busy: frozenset[Weekday]) -> Iterator[Window]:
    """Hours that are told, else parts of the day, else whole days; all that are named, on the days that are."""
    timed = [one for one in told.statements if one.hours is not None and _is_free(words, one)]
    for one in timed:
        its_days = (one.days or named or frozenset(Weekday)) - busy
        if one.hours is not None and its_days:
            yield Window(tuple(sorted(its_days)), one.hours.start, one.hours.end)
    if timed:
        return
    days = tuple(sorted((named or frozenset(Weekday)) - busy))
    ranges = list(dict.fromkeys([*_open_ends(words), *(FREE[part] for part in _parts(words))]))
    if days and (ranges or named or busy):
        for start, end in ranges or [(EARLY, LATE)]:
            yield Window(days, start, end)


def _is_free(words: str, one: Statement) -> bool:
    """Whether hours are those a person is free in: with days, clearly of a clock, or said to be free."""
    return one.days is not None or one.evidence >= Evidence.COLON or SAID_TO_BE_FREE.search(words) is not None


def _parts(words: str) -> Iterator[PartOfDay]:
    """The parts of the day that are named; "8 de la mañana" is a clock, and "mañana" alone another day."""
    before = ""
    for token in tokens(words):
        if token.part is not None and (token.text in PLURALS or before in BEFORE_PART or words == token.text):
            yield token.part
        before = token.text


def _open_ends(words: str) -> Iterator[tuple[int, int]]:
    """The hours of "después de las 6 pm" and "hasta la 1 pm"."""
    for token in tokens(words):
        if token.kind is not Kind.CLOCK or token.clock is None:
            continue
        before = words[max(0, token.start - 20) : token.start]
        minute = _minute(token.clock)
        if minute is not None and FROM.search(before) and minute < LATE:
            yield minute, LATE
        elif minute is not None and TO.search(before) and minute > EARLY:
            yield EARLY, minute


def _minute(clock: Clock) -> int | None:
    """The time that a person means: "las 6" without more is the evening's where a day of work is over by then."""
    readings = clock.readings(either=True)
    return next((minute for minute in readings if EARLY <= minute <= LATE), None)


def _hours_a_week(words: str, told: Told, named: frozenset[Weekday]) -> float | None:
    """The most hours a week: told so, or by the day."""
    weekly = weekly_hours_in(words)
    if weekly is not None:
        return None if weekly.bound is HoursBound.AT_LEAST else weekly.hours
    daily = {int(found["hours"]) for found in HOURS_A_DAY.finditer(words)}
    if len(daily) != 1 or any(one.hours for one in told.statements) or not 1 <= max(daily) <= 12:
        return None
    return float(max(daily) * (len(named) or WORKING_DAYS))

"""Hours that searches state: parts of the day, days, times of the clock, hours a week."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.reading.schedules.parts_of_day import PARTS_PATTERN, PartOfDay, part_named
from engine.reading.schedules.statements import told_in
from engine.reading.schedules.weekly_hours import weekly_hours_in
from engine.schedules import MINUTES_PER_DAY, Weekday, Window
from engine.search.chips import ChipKind
from engine.search.limit_phrases import Said

# Wider than most shifts of the name, and less of another part's than would do for work that lies somewhere in it.
SEARCHED: dict[PartOfDay, tuple[int, int]] = {
    PartOfDay.MORNING: (5 * 60, 14 * 60),
    PartOfDay.AFTERNOON: (13 * 60 + 30, 22 * 60),
    PartOfDay.EVENING: (17 * 60, MINUTES_PER_DAY),
    PartOfDay.NIGHT: (18 * 60, 6 * 60),
    PartOfDay.SMALL_HOURS: (22 * 60, 6 * 60),
    PartOfDay.DAY: (5 * 60, 20 * 60),
}
WHOLE_DAY = (5 * 60, MINUTES_PER_DAY)  # two of them hold no full week
EVERY_DAY = tuple(Weekday)
PART = re.compile(
    rf"(?:\b(?:solo|turno|turnos|horario|de|por|en|a|las?|los|el|during|the|in|at|o|y)\s){{0,4}}{PARTS_PATTERN}"
)
NO_PART = frozenset({"tm", "tt", "tn", "graveyard"})
BEFORE_DAYS = re.compile(r"(?:\b(?:solo|los|el|en|de|por|y|o|only|on)\s){1,3}$")
AFTER = re.compile(
    r"\b(?:despues|luego|a partir|desde|after)\s(?:de\s)?(?:las?\s)?(\d{1,2})(?::(\d\d))?"
    r"\s?(pm|p\.m|am|hs?|de la (?:tarde|noche))?\b"
)
BARE_HOURS = re.compile(r"\b(\d{1,2}) (?:horas|hrs?|hours)(?: (diarias|al dia|por dia|a day|daily))?\b")
WHOLE_CLOCK = 24  # "atención 24 horas"
MOST_A_DAY, MOST_A_WEEK, DAYS_WORKED = 10, 60, 5
LAST_MORNING_HOUR = 11


def hours_in(words: str) -> Iterator[Said]:
    """The times and the hours a week that plain words state, each at most once."""
    weekly = weekly_hours_in(words)
    if weekly is not None:
        yield ChipKind.WEEKLY_HOURS, weekly.hours, weekly.start, weekly.end
    elif (bare := BARE_HOURS.search(words)) is not None and (hours := _bare_hours(bare)) is not None:
        yield ChipKind.WEEKLY_HOURS, hours, bare.start(), bare.end()
    yield from _times(words)


def _bare_hours(found: re.Match[str]) -> float | None:
    hours = int(found[1])
    if found[2] or hours <= MOST_A_DAY:
        return float(hours * DAYS_WORKED) if 0 < hours <= MOST_A_DAY else None
    return float(hours) if hours <= MOST_A_WEEK and hours != WHOLE_CLOCK else None


def _times(words: str) -> Iterator[Said]:
    told = told_in(words)
    clocks = [one for one in told.statements if one.hours is not None]
    parts = [found for found in PART.finditer(words) if found[0].split()[-1] not in NO_PART]
    days = [(one.days, one.start, one.end) for one in told.statements if one.days]
    days += [(one.days, one.start, one.end) for one in told.days_alone if one.days]
    named = tuple(sorted(frozenset(day for of, _, _ in days for day in of or ()))) or EVERY_DAY
    spans = [(_with_words_before(words, start), end) for _, start, end in days]
    if clocks:
        windows = [
            Window(tuple(sorted(one.days or named)), one.hours.start, one.hours.end) for one in clocks if one.hours
        ]
        spans += [(one.start, one.end) for one in clocks]
    elif (after := AFTER.search(words)) is not None and (start := _start(after)) is not None:
        windows, spans = [Window(named, start, MINUTES_PER_DAY)], [*spans, after.span()]
    elif parts:
        windows = [Window(named, *SEARCHED[part_named(found[0].split()[-1])]) for found in parts]
    elif days:
        windows = [Window(named, *WHOLE_DAY)]
    else:
        return
    spans += [found.span() for found in parts]
    for start, end in spans:
        yield ChipKind.TIMES, tuple(dict.fromkeys(windows)), start, end


def _start(found: re.Match[str]) -> int | None:
    hour = int(found[1])
    if hour <= LAST_MORNING_HOUR and found[3] != "am":
        hour += 12
    return hour * 60 + int(found[2] or 0) if hour < 24 else None


def _with_words_before(words: str, start: int) -> int:
    before = BEFORE_DAYS.search(words[:start])
    return before.start() if before is not None else start

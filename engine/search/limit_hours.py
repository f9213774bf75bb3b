"""Hours that searches state: parts of the day, days, times of the clock, hours a week."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.jobs import HoursBound
from engine.reading.schedules.free_hours import NUMBER_WORDS
from engine.reading.schedules.parts_of_day import PartOfDay
from engine.reading.schedules.personal_hours import Meanings, personal_hours
from engine.reading.schedules.weekly_hours import weekly_hours_in
from engine.schedules import MINUTES_PER_DAY
from engine.search.chips import ChipKind
from engine.search.limit_phrases import Said

# Wider than most shifts of the name, and less of another part's than would do for work that lies somewhere in it. Two
# whole days hold no full week.
SEARCHED = Meanings(
    parts={
        PartOfDay.MORNING: (5 * 60, 14 * 60),
        PartOfDay.AFTERNOON: (13 * 60 + 30, 22 * 60),
        PartOfDay.EVENING: (17 * 60, MINUTES_PER_DAY),
        PartOfDay.NIGHT: (18 * 60, 6 * 60),
        PartOfDay.SMALL_HOURS: (22 * 60, 6 * 60),
        PartOfDay.DAY: (5 * 60, 20 * 60),
    },
    school=(7 * 60, 14 * 60),
    day=(5 * 60, MINUTES_PER_DAY),
    takes_bare=True,
)
BARE_HOURS = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(NUMBER_WORDS)}) (?:horas?|hrs?|hours?)\b"
    r"(?: ?(diarias?|al dia|(?:por|x) dia|a day|daily))?"
)
BEFORE_HOURS = re.compile(
    r"(?:\b(?:no mas|menos|maximo|max|hasta|como|solo|unas|aprox|de|las|entre|up|to|less|than|under|at|most|only)\s)"
    r"{1,4}$"
)
AFTER_HOURS = re.compile(r"\s(?:o menos|or less|como maximo|maximo|max|at most|nada mas|solamente)\b")
AT_LEAST = re.compile(r"\b(?:minim[oa]|min|al menos|por lo menos|at least|mas de|desde|more than|over) (?:de )?$")
AT_LEAST_AFTER = re.compile(r"\s(?:o mas|a mas|or more|como minimo|minimo|en adelante)\b")
WHOLE_CLOCK = 24  # "atención 24 horas"
MOST_A_DAY, MOST_A_WEEK, DAYS_WORKED = 10, 60, 5
TAKEN = "\0"


def hours_in(words: str) -> Iterator[Said]:
    """The times and the hours a week that plain words state, each at most once. No more than so many can be asked for,
    not no fewer."""
    weekly = weekly_hours_in(words)
    bare = BARE_HOURS.search(words)
    if weekly is not None:
        span = weekly.start, weekly.end
        hours = None if weekly.bound is HoursBound.AT_LEAST and weekly.most is None else weekly.most or weekly.hours
    elif bare is not None:
        span, hours = bare.span(), _bare_hours(words, bare)
    else:
        span, hours = (0, 0), None
    if hours is not None:
        start, end = _with_bounds(words, *span)
        yield ChipKind.WEEKLY_HOURS, hours, start, end
        words = words[:start] + TAKEN * (end - start) + words[end:]
    told = personal_hours(words, SEARCHED)
    for start, end in told.spans if told is not None else ():
        yield ChipKind.TIMES, told.windows if told is not None else (), start, end


def _bare_hours(words: str, found: re.Match[str]) -> float | None:
    if AT_LEAST.search(words[: found.start()]) or AT_LEAST_AFTER.match(words, found.end()):
        return None
    hours = NUMBER_WORDS.get(found[1]) or int(found[1])
    if found[2] or hours <= MOST_A_DAY:
        return float(hours * DAYS_WORKED) if 0 < hours <= MOST_A_DAY else None
    return float(hours) if hours <= MOST_A_WEEK and hours != WHOLE_CLOCK else None


def _with_bounds(words: str, start: int, end: int) -> tuple[int, int]:
    """Hours with the words that say that they are the most."""
    before, after = BEFORE_HOURS.search(words[:start]), AFTER_HOURS.match(words, end)
    return before.start() if before else start, after.end() if after else end

"""Hours that searches state: parts of the day, days, times of the clock, hours a week."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.jobs import HoursBound
from engine.reading.schedules.free_hours import NUMBER_WORDS
from engine.reading.schedules.meanings import SEARCHED, Meanings
from engine.reading.schedules.personal_hours import personal_hours
from engine.reading.schedules.weekly_hours import weekly_hours_in
from engine.search.chips import ChipKind
from engine.search.limit_phrases import Said

BARE_HOURS = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(NUMBER_WORDS)}) (?:horas?|hrs?|hours?)\b"
    r"(?: ?(diarias?|al dia|(?:por|x) dia|a day|daily))?"
)
BEFORE_HOURS = re.compile(
    r"(?:\b(?:no|mas|al|por|lo|menos|minim[oa]|min|least|more|over|desde|maximo|max|hasta|como|solo|unas|aprox|de|las|entre"
    r"|up|to|less|than|under|at|most|only)\s){1,4}$"
)
AFTER_HOURS = re.compile(
    r"\s(?:o mas|a mas|or more|como minimo|minimo|en adelante|o menos|or less|como maximo|maximo|max|at most|nada mas"
    r"|solamente)\b"
)
AT_LEAST = re.compile(
    r"\b(?:minim[oa]|min|al menos|por lo menos|at least|(?<!no )mas de|desde|(?<!no )more than|over) (?:de )?$"
)
AT_LEAST_AFTER = re.compile(r"\s(?:o mas|a mas|or more|como minimo|minimo|en adelante)\b")
WHOLE_CLOCK = 24  # "atención 24 horas"
MOST_A_DAY, MOST_A_WEEK, DAYS_WORKED = 10, 60, 5
TAKEN = "\0"


def hours_in(words: str, meanings: Meanings = SEARCHED) -> Iterator[Said]:
    """The times and the hours a week that plain words state, each at most once; `meanings` of parts of the day."""
    stated = _hours_a_week(words)
    if stated is not None:
        kind, hours, start, end = stated
        start, end = _with_bounds(words, start, end)
        yield kind, hours, start, end
        words = words[:start] + TAKEN * (end - start) + words[end:]
    told = personal_hours(words, meanings)
    for start, end in told.spans if told is not None else ():
        yield ChipKind.TIMES, told.windows if told is not None else (), start, end


def _hours_a_week(words: str) -> Said | None:
    """Hours a week as the most that are asked for, or the least."""
    weekly = weekly_hours_in(words)
    if weekly is not None:
        is_least = weekly.bound is HoursBound.AT_LEAST and weekly.most is None
        kind = ChipKind.LEAST_HOURS if is_least else ChipKind.WEEKLY_HOURS
        return kind, weekly.most or weekly.hours, weekly.start, weekly.end
    bare = BARE_HOURS.search(words)
    hours = _bare_hours(bare) if bare is not None else None
    if bare is None or hours is None:
        return None
    bound = AT_LEAST.search(words[: bare.start()]) or AT_LEAST_AFTER.match(words, bare.end())
    return ChipKind.LEAST_HOURS if bound else ChipKind.WEEKLY_HOURS, hours, bare.start(), bare.end()


def _bare_hours(found: re.Match[str]) -> float | None:
    hours = NUMBER_WORDS.get(found[1]) or int(found[1])
    if found[2] or hours <= MOST_A_DAY:
        return float(hours * DAYS_WORKED) if 0 < hours <= MOST_A_DAY else None
    return float(hours) if hours <= MOST_A_WEEK and hours != WHOLE_CLOCK else None


def _with_bounds(words: str, start: int, end: int) -> tuple[int, int]:
    """Hours with the words that say that they are the most."""
    before, after = BEFORE_HOURS.search(words[:start]), AFTER_HOURS.match(words, end)
    return before.start() if before else start, after.end() if after else end

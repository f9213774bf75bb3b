"""When an ad was put up, or closes: "Ayer", "Hace 3 días", "16 de abril", "31/12/2026", an epoch."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from engine.reading.number_words import UNITS
from engine.reading.text_cleaning import plain, tidy_line

LONGEST = 100  # characters; what is longer is no date
FIRST_YEAR, LAST_YEAR = 1990, 2100  # an ad's; what lies outside is how a form says "none"
LARGEST_COUNT = 20  # that people write out
YEARS_TO_A_LEAP_DAY = 8  # at most, from one 29 February to the next

EPOCH = re.compile(r"(?:/date\()?(\d{10})(\d{3})?(?:\.\d{1,9})?(?:[+-]\d{4})?(?:\)/)?")
WITHOUT_A_YEAR_OF_OURS = re.compile(
    r"(\d{4})-\d\d-\d\d(?!\d).*|\d{1,2}[/.-]\d{1,2}[/.-](\d{4})(?!\d).*|-?0*(?:\.0*)?|-\d{1,20}"
)
CLOCK = re.compile(r"\b(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d{1,9})?\s?([ap])?\.?\s?m?\b")
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?!\d)")
NO_YEAR = re.compile(r"(\d{1,2})[-/](\d{1,2})")
MAIL_DATE = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} ")
MONTHS = (
    "ene(?:ro)?|jan(?:uary)?",
    "feb(?:rero|ruary)?",
    "mar(?:zo|ch)?",
    "abr(?:il)?|apr(?:il)?",
    "mayo?",
    "jun(?:io|e)?",
    "jul(?:io|y)?",
    "ago(?:sto)?|aug(?:ust)?",
    "sep?t?(?:iembre|ember)?",
    "oct(?:ubre|ober)?",
    "nov(?:iembre|ember)?",
    "dic(?:iembre)?|dec(?:ember)?",
)
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})\b"
_YEAR = r"(?:[\s.,/-]{0,3}(?:de |del |of )?(?P<year>\d{4}|\d\d(?![\d:]))\b)?"
DAY_AND_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|ro|º)?(?: de| of)?[\s/.-]{{1,3}}{_MONTH}{_YEAR}")
MONTH_AND_DAY = re.compile(rf"\b{_MONTH}[\s.-]{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:){_YEAR}")
NAMED_DAYS = (
    (re.compile(r"\b(?:anteayer|antier|antes de ayer|anteontem)\b"), -2),
    (re.compile(r"\b(?:ayer|yesterday|ontem)\b"), -1),
    (
        re.compile(
            r"\b(?:hoy|ahora|today|hoje|agora|just (?:now|posted)|recien|reciente(?:mente)?|instantes?|momentos?"
            r"|moments?|hace poco|(?:unos|unas|pocos|pocas|few|algunos|algunas) (?:segundos|minutos|horas|seconds"
            r"|minutes|hours))\b"
        ),
        0,
    ),
    (re.compile(r"\b(?:manana|tomorrow|amanha)\b"), 1),
    (re.compile(r"\b(?:semana pasada|last week)\b"), -7),
    (re.compile(r"\b(?:mes pasado|last month)\b"), -30),
)
COUNTS = {
    **{"un": 1, "una": 1, "uno": 1, "um": 1, "uma": 1, "a": 1, "an": 1, "one": 1, "dois": 2, "duas": 2, "two": 2},
    **{"three": 3, "pocas": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{word: value for word, value in UNITS.items() if value <= LARGEST_COUNT and value > 1},
    **{"treinta": 30, "thirty": 30},
}
_COUNT = rf"(?P<count>\d{{1,4}}|(?:{'|'.join(sorted(COUNTS, key=len, reverse=True))})\b)\s?\+?\s?"
_UNIT = (
    r"(?P<unit>min(?:uto|ute)?s?|horas?|hours?|hrs?|h|dias?|days?|d|semanas?|sem|weeks?|w|mes(?:es)?|months?|mo"
    r"|anos?|years?|y)\b\.?"
)
_ABOUT = r"(?:(?:mas de|menos de|casi|unos|unas|aprox\.?|about|over|more than|less than|cerca de|mais de)\s|\+\s?)?"
AGO = (
    re.compile(rf"\b(?:hace[n:]?|ha) {_ABOUT}{_COUNT}{_UNIT}"),
    re.compile(rf"\b{_COUNT}{_UNIT}\s(?:ago|atras)\b"),
    re.compile(rf"{_ABOUT}{_COUNT}{_UNIT}\s?\+?"),
)
WEEKDAYS = (
    "lunes|monday|mon|segunda",
    "martes|tuesday|tue",
    "miercoles|wednesday|wed",
    "jueves|thursday|thu",
    "viernes|friday|fri",
    "sabado|saturday|sat",
    "domingo|sunday|sun",
)
ON_A_WEEKDAY = re.compile(rf"(?:el |last |este |on )?(?P<day>{'|'.join(WEEKDAYS)})(?: pasado| passado)?")
# What a page tells of the day of posting, beside that of the last change.
PUT_UP = re.compile(r"\b(?:publicad[oa]s?|posted|published|publicacion|cread[oa]|anunciad[oa])\b[:\s]{0,3}")
AHEAD = (
    re.compile(rf"\b(?:en|in|dentro de|quedan?|faltan?|within) {_ABOUT}{_COUNT}{_UNIT}"),
    re.compile(rf"\b{_COUNT}{_UNIT}\s(?:left|restantes)\b"),
)
LENGTHS: tuple[tuple[str, timedelta | int], ...] = (  # months by their number
    ("min", timedelta(minutes=1)),
    ("mo", 1),
    ("me", 1),
    ("h", timedelta(hours=1)),
    ("d", timedelta(days=1)),
    ("s", timedelta(weeks=1)),
    ("w", timedelta(weeks=1)),
    ("a", 12),
    ("y", 12),
)


def states_no_date(text: str) -> bool:
    """Whether a date of a form is one of those that stand for none: 9999-12-31, 0001-01-01, 0000-00-00, 0."""
    found = WITHOUT_A_YEAR_OF_OURS.fullmatch(text.strip()[:LONGEST])
    year = found and (found[1] or found[2])
    return found is not None and (year is None or not FIRST_YEAR <= int(year) <= LAST_YEAR)


def read_date(text: str, now: datetime, formats: Sequence[str] = (), *, is_end: bool = False) -> datetime | None:
    """The time that `text` names; `now` is when it was read from its page, in the place's zone.

    A day that names no year is the nearest past one, of an ad's end (`is_end`) the nearest. Days are midnights.
    """
    line = tidy_line(text[: LONGEST + 1])
    if len(line) > LONGEST:
        return None
    for moment in _readings(line, now, formats, is_end=is_end):
        if FIRST_YEAR <= moment.year <= LAST_YEAR:
            return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    return None


def _readings(line: str, now: datetime, formats: Sequence[str], *, is_end: bool) -> Iterable[datetime]:
    """What the line may say, the surest first."""
    with suppress(ValueError, OverflowError, OSError):
        if found := EPOCH.fullmatch(line.lower()):
            yield datetime.fromtimestamp(int(found[1]), UTC)
    for form in formats:
        with suppress(ValueError):
            yield datetime.strptime(line, form)  # noqa: DTZ007 (as the text is: the caller adds the place's zone)
    with suppress(ValueError):
        yield datetime.fromisoformat(line)
    if MAIL_DATE.match(line):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            yield parsedate_to_datetime(line)
    words = plain(line)
    for reading in (
        _in_numbers(words, now, is_end=is_end),
        _in_words(words, now, is_end=is_end),
        _from_now(words, now),
    ):
        if reading is not None:
            yield reading


def _in_numbers(words: str, now: datetime, *, is_end: bool) -> datetime | None:
    """2026/4/16; 16/04/2026, whose day is first unless only the second number can be it; 16/04."""
    if found := YEAR_FIRST.search(words):
        return _day(int(found[1]), int(found[2]), int(found[3]), words)
    if found := YEAR_LAST.search(words):
        day, month = int(found[1]), int(found[2])
        day, month = (month, day) if month > 12 else (day, month)
        return _day(_whole_year(found[3]), month, day, words)
    found = NO_YEAR.fullmatch(words)
    return _nearest(int(found[2]), int(found[1]), words, now, is_end=is_end) if found else None


def _in_words(words: str, now: datetime, *, is_end: bool) -> datetime | None:
    """16 de abril de 2026; April 16th; 16-abr-26."""
    found = DAY_AND_MONTH.search(words) or MONTH_AND_DAY.search(words)
    if found is None:
        return None
    month = next(place for place, names in enumerate(MONTHS, 1) if re.fullmatch(names, found["month"]))
    day = int(found["day"])
    if found["year"]:
        return _day(_whole_year(found["year"]), month, day, words)
    return _nearest(month, day, words, now, is_end=is_end)


def _nearest(month: int, day: int, words: str, now: datetime, *, is_end: bool) -> datetime | None:
    """The day of the year that is nearest, past ones only unless it is an end."""
    days = [_day(now.year + 1 - back, month, day, words) for back in range(YEARS_TO_A_LEAP_DAY + 2)]
    today = now.replace(tzinfo=None)
    known = [one for one in days if one is not None and (is_end or one.date() <= today.date())]
    return min(known, key=lambda one: abs(one - today), default=None)


def _from_now(words: str, now: datetime) -> datetime | None:
    """The day that lies so far from today, at its midnight: the one of posting where several are told."""
    put_up = PUT_UP.search(words)
    first = _day_from_now(words[put_up.end() :], now) if put_up is not None else None
    return first or _day_from_now(words, now)


def _day_from_now(words: str, now: datetime) -> datetime | None:
    midnight = time(tzinfo=now.tzinfo)
    for sign, patterns in ((-1, AGO), (1, AHEAD)):
        for pattern in patterns:
            found = pattern.fullmatch(words) if pattern is AGO[-1] else pattern.search(words)
            if found is not None:
                count = sign * (COUNTS.get(found["count"]) or int(found["count"]))
                unit = next(length for start, length in LENGTHS if found["unit"].startswith(start))
                with suppress(OverflowError, ValueError):
                    moment = now + count * unit if isinstance(unit, timedelta) else _months_on(now, count * unit)
                    return datetime.combine(moment.date(), midnight)
    for named, days in NAMED_DAYS:
        if named.search(words):
            return datetime.combine((now + timedelta(days=days)).date(), midnight)
    found = ON_A_WEEKDAY.fullmatch(words)
    if found is None:
        return None
    weekday = next(number for number, names in enumerate(WEEKDAYS) if re.fullmatch(names, found["day"]))
    return datetime.combine((now - timedelta(days=(now.weekday() - weekday) % 7)).date(), midnight)


def _months_on(now: datetime, count: int) -> datetime:
    """The same day so many months later, or the last of its month."""
    years, month = divmod(now.year * 12 + now.month - 1 + count, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return now.replace(year=years, month=month + 1, day=min(now.day, last))


def _day(year: int, month: int, day: int, words: str) -> datetime | None:
    try:
        return datetime(year, month, day) + _clock(words)  # noqa: DTZ001 (the caller adds the place's zone)
    except ValueError:
        return None


def _clock(words: str) -> timedelta:
    found = CLOCK.search(words)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return timedelta(0)
    hour = int(found[1]) % 12 + (12 if found[4] == "p" else 0) if found[4] else int(found[1])
    return timedelta(hours=hour, minutes=int(found[2]), seconds=min(int(found[3] or 0), 59))


def _whole_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)

"""The pieces of plain words that hours are told with: days, times of day, parts of a day, and what joins them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from engine.reading.schedules.clocks import Clock, clock_of
from engine.reading.schedules.day_names import DAYS_BY_NAME, GROUPS, NAMES_PATTERN
from engine.reading.schedules.parts_of_day import PARTS_PATTERN, PartOfDay, part_named
from engine.schedules import Weekday


class Kind(Enum):
    """What a token is."""

    DAY = "day"
    DAYS = "days"  # "l-v", "fines de semana"
    CLOCK = "clock"
    PART = "part of the day"
    UNTIL = "until"
    AND = "and"
    OR = "or"
    SLASH = "slash"
    DATE = "date"
    BREAK = "break"
    ROSTER = "roster"  # "24/7", "14x7"
    MARK = "mark"  # a sign that says nothing
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the words from `start` to `end`."""

    kind: Kind
    text: str
    start: int
    end: int
    clock: Clock | None = None
    days: frozenset[Weekday] = frozenset()
    part: PartOfDay | None = None


_MONTHS = (
    "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"
    "|january|february|march|april|june|july|august|september|october|november|december)"
)
_HALF = r"(?:[ap]\.?\s?m\b\.?|[ap]\.m)"
_OF_THE_DAY = r"de la (?:manana|tarde|noche|madrugada)|del? medio ?dia|in the (?:morning|afternoon|evening)|at night"
_UNIT = r"(?:hs|hrs?|horas?|h)\b\.?"
_NOT_A_CLOCK = (
    r"(?!\d|[.,:]\d|\s?(?:%|°|º|anos?\b|meses\b|mes\b|dias?\b|personas?\b|km\b|kg\b|soles\b|mil\b|usd\b|x\s?\d|min)"
    r"|\s?(?:years?|months?|days?|people|vacantes?|puestos?)\b)"
)
_CLOCK = (
    r"(?<![\d$x#])(?<!\d[.,:/])(?<![$+] )(?<!\bs/)(?<!\bs/ )(?P<hour>\d{1,2})(?!\d)"
    rf"(?:\s?[:.]\s?(?P<minute>[0-5]\d)(?!\d)(?::00)?|\s?h\s?(?P<h_minute>[0-5]\d)(?!\d))?{_NOT_A_CLOCK}"
    rf"(?:\s?(?P<unit>{_UNIT}))?(?:[\s:]{{0,2}}(?P<half>{_HALF})|\s(?P<phrase>{_OF_THE_DAY}))?"
    rf"(?:\s?(?P<unit_after>{_UNIT}))?"
)
_NAMED_CLOCK = r"\b(?P<named>12 ?m(?:d|eridiano)?\b|(?:las )?doce del dia|mediodia|medianoche|noon|midnight)\b"
_MILITARY = (
    r"(?<![\d.,:/$-])(?P<military>(?:[01]\d|2[0-4])[0-5]\d)(?=\s?(?:hs|hrs?|h|horas|-|a)\b|-)(?:\s?(?:hs|hrs?|horas"
    r"|h)\b)?"
)
_PATTERN = re.compile(
    r"(?P<roster>\b(?:24 ?[/x] ?7|7 ?x ?24|\d{1,2} ?[x] ?\d{1,2})\b)"
    rf"|(?P<date>\b\d{{1,2}} (?:de )?{_MONTHS}|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?=\s(?!a\b|-))"
    rf"|{_MONTHS} \d{{1,2}}\b)"
    rf"|(?P<group>{'|'.join(f'(?P<{name}>{pattern})' for name, (pattern, _) in GROUPS.items())})"
    rf"|(?P<day>{NAMES_PATTERN})"
    rf"|(?P<namedclock>{_NAMED_CLOCK})|(?P<militaryclock>{_MILITARY})"
    rf"|(?P<clock>{_CLOCK})"
    rf"|(?P<part>{PARTS_PATTERN})"
    r"|(?P<or>\b(?:y/o|o bien|o|u|or)\b)"
    r"|(?P<until>\b(?:hasta|a|al|to|until|till?|through|thru)\b|-(?!\s?-))"
    r"|(?P<and>\b(?:y|e|and)\b|&|\+|,)|(?P<slash>/)"
    r"|(?P<break>\n|\.(?=\s)|[|;*#•])|(?P<word>[^\W\d_]+)|(?P<mark>[^\s\w])"
)


def tokens(words: str) -> Iterator[Token]:
    """The tokens of `words` (plain, spaces collapsed)."""
    for found in _PATTERN.finditer(words):
        yield _token(found)


def _token(found: re.Match[str]) -> Token:
    text, (start, end) = found[0], found.span()
    if found["group"] is not None:
        days = next(days for name, (_, days) in GROUPS.items() if found[name] is not None)
        return Token(Kind.DAYS, text, start, end, days=days)
    if found["day"] is not None:
        return Token(Kind.DAY, text, start, end, days=frozenset({DAYS_BY_NAME[text.rstrip(".")]}))
    if found["part"] is not None:
        return Token(Kind.PART, text, start, end, part=part_named(text))
    if found["clock"] or found["namedclock"] or found["militaryclock"]:
        return Token(Kind.CLOCK, text, start, end, clock=clock_of(found))
    return Token(_KIND_OF_GROUP[next(name for name in _KIND_OF_GROUP if found[name] is not None)], text, start, end)


_KIND_OF_GROUP = {
    "roster": Kind.ROSTER,
    "date": Kind.DATE,
    "or": Kind.OR,
    "until": Kind.UNTIL,
    "and": Kind.AND,
    "slash": Kind.SLASH,
    "break": Kind.BREAK,
    "word": Kind.WORD,
    "mark": Kind.MARK,
}

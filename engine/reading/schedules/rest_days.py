"""Days that are told to be of rest, and not of work: "excepto viernes", "domingos libres", "descanso los martes"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from engine.reading.schedules import marks
from engine.reading.schedules.statements import DaysAlone, Statement
from engine.schedules import Weekday

MOST_RESTED = 5
REST_NAMED = re.compile(
    r"\b(?:excepto|menos|salvo|except|descansos?|descansa|franco|off)(?: ?:)?(?: (?:los?|el|dias?|son|es|fijo"
    r"|for|on)){0,3}[ (]{1,3}$"
)
REST_SAID = re.compile(
    r"\W{1,2}(?:(?:es|son|dias?|de) ){0,2}(?:libres?|descansos?|francos?|off)\b\W{0,2}(?:$|[\n,;)]|\. )"
)
EXCEPTED = re.compile(r"\b(?:excepto|menos|salvo|except)(?: (?:los?|el|for|on))? $")


def begin_with_an_exception(words: str, statements: Sequence[Statement]) -> bool:
    """Whether days before hours are those that are left out: "todos los días menos lunes de 9 a 6"."""
    return any(one.days and EXCEPTED.search(words[max(0, one.start - 25) : one.start]) for one in statements)


def less_rest(words: str, statements: list[Statement], named: Sequence[DaysAlone]) -> list[Statement]:
    """The statements without days that are told to be of rest: "lunes a domingo de 9 a 6, descanso los martes"."""
    rest = days_of_rest(words, named)
    return [
        replace(one, days=one.days - rest) if one.days and rest < one.days and rest & one.days else one
        for one in statements
    ]


def apart_from_rest(words: str, one: Statement) -> Statement:
    """A statement without the days after its hours where those are of rest: "9am a 6pm, domingos libres"."""
    are_after = one.days is not None and one.hours is not None and words[one.start].isdigit()
    if not are_after or not REST_SAID.match(words[one.end : one.end + 25]):
        return one
    rest = one.days or frozenset()
    return replace(one, days=frozenset(Weekday) - rest if len(rest) < MOST_RESTED else None)


def days_of_rest(words: str, named: Sequence[DaysAlone]) -> frozenset[Weekday]:
    """The days that are told to be of rest, fewer than are of work."""
    rest: frozenset[Weekday] = frozenset().union(*(one.days for one in named if one.days and _are_of_rest(words, one)))
    return rest if len(rest) < MOST_RESTED else frozenset()


def _are_of_rest(words: str, one: DaysAlone) -> bool:
    before, after = words[max(0, one.start - 40) : one.start].rpartition("\n")[2], words[one.end : one.end + 25]
    is_rest = REST_NAMED.search(before) is not None or REST_SAID.match(after) is not None
    return is_rest and marks.IRREGULAR.search(before[-15:] + after) is None

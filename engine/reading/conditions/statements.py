"""Words that state one thing of several, apart from the same words said of something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.reading.found import Found
from engine.reading.schedules.passages import passages

Meaning = TypeVar("Meaning")

AROUND = 60  # characters before words that may say whose they are
TITLE = 100  # characters of the first line, where titles stand


@dataclass(frozen=True, slots=True)
class Stating(Generic[Meaning]):
    """Words that state `meaning`, unless what stands just before or after them is of something else.

    Of a title (`in_title`) some words state what they do not in running text: "Vendedora suplente".
    """

    meaning: Meaning
    words: re.Pattern[str]
    confidence: float
    not_after: re.Pattern[str] | None = None
    not_before: re.Pattern[str] | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """Where words state something, and how surely."""

    start: int
    end: int
    confidence: float


def stated_in(words: str, rules: Iterable[Stating[Meaning]]) -> dict[Meaning, Stated]:
    """What plain `words` state, each with the place that states it most surely."""
    found: dict[Meaning, Stated] = {}
    for rule in rules:
        known = found.get(rule.meaning)
        if known is None or known.confidence < rule.confidence:
            place = _first(words, rule)
            if place is not None:
                found[rule.meaning] = Stated(*place, rule.confidence)
    return found


def _first(words: str, rule: Stating[Meaning]) -> tuple[int, int] | None:
    end = len(words[:TITLE].partition("\n")[0]) if rule.in_title else len(words)
    for match in rule.words.finditer(words, 0, end):
        before = words[max(0, match.start() - AROUND) : match.start()].rpartition("\n")[2]
        after = words[match.end() : match.end() + AROUND].partition("\n")[0]
        if rule.not_after is not None and rule.not_after.search(before):
            continue
        if rule.not_before is not None and rule.not_before.match(after):
            continue
        return match.span()
    return None


def the_one(
    text: str, rules: Iterable[Stating[Meaning]], said_of: Mapping[Meaning, Collection[Meaning]]
) -> Found[Meaning] | None:
    """What `text` states, with its sentence; None where it states nothing, or several things.

    `said_of` names what only describes a meaning that is stated too, and is none beside it.
    """
    read = passages(text)
    stated = stated_in(read.words, rules)
    described = {other for meaning in stated for other in said_of.get(meaning, ())}
    whole = [(meaning, place) for meaning, place in stated.items() if meaning not in described]
    if len(whole) != 1:
        return None
    ((meaning, place),) = whole
    return Found(meaning, read.sentence(place.start, place.end), place.confidence)

"""Telephone and identity numbers in a text: in digits, in groups, or in words ("nueve ocho siete…").

Groups of digits are masked whole or not at all, so that what is left over is never a number that was not there
before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.moderation.contacts.digit_runs import is_date, run_from
from engine.moderation.contacts.identity_numbers import IDENTITY_WORDS, identity_in
from engine.moderation.contacts.kinds import PrivateKind, PrivateWord
from engine.moderation.contacts.number_groups import NumberText
from engine.moderation.contacts.phone_numbers import PHONE_WORDS, phone_at

_GLUED_BEFORE = re.compile(r"[A-Za-z_]")
# How far a second number may be from a first of its kind.
_LONGEST_JOINT, _LONGEST_BETWEEN = 3, 30
_ENDS = re.compile(r"[.;\n\0\d]")


def private_numbers(text: str) -> Iterator[PrivateWord]:
    """The telephone, identity and tax numbers of persons in a text, in order."""
    numbers = NumberText(text)
    place, end_before = 0, -1
    before: PrivateKind | None = None
    while place < len(numbers.groups):
        start = numbers.groups[place].start
        goes_on = end_before >= 0 and _goes_on(text[end_before:start][: _LONGEST_BETWEEN + 1], before)
        found = _number_at(numbers, place, before if goes_on else None)
        if found is None:
            place += 1
            continue
        before, count = found
        place += count
        end_before = numbers.groups[place - 1].end
        yield PrivateWord(before, _start_with_signs(text, start, end_before), end_before)


def _start_with_signs(text: str, start: int, end: int) -> int:
    """The start of a number with the plus sign, and the bracket, that belong to it."""
    before = text[max(0, start - 2) : start].rstrip(" ")
    if before.endswith("+"):
        start = text.rindex("+", 0, start)
    if text[start - 1 : start] == "(" and text.find(")", start, end) >= 0 and text.find("(", start, end) < 0:
        start -= 1
    return start


def _goes_on(between: str, before: PrivateKind | None) -> bool:
    """Whether what follows may be a second number of a kind: "234 5678 / 234 5679", "dni 12345678 y el de Ana, …"."""
    if before is PrivateKind.IDENTITY_NUMBER:
        return len(between) <= _LONGEST_BETWEEN and not _ENDS.search(between)
    return len(between) <= _LONGEST_JOINT and between.strip() in ("/", "-", ",", "o", "y")


def _number_at(numbers: NumberText, place: int, follows: PrivateKind | None) -> tuple[PrivateKind, int] | None:
    """What kind of private number begins with a group, and how many groups it has; `follows`: one of that kind."""
    text, first = numbers.text, numbers.groups[place]
    word = numbers.word_before(first)
    is_named = word in PHONE_WORDS or word in IDENTITY_WORDS or word == "ruc"
    if not is_named and _GLUED_BEFORE.match(text[first.start - 1 : first.start] if first.start else ""):
        return None
    run = run_from(numbers, place)
    if is_date(run):
        return None
    identity = identity_in(numbers, run, word, follows)
    if identity is None and word in IDENTITY_WORDS:
        identity = identity_in(numbers, run_from(numbers, place, is_hidden=True), word, follows)
    if identity is not None:
        return identity
    count = phone_at(numbers, place, is_named=word in PHONE_WORDS or follows is PrivateKind.PHONE)
    return (PrivateKind.PHONE, count) if count else None

"""Texts that are hard for a regular expression, drawn from the expression itself.

What makes one slow is what it repeats: after what stands before it, over and over, and never what comes after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as codes
from re import _parser as parser
from typing import Any

FEW, MOST_FOLLOWED = 5, 50  # repeated less often, nothing is slow; more often, once is enough to go on from
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_OF_CATEGORY = {
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_NOT_WORD: " ",
}
_TRIED_FOR_NEGATED = "a1 .-\n@é"

Fragment = tuple[str, str]  # what stands before, what is repeated


def fragments(pattern: re.Pattern[Any]) -> list[Fragment]:
    """What a pattern repeats, each after what it begins with and with it, and what it matches as a whole."""
    written = pattern.pattern
    text = written if isinstance(written, str) else written.decode("latin-1")
    repeated: list[Fragment] = []
    whole = _sample(parser.parse(text, pattern.flags & ~re.UNICODE), "", repeated)
    found = [both for before, body in repeated for both in ((before, body), ("", before + body))]
    return [one for one in dict.fromkeys([*found, ("", whole), ("", whole[:-1])]) if one[1]]


def _sample(sequence: Any, before: str, repeated: list[Fragment]) -> str:
    """A text that a part of a pattern matches; what it repeats is added to `repeated`."""
    text = ""
    for code, value in sequence:
        text += _sample_of(code, value, before + text, repeated)
    return text


def _sample_of(code: Any, value: Any, before: str, repeated: list[Fragment]) -> str:
    if code in _REPEATS:
        least, most, body = value
        once = _sample(body, before, repeated)
        if most > FEW and once:
            repeated.append((before, once))
        return once * max(least if least < MOST_FOLLOWED else 1, 1 if most else 0)
    if code is codes.BRANCH:
        return next(filter(None, [_sample(one, before, repeated) for one in value[1]]), "")
    if code is codes.SUBPATTERN:
        return _sample(value[3], before, repeated)
    if code is codes.ATOMIC_GROUP:
        return _sample(value, before, repeated)
    if code is codes.ASSERT and value[0] > 0:
        _sample(value[1], before, repeated)
    return _character(code, value)


def _character(code: Any, value: Any) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if code is codes.ANY:
        return "a"
    if code is not codes.IN:
        return ""
    is_negated = value[0][0] is codes.NEGATE
    members = list(_members(value))
    if not is_negated:
        return members[0]
    is_known = {
        "a": (codes.CATEGORY, codes.CATEGORY_WORD) in value,
        " ": (codes.CATEGORY, codes.CATEGORY_SPACE) in value,
    }
    return next((one for one in _TRIED_FOR_NEGATED if one not in members and not is_known.get(one)), "¿")


def _members(value: Any) -> Iterator[str]:
    for code, member in value:
        if code is codes.LITERAL:
            yield chr(member)
        elif code is codes.RANGE:
            yield chr(member[0])
        elif code is codes.CATEGORY:
            yield _OF_CATEGORY[member]

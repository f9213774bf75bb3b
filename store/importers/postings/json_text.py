"""JSON as pages carry it: among comments and CDATA, with real line breaks in texts, with `&quot;` for quotes.

What is wrong in it is mended only where it cannot be read as it is.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import Any

_OPENING = r"(?:(?://|/\*)?[ \t]{0,9}(?:<!--|<!\[CDATA\[)[ \t]{0,9}(?:\*/)?)"
_CLOSING = r"(?:(?://|/\*)?[ \t]{0,9}(?:-->|\]\]>)[ \t]{0,9}(?:\*/)?)"
BEFORE = re.compile(rf"(?:[\s\ufeff]|{_OPENING})*+")
BETWEEN = re.compile(rf"(?:[\s\ufeff,;]|{_CLOSING})*+")
BETWEEN_ITEMS = re.compile(r"[\s,]*+")
# A text of JSON, also one that nobody closes, so that it is looked through once; a backslash that means nothing in
# it; a comma that nothing follows.
TEXT = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
NO_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[\"\\/bfnrtu])|\\")
TEXT_OR_IDLE_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|,(?=\s*+[}\]])', re.DOTALL)
# A text of JSON, or a comment between them: whole, to the end of its line, or the marks around what it wraps.
TEXT_OR_COMMENT = re.compile(
    r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
    r"|<!--[^<{\[\"]*?-->"
    rf"|{_OPENING}|{_CLOSING}|<!?(?=\]\]>)"
    r"|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
    r"|//[^\n]*+|(?m:^)[ \t]{0,9}\#[^\n]*+",
    re.DOTALL,
)
QUOTES = re.compile(r"&(?:amp;){0,3}(?:quot|QUOT|#0{0,3}34|#[xX]0{0,3}22);")
LONGEST_WHOLE_NUMBER = 400  # digits; Python refuses to read thousands


@dataclass(frozen=True, slots=True)
class Decoded:
    """The values of a JSON text; the items of a list one by one, with the place where each starts.

    `fault` says why no more could be read.
    """

    values: list[tuple[int, Any]]
    fault: str | None


def decode_json(text: str) -> Decoded:
    """The values of `text`; the items of a list at its top are values of their own."""
    best = _decoded(text)
    for mended in (_without_entities, _without_comments, _mended):
        if best.fault is not None and (other := mended(text)) != text:
            found = _decoded(other)
            best = found if found.fault is None or len(found.values) > len(best.values) else best
            text = other
    return best


def _decoded(text: str) -> Decoded:
    values: list[tuple[int, Any]] = []
    place = _end(BEFORE, text, 0)
    is_list = False
    while True:
        if is_list:
            place = _end(BETWEEN_ITEMS, text, place)
            if text.startswith("]", place):
                is_list, place = False, place + 1
                continue
        else:
            place = _end(BETWEEN, text, place) if values or place else place
            if place == len(text):
                return Decoded(values, None if values or _is_closed(text) else "nothing is in it")
            if text.startswith("[", place):
                is_list, place = True, place + 1
                continue
        try:
            value, end = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as cause:  # the latter of what is nested a thousand times
            return Decoded(values, str(cause))
        values.append((place if is_list or values else 0, value))
        place = end


def _is_closed(text: str) -> bool:
    """Whether a text without a value is an empty list."""
    return text.rstrip().endswith("]")


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _without_entities(text: str) -> str:
    """With quotes for what stands for them, however often they were escaped."""
    while QUOTES.search(text):
        text = html.unescape(text)
    return text


def _without_comments(text: str) -> str:
    """Only texts stay as they are: a comment between them says nothing."""
    return TEXT_OR_COMMENT.sub(lambda found: found[0] if found[0][0] == '"' else "\n" * found[0].count("\n"), text)


def _mended(text: str) -> str:
    """Without commas that nothing follows, and without backslashes that mean nothing."""
    text = TEXT_OR_IDLE_COMMA.sub(lambda found: "" if found[0] == "," else found[0], text)
    return TEXT.sub(lambda found: NO_ESCAPE.sub(_escape, found[0]), text)


def _escape(found: re.Match[str]) -> str:
    return "" if found[1] is None or found[1] == "u" else found[0]


def _whole_number(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_WHOLE_NUMBER else None


_DECODER = json.JSONDecoder(strict=False, parse_int=_whole_number, parse_constant=lambda _name: None)

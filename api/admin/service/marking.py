"""An ad's text with the words marked that show its signs, so that whoever judges reads them where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.moderation.contacts.masking import MASK

# A shorter piece of a quote, beside one that was masked, would be found anywhere.
LEAST_PIECE = 8


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A part of a text; `number` is that of the sign whose words it has, 0 for none."""

    text: str
    number: int = 0


def marked_parts(text: str, quotes: Sequence[str]) -> list[MarkedPart]:
    """The text in parts, those of the first quote numbered 1; a quote that is not in it marks nothing."""
    collapsed, places = _collapsed(text)
    spans = []
    for number, quote in enumerate(quotes, 1):
        span = _span(collapsed, quote)
        if span is not None:
            spans.append((places[span[0]], places[span[1] - 1] + 1, number))
    parts, place = [], 0
    for start, end, number in sorted(spans):
        start = max(start, place)
        if start >= end:
            continue
        parts += [MarkedPart(text[place:start]), MarkedPart(text[start:end], number)]
        place = end
    return [part for part in (*parts, MarkedPart(text[place:])) if part.text]


def _span(collapsed: str, quote: str) -> tuple[int, int] | None:
    """Where a quote stands in a text of single white space; its private words are masked, its end may be cut."""
    pieces = [piece.strip() for piece in quote.removesuffix("…").split(MASK)]
    long = [piece for piece in pieces if len(piece) >= LEAST_PIECE] or [piece for piece in pieces if piece][:1]
    start, place = -1, 0
    for piece in long:
        found = collapsed.find(piece, place)
        if found < 0:
            return None
        start, place = (found if start < 0 else start), found + len(piece)
    return None if start < 0 else (start, place)


def _collapsed(text: str) -> tuple[str, list[int]]:
    """The text with single white space, and the place of each of its characters in the text."""
    characters, places = [], []
    for place, character in enumerate(text):
        if not character.isspace():
            characters.append(character)
            places.append(place)
        elif characters and characters[-1] != " ":
            characters.append(" ")
            places.append(place)
    return "".join(characters), places

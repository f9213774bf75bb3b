"""A search as plain words, each with what was typed, so that limits name the words they come from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.reading.text_cleaning import aligned_plain

LONGEST_SEARCH = 400
TOKEN = re.compile(r"\S+")
AROUND = ".,;:!?¿¡\"'()[]«»“”*"
SYNONYMS = {"finde": "fin de semana", "findes": "fines de semana", "cas": "casa", "xp": "experiencia"}


@dataclass(frozen=True, slots=True)
class Words:
    """`plain`: the words of a search in lower case, corrected, one space between; word w begins at `starts[w]` in it,
    and was typed `typed[w]`. `spelling`: what was corrected, by place."""

    plain: str
    starts: tuple[int, ...]
    typed: tuple[str, ...]
    spelling: dict[int, str]

    def places(self, start: int, end: int) -> range:
        """The places of the words that lie from `start` to `end` of `plain`."""
        return range(bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1))

    def as_typed_of(self, places: Iterable[int]) -> str:
        """Some words as they were typed, in order."""
        return " ".join(self.typed[place] for place in sorted(places)).strip(AROUND)

    def without(self, plain: str, places: Iterable[int], blank: str) -> str:
        """`plain` with some words blank."""
        for place in places:
            start = self.starts[place]
            end = self.starts[place + 1] - 1 if place + 1 < len(self.starts) else len(plain)
            plain = plain[:start] + blank * (end - start) + plain[end:]
        return plain


def words_of(text: str, corrected: Callable[[str], str | None]) -> Words:
    """The words of a search; `corrected` gives what a misspelt word was meant to be."""
    plain: list[str] = []
    starts: list[int] = []
    typed: list[str] = []
    spelling: dict[int, str] = {}
    position = 0
    for found in TOKEN.finditer(text[:LONGEST_SEARCH]):
        word = aligned_plain(found[0]).strip(AROUND)
        if not word:
            continue
        meant = SYNONYMS.get(word) or corrected(word)
        if meant is not None and word not in SYNONYMS:
            spelling[len(typed)] = meant
        plain.append(meant or word)
        starts.append(position)
        typed.append(found[0])
        position += len(plain[-1]) + 1
    return Words(" ".join(plain), tuple(starts), tuple(typed), spelling)

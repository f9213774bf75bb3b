"""Work that searches do not want: "que no sea ventas", "nada de call center", "sin atención al cliente"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from engine.search.chips import ChipKind
from engine.search.limit_phrases import Said
from engine.stopwords import STOPWORDS

_SMALL = r"(?:(?:de|del|en|el|la|las|los|un|una|ser|hacer|para|trabajar|trabajos?|empleos?|nada|any|being|a)\s)*"
_CLEARLY = re.compile(
    r"\b(?:(?:que |q |k )?no (?:sean?|quiero|me gustan?|deseo|busco|acepto|want|pidan?|exijan?|requieran?)"
    r"|nada (?:que ver con|de)|excepto|salvo"
    rf"|(?:anything|everything) but|except(?: for)?|sin|without)\s{_SMALL}"
)
_PERHAPS = re.compile(
    rf"(?:^|(?<=[,.;\0])\s?|\b(?:todo|pero) )(?:no|not|menos)\s{_SMALL}|(?<=\s)(?:no|menos)\s{_SMALL}"
)
_WORD = re.compile(r"[a-z0-9ñ+#.]{2,30}")
_NEXT = re.compile(r"\s(?=[a-z0-9ñ])")
_AND_NOT = re.compile(rf"\s?(?:,|\bni\b|\bo\b|\bor\b|\bnor\b)\s(?:ni )?{_SMALL}")
# "no importa", "sin fines de lucro": nothing that work could be.
_NO_WORK = frozenset(
    """
    importa importar problema problemas hay tengo puedo se es esta necesito requiere pide piden fines falta duda matter
    pero porque cuando solo experiencia experience
    """.split()  # noqa: SIM905
)
_IN_NAMES = frozenset({"de", "del", "al", "la", "el", "por"})  # "atención al cliente"
MOST_WORDS = 3


class Headings(Protocol):
    """What stands in the headings of ads."""

    def count_in_headings(self, words: Sequence[str]) -> int:
        """How many ads have all of some plain words in their headings."""


def unwanted_in(words: str, headings: Headings) -> Iterator[Said]:
    """The work that plain words do not want, as the words of its ads' headings. What "no" alone stands before is
    unwanted where ads are headed so."""
    for pattern in (_CLEARLY, _PERHAPS):
        for found in pattern.finditer(words):
            start, place = found.start(), found.end()
            while (read := _unwanted(words, place, headings, is_clear=pattern is _CLEARLY)) is not None:
                name, end = read
                yield ChipKind.UNWANTED, frozenset({name}), start, end
                further = _AND_NOT.match(words, end)
                if further is None:
                    break
                start, place = further.start() + further[0].startswith(" "), further.end()


def _unwanted(words: str, place: int, headings: Headings, *, is_clear: bool) -> tuple[str, int] | None:
    """The words from `place` on that name unwanted work, and where they end: the most that are in one heading."""
    named: list[str] = []
    longest: tuple[str, int] | None = None
    while len(named) < MOST_WORDS and (word := _WORD.match(words, place)) is not None:
        if word[0] in _NO_WORK or (word[0] in STOPWORDS and (not named or word[0] not in _IN_NAMES)):
            break
        named.append(word[0].strip("."))
        is_first = is_clear and len(named) == 1
        if is_first or headings.count_in_headings([one for one in named if one not in STOPWORDS]):
            longest = " ".join(named), word.end()
        if (space := _NEXT.match(words, word.end())) is None:
            break
        place = space.end()
    return longest

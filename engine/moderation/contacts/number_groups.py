"""The groups of digits of a text, read also from words ("nueve ocho", "ochenta y siete"), and the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import decimal

from engine.moderation.plain_words import ACCENTS, UNSEEN, folded, named

_TOKEN = re.compile(rf"[0-9]+|[^\D0-9]+|(?:[^\W\d_]|[{UNSEEN}{ACCENTS}])+")
_UNSEEN = re.compile(f"[{UNSEEN}]")
# What may part the groups of a number, and what may part a number from the word that says what it is.
_BETWEEN_GROUPS = re.compile(r"[ \t\xa0.\-‐‑–—()*·•|~]{0,3}")
_AFTER_A_WORD = re.compile(r"[\s:.#°*=(\-–—,>¿?¡!/]{0,4}")
_UNIT_WORDS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "zero one two three four five six seven eight nine",
)
_UNITS = {word: str(unit) for words in _UNIT_WORDS for unit, word in enumerate(words.split())}
_PAIR_WORDS = (
    "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos"
    " veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
)
_PAIRS = {word: str(number) for number, word in enumerate(_PAIR_WORDS.split(), start=10)}
_TEN_WORDS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_TENS = {word: str(ten) for ten, word in enumerate(_TEN_WORDS.split(), start=3)}
_SPELLED_SIGNS = frozenset(("guion", "raya", "espacio", "punto", "dash", "space"))
# Words between a number and the word that says what it is: "mi DNI es el número …".
_LINK_WORDS = "n no nro num numero numeros es de mi al a el la por con on at us me my number is nacional"
_LINKS = frozenset(_LINK_WORDS.split())
_MOST_LINKS = 6
_SPELLED = ("dni", "ruc", "ce")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits written together, `text[start:end]`.

    `gap` is what parts them from the group before, None where that is not next to them; `is_spelled`: written as words;
    `token` counts the words and numbers of the text before them.
    """

    digits: str
    start: int
    end: int
    gap: str | None
    is_spelled: bool
    token: int


class NumberText:
    """A text as groups of digits, in order, and what is written around them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = [
            (match[0] if match[0].isdecimal() else named(folded(match[0])), match.start(), match.end())
            for match in _TOKEN.finditer(text)
        ]
        self.groups = list(self._groups())

    def word_before(self, group: Group) -> str:
        """The word that says what a number is; empty where none does."""
        index, start, letters = group.token, group.start, ""
        for _ in range(min(_MOST_LINKS, index)):
            index -= 1
            word, word_start, word_end = self._tokens[index]
            if not _AFTER_A_WORD.fullmatch(self.text, word_end, start):
                return ""
            start = word_start
            letters = word + letters if len(word) == 1 else ""
            spelled = next((known for known in _SPELLED if letters.startswith(known)), "")
            if spelled or (len(word) > 1 and word not in _LINKS):
                return spelled or word
        return ""

    def word_after(self, end: int) -> str:
        """The word that follows a place, at most a few signs on."""
        signs = _AFTER_A_WORD.match(self.text, end)
        word = _TOKEN.match(self.text, signs.end()) if signs else None
        return folded(word[0]) if word else ""

    def _groups(self) -> Iterator[Group]:
        index = 0
        parts: list[int] = []  # where the group before ends, then where a sign that is said begins and ends
        while index < len(self._tokens):
            word, start, end = self._tokens[index]
            digits, count = self._digits(index)
            if digits:
                end = self._tokens[index + count - 1][2]
                yield Group(digits, start, end, self._gap(parts, start), not word.isdecimal(), index)
                parts = [end]
            elif word in _SPELLED_SIGNS and len(parts) == 1:
                parts += [start, end]
            elif word:
                parts = []
            index += count

    def _digits(self, index: int) -> tuple[str, int]:
        """The digits that a token begins, none where it is no number, and how many tokens they take."""
        word = self._tokens[index][0]
        if word.isdecimal():
            return word if word.isascii() else "".join(str(decimal(digit)) for digit in word), 1
        if word not in _TENS:
            return _UNITS.get(word, "") or _PAIRS.get(word, ""), 1
        following = [token[0] for token in self._tokens[index + 1 : index + 3]]
        if len(following) == 2 and following[0] == "y" and following[1] in _UNITS:
            return _TENS[word] + _UNITS[following[1]], 3
        return _TENS[word] + "0", 1

    def _gap(self, parts: list[int], start: int) -> str | None:
        """What is written between the group before and one that begins at `start`, a sign that is said left out."""
        ends, starts = parts[::2], [*parts[1::2], start]
        written = [_UNSEEN.sub("", self.text[a:b]) for a, b in zip(ends, starts, strict=False)]
        return "".join(written) if written and all(map(_BETWEEN_GROUPS.fullmatch, written)) else None

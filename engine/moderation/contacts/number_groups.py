"""The groups of digits of a text, read also from words ("nueve ocho", "ochenta y siete"), and the words around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import decimal

from engine.moderation.contacts.spelled_digits import MOST_WORDS, spelled_digits
from engine.moderation.plain_words import ACCENTS, UNSEEN, folded, named

_TOKEN = re.compile(rf"[0-9]+|[^\D0-9]+|(?:[^\W\d_]|[{UNSEEN}{ACCENTS}])+")
_UNSEEN = re.compile(f"[{UNSEEN}]")
# What may part the groups of a number, what does where somebody hides one (pictures, underscores), and what may part a
# number from the word that says what it is.
_BETWEEN_GROUPS = re.compile(r"[ \t\xa0.\-‐‑–—()*·•|~]{0,3}")
_BETWEEN_HIDDEN_GROUPS = re.compile(r"(?:[^\w\0\n\r]|_){0,6}")
_AFTER_A_WORD = re.compile(r"(?:[^\w\0]|_){0,6}")
_SENTENCE_ENDS = re.compile(r"[\n\r\0]|://|[.!?;…]\s")
_HARD_ENDS = ("\n", "\r", "\0", "://")
_SPELLED_SIGNS = frozenset(("guion", "raya", "espacio", "punto", "dash", "space", "luego", "despues"))
# Words between a number and the word that says what it is: "mi DNI es el número …", "… es mi número de DNI".
_LINK_WORDS = (
    "n no nro num numero numeros es de mi al a el la por con on at us me my number is nacional"
    " su tu del ese este esta como seria sera era actual vigente personal"
)
_LINKS = frozenset(_LINK_WORDS.split())
_MOST_LINKS, _MOST_LINKS_AFTER, _MOST_WORDS_OF_A_SENTENCE = 6, 9, 10
_LONGEST_SMALL_NUMBER, _LONGEST_SERIES = 4, 2
_SPELLED = ("dni", "ruc", "ce")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits written together, `text[start:end]`.

    `gap` is what parts them from the group before, None where that is not next to them; `hidden_gap` the same where
    any signs may stand between; `is_spelled`: written as words; `token` counts the words and numbers of the text before
    them.
    """

    digits: str
    start: int
    end: int
    gap: str | None
    hidden_gap: str | None
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
        self._starts = [start for _, start, _ in self._tokens]
        self.groups = list(self._groups())

    def word_before(self, group: Group) -> str:
        """The word that says what a number is; empty where none does."""
        index, start, letters = group.token, group.start, ""
        if self.is_after_series(group):
            index -= 1
            start = self._starts[index]
        for _ in range(min(_MOST_LINKS, index)):
            index -= 1
            word, word_start, word_end = self._tokens[index]
            is_within_a_code = self.text[word_start - 1 : word_start].isalnum()
            if is_within_a_code or not _AFTER_A_WORD.fullmatch(self.text, word_end, start):
                return ""
            start = word_start
            letters = word + letters if len(word) == 1 else ""
            spelled = next((known for known in _SPELLED if letters.startswith(known)), "")
            if spelled or (len(word) > 1 and word not in _LINKS):
                return spelled or word
        return ""

    def is_after_series(self, group: Group) -> bool:
        """Whether a letter or two stand glued before a number, as the series of a passport does: "AB123456"."""
        word, _, end = self._tokens[group.token - 1] if group.token else ("", 0, -1)
        parted = self.text[end : group.start]
        return (
            parted in ("", "-", " ") and end >= 0 and len(word) <= _LONGEST_SERIES and word.isalpha() and word != "ce"
        )

    def words_before(self, group: Group) -> Iterator[str]:
        """The words of the same sentence before a number, the nearest first, at most ten; longer numbers end it."""
        start, letters = group.start, ""
        for index in range(group.token - 1, max(-1, group.token - 1 - _MOST_WORDS_OF_A_SENTENCE), -1):
            word, word_start, word_end = self._tokens[index]
            between = _SENTENCE_ENDS.search(self.text, word_end, start)
            is_number = word.isdecimal() and len(word) > _LONGEST_SMALL_NUMBER
            is_within_a_code = word.isalpha() and self.text[word_start - 1 : word_start].isdecimal()
            if (
                is_number
                or is_within_a_code
                or (between is not None and (between[0] in _HARD_ENDS or self.text[start].isupper()))
            ):
                return
            start = word_start
            letters = word + letters if len(word) == 1 else ""
            yield next((known for known in _SPELLED if letters.startswith(known)), word)

    def word_after(self, end: int) -> str:
        """The word that says after a number what it is, empty where none does: "12345678 (DNI)", "… es mi DNI"."""
        first, letters = bisect_left(self._starts, end), ""
        for index in range(first, min(first + _MOST_LINKS_AFTER, len(self._tokens))):
            word, start, word_end = self._tokens[index]
            if not _AFTER_A_WORD.fullmatch(self.text, end, start):
                return ""
            end = word_end
            letters = letters + word if len(word) == 1 else ""
            if letters in _SPELLED or (len(word) > 1 and word not in _LINKS):
                return letters if letters in _SPELLED else word
        return ""

    def _groups(self) -> Iterator[Group]:
        index = 0
        parts: list[int] = []  # where the group before ends, then where a sign that is said begins and ends
        while index < len(self._tokens):
            word, start, end = self._tokens[index]
            digits, count = self._digits(index)
            if digits:
                end = self._tokens[index + count - 1][2]
                gap = self._gap(parts, start, _BETWEEN_GROUPS)
                hidden = self._gap(parts, start, _BETWEEN_HIDDEN_GROUPS) if gap is None else gap
                yield Group(digits, start, end, gap, hidden, not word.isdecimal(), index)
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
        return spelled_digits([token[0] for token in self._tokens[index : index + MOST_WORDS]])

    def _gap(self, parts: list[int], start: int, between: re.Pattern[str]) -> str | None:
        """What is written between the group before and one that begins at `start`, a sign that is said left out."""
        ends, starts = parts[::2], [*parts[1::2], start]
        written = [_UNSEEN.sub("", self.text[a:b]) for a, b in zip(ends, starts, strict=False)]
        return "".join(written) if written and all(map(between.fullmatch, written)) else None

"""The words that ads have, and how many have each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.catalogue.catalogue import Catalogue
from engine.catalogue.inverted_index import rows_headed, word_stem
from engine.search.spelling import meant_word
from engine.skills import normalised_words

WRITTEN = re.compile(r"[^\W_]+")


class CatalogueLexicon:
    """The words of the jobs of a bundle's catalogue, and of those of ads that came since."""

    def __init__(self, catalogue: Catalogue, *fresh: Catalogue) -> None:
        self._catalogue, self._all = catalogue, (catalogue, *fresh)

    def count(self, word: str) -> int:
        """How many ads have a plain word."""
        return sum(len(rows) for one in self._all for rows in one.inverted_index.rows_with(word))

    def count_of_form(self, word: str) -> int:
        """How many ads have a plain word in any number and gender."""
        stem = word_stem(word)
        return max(self.count(word), self.count(stem) if stem else 0)

    def count_in_headings(self, words: Sequence[str]) -> int:
        """How many ads have all of some plain words in their headings, in any number and gender."""
        return sum(len(rows_headed(one.inverted_index, words)) for one in self._all)

    def vocabulary(self) -> Sequence[str]:
        """Plain words of letters of the bundle, four at least; none for bundles from before they were kept."""
        return self._catalogue.vocabulary

    def meant(self, typed: str) -> str | None:
        """The word that a typed one was meant to be, as an ad writes it; None where it is a word."""
        word = meant_word(typed, self)
        return None if word is None else self._as_written(word)

    def _as_written(self, word: str) -> str:
        in_headings, _ = self._catalogue.inverted_index.rows_with(word)
        for row in in_headings[:1].tolist():
            card = self._catalogue.card(row)
            for part in WRITTEN.findall(" ".join((card["title"], card.get("employer") or "", *card.get("skills", ())))):
                if normalised_words(part) == [word]:
                    return str(part).lower()
        return word

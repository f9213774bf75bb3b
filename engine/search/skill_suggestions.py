"""Skills that somebody may mean by what they have typed so far: those of ads and of a classification, by prefix.

Every word of a name may begin what was typed: "excel" finds "Microsoft Excel". What begins none is held against the
names by edit distance ("fotoshop").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from rapidfuzz import fuzz, process

from engine.skills import normalised_words

LONGEST, LEAST_LETTERS, LEAST_LETTERS_MISSPELT = 60, 2, 4
MOST_LOOKED_AT = 2_000
LEAST_LIKENESS = 78
_END = "\uffff"


class SkillSuggestions:
    """N names of skills, each with its weight: how many ads name it."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """A name that comes again, in other letters or accents too, adds to the weight of the first."""
        self._names: dict[str, tuple[str, int]] = {}
        for name, weight in names:
            words = " ".join(normalised_words(name))
            if words and len(name) <= LONGEST:
                known = self._names.get(words)
                self._names[words] = (name, weight) if known is None else (known[0], known[1] + weight)
        ends = ((words[start:], words) for words in self._names for start in _starts(words))
        self._ends: list[tuple[str, str]] = sorted(ends)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._names)

    def like(self, typed: str, limit: int = 8, without: Sequence[str] = ()) -> list[str]:
        """The names that `typed` begins, those of most ads first; `without` those that are known already."""
        wanted = " ".join(normalised_words(typed[:LONGEST]))
        if len(wanted) < LEAST_LETTERS:
            return []
        known = {" ".join(normalised_words(one)) for one in without}
        found = self._beginning(wanted) or self._near(wanted, limit)
        best = sorted(found, key=lambda words: (-self._names[words][1], len(words), words))
        return [self._names[words][0] for words in islice((one for one in best if one not in known), limit)]

    def _beginning(self, wanted: str) -> set[str]:
        start, end = bisect_left(self._ends, (wanted,)), bisect_left(self._ends, (wanted + _END,))
        return {words for _, words in islice(self._ends, start, min(end, start + MOST_LOOKED_AT))}

    def _near(self, wanted: str, limit: int) -> set[str]:
        if len(wanted) < LEAST_LETTERS_MISSPELT:
            return set()
        near = process.extract(wanted, self._names.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=LEAST_LIKENESS)
        return {words for words, _, _ in near}


def _starts(words: str) -> list[int]:
    """Where the words of a name begin."""
    return [0, *(place + 1 for place, letter in enumerate(words) if letter == " ")]

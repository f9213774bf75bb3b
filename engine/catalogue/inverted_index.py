"""The inverted index: a catalogue's rows by term, for people who search by words.

Nearness of vectors finds jobs that mean what somebody looks for, and not the name of an employer or of a program that
the encoder never met.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.array_files import ArrayFiles
from engine.arrays import Rows
from engine.catalogue.growing import GrowingArray
from engine.jobs import Job
from engine.skills import normalised_words

HASHES, OFFSETS, ROWS = "word_hashes.npy", "word_offsets.npy", "word_rows.npy"
VOCABULARY = "vocabulary.npy"
LEAST_LETTERS = 4  # of a word that misspelt ones are held against
# A word is looked up in its headings (title, employer, skills) and in its description apart: it counts differently.
HEADING, DESCRIPTION = 0, 1
CACHED_HASHES = 100_000
LEAST_STEMMED = 5  # letters
STEM_MARK = "~"  # in no word

Hashes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class InvertedIndex:
    """The rows that have each of V terms, words and stems: in a heading `rows[offsets[2v] : offsets[2v + 1]]`, in a
    description alone `rows[offsets[2v + 1] : offsets[2v + 2]]`, in order. `hashes` `[V]` of the terms are sorted,
    `offsets` `[2V + 1]`. `vocabulary` are the words of letters alone, in ASCII, a line each; empty in old bundles.
    """

    hashes: Hashes
    offsets: NDArray[np.int64]
    rows: NDArray[np.int32]
    vocabulary: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))

    @classmethod
    def of_parts(cls, parts: Sequence[tuple[InvertedIndex, Rows]]) -> InvertedIndex:
        """Several indexes as one: row r of a part becomes row `new_rows[r]`, and goes where that is negative."""
        hashes = np.unique(np.concatenate([index.hashes for index, _ in parts]))
        found = []
        for index, new_rows in parts:
            places = np.searchsorted(hashes, index.hashes)
            lists = np.stack([2 * places + HEADING, 2 * places + DESCRIPTION], axis=1).ravel()
            rows = new_rows[index.rows]
            stays = rows >= 0
            found.append(_pairs(np.repeat(lists, np.diff(index.offsets))[stays], rows[stays]))
        pairs = np.concatenate(found)
        pairs.sort(kind="stable")  # by runs, of which there are few: rows of a part mostly keep their order
        words = sorted({word for index, _ in parts for word in index.words()})
        return replace(_of_sorted(hashes, pairs), vocabulary=_lines(words))

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, which exists."""
        np.save(folder / HASHES, self.hashes)
        np.save(folder / OFFSETS, self.offsets)
        np.save(folder / ROWS, self.rows)
        np.save(folder / VOCABULARY, self.vocabulary)

    @classmethod
    def open(cls, files: ArrayFiles) -> InvertedIndex:
        """The index that `save` wrote, mapped from disk."""
        has_words = (files.folder / VOCABULARY).exists()
        words = files.map(VOCABULARY) if has_words else np.empty(0, np.uint8)
        return cls(files.map(HASHES), files.map(OFFSETS), files.map(ROWS), words)

    def words(self) -> list[str]:
        """The words of letters alone, four at least, in order."""
        return self.vocabulary.tobytes().decode("ascii").split()

    def rows_with(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The rows that have a term in a heading, and those that have it in their description alone."""
        wanted = term_hash(term)
        place = int(np.searchsorted(self.hashes, wanted))
        if place == len(self.hashes) or self.hashes[place] != wanted:
            return self.rows[:0], self.rows[:0]
        start, middle, end = self.offsets[2 * place : 2 * place + 3].tolist()
        return self.rows[start:middle], self.rows[middle:end]


def rows_headed(index: InvertedIndex, words: Sequence[str]) -> Rows:
    """The rows that have all words in their headings, in any number and gender; none for no words."""
    rows: Rows = np.empty(0, dtype=np.int64)
    for place, word in enumerate(words):
        forms = [word, stem] if (stem := word_stem(word)) else [word]
        having = np.unique(np.concatenate([index.rows_with(form)[0] for form in forms]).astype(np.int64))
        rows = having if place == 0 else np.intersect1d(rows, having, assume_unique=True)
    return rows


class InvertedIndexBuilder:
    """Takes the words of one job after the other."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms: list[str] = []
        self._hashes = GrowingArray(np.int64)
        self._pairs = GrowingArray(np.int64)
        self._row = 0

    def append(self, job: Job) -> None:
        """Add a job as the next row."""
        headings = terms(" . ".join((job.title, job.employer or "", *job.skills)))
        description = terms(job.description) - headings
        lists = [2 * self._number(term) + HEADING for term in headings]
        lists += [2 * self._number(term) + DESCRIPTION for term in description]
        self._pairs.extend(_pairs(np.array(lists, dtype=np.int64), self._row))
        self._row += 1

    def occurrences(self) -> TermOccurrences:
        """The terms of the jobs so far; what comes does not change them."""
        return TermOccurrences(self._hashes.view(), self._pairs.view(), self._terms)

    def _number(self, term: str) -> int:
        number = self._numbers.setdefault(term, len(self._numbers))
        if number == len(self._hashes):
            self._hashes.append(term_hash(term))
            self._terms.append(term)
        return number


@dataclass(frozen=True, slots=True)
class TermOccurrences:
    """Terms and rows in the order they came; the index of them takes sorting, which waits for the first search.

    `terms` are those of `hashes`, and may be followed by later ones.
    """

    hashes: Hashes
    pairs: NDArray[np.int64]
    terms: Sequence[str]

    def index(self) -> InvertedIndex:
        """The index of them."""
        order = np.argsort(self.hashes)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        lists, rows = _list_and_row(self.pairs)
        pairs = _pairs(2 * rank[lists >> 1] + (lists & 1), rows)
        pairs.sort()
        words = sorted(word for word in self.terms[: len(self.hashes)] if len(word) >= LEAST_LETTERS and word.isalpha())
        return replace(_of_sorted(self.hashes[order], pairs), vocabulary=_lines(words))


@lru_cache(maxsize=CACHED_HASHES)
def term_hash(term: str) -> int:
    """A number of 64 bits for a term."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little", signed=True)


def terms(text: str) -> set[str]:
    """What a text is found by: its normalised words, and their stems."""
    words = set(normalised_words(text))
    return words | {stem for stem in map(word_stem, words) if stem is not None}


@lru_cache(maxsize=CACHED_HASHES)
def word_stem(word: str) -> str | None:
    """The term of a normalised word in any number and gender (diseñadora, diseñadores, diseñador), None for short ones.

    Light stemming for Spanish (Savoy, Report on CLEF-2001 experiments, 2002), as often as it finds an ending, since
    without accents `inglés` looks like a plural. English plurals come along.
    """
    if not word.isalpha() or len(word) < LEAST_STEMMED:
        return None
    end = len(word)  # of the stem: a word of endings only is cut once, not once an ending
    while end >= LEAST_STEMMED:
        if word.endswith("ces", 0, end):
            return STEM_MARK + word[: end - 3] + "z"
        if word.endswith(("os", "as", "es"), 0, end):
            end -= 2
        elif word.endswith(("o", "a", "e"), 0, end):
            end -= 1
        else:
            break
    return STEM_MARK + word[:end]


def _lines(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode("ascii"), np.uint8)


_ROW_BITS = 32


def _pairs(lists: NDArray[np.int64], rows: Rows | int) -> NDArray[np.int64]:
    """One number for a list and a row, so that sorting numbers sorts by list, then row."""
    pairs: NDArray[np.int64] = lists << _ROW_BITS | rows
    return pairs


def _list_and_row(pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], Rows]:
    return pairs >> _ROW_BITS, pairs & ((1 << _ROW_BITS) - 1)


def _of_sorted(hashes: Hashes, pairs: NDArray[np.int64]) -> InvertedIndex:
    lists, rows = _list_and_row(pairs)
    offsets = np.searchsorted(lists, np.arange(2 * len(hashes) + 1))
    return InvertedIndex(hashes, offsets, rows.astype(np.int32))

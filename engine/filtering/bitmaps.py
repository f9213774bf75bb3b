"""A set of rows as one bit a row: what filters compile to, and what an index tests while it searches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows

WORD_BITS = 64
# Where at least one row in so many is in the set, or there are no more than so many rows, all are looked at.
DENSE, MOST_LOOKED_THROUGH = 8, 200_000

BitmapWords = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class RowBitmap:
    """The rows of `size` that are in the set: `words` `[ceil(size / 64)]`, row r is bit r % 64 of word r // 64.

    `count` is how many there are. The bits from `size` on are 0.
    """

    words: BitmapWords
    size: int
    count: int

    @classmethod
    def of_words(cls, words: BitmapWords, size: int) -> RowBitmap:
        """The set with these words, counted."""
        return cls(words, size, count_bits(words))

    @classmethod
    def of_mask(cls, mask: NDArray[np.bool_]) -> RowBitmap:
        """The set of the rows that are true in `mask` `[size]`."""
        return cls.of_words(pack_mask(mask), len(mask))

    @property
    def is_everything(self) -> bool:
        """Whether every row is in it."""
        return self.count == self.size

    def rows(self) -> Rows:
        """The rows in it, in order, `[count]`."""
        if self.size <= MOST_LOOKED_THROUGH or self.count * DENSE >= self.size:
            return np.flatnonzero(self.mask())
        used = np.flatnonzero(self.words)
        left, starts = self.words[used], used * WORD_BITS
        found = []
        while len(left):  # a turn takes the lowest bit of every word
            lowest = left & (~left + np.uint64(1))
            found.append(starts + np.bitwise_count(lowest - np.uint64(1)))
            left = left ^ lowest
            more = np.flatnonzero(left)
            left, starts = left[more], starts[more]
        rows: Rows = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
        rows.sort()
        return rows

    def mask(self) -> NDArray[np.bool_]:
        """Whether each row is in it, `[size]`."""
        bits = np.unpackbits(self.words.view(np.uint8), count=self.size, bitorder="little")
        return bits.view(np.bool_)

    def has(self, rows: Rows | NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether each of `rows` is in it, `[len(rows)]`."""
        octets = self.words.view(np.uint8).take(rows >> 3)
        found: NDArray[np.bool_] = (octets >> (rows & 7).astype(np.uint8) & np.uint8(1)).view(np.bool_)
        return found


def count_bits(words: BitmapWords) -> int:
    """How many bits of the words are 1."""
    return int(np.bitwise_count(words).sum())


def pack_mask(mask: NDArray[np.bool_]) -> BitmapWords:
    """The words of a mask `[size]`."""
    words = np.zeros(-(-len(mask) // WORD_BITS), dtype=np.uint64)
    packed = np.packbits(mask, bitorder="little")
    words.view(np.uint8)[: len(packed)] = packed
    return words

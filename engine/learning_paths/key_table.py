"""Labels' keys and the one entry that each names, as sorted hashes: a twentieth of a dictionary of the labels."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOTHING = -1


class KeyEntry(NamedTuple):
    """A key names an entry; of several that one key names, the preferred one counts.

    `is_acronym`: it is one only where it is written as one.
    """

    key: str
    number: int
    is_preferred: bool = True
    is_acronym: bool = False


@dataclass(frozen=True, slots=True)
class KeyTable:
    """Sorted hashes `[K]` of keys, and of each its entry's number and whether it is an acronym."""

    hashes: NDArray[np.uint64]
    numbers: NDArray[np.int32]
    acronyms: NDArray[np.bool_]

    @classmethod
    def build(cls, entries: Iterable[KeyEntry]) -> KeyTable:
        """The table; a key of several entries that nothing tells apart names none."""
        best: dict[str, KeyEntry] = {}
        for entry in entries:
            known = best.get(entry.key)
            if known is None or entry.is_preferred > known.is_preferred:
                best[entry.key] = entry
            elif entry.is_preferred == known.is_preferred:
                number = entry.number if entry.number == known.number else NOTHING
                best[entry.key] = known._replace(number=number, is_acronym=entry.is_acronym and known.is_acronym)
        found = [(key_hash(entry.key), entry) for entry in best.values() if entry.number != NOTHING]
        counts = Counter(hashed for hashed, _ in found)
        found = sorted((hashed, entry) for hashed, entry in found if counts[hashed] == 1)
        return cls(
            np.array([hashed for hashed, _ in found], np.uint64),
            np.array([entry.number for _, entry in found], np.int32),
            np.array([entry.is_acronym for _, entry in found], np.bool_),
        )

    def place(self, key: str) -> int | None:
        """Where a key stands in the table."""
        hashed = np.uint64(key_hash(key))
        place = int(np.searchsorted(self.hashes, hashed))
        return place if place < len(self.hashes) and self.hashes[place] == hashed else None

    def numbers_of(self, keys: Iterable[str]) -> set[int]:
        """The entries that some of many keys name."""
        hashed = np.array([key_hash(key) for key in keys], np.uint64)
        if not (len(hashed) and len(self.hashes)):
            return set()
        places = np.minimum(np.searchsorted(self.hashes, hashed), len(self.hashes) - 1)
        return set(self.numbers[places[self.hashes[places] == hashed]].tolist())


def key_hash(key: str) -> int:
    """Eight bytes that stand for a key."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")

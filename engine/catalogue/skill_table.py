"""The skills that a catalogue's jobs name, numbered: what share of each job's skills a person has, all jobs at once.

A person has a skill when its words stand in that order in what they say of themselves, as in `engine.skills`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from engine.array_files import ArrayFiles
from engine.catalogue.growing import GrowingArray
from engine.skills import normalised_words

NAMES, NUMBERS, OFFSETS = "skill_names.json", "skill_numbers.npy", "skill_offsets.npy"
_END = ""  # never a word: in the trie it leads to the number of the skill that ends there


class SkillNames:
    """Distinct skills as normalised words, numbered in the order they came; looked up by a trie of their words."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names: list[str] = []
        self._trie: dict[str, Any] = {}
        self._numbers: dict[str, int] = {}
        for name in names:
            self.number(name)

    def number(self, name: str) -> int:
        """The number of a skill's words, a new one the first time."""
        known = self._numbers.get(name)
        if known is not None:
            return known
        number = self._numbers[name] = len(self.names)
        self.names.append(name)
        node = self._trie
        for word in name.split():
            node = node.setdefault(word, {})
        node[_END] = number
        return number

    def held(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Which skills stand in `words`, `[skills]`."""
        held = np.zeros(len(self.names), dtype=np.bool_)
        for start in range(len(words)):
            node, place = self._trie, start
            while place < len(words) and (longer := node.get(words[place])) is not None:
                node, place = longer, place + 1
                number = node.get(_END)
                if number is not None and number < len(held):  # another thread may have added it just now
                    held[number] = True
        return held


class SkillTable:
    """For each of N jobs the numbers of the skills it names.

    Job `row` names `numbers[offsets[row] : offsets[row + 1]]`; `offsets` `[N + 1]`.
    """

    def __init__(self, names: SkillNames, numbers: NDArray[np.int32], offsets: NDArray[np.int64]) -> None:
        self.names, self.numbers, self.offsets = names, numbers, offsets
        self._size = len(names.names)  # names may be shared with tables that grow

    @classmethod
    def build(cls, skills: Iterable[Sequence[str]]) -> SkillTable:
        """The table of each job's skills, in the jobs' order; a skill without a word is left out."""
        builder = SkillTableBuilder()
        for named in skills:
            builder.append(named)
        return builder.table()

    def save(self, folder: Path) -> None:
        """Write the table into `folder`, which exists."""
        (folder / NAMES).write_bytes(orjson.dumps(self.names.names))
        np.save(folder / NUMBERS, self.numbers)
        np.save(folder / OFFSETS, self.offsets)

    @classmethod
    def open(cls, files: ArrayFiles) -> SkillTable:
        """The table that `save` wrote."""
        names = SkillNames(orjson.loads((files.folder / NAMES).read_bytes()))
        return cls(names, files.map(NUMBERS), files.map(OFFSETS))

    def of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The skills of some jobs end to end, and how many each names, `[len(rows)]`."""
        starts = self.offsets[rows]
        counts = self.offsets[rows + 1] - starts
        return self.between(starts, counts), counts

    def names_of(self, row: int) -> list[str]:
        """The words of the skills that one job names."""
        return [self.names.names[number] for number in self.numbers[self.offsets[row] : self.offsets[row + 1]].tolist()]

    def between(self, starts: NDArray[np.int64], counts: NDArray[np.integer[Any]]) -> NDArray[np.int32]:
        """Of each of some places in `numbers` so many skills, end to end."""
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)
        numbers: NDArray[np.int32] = self.numbers.take(places)
        return numbers

    def held(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Which of the table's skills stand in a person's `words`, `[skills]`."""
        return self.names.held(words)[: self._size]


def shares_held(is_held: NDArray[np.bool_], counts: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    """The share of each job's skills that are held, `[len(counts)]`; NaN where it names none.

    Args:
        is_held: for the skills of some jobs end to end. counts: how many each names, as `SkillTable.of` has them.
    """
    shares = np.full(len(counts), np.nan)
    named = np.flatnonzero(counts)
    if len(named):
        counts = counts[named]
        held = np.add.reduceat(is_held, np.cumsum(counts) - counts, dtype=np.float64)
        shares[named] = held / counts
    return shares


class SkillTableBuilder:
    """Appends the skills of one job after the other."""

    def __init__(self) -> None:
        self._names = SkillNames()
        self._numbers, self._offsets = GrowingArray(np.int32), GrowingArray(np.int64)
        self._offsets.append(0)

    def append(self, named: Sequence[str]) -> None:
        """Add a job that names these skills."""
        names = dict.fromkeys(" ".join(normalised_words(skill)) for skill in named)
        self._numbers.extend([self._names.number(name) for name in names if name])
        self._offsets.append(len(self._numbers))

    def table(self) -> SkillTable:
        """The table of the jobs so far; it shares the names with those that come."""
        return SkillTable(self._names, self._numbers.view(), self._offsets.view())

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

from engine.skills import normalised_words

NAMES, NUMBERS, OFFSETS = "skill_names.json", "skill_numbers.npy", "skill_offsets.npy"
_END = ""  # never a word: in the trie it leads to the number of the skill that ends there


class SkillTable:
    """Distinct skills as normalised words, and for each of N jobs the numbers of those it names.

    Job `row` names `numbers[offsets[row] : offsets[row + 1]]`; `offsets` `[N + 1]`.
    """

    def __init__(self, names: Sequence[str], numbers: NDArray[np.int32], offsets: NDArray[np.int64]) -> None:
        self._names, self._numbers, self._offsets = list(names), numbers, offsets
        self._trie: dict[str, Any] = {}
        for number, name in enumerate(self._names):
            node = self._trie
            for word in name.split():
                node = node.setdefault(word, {})
            node[_END] = number

    @classmethod
    def build(cls, skills: Iterable[Sequence[str]]) -> SkillTable:
        """The table of each job's skills, in the jobs' order; a skill without a word is left out."""
        known: dict[str, int] = {}
        numbers: list[int] = []
        offsets = [0]
        for named in skills:
            names = dict.fromkeys(" ".join(normalised_words(skill)) for skill in named)
            numbers += [known.setdefault(name, len(known)) for name in names if name]
            offsets.append(len(numbers))
        return cls(list(known), np.array(numbers, dtype=np.int32), np.array(offsets, dtype=np.int64))

    def save(self, folder: Path) -> None:
        """Write the table into `folder`, which exists."""
        (folder / NAMES).write_bytes(orjson.dumps(self._names))
        np.save(folder / NUMBERS, self._numbers)
        np.save(folder / OFFSETS, self._offsets)

    @classmethod
    def open(cls, folder: Path) -> SkillTable | None:
        """The table that `save` wrote; None for a catalogue of before there were such tables."""
        if not (folder / NAMES).is_file():
            return None
        names = orjson.loads((folder / NAMES).read_bytes())
        numbers, offsets = (np.load(folder / name, allow_pickle=False) for name in (NUMBERS, OFFSETS))
        return cls(names, numbers, offsets)

    def covered(self, rows: NDArray[np.int64], words: Sequence[str]) -> NDArray[np.float64]:
        """The share of each job's skills that stand in a person's `words`, `[len(rows)]`; NaN where it names none."""
        starts = self._offsets[rows]
        counts = self._offsets[rows + 1] - starts
        owner = np.repeat(np.arange(len(rows)), counts)
        place_in_job = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        held = self._held(words)[self._numbers[np.repeat(starts, counts) + place_in_job]]
        hits = np.bincount(owner, weights=held, minlength=len(rows))
        shares: NDArray[np.float64] = np.divide(hits, counts, out=np.full(len(rows), np.nan), where=counts > 0)
        return shares

    def _held(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Which skills stand in `words`, `[skills]`."""
        held = np.zeros(len(self._names), dtype=np.bool_)
        for start in range(len(words)):
            node, place = self._trie, start
            while place < len(words) and (longer := node.get(words[place])) is not None:
                node, place = longer, place + 1
                if _END in node:
                    held[node[_END]] = True
        return held

"""Seeded draws. Every draw is one or more uniforms of PCG64, so a seed gives the same world everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")
FloatArray = NDArray[np.float64]

_BLOCK = 4096
_DRAWS_PER_NORMAL = 12  # the sum of twelve uniforms: mean 6, variance 1


class Dice:
    """Draws from one random stream, in the order they are asked for."""

    def __init__(self, seed: np.random.SeedSequence) -> None:
        self._generator = np.random.Generator(np.random.PCG64(seed))
        self._block: list[float] = []

    def uniform(self) -> float:
        """A number from 0 up to 1, 1 excluded."""
        if not self._block:
            self._block = self._generator.random(_BLOCK).tolist()
        return self._block.pop()

    def uniforms(self, count: int) -> FloatArray:
        """`count` numbers from 0 up to 1, `[count]`."""
        return self._generator.random(count)

    def normals(self, count: int) -> FloatArray:
        """`count` nearly normal numbers of mean 0 and variance 1, `[count]`, without the maths library."""
        sums: FloatArray = self._generator.random((count, _DRAWS_PER_NORMAL)).sum(axis=1)
        return sums - _DRAWS_PER_NORMAL / 2

    def happens(self, probability: float) -> bool:
        """True with `probability`."""
        return self.uniform() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """A number from `low` up to `high`."""
        return low + self.uniform() * (high - low)

    def one(self, items: Sequence[Item]) -> Item:
        """One of `items`, each as likely."""
        return items[int(self.uniform() * len(items))]

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """`count` different ones of `items` (all, when there are fewer), in random order."""
        left = list(items)
        return [left.pop(int(self.uniform() * len(left))) for _ in range(min(count, len(left)))]

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """One key of `weights`, each as likely as its weight."""
        items = list(weights)
        bounds = list(accumulate(weights.values()))
        aim = self.uniform() * bounds[-1]
        return next((item for item, bound in zip(items, bounds, strict=True) if aim < bound), items[-1])

"""Trait vectors, and the drawing of sentences that hint at them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sample.dice import Dice, FloatArray
from sample.terms import TRAITS

_HINT_STRENGTH = 2.5  # how much better fitting phrases are preferred; 0 would make them say nothing
_WEIGHT_DECIMALS = 6  # hides the last bits of exp, which differ between machines


def trait_vector(*weights: Mapping[str, float]) -> FloatArray:
    """The sum of several {trait: value}, in the order of TRAITS, `[8]`."""
    return np.array([sum(part.get(name, 0.0) for part in weights) for name in TRAITS])


class PhraseBook:
    """Phrases that are drawn by how well their hints fit a trait vector."""

    def __init__(self, phrases: Mapping[str, Mapping[str, float]]) -> None:
        self._texts = list(phrases)
        self._hints = np.array([trait_vector(hints) for hints in phrases.values()])  # [phrases, 8]

    def draw(self, dice: Dice, traits: FloatArray, count: int) -> list[str]:
        """`count` different phrases for `traits` `[8]`, in the order drawn."""
        fit = np.exp(_HINT_STRENGTH * (self._hints @ traits))
        weights = dict(zip(self._texts, np.round(fit, _WEIGHT_DECIMALS).tolist(), strict=True))
        drawn = []
        for _ in range(count):
            text = dice.weighted(weights)
            del weights[text]
            drawn.append(text)
        return drawn

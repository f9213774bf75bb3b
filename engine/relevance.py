"""Relevance: a cosine read as a number from 0 to 1 that means the same for every model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidInputError

# Where the two measured cosines land: far enough from 0 and 1 that better and worse still differ.
UNRELATED_RELEVANCE, PLACED_RELEVANCE = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two mean cosines measured on training data: of a person with any job, and with the jobs they got."""

    unrelated_cosine: float
    placed_cosine: float

    def __post_init__(self) -> None:
        if not self.unrelated_cosine < self.placed_cosine:
            raise InvalidInputError(
                "a model that does not tell placed pairs from any pair cannot be calibrated",
                expected="unrelated_cosine < placed_cosine",
                got=f"{self.unrelated_cosine:.4f} and {self.placed_cosine:.4f}",
                fix="train again, with more placements",
            )

    def relevance(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """`sigmoid(a·cosine + b)`, with a and b such that the two mean cosines become 0.1 and 0.9.

        Strictly increasing, so it never reorders jobs by itself.
        """
        relevance: NDArray[np.float32] = (1 / (1 + np.exp(-self.log_odds(cosines)))).astype(np.float32)
        return relevance

    def log_odds(self, cosines: NDArray[np.float32]) -> NDArray[np.floating[Any]]:
        """`a·cosine + b`: where relevance nears 1, this still tells better from best."""
        middle = (self.unrelated_cosine + self.placed_cosine) / 2
        scaled: NDArray[np.floating[Any]] = self._slope * (cosines - middle)
        return scaled

    def cosine_difference(self, log_odds: float) -> float:
        """The difference of two cosines whose relevance differs by so much in log odds."""
        return float(log_odds / self._slope)

    def cosine_differences(self, log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
        """The differences of cosines whose relevance differs by so much in log odds, `[C]`."""
        return (log_odds / self._slope).astype(np.float32)

    @property
    def _slope(self) -> np.floating[Any]:
        log_odds: np.floating[Any] = np.log(PLACED_RELEVANCE / (1 - PLACED_RELEVANCE))
        return 2 * log_odds / (self.placed_cosine - self.unrelated_cosine)


@dataclass(frozen=True, slots=True)
class MatchCalibration:
    """How often a job was right for a person, by people's judgements: `sigmoid(slope·log_odds + intercept)`.

    Below `least` of it nothing is called a match.
    """

    slope: float
    intercept: float
    least: float

    def __post_init__(self) -> None:
        if not (self.slope > 0 and 0 <= self.least <= 1):
            raise InvalidInputError(
                "a calibration of matches must rise with relevance, and its floor is a share",
                expected="slope > 0 and 0 <= least <= 1",
                got=f"slope {self.slope}, least {self.least}",
            )

    def right_share(self, log_odds: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Of answers of such log odds of relevance the share that was right."""
        share: NDArray[np.float32] = (1 / (1 + np.exp(-(self.slope * log_odds + self.intercept)))).astype(np.float32)
        return share

"""`chamba bench matches`: of the answers told 0.8, how many were right, and what a floor lets through.

Judged are answers of the released towers on real Peruvian and Ecuadorian ads; `JUDGEMENTS.md` says how. The calibration
is fitted and the floor chosen on the development half of the people, and reported on the other.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray, Doubles
from engine.relevance import MatchCalibration

JUDGEMENTS = Path(__file__).with_name("judgements.csv")
BINS, NEWTON_STEPS = 10, 50
FLOORS = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)
LEAST_RECALL = 0.85  # of the right answers, in development: those below the floor are still told, apart


@dataclass(frozen=True, slots=True)
class Judgements:
    """J judged answers: log odds of relevance, whether right, whether of the development half, `[J]` each."""

    log_odds: Doubles
    is_right: BoolArray
    is_development: BoolArray

    def part(self, mask: BoolArray) -> tuple[Doubles, BoolArray]:
        """Log odds and verdicts of some."""
        return self.log_odds[mask], self.is_right[mask]


def read_judgements(path: Path = JUDGEMENTS) -> Judgements:
    """The judgements of the file; ads are named by a hash of their id, and nothing of them stands in it."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return Judgements(
        np.array([float(row["log_odds"]) for row in rows]),
        np.array([row["is_right"] == "1" for row in rows]),
        np.array([row["half"] == "development" for row in rows]),
    )


def fitted(log_odds: Doubles, is_right: BoolArray) -> tuple[float, float]:
    """Slope and intercept of the logistic regression of verdicts on log odds (Platt, 1999), by Newton's method."""
    inputs, weights = np.stack([log_odds, np.ones_like(log_odds)], axis=1), np.zeros(2)
    for _ in range(NEWTON_STEPS):
        share = 1 / (1 + np.exp(-inputs @ weights))
        curvature = (inputs * (share * (1 - share))[:, None]).T @ inputs
        weights += np.linalg.solve(curvature, inputs.T @ (is_right - share))
    return float(weights[0]), float(weights[1])


def chosen_floor(told: NDArray[np.floating], is_right: BoolArray) -> float:
    """The highest of `FLOORS` that still calls most of the right answers a match."""
    return max(floor for floor in FLOORS if (told[is_right] >= floor).mean() >= LEAST_RECALL)


def calibration_error(told: NDArray[np.floating], is_right: BoolArray) -> float:
    """The expected calibration error over ten bins of equal width (Naeini, 2015)."""
    bins = np.minimum((told * BINS).astype(int), BINS - 1)
    gaps = [abs(told[bins == one].mean() - is_right[bins == one].mean()) * (bins == one).mean() for one in set(bins)]
    return float(sum(gaps))


def run_matches(calibration: MatchCalibration, say: Callable[[str], object]) -> None:
    """Print the reliability curve of the served calibration on both halves, and precision and recall by floor."""
    judged = read_judgements()
    told = calibration.right_share(judged.log_odds).astype(np.float64)
    placed = 1 / (1 + np.exp(-judged.log_odds))
    halves = {"development": judged.is_development, "test": ~judged.is_development}
    slope, intercept = fitted(*judged.part(judged.is_development))
    say(f"served: slope {calibration.slope}, intercept {calibration.intercept}, floor {calibration.least}")
    chosen = chosen_floor(told[judged.is_development], judged.is_right[judged.is_development])
    say(f"by the development half: slope {slope:.4f}, intercept {intercept:.4f}, floor {chosen}\n")
    for name, mask in halves.items():
        right = judged.is_right[mask]
        say(f"{name}: {mask.sum()} answers, {right.mean():.2f} right")
        say(f"expected calibration error {calibration_error(told[mask], right):.3f}")
        say(f"of relevance as placements place it, not calibrated, {calibration_error(placed[mask], right):.3f}\n")
        say("| told | right | answers |\n|---|---|---|")
        for low in range(BINS):
            inside = mask & (np.minimum((told * BINS).astype(int), BINS - 1) == low)
            if inside.any():
                say(f"| {told[inside].mean():.2f} | {judged.is_right[inside].mean():.2f} | {inside.sum()} |")
        say("")
    say("| floor | precision, development | recall | precision, test | recall |\n|---|---|---|---|---|")
    for floor in FLOORS:
        cells = [f"{value:.2f}" for mask in halves.values() for value in _of_floor(told, judged.is_right, mask, floor)]
        say(f"| {floor} | {' | '.join(cells)} |")


def _of_floor(told: Doubles, is_right: BoolArray, mask: BoolArray, floor: float) -> tuple[float, float]:
    called = mask & (told >= floor)
    hits = (called & is_right).sum()
    return float(hits / max(called.sum(), 1)), float(hits / (mask & is_right).sum())

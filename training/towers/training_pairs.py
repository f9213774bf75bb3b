"""The pairs that the towers learn from: matches, and jobs that people wanted without a better or worse outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows
from training.data.datasets import PlacementSet
from training.data.interest import LabelWeights
from training.towers.hard_negatives import pair_keys


@dataclass(frozen=True, slots=True)
class TrainingPairs:
    """N pairs: rows of the texts `seekers` and `jobs` `[N]`, and what each weighs in the loss, `weights` `[N]`."""

    seekers: Rows
    jobs: Rows
    weights: NDArray[np.float32]


def training_pairs(placements: PlacementSet, train: Rows, labels: LabelWeights) -> TrainingPairs:
    """The matches in the rows `train`, then what else was wanted by then, each pair once with its greatest weight.

    Who was declined teaches nothing of that job. A pair that became a match teaches by its match alone: where that is
    held out, a click before it would give the answer away.
    """
    seekers, jobs, grades = placements.seekers[train], placements.jobs[train], placements.grades[train]
    wanted = placements.wanted_by(train)
    weights, keys = wanted.weights(labels), pair_keys(placements, wanted.seekers, wanted.jobs)
    chosen = np.flatnonzero((weights > 0) & ~np.isin(keys, _decided(placements, train)))
    chosen = chosen[np.lexsort((-weights[chosen], keys[chosen]))]
    chosen = chosen[np.unique(keys[chosen], return_index=True)[1]]
    return TrainingPairs(
        np.concatenate([seekers, wanted.seekers[chosen]]),
        np.concatenate([jobs, wanted.jobs[chosen]]),
        np.concatenate([grades, weights[chosen]]).astype(np.float32),
    )


def _decided(placements: PlacementSet, train: Rows) -> Rows:
    """The pairs with a match at any time, or declined by the time of the last of `train`."""
    is_declined = placements.grades < 0
    if len(train):
        is_declined &= placements.times <= placements.times[train].max()
    rows = np.flatnonzero((placements.grades >= placements.positive_grade) | is_declined)
    return pair_keys(placements, placements.seekers[rows], placements.jobs[rows])

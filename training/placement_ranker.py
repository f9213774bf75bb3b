"""Stage B's ranking: gradient boosting over the towers, words, history and the job's life, fitted on past queries.

It is fitted on queries later than what its towers were trained on, so that their cosines are as good as they will be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from training.job_queries import JobQueries
from training.placement_features import PlacementFeatures

Floats = NDArray[np.float32]
QUERIES_AT_ONCE = 64
# What says how fresh a job is and what has happened to it, and not what it is.
TIME = frozenset({"age", "days_since_process", "processes", "forwarded", "offered", "rejected"})
NOT_OPEN = -1.0


@dataclass(frozen=True, slots=True)
class RankerConfig:
    """How the boosting is fitted; `without` names features that are kept from it."""

    rounds: int = 200
    learning_rate: float = 0.05
    leaves: int = 15
    least_in_leaf: int = 40
    l2: float = 5.0
    negatives_kept: float = 0.5
    seed: int = 0
    without: frozenset[str] = frozenset()


class PlacementRanker:
    """Which jobs a person's state is likely to be matched with."""

    def __init__(self, config: RankerConfig) -> None:
        self._config = config
        self._names: list[str] = []
        self._model = HistGradientBoostingClassifier(
            max_iter=config.rounds,
            learning_rate=config.learning_rate,
            max_leaf_nodes=config.leaves,
            min_samples_leaf=config.least_in_leaf,
            l2_regularization=config.l2,
            random_state=config.seed,
        )

    def fit(self, features: PlacementFeatures, queries: JobQueries) -> PlacementRanker:
        """Fit on jobs that were open: the relevant ones, and a share of the others."""
        random = np.random.default_rng(self._config.seed)
        inputs, labels = [], []
        for rows, block in self._blocks(features, queries):
            is_relevant = np.zeros(queries.hidden[rows].shape, dtype=bool)
            for row, wanted in enumerate(queries.relevant[rows]):
                is_relevant[row, list(wanted)] = True
            drawn = random.random(is_relevant.shape) < self._config.negatives_kept
            kept = queries.open[rows] & (is_relevant | drawn)
            inputs.append(np.stack([block[name][kept] for name in self._names], axis=1))
            labels.append(is_relevant[kept])
        self._model.fit(np.concatenate(inputs), np.concatenate(labels))
        return self

    def scores(self, features: PlacementFeatures, queries: JobQueries) -> Floats:
        """The probability of a match, `[Q, C]`; -1 for jobs that are not open to the person that day."""
        found = np.full(queries.hidden.shape, NOT_OPEN, dtype=np.float32)
        for rows, block in self._blocks(features, queries):
            is_open = queries.open[rows]
            inputs = np.stack([block[name][is_open] for name in self._names], axis=1)
            if len(inputs):
                found[rows][is_open] = self._model.predict_proba(inputs)[:, 1]
        return found

    def _blocks(self, features: PlacementFeatures, queries: JobQueries) -> Iterator[tuple[slice, dict[str, Floats]]]:
        for start in range(0, len(queries.states), QUERIES_AT_ONCE):
            rows = slice(start, start + QUERIES_AT_ONCE)
            block = features.block(rows)
            self._names = self._names or [name for name in block if name not in self._config.without]
            yield rows, block

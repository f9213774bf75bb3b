"""Stage B's ranking: gradient boosting over the towers, words, history and the job's life, fitted on past queries.

It is fitted on queries later than what its towers were trained on, so that their cosines are as good as they will be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.relevance.job_queries import JobQueries
from benchmarks.relevance.placement_features import PlacementFeatures
from engine.arrays import Floats

QUERIES_AT_ONCE = 64
# What says how fresh a job is and what has happened to it, and not what it is.
TIME = frozenset({"age", "days_since_process", "processes", "forwarded", "offered", "rejected"})
# Who had been put to the job by then: nobody yet, and it has just opened.
APPLICANTS = frozenset({"nearest_applicant", "nearest_applicant_behind_best", "nearest_applicant_rank"})
NOT_OPEN = -1.0


@dataclass(frozen=True, slots=True)
class RankerConfig:
    """How the boosting is fitted; `without` names features that are kept from it."""

    rounds: int = 200
    learning_rate: float = 0.05
    leaves: int = 15
    least_in_leaf: int = 40
    l2: float = 5.0
    seed: int = 0
    without: frozenset[str] = frozenset()


class PlacementRanker:
    """Which jobs a person's state is likely to be matched with."""

    def __init__(self, config: RankerConfig, names: Sequence[str]) -> None:
        self._columns = [column for column, name in enumerate(names) if name not in config.without]
        self._model = HistGradientBoostingClassifier(
            max_iter=config.rounds,
            learning_rate=config.learning_rate,
            max_leaf_nodes=config.leaves,
            min_samples_leaf=config.least_in_leaf,
            l2_regularization=config.l2,
            random_state=config.seed,
        )

    def fit(self, inputs: Floats, is_match: NDArray[np.bool_]) -> PlacementRanker:
        """Fit on pairs: features `[pairs, names]`, and whether each was a match `[pairs]`."""
        self._model.fit(inputs[:, self._columns], is_match)
        return self

    def probabilities(self, inputs: Floats) -> Floats:
        """The probability of a match, `[pairs]`."""
        found = self._model.predict_proba(inputs[:, self._columns])[:, 1]
        return np.asarray(found, dtype=np.float32)


def fit_rankers(
    configs: Sequence[RankerConfig], features: PlacementFeatures, queries: JobQueries, *, negatives_share: float = 0.5
) -> list[PlacementRanker]:
    """Fit a ranker a config on jobs that were open: the relevant ones, and a share of the others."""
    random = np.random.default_rng(0)
    inputs, labels, names = [], [], []
    for rows, block in _blocks(features, queries):
        names = list(block)
        is_relevant = np.zeros(queries.hidden[rows].shape, dtype=bool)
        for row, wanted in enumerate(queries.relevant[rows]):
            is_relevant[row, list(wanted)] = True
        is_sampled = queries.open[rows] & (is_relevant | (random.random(is_relevant.shape) < negatives_share))
        inputs.append(_stacked(block, is_sampled))
        labels.append(is_relevant[is_sampled])
    pairs, is_match = np.concatenate(inputs), np.concatenate(labels)
    return [PlacementRanker(config, names).fit(pairs, is_match) for config in configs]


def ranker_scores(rankers: Sequence[PlacementRanker], features: PlacementFeatures, queries: JobQueries) -> list[Floats]:
    """Each ranker's probabilities `[Q, C]`; -1 for jobs that are not open to the person that day."""
    found = [np.full(queries.hidden.shape, NOT_OPEN, dtype=np.float32) for _ in rankers]
    for rows, block in _blocks(features, queries):
        is_open = queries.open[rows]
        inputs = _stacked(block, is_open)
        for ranker, scores in zip(rankers, found, strict=True):
            if len(inputs):
                scores[rows][is_open] = ranker.probabilities(inputs)
    return found


def _blocks(features: PlacementFeatures, queries: JobQueries) -> Iterator[tuple[slice, dict[str, Floats]]]:
    for start in range(0, len(queries.states), QUERIES_AT_ONCE):
        rows = slice(start, start + QUERIES_AT_ONCE)
        yield rows, features.block(rows)


def _stacked(block: dict[str, Floats], is_sampled: NDArray[np.bool_]) -> Floats:
    """The kept pairs' features, `[pairs, names]`."""
    return np.stack([values[is_sampled] for values in block.values()], axis=1)

"""Fits rerankers by scikit-learn and judges them by nDCG@10: logistic regression, random forest, gradient boosting.

All keep the directions of `engine.reranking.features`: more hours shared, say, never lower a score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression

from engine.arrays import Doubles
from engine.measures import ndcg
from engine.reranking.features import FEATURES
from engine.reranking.order import JobCandidates, rerank
from training.bootstrap import bootstrap_means, interval_95
from training.reranking.query_groups import QueryGroup

DEPTH = 10
NEGATIVES_PER_PERSON = 40
DIRECTIONS = np.array([feature.direction for feature in FEATURES])

Scorer = Callable[[Sequence[QueryGroup]], list[NDArray[np.floating[Any]]]]


class Family(StrEnum):
    """What kind of model scores, the simplest first: of equals the simplest is chosen."""

    LOGISTIC_REGRESSION = "logistic-regression"
    GRADIENT_BOOSTING = "gradient-boosting"
    RANDOM_FOREST = "random-forest"


@dataclass(frozen=True, slots=True)
class Settings:
    """One choice of a family's settings: `strength` is C, leaves a tree or least people's jobs in a leaf."""

    family: Family
    strength: float
    trees: int = 0


GRID = (
    *(Settings(Family.LOGISTIC_REGRESSION, strength) for strength in (0.00001, 0.0001, 0.001, 0.1)),
    *(Settings(Family.GRADIENT_BOOSTING, leaves, trees) for leaves, trees in ((4, 60), (8, 60), (4, 120))),
    *(Settings(Family.RANDOM_FOREST, least, 50) for least in (20, 80)),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Candidates to fit on: `features` `[n, features]`, whether they are matches `[n]`, `weights` `[n]`."""

    features: NDArray[np.floating[Any]]
    is_match: NDArray[np.bool_]
    weights: Doubles


@dataclass(frozen=True, slots=True)
class SignedLogisticRegression:
    """A logistic regression whose weights have the directions of the features: `weights` `[features]`, `intercept`."""

    weights: Doubles
    intercept: float

    def predict_proba(self, features: NDArray[np.floating[Any]]) -> Doubles:
        """The chance of no match and of a match, `[n, 2]`."""
        chance = 1 / (1 + np.exp(-(features @ self.weights + self.intercept)))
        return np.stack([1 - chance, chance], axis=1)


class Estimator(Protocol):
    """A fitted model."""

    def predict_proba(self, features: NDArray[np.floating[Any]]) -> Doubles:
        """The chance of no match and of a match, `[n, 2]`."""


def sample_of(query_groups: Sequence[QueryGroup], seed: int) -> Sample:
    """All matches and at most 40 other candidates a person, none of which the person had wanted.

    A match weighs as its grade; matches together weigh as much as the rest, so that 0.5 means "as likely either".
    """
    random = np.random.default_rng(seed)
    features, grades = [], []
    for group in query_groups:
        others = random.permutation(np.flatnonzero((group.grades == 0) & ~group.is_wanted))[:NEGATIVES_PER_PERSON]
        chosen = np.concatenate([np.flatnonzero(group.grades > 0), others])
        features.append(group.features[chosen])
        grades.append(group.grades[chosen])
    grade = np.concatenate(grades)
    is_match = grade > 0
    weights = np.where(is_match, grade * ((~is_match).sum() / max(1, grade.sum())), 1.0)
    return Sample(np.concatenate(features), is_match, weights)


def fit_reranker(settings: Settings, sample: Sample, seed: int) -> Estimator:
    """The model of `settings`."""
    if settings.family is Family.LOGISTIC_REGRESSION:
        return _signed_logistic_regression(settings.strength, sample)
    estimator: Any
    if settings.family is Family.RANDOM_FOREST:
        estimator = RandomForestClassifier(
            settings.trees,
            max_depth=8,
            max_samples=0.5,
            min_samples_leaf=int(settings.strength),
            monotonic_cst=DIRECTIONS,
            random_state=seed,
        )
    else:
        estimator = HistGradientBoostingClassifier(
            max_iter=settings.trees,
            max_leaf_nodes=int(settings.strength),
            learning_rate=0.1,
            l2_regularization=1.0,
            early_stopping=False,
            monotonic_cst=DIRECTIONS,
            random_state=seed,
        )
    fitted: Estimator = estimator.fit(sample.features, sample.is_match, sample_weight=sample.weights)
    return fitted


def _signed_logistic_regression(strength: float, sample: Sample) -> SignedLogisticRegression:
    """Features whose weight comes out against its direction are left out, and the rest fitted again."""
    mean = np.average(sample.features, axis=0, weights=sample.weights)
    deviation = np.sqrt(np.average((sample.features - mean) ** 2, axis=0, weights=sample.weights))
    used = deviation > 0
    scaled = (sample.features - mean) / np.where(used, deviation, 1)
    while True:
        weights = np.zeros(len(FEATURES))
        model = LogisticRegression(C=strength, max_iter=1000)
        model.fit(scaled[:, used], sample.is_match, sample_weight=sample.weights)
        weights[used] = model.coef_[0]
        wrong = weights * DIRECTIONS < 0
        if not wrong.any():
            break
        used = used & ~wrong
    weights /= np.where(deviation > 0, deviation, 1)
    return SignedLogisticRegression(weights, float(model.intercept_[0] - mean @ weights))


def ndcg_of_each(query_groups: Sequence[QueryGroup], scorer: Scorer) -> Doubles:
    """nDCG@10 of every person's list as served, duplicates collapsed; a match's gain is its grade, `[people]`."""

    def of_one(group: QueryGroup, scores: NDArray[np.floating[Any]]) -> float:
        of_group = (group.rows, scores.astype(np.float32), group.posted_at, group.records)
        candidates = JobCandidates(*of_group, job_vectors=group.job_vectors)
        return ndcg(group.grades[rerank(candidates, DEPTH).order], group.match_grades, DEPTH)

    return np.array([of_one(group, scores) for group, scores in zip(query_groups, scorer(query_groups), strict=True)])


def by_relevance(query_groups: Sequence[QueryGroup]) -> list[NDArray[np.floating[Any]]]:
    """Relevance alone."""
    return [group.relevance for group in query_groups]


def by_formula(query_groups: Sequence[QueryGroup]) -> list[NDArray[np.floating[Any]]]:
    """Relevance × availability."""
    return [group.relevance * group.availability for group in query_groups]


def by_estimator(estimator: Estimator) -> Scorer:
    """The chance of a match by a fitted model."""

    def scores(query_groups: Sequence[QueryGroup]) -> list[NDArray[np.floating[Any]]]:
        chances = estimator.predict_proba(np.concatenate([group.features for group in query_groups]))[:, 1]
        return np.split(chances, np.cumsum([len(group.rows) for group in query_groups])[:-1])

    return scores


def out_of_fold_ndcg(settings: Settings, query_groups: Sequence[QueryGroup], folds: int, seed: int) -> Doubles:
    """nDCG@10 of every person by a model that was fitted on the other people, `[people]`.

    The same person's query groups, if there are several, are in one fold.
    """
    seekers = np.array([group.seeker for group in query_groups])
    fold_of_seeker = {
        int(seeker): place % folds
        for place, seeker in enumerate(np.random.default_rng(seed).permutation(np.unique(seekers)))
    }
    fold = np.array([fold_of_seeker[int(seeker)] for seeker in seekers])
    found = np.empty(len(query_groups))
    for held_out in range(folds):
        fitted_on = [query_groups[place] for place in np.flatnonzero(fold != held_out).tolist()]
        places = np.flatnonzero(fold == held_out).tolist()
        estimator = fit_reranker(settings, sample_of(fitted_on, seed), seed)
        found[places] = ndcg_of_each([query_groups[place] for place in places], by_estimator(estimator))
    return found


def interval(values: Doubles, seed: int = 0, draws: int = 1000) -> tuple[float, float]:
    """The 95% interval of a mean by bootstrap over people."""
    return interval_95(bootstrap_means(values, draws, seed))

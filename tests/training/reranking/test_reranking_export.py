"""The exported arrays against scikit-learn, and what every exported model promises."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.relevance import Calibration
from engine.reranking.features import FEATURES
from engine.reranking.model import Reranker, parse_reranker
from training.reranking.export import reranker_document
from training.reranking.fitting import Estimator, Family, Sample, Settings, fit_reranker

SETTINGS = (
    Settings(Family.LOGISTIC_REGRESSION, 0.1),
    Settings(Family.GRADIENT_BOOSTING, 6, 20),
    Settings(Family.RANDOM_FOREST, 5, 12),
)
NAMES = [feature.name for feature in FEATURES]
families = pytest.mark.parametrize("settings", SETTINGS, ids=[settings.family for settings in SETTINGS])


def random_features(count: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Rows that look like features: some continuous, some flags."""
    random = np.random.default_rng(seed)
    features = random.normal(0, 2, (count, len(NAMES)))
    for place, name in enumerate(NAMES):
        if name.endswith(("unstated", "unknown", "undated")):
            features[:, place] = random.random(count) < 0.4
        elif name in ("hours_share", "skills_covered"):
            features[:, place] = random.random(count)
    return features


@cache
def fitted(settings: Settings) -> tuple[Estimator, Reranker]:
    """A model of noisy matches that some features pull against their direction, and what engine reads of it."""
    features = random_features(3000, seed=1)
    pull = np.array([0.9, 3, 0.8, -0.5, -0.4, 0.3, 0.6, 0.2, 1.5, -0.4, 0.5, 0.1])
    noise = np.random.default_rng(2).logistic(size=len(features))
    is_match = features @ pull + noise > 2
    sample = Sample(features, is_match, np.where(is_match, 3.0, 1.0))
    estimator = fit_reranker(settings, sample, seed=0)
    content = reranker_document(estimator, settings.family, sample, Calibration(0.2, 0.8), {})
    return estimator, parse_reranker(content)


@families
def test_the_arrays_score_as_scikit_learn_does(settings: Settings) -> None:
    estimator, reranker = fitted(settings)
    # Rounded to float32, as the forest does before it compares.
    features = random_features(2000, seed=3).astype(np.float32).astype(np.float64)
    np.testing.assert_allclose(reranker.scores(features), estimator.predict_proba(features)[:, 1], atol=1e-6)


@families
def test_scores_are_base_and_contributions_together(settings: Settings) -> None:
    _, reranker = fitted(settings)
    features = random_features(200, seed=4)
    sums = reranker.base + reranker.model.contributions(features).sum(axis=1)
    scores = sums if settings.family is Family.RANDOM_FOREST else 1 / (1 + np.exp(-sums))
    np.testing.assert_allclose(reranker.scores(features), scores, atol=1e-6)
    assert ((reranker.scores(features) >= 0) & (reranker.scores(features) <= 1)).all()


def change(name: str, by: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """More of one feature."""
    return np.array([by if feature == name else 0.0 for feature in NAMES])


@families
@given(
    seed=st.integers(0, 10_000),
    name=st.sampled_from(["relevance_log_odds", "hours_share", "pay_log_ratio", "language_margin", "skills_covered"]),
    by=st.floats(0.001, 5),
)
def test_more_of_what_is_good_never_scores_lower(settings: Settings, seed: int, name: str, by: float) -> None:
    _, reranker = fitted(settings)
    features = random_features(20, seed)
    more = reranker.scores(features + change(name, by))
    assert (more >= reranker.scores(features) - 1e-7).all()


@families
@given(
    seed=st.integers(0, 10_000),
    name=st.sampled_from(["times_unstated", "hours_unstated", "log_days_posted"]),
    by=st.floats(0.001, 5),
)
def test_silence_on_hours_and_an_older_posting_never_score_higher(
    settings: Settings, seed: int, name: str, by: float
) -> None:
    _, reranker = fitted(settings)
    features = random_features(20, seed)
    assert (reranker.scores(features + change(name, by)) <= reranker.scores(features) + 1e-7).all()


@families
def test_the_same_sample_and_seed_give_the_same_file(settings: Settings) -> None:
    assert fitted(settings)[1].name == fitted.__wrapped__(settings)[1].name

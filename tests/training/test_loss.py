"""The in-batch softmax against a loop over plain numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from training.losses import in_batch_softmax

SIZE, TEMPERATURE = 5, 0.1


def unit_vectors(seed: int) -> NDArray[Any]:
    vectors = np.random.default_rng(seed).normal(size=(SIZE, 8)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


SEEKERS, JOBS = unit_vectors(1), unit_vectors(2)
NO_CORRECTION = np.zeros(SIZE, np.float32)
ALL_NEGATIVE = ~np.eye(SIZE, dtype=bool)


def losses(log_q: NDArray[Any] = NO_CORRECTION, is_negative: NDArray[Any] = ALL_NEGATIVE) -> NDArray[Any]:
    return np.asarray(in_batch_softmax(SEEKERS, JOBS, TEMPERATURE, log_q, is_negative))


def one_by_one(log_q: NDArray[Any], is_negative: NDArray[Any]) -> list[float]:
    def logit(seeker: int, job: int) -> float | None:
        if seeker != job and not is_negative[seeker, job]:
            return None
        score = float(SEEKERS[seeker] @ JOBS[job]) / TEMPERATURE
        return score if seeker == job else score - float(log_q[job])

    def surprise(own: float, others: list[float | None]) -> float:
        return math.log(sum(math.exp(other) for other in others if other is not None)) - own

    found = []
    for pair in range(SIZE):
        own = logit(pair, pair)
        assert own is not None
        by_seeker = surprise(own, [logit(pair, job) for job in range(SIZE)])
        by_job = surprise(own, [logit(seeker, pair) for seeker in range(SIZE)])
        found.append((by_seeker + by_job) / 2)
    return found


def test_the_loss_is_that_of_a_loop() -> None:
    log_q = np.log(np.array([0.4, 0.3, 0.15, 0.1, 0.05], np.float32))
    is_negative = ALL_NEGATIVE.copy()
    is_negative[0, 3] = is_negative[4, 1] = False
    assert losses(log_q, is_negative) == pytest.approx(one_by_one(log_q, is_negative), rel=1e-4)


def test_a_masked_job_cannot_change_the_loss() -> None:
    """An accidental hit is out of the softmax whatever its score (a published mask does nothing)."""
    masked = ALL_NEGATIVE.copy()
    masked[0, 1:] = masked[1:, 0] = False
    alone = losses(is_negative=masked)[0]
    assert alone == pytest.approx(0, abs=1e-6)
    assert losses()[0] > 0.01


def test_a_popular_negative_weighs_less_and_a_popular_positive_the_same() -> None:
    popular = NO_CORRECTION.copy()
    popular[2] = 3.0
    assert losses(popular)[0] < losses()[0]
    only_pairs = np.zeros((SIZE, SIZE), dtype=bool)
    assert losses(popular, only_pairs)[2] == pytest.approx(losses(NO_CORRECTION, only_pairs)[2], abs=1e-6)

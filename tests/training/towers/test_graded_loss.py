"""Hard negatives in the softmax: they count against their own seeker alone, and padding counts nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from keras import ops
from numpy.typing import NDArray

from training.losses import in_batch_softmax, softmax_with_hard_negatives
from training.towers.model import TwoTowers

TEMPERATURE = 0.2


def unit(random: np.random.Generator, *shape: int) -> NDArray[np.float32]:
    values = random.normal(size=shape).astype(np.float32)
    return np.asarray(values / np.linalg.norm(values, axis=-1, keepdims=True), dtype=np.float32)


@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(1, 3))
def test_it_agrees_with_the_definition(seed: int, batch: int, hard: int) -> None:
    random = np.random.default_rng(seed)
    seekers, jobs, extra = unit(random, batch, 8), unit(random, batch, 8), unit(random, batch, hard, 8)
    log_q = np.log(random.uniform(0.1, 1, batch)).astype(np.float32)
    is_negative, is_hard = random.random((batch, batch)) < 0.7, random.random((batch, hard)) < 0.7
    found = np.asarray(softmax_with_hard_negatives(seekers, jobs, extra, TEMPERATURE, log_q, is_negative, is_hard))
    for i in range(batch):
        own = seekers[i] @ jobs[i] / TEMPERATURE
        of_seeker, of_job = [own], [own]
        of_seeker += [
            seekers[i] @ jobs[j] / TEMPERATURE - log_q[j] for j in range(batch) if j != i and is_negative[i, j]
        ]
        of_seeker += [seekers[i] @ extra[i, h] / TEMPERATURE for h in range(hard) if is_hard[i, h]]
        of_job += [seekers[j] @ jobs[i] / TEMPERATURE - log_q[i] for j in range(batch) if j != i and is_negative[j, i]]
        expected = (np.log(np.exp(of_seeker).sum()) + np.log(np.exp(of_job).sum())) / 2 - own
        np.testing.assert_allclose(found[i], expected, rtol=1e-3, atol=1e-4)


def test_padding_alone_leaves_the_in_batch_loss() -> None:
    random = np.random.default_rng(1)
    seekers, jobs, extra = unit(random, 4, 8), unit(random, 4, 8), unit(random, 4, 2, 8)
    known = (TEMPERATURE, np.zeros(4, np.float32), np.ones((4, 4), bool))
    found = softmax_with_hard_negatives(seekers, jobs, extra, *known, np.zeros((4, 2), bool))
    expected = in_batch_softmax(ops.convert_to_tensor(seekers), ops.convert_to_tensor(jobs), *known)
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=1e-5)


def test_the_towers_see_hard_jobs_through_the_job_head() -> None:
    """A hard negative equal to the seeker's own job costs exactly one more even rival."""
    random = np.random.default_rng(2)
    seekers, jobs = unit(random, 3, 8), unit(random, 3, 8)
    alone = np.zeros((3, 3), bool)
    inputs = {"seeker": seekers, "job": jobs, "log_q": np.zeros(3, np.float32), "is_negative": alone}
    hard = inputs | {"hard_jobs": jobs[:, None], "is_hard_negative": np.ones((3, 1), bool)}
    towers = TwoTowers(8)
    assert float(towers.compute_loss(x=inputs, y_pred=towers(inputs), training=False)) == 0
    loss = float(towers.compute_loss(x=hard, y_pred=towers(inputs), training=False))
    np.testing.assert_allclose(loss, np.log(2) / 2, rtol=1e-5)

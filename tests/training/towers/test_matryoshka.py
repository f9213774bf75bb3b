"""The Matryoshka loss: prefixes count, at length 1, as much as the whole vectors."""

from __future__ import annotations

import numpy as np
import pytest
from keras import ops
from numpy.typing import NDArray

from training.losses import in_batch_softmax, mean_over_prefixes
from training.towers.model import TwoTowers

RANDOM = np.random.default_rng(4)


def unit(*shape: int) -> NDArray[np.float32]:
    values = RANDOM.normal(size=shape).astype(np.float32)
    return np.asarray(values / np.linalg.norm(values, axis=-1, keepdims=True), dtype=np.float32)


def loss(seekers: object, jobs: object) -> object:
    return in_batch_softmax(seekers, jobs, 0.1, np.zeros(5, np.float32), np.ones((5, 5), bool))


def test_it_is_the_mean_of_the_losses_at_each_length() -> None:
    seekers, jobs = unit(5, 16), unit(5, 16)
    expected = []
    for length in (16, 8, 4):
        cut = [side[:, :length] / np.linalg.norm(side[:, :length], axis=1, keepdims=True) for side in (seekers, jobs)]
        expected.append(np.asarray(loss(*map(ops.convert_to_tensor, cut))))
    found = mean_over_prefixes(loss, tuple(map(ops.convert_to_tensor, (seekers, jobs))), (16, 8, 4))
    np.testing.assert_allclose(np.asarray(found), np.mean(expected, axis=0), rtol=1e-5)


@pytest.mark.parametrize("dimensions", [(), (16,), (64, 384)])
def test_without_shorter_lengths_it_is_the_loss_itself(dimensions: tuple[int, ...]) -> None:
    sides = tuple(map(ops.convert_to_tensor, (unit(5, 16), unit(5, 16))))
    found = mean_over_prefixes(loss, sides, dimensions)
    np.testing.assert_allclose(np.asarray(found), np.asarray(loss(*sides)), rtol=1e-6)


def test_the_towers_learn_from_their_prefixes() -> None:
    """Only the tail tells the pairs apart, so a loss on the head alone is what prefixes add."""
    seekers, jobs = unit(5, 16), unit(5, 16)
    inputs = {"seeker": seekers, "job": jobs, "log_q": np.zeros(5, np.float32), "is_negative": np.ones((5, 5), bool)}

    def value(prefixes: tuple[int, ...]) -> float:
        towers = TwoTowers(16, prefixes=prefixes)
        return float(towers.compute_loss(x=inputs, y_pred=towers(inputs), training=False))

    assert value((4,)) != pytest.approx(value(()), rel=1e-3)

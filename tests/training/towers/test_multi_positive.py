"""The contrastive loss against a loop that follows its definition."""

from __future__ import annotations

import math

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from training.losses import multi_positive_softmax


def slow_loss(vectors: np.ndarray, concepts: np.ndarray, excluded: np.ndarray, temperature: float) -> float:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    losses = []
    for one in range(len(unit)):
        others = [other for other in range(len(unit)) if not excluded[one, other]]
        positives = [other for other in others if concepts[other] == concepts[one]]
        if positives:
            total = math.log(sum(math.exp(float(unit[one] @ unit[other]) / temperature) for other in others))
            losses.append(np.mean([total - float(unit[one] @ unit[other]) / temperature for other in positives]))
    return float(np.mean(losses)) if losses else 0.0


@given(st.integers(0, 10_000), st.integers(2, 9), st.integers(1, 4))
def test_agrees_with_the_definition(seed: int, texts: int, concept_count: int) -> None:
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((texts, 6)).astype(np.float32)
    concepts = random.integers(0, concept_count, texts)
    excluded = (random.random((texts, texts)) < 0.2) | np.eye(texts, dtype=bool)
    loss = multi_positive_softmax(tf.constant(vectors), tf.constant(concepts), tf.constant(excluded), 0.2)
    assert float(loss) == pytest.approx(slow_loss(vectors, concepts, excluded, 0.2), rel=1e-4, abs=1e-4)


def test_every_width_counts_as_a_vector_of_its_own() -> None:
    random = np.random.default_rng(0)
    vectors, concepts = random.standard_normal((6, 8)).astype(np.float32), np.array([0, 0, 1, 1, 2, 2])
    itself = np.eye(6, dtype=bool)
    both = multi_positive_softmax(tf.constant(vectors), tf.constant(concepts), tf.constant(itself), 0.1, (8, 2))
    wide, narrow = slow_loss(vectors, concepts, itself, 0.1), slow_loss(vectors[:, :2], concepts, itself, 0.1)
    assert float(both) == pytest.approx((wide + narrow) / 2, rel=1e-4)


def test_an_excluded_pair_does_not_matter() -> None:
    random = np.random.default_rng(1)
    vectors, concepts = random.standard_normal((4, 5)).astype(np.float32), np.array([0, 0, 1, 2])
    excluded = np.eye(4, dtype=bool)
    excluded[:, 3] = excluded[3, :] = True
    loss = multi_positive_softmax(tf.constant(vectors), tf.constant(concepts), tf.constant(excluded), 0.1)
    vectors[3] = -vectors[3]
    moved = multi_positive_softmax(tf.constant(vectors), tf.constant(concepts), tf.constant(excluded), 0.1)
    assert float(loss) == pytest.approx(float(moved), abs=1e-6)

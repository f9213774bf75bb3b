"""Adapters: they begin as no change, train without touching the body, come off as thin matrices and go on again."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from engine.errors import ArtifactError
from training.encoders.adapters import apply, block_kernels, enable_adapters, extract, from_tensors, kernels, to_tensors
from training.encoders.bert import BertBody, products_in
from training.encoders.e5_file import BertShape
from training.language.gradient_cache import ChunkedGradients

SHAPE = BertShape(hidden=32, layers=2, heads=4, feed_forward=64, max_positions=40, layer_norm_epsilon=1e-12)
TEXTS, TOKENS = 12, 7


@pytest.fixture
def body() -> BertBody:
    keras.utils.set_random_seed(0)
    body = BertBody(SHAPE, vocabulary_rows=50)
    body.build()
    return body


def chunk(start: int, stop: int, tokens: int = TOKENS) -> tuple[tf.Tensor, tf.Tensor]:
    random = np.random.default_rng(1)
    ids = random.integers(2, 50, (TEXTS, tokens)).astype(np.int32)[start:stop]
    return tf.constant(ids), tf.ones_like(ids)


def squared_distance(vectors: tf.Tensor, targets: tf.Tensor) -> tf.Tensor:
    """A loss in which every text depends on every other: distances between all pairs against target distances."""
    cosines = tf.matmul(vectors, vectors, transpose_b=True)
    return tf.reduce_mean((cosines - targets) ** 2)


def test_an_adapter_begins_as_no_change(body: BertBody) -> None:
    before = body(*chunk(0, 4)).numpy()
    enable_adapters(body, rank=3)
    np.testing.assert_allclose(body(*chunk(0, 4)).numpy(), before, rtol=1e-5, atol=1e-6)


def test_a_trained_adapter_comes_off_and_goes_on_an_untuned_body(body: BertBody) -> None:
    untuned, weights = kernels(body), body.get_weights()
    random = np.random.default_rng(2)
    for variable in enable_adapters(body, rank=3):
        variable.assign(variable + 0.1 * random.standard_normal(variable.shape))
    tuned_outputs = body(*chunk(0, 4)).numpy()
    tensors = to_tensors(extract(kernels(body), untuned, rank=3))
    fresh = BertBody(SHAPE, vocabulary_rows=50)
    fresh.build()
    fresh.set_weights(weights)
    apply(fresh, from_tensors(tensors))
    np.testing.assert_allclose(fresh(*chunk(0, 4)).numpy(), tuned_outputs, atol=5e-3)
    assert not np.allclose(tuned_outputs, body_outputs_of(weights), atol=5e-3)


def body_outputs_of(weights: list[np.ndarray]) -> np.ndarray:
    fresh = BertBody(SHAPE, vocabulary_rows=50)
    fresh.build()
    fresh.set_weights(weights)
    return np.asarray(fresh(*chunk(0, 4)))


def test_half_the_weight_is_half_the_change(body: BertBody) -> None:
    untuned = kernels(body)
    tuned = {name: kernel + 0.5 for name, kernel in untuned.items()}
    half = extract(tuned, untuned, rank=1, weight=0.5)
    for adapter in half.values():
        np.testing.assert_allclose(adapter.change(), 0.25, atol=1e-3)


def test_adapters_of_another_encoder_are_refused(body: BertBody) -> None:
    untuned = kernels(body)
    adapters = extract({name: kernel + 0.5 for name, kernel in untuned.items()}, untuned, rank=1)
    other = BertBody(BertShape(16, 2, 4, 32, 40, 1e-12), vocabulary_rows=50)
    other.build()
    with pytest.raises(ArtifactError, match="another encoder"):
        apply(other, adapters)
    adapters.popitem()
    with pytest.raises(ArtifactError, match="another encoder"):
        apply(body, adapters)


@pytest.mark.parametrize("rank", [0, 2])
def test_cached_gradients_are_the_gradients(body: BertBody, rank: int) -> None:
    variables = enable_adapters(body, rank) if rank else block_kernels(body)
    for variable in variables:
        variable.assign(variable + 0.05)
    gradients = ChunkedGradients(body, squared_distance, [one.value for one in variables])
    targets = tf.constant(np.random.default_rng(3).standard_normal((TEXTS, TEXTS)).astype(np.float32))
    chunks = [chunk(0, 5), chunk(5, 6), chunk(6, TEXTS)]
    loss_at_once, at_once = gradients.at_once(chunks, targets)
    loss_cached, cached = gradients.cached(chunks, targets)
    assert float(loss_at_once) == pytest.approx(float(loss_cached), rel=1e-5)
    for one, other in zip(at_once, cached, strict=True):
        np.testing.assert_allclose(one.numpy(), other.numpy(), rtol=2e-3, atol=1e-5)
        assert np.any(one.numpy() != 0)


def test_batches_of_every_size_share_one_trace(body: BertBody) -> None:
    traced = []

    def encode(token_ids: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        traced.append(token_ids.shape)
        return body(token_ids, mask)

    variables = enable_adapters(body, 2)
    gradients = ChunkedGradients(encode, squared_distance, [one.value for one in variables])
    targets = tf.constant(np.random.default_rng(3).standard_normal((TEXTS, TEXTS)).astype(np.float32))
    losses = [
        float(gradients.at_once(chunks, targets)[0])
        for chunks in ([chunk(0, 5), chunk(5, TEXTS)], [chunk(0, 2), chunk(2, TEXTS)], [chunk(0, TEXTS)])
    ]
    assert losses == pytest.approx([losses[0]] * 3, rel=1e-5)
    assert len(traced) == 1


def test_products_of_16_bits_are_nearly_the_same_and_end_with_their_block(body: BertBody) -> None:
    exact = body(*chunk(0, 6)).numpy()
    with products_in(body, "bfloat16"):
        short = body(*chunk(0, 6)).numpy()
    cosines = np.sum(exact * short, axis=1) / np.linalg.norm(exact, axis=1) / np.linalg.norm(short, axis=1)
    assert cosines.min() > 0.999
    assert not np.array_equal(short, exact)
    np.testing.assert_array_equal(body(*chunk(0, 6)).numpy(), exact)

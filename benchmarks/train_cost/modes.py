"""The ways to train that are compared, each behind the same two calls: a step on one batch, and vectors of texts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from numpy.typing import NDArray

from benchmarks.train_cost.lower_layers import UpperBlocks, UpperTowers, lower_states
from engine.encoder.encoder import pad
from training.data.datasets import PlacementSet
from training.encoders.adapters import block_kernels, enable_adapters
from training.encoders.body_outputs import BodyOutputs
from training.encoders.pretrained import PretrainedEncoder
from training.language.gradient_cache import ChunkedGradients
from training.losses import in_batch_softmax
from training.towers.features import Features
from training.towers.model import TwoTowers

HEADS_RATE, BLOCKS_RATE, ADAPTERS_RATE, FULL_RATE = 1e-3, 1e-4, 1e-3, 5e-5
TEMPERATURE, RANK, CHUNKS = 0.05, 16, 4

Batch = tuple[dict[str, NDArray[Any]], NDArray[Any], NDArray[Any]]
TokenIds = list[list[int]]


@dataclass(frozen=True, slots=True)
class TrainingInputs:
    """What every mode is made from; `folder` takes its caches."""

    encoder: PretrainedEncoder
    placements: PlacementSet
    folder: Path
    max_tokens: int

    def token_ids(self) -> tuple[TokenIds, TokenIds]:
        """Framed ids of every seeker text and every job text."""
        with TemporaryDirectory() as folder:
            tokenise = self.encoder.open_tokeniser(Path(folder))
        return (
            tokenise(self.placements.seeker_texts, self.encoder.seeker_prefix, self.max_tokens),
            tokenise(self.placements.job_texts, self.encoder.job_prefix, self.max_tokens),
        )

    def tokens(self) -> Features:
        """Ids and masks of every text, `[texts, 2, max_tokens]`."""

        def padded(token_ids: TokenIds) -> NDArray[np.int32]:
            return np.stack(pad(token_ids, self.max_tokens, self.encoder.tokeniser.pad_id), axis=1)

        seekers, jobs = self.token_ids()
        return Features(padded(seekers), padded(jobs))


class Mode(ABC):
    """One way to train. `features` are what its batches hold, `towers` what its recall is measured with."""

    features: Features
    towers: TwoTowers

    @abstractmethod
    def step(self, batch: Batch) -> float:
        """Train on one batch; returns the loss."""


class KerasMode(Mode):
    """Trained as `chamba train` does it: heads, and blocks where the towers have a body."""

    def __init__(self, features: Features, towers: TwoTowers, rate: float) -> None:
        self.features, self.towers = features, towers
        towers.compile(optimizer=keras.optimizers.AdamW(rate, weight_decay=0.01, global_clipnorm=1.0))

    def step(self, batch: Batch) -> float:
        """One step of Keras' own loop."""
        return float(np.mean(self.towers.train_on_batch(*batch)))


class ChunkedMode(Mode):
    """The whole body trained as `chamba tune` does it: kernels or adapters, embeddings and heads as they are."""

    def __init__(self, inputs: TrainingInputs, *, rank: int, cached_gradients: bool) -> None:
        body = inputs.encoder.body
        self.features, self.towers = inputs.tokens(), TwoTowers(inputs.encoder.dimension, body)
        variables = enable_adapters(body, rank) if rank else block_kernels(body)
        gradients = ChunkedGradients(body, _loss_of_vectors, [one.value for one in variables])
        self._gradients = gradients.cached if cached_gradients else gradients.at_once
        rate = ADAPTERS_RATE if rank else FULL_RATE
        optimizer = keras.optimizers.AdamW(rate, weight_decay=0.01, global_clipnorm=1.0)
        optimizer.build(variables)
        self._apply = tf.function(lambda changes: optimizer.apply(changes, variables))

    def step(self, batch: Batch) -> float:
        """Gradients of the batch in chunks, then one step of the optimiser."""
        inputs, _, weights = batch
        texts = np.concatenate([inputs["seeker"], inputs["job"]])
        chunks = [(tf.constant(part[:, 0]), tf.constant(part[:, 1])) for part in np.array_split(texts, CHUNKS)]
        labels = (tf.constant(inputs["log_q"]), tf.constant(inputs["is_negative"]), tf.constant(weights))
        loss, gradients = self._gradients(chunks, *labels)
        self._apply(gradients)
        return float(loss)


def _loss_of_vectors(vectors: Any, log_q: Any, is_negative: Any, weights: Any) -> Any:
    """The weighted loss of `[2 · pairs, dimension]`: the seekers' outputs, then the jobs'."""
    seekers, jobs = tf.split(ops.normalize(vectors, axis=-1), 2)
    losses = in_batch_softmax(seekers, jobs, TEMPERATURE, log_q, is_negative)
    return tf.reduce_sum(losses * weights) / tf.reduce_sum(weights)


def _heads(inputs: TrainingInputs) -> Mode:
    outputs = BodyOutputs(inputs.encoder, inputs.folder, inputs.max_tokens)
    features = Features(
        outputs(inputs.placements.seeker_texts, inputs.encoder.seeker_prefix),
        outputs(inputs.placements.job_texts, inputs.encoder.job_prefix),
    )
    return KerasMode(features, TwoTowers(inputs.encoder.dimension), HEADS_RATE)


def _upper_blocks_from_cache(inputs: TrainingInputs, blocks: int) -> Mode:
    body, pad_id = inputs.encoder.body, inputs.encoder.tokeniser.pad_id
    body.train_last_blocks(blocks)
    sides: list[Any] = [lower_states(body, ids, pad_id, blocks, inputs.folder) for ids in inputs.token_ids()]
    towers = UpperTowers(inputs.encoder.dimension, UpperBlocks(body, blocks))
    return KerasMode(Features(*sides), towers, BLOCKS_RATE)


def _blocks_from_tokens(inputs: TrainingInputs, blocks: int) -> Mode:
    inputs.encoder.body.train_last_blocks(blocks)
    return KerasMode(inputs.tokens(), TwoTowers(inputs.encoder.dimension, inputs.encoder.body), BLOCKS_RATE)


MODES: dict[str, Callable[[TrainingInputs], Mode]] = {
    "heads on cached outputs": _heads,
    "last block, cached lower layers": partial(_upper_blocks_from_cache, blocks=1),
    "last 2 blocks, cached lower layers": partial(_upper_blocks_from_cache, blocks=2),
    "last block, from tokens": partial(_blocks_from_tokens, blocks=1),
    "last 2 blocks, from tokens": partial(_blocks_from_tokens, blocks=2),
    f"adapters of rank {RANK}": partial(ChunkedMode, rank=RANK, cached_gradients=False),
    f"adapters of rank {RANK}, cached gradients": partial(ChunkedMode, rank=RANK, cached_gradients=True),
    "every block": partial(ChunkedMode, rank=0, cached_gradients=False),
    "every block, cached gradients": partial(ChunkedMode, rank=0, cached_gradients=True),
}

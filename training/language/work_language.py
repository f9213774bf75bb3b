"""Stage A, the language of work: tunes the encoder's body on the titles, descriptions and skills of occupations.

Low-rank adapters (`rank` > 0) or every kernel of the blocks (`rank` 0); the embeddings stay as they are. At the end the
change is scaled by `tuned_weight`, which averages tuned and untuned weights: what the encoder knew stays with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tqdm import tqdm

from engine.encoder.encoder import pad
from training.checkpoints import Checkpoints
from training.encoders.adapters import Kernels, block_kernels, enable_adapters, kernels
from training.encoders.bert import products_in
from training.encoders.pretrained import PretrainedEncoder
from training.language.esco import Occupation
from training.language.gradient_cache import Chunk, ChunkedGradients
from training.language.occupation_batches import OccupationBatch, OccupationBatches, mined_neighbours
from training.losses import multi_positive_softmax

WIDTH_STEP = 4


@dataclass(frozen=True, slots=True)
class WorkLanguageConfig:
    """Everything that decides a run of Stage A besides its data and its encoder.

    A step sees `occupations_per_batch` occupations, four texts each; `hard_share` of them are neighbours of others,
    mined anew every `mine_every` steps; `context_share` of the second texts are skills or a description. What is
    kept is `tuned_weight` of the change, as adapters of `released_rank`. `product_dtype` bfloat16 is faster where the
    processor has it.
    """

    steps: int = 200
    occupations_per_batch: int = 64
    learning_rate: float = 1e-3
    weight_decay: float = 0.01
    temperature: float = 0.05
    rank: int = 16
    hard_share: float = 0.3
    mine_every: int = 70
    context_share: float = 0.3
    dimensions: tuple[int, ...] = ()
    chunks: int = 4
    cached_gradients: bool = False
    product_dtype: str = "float32"
    max_tokens: int = 48
    tuned_weight: float = 0.6
    released_rank: int = 16
    seed: int = 7


class WorkLanguageFit:
    """One run: the body is changed in place; `kernels_before` keeps what it was."""

    def __init__(
        self, encoder: PretrainedEncoder, occupations: Sequence[Occupation], config: WorkLanguageConfig
    ) -> None:
        keras.utils.set_random_seed(config.seed)
        self.encoder, self.config, self._occupations = encoder, config, list(occupations)
        self.kernels_before: Kernels = kernels(encoder.body)
        self._random = np.random.default_rng(config.seed)
        self._batches = OccupationBatches(
            occupations, config.occupations_per_batch, config.hard_share, config.context_share, self._random
        )
        self._neighbours = tf.Variable(self._batches.neighbours)
        with TemporaryDirectory() as folder:
            self._tokenise = encoder.open_tokeniser(Path(folder))
        body = encoder.body
        self.variables = enable_adapters(body, config.rank) if config.rank else block_kernels(body)
        self._gradients = ChunkedGradients(encoder.body, self._loss, [one.value for one in self.variables])
        schedule = keras.optimizers.schedules.PolynomialDecay(config.learning_rate, config.steps, end_learning_rate=0.0)
        self.optimizer = keras.optimizers.AdamW(
            _Warmed(schedule, max(1, config.steps // 10)),
            weight_decay=config.weight_decay,
            beta_2=0.98,
            global_clipnorm=1.0,
        )
        self.optimizer.build(self.variables)
        self._apply = tf.function(lambda gradients: self.optimizer.apply(gradients, self.variables))
        self.step = 0

    def run(
        self, checkpoints: Checkpoints | None = None, on_step: Callable[[int, float], object] = lambda *_: None
    ) -> None:
        """Train to the last step, from the newest checkpoint when there is one."""
        if checkpoints is not None:
            self.step = checkpoints.restore(self._state(), self._random)
            self._batches.neighbours = self._neighbours.numpy()
        with products_in(self.encoder.body, self.config.product_dtype):
            self._run(checkpoints, on_step)

    def _run(self, checkpoints: Checkpoints | None, on_step: Callable[[int, float], object]) -> None:
        with tqdm(total=self.config.steps, initial=self.step, desc="language of work", unit="step") as progress:
            while self.step < self.config.steps:
                if self.config.hard_share and self.step and self.step % self.config.mine_every == 0:
                    self._neighbours.assign(self._mine())
                    self._batches.neighbours = self._neighbours.numpy()
                loss = self._train_step(self._batches.draw())
                self.step += 1
                progress.set_postfix(loss=f"{loss:.3f}")
                progress.update()
                on_step(self.step, loss)
                if checkpoints is not None and self.step % checkpoints.every == 0:
                    checkpoints.save(self.step, self._state(), self._random)

    def _train_step(self, batch: OccupationBatch) -> float:
        chunks, order = self._chunks(batch)
        concepts = tf.constant(batch.occupations[order])
        excluded = tf.constant(batch.excluded[np.ix_(order, order)])

        gradients_of = self._gradients.cached if self.config.cached_gradients else self._gradients.at_once
        loss, gradients = gradients_of(chunks, concepts, excluded)
        self._apply(gradients)
        return float(loss)

    def _loss(self, vectors: Any, concepts: Any, excluded: Any) -> Any:
        widths = self.config.dimensions or None
        return multi_positive_softmax(vectors, concepts, excluded, self.config.temperature, widths)

    def _chunks(self, batch: OccupationBatch) -> tuple[list[Chunk], NDArray[np.int64]]:
        """The batch by length in a few chunks, so that short texts are not padded to the longest; and the order."""
        prefixes = {True: self.encoder.seeker_prefix, False: self.encoder.job_prefix}
        token_ids = [
            self._tokenise([text], prefixes[bool(query)], self.config.max_tokens)[0]
            for text, query in zip(batch.texts, batch.is_query, strict=True)
        ]
        order = np.argsort([len(ids) for ids in token_ids], kind="stable")
        chunks = []
        for rows in np.array_split(order, self.config.chunks):
            width = -(-max(len(token_ids[row]) for row in rows) // WIDTH_STEP) * WIDTH_STEP
            ids, mask = pad([token_ids[row] for row in rows], width, self.encoder.tokeniser.pad_id)
            chunks.append((tf.constant(ids), tf.constant(mask)))
        return chunks, order

    def _mine(self) -> NDArray[np.int64]:
        """Hard neighbours by the current vectors of each occupation's first Spanish title."""
        texts = [one.titles["es"][0] for one in self._occupations]
        vectors = encode(self.encoder, texts, self.encoder.job_prefix, self.config.max_tokens)
        return mined_neighbours(vectors, self._batches.groups)

    def _state(self) -> dict[str, Any]:
        state = {f"weight.{place}": one for place, one in enumerate(self.variables)}
        state |= {f"optimizer.{place}": one for place, one in enumerate(self.optimizer.variables)}
        return state | {"neighbours": self._neighbours}


class _Warmed(keras.optimizers.schedules.LearningRateSchedule):
    """A schedule that begins with a linear rise."""

    def __init__(self, after: keras.optimizers.schedules.LearningRateSchedule, warmup_steps: int) -> None:
        self._after, self._warmup_steps = after, warmup_steps

    def __call__(self, step: Any) -> Any:
        rise = keras.ops.minimum((keras.ops.cast(step, "float32") + 1.0) / self._warmup_steps, 1.0)
        return self._after(step) * rise


def encode(
    encoder: PretrainedEncoder, texts: Sequence[str], prefix: str, max_tokens: int = 48, batch: int = 64
) -> NDArray[np.float32]:
    """Unit vectors of the body alone, `[texts, dimension]`."""
    with TemporaryDirectory() as folder:
        token_ids = encoder.open_tokeniser(Path(folder))(texts, prefix, max_tokens)

    @tf.function(input_signature=[tf.TensorSpec([None, None], tf.int32)] * 2)
    def forward(ids: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        return keras.ops.normalize(encoder.body(ids, mask), axis=-1)

    order = np.argsort([len(ids) for ids in token_ids], kind="stable")
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        ids, mask = pad([token_ids[row] for row in rows], len(token_ids[rows[-1]]), encoder.tokeniser.pad_id)
        vectors[rows] = forward(tf.constant(ids), tf.constant(mask)).numpy()
    return vectors

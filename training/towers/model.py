"""The two towers: one shared BERT body, a residual head for each side, unit vectors, a learned temperature.

A head starts as the identity, so an untrained tower is the pretrained encoder itself.
"""

from __future__ import annotations

import math
from typing import Any

import keras
from keras import ops

from training.losses import in_batch_softmax, mean_over_prefixes, softmax_with_hard_negatives

INITIAL_TEMPERATURE = 0.05
LEAST_TEMPERATURE = 0.01


class TowerHead(keras.layers.Layer):
    """`normalise(x + x·W + b)`: vectors `[batch, dimension]` to unit vectors `[batch, dimension]`."""

    def __init__(self, dimension: int, dropout: float = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.change = keras.layers.Dense(dimension, kernel_initializer="zeros", name="change")
        self.dropout = keras.layers.Dropout(dropout, name="dropout")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Create the weights."""
        self.change.build(input_shape)
        super().build(input_shape)

    def call(self, pooled: Any, training: bool = False) -> Any:
        """Unit vectors of pooled body outputs, which are brought to length 1 first."""
        unit = ops.normalize(pooled, axis=-1)
        return ops.normalize(unit + self.change(self.dropout(unit, training=training)), axis=-1)


class TwoTowers(keras.Model):
    """Pairs of a seeker and a job to unit vectors, trained by in-batch softmax.

    Inputs, all `[batch, …]`: `seeker` and `job` are the body's outputs `[batch, dimension]` when `body` is None,
    otherwise stacked token ids and mask `[batch, 2, tokens]`; `log_q` `[batch]` is each job's log probability of
    being in a batch; `is_negative` `[batch, batch]` tells which jobs of the batch are fair negatives for a seeker.
    With hard negatives also `hard_jobs` `[batch, hard, …]`, as `job`, and `is_hard_negative` `[batch, hard]`.
    `prefixes` are lengths at which the vectors must serve as well.
    """

    def __init__(
        self,
        dimension: int,
        body: keras.Model | None = None,
        dropout: float = 0.0,
        prefixes: tuple[int, ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(name="towers", **kwargs)
        self.body, self.prefixes = body, prefixes
        self.seeker_head = TowerHead(dimension, dropout, name="seeker_head")
        self.job_head = TowerHead(dimension, dropout, name="job_head")
        for head in (self.seeker_head, self.job_head):
            head.build((None, dimension))
        self.log_temperature = self.add_weight(
            name="log_temperature",
            shape=(),
            initializer=keras.initializers.Constant(math.log(INITIAL_TEMPERATURE)),
        )
        self.built = True

    def call(self, inputs: dict[str, Any], training: bool = False) -> tuple[Any, Any]:
        """Seeker vectors and job vectors, `[batch, dimension]` each."""
        return (
            self.seeker_head(self.pooled(inputs["seeker"]), training=training),
            self.job_head(self.pooled(inputs["job"]), training=training),
        )

    def pooled(self, side: Any) -> Any:
        """The body's outputs for one side of a batch, `[batch, dimension]`."""
        return side if self.body is None else self.body(side[:, 0], side[:, 1])

    @property
    def temperature(self) -> Any:
        """The learned temperature, held above 0.01."""
        return ops.maximum(ops.exp(self.log_temperature), LEAST_TEMPERATURE)

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,  # noqa: ARG002 (Keras passes it; the pairs are the labels)
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
        **_: Any,
    ) -> Any:
        """The weighted mean softmax loss of a batch over all prefixes; `y` is unused, the pairs are the labels."""
        known = (self.temperature, x["log_q"], x["is_negative"])
        if "hard_jobs" in x:
            losses = mean_over_prefixes(
                lambda seekers, jobs, hard: softmax_with_hard_negatives(
                    seekers, jobs, hard, *known, x["is_hard_negative"]
                ),
                (*y_pred, self._hard_vectors(x["hard_jobs"], training)),
                self.prefixes,
            )
        else:
            losses = mean_over_prefixes(
                lambda seekers, jobs: in_batch_softmax(seekers, jobs, *known), y_pred, self.prefixes
            )
        weights = ops.ones_like(losses) if sample_weight is None else ops.cast(sample_weight, losses.dtype)
        return ops.sum(losses * weights) / ops.sum(weights)

    def _hard_vectors(self, hard_jobs: Any, training: bool) -> Any:
        """Job vectors `[batch, hard, dimension]` of what `hard_jobs` `[batch, hard, …]` holds."""
        batch, hard, *rest = ops.shape(hard_jobs)
        pooled = self.pooled(ops.reshape(hard_jobs, (batch * hard, *rest)))
        return ops.reshape(self.job_head(pooled, training=training), (batch, hard, -1))

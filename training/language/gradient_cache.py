"""Gradients of a loss over a batch that comes in chunks: at once, or with the memory of one chunk.

Source: Gao et al., "Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup", 2021 (GradCache): encode
every chunk without a tape, differentiate the loss by the vectors alone, then encode each chunk again and carry its
vectors' gradient down. Costs one more forward pass; the gradient is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

Chunk = tuple[tf.Tensor, tf.Tensor]
TOKENS = tf.TensorSpec([None, None], tf.int32)


class ChunkedGradients:
    """Losses and gradients of batches.

    `encode` maps token ids and mask `[texts, tokens]` to vectors `[texts, dimension]`; `loss` maps the vectors of a
    whole batch and its labels to a scalar; gradients are by `variables`.
    """

    def __init__(
        self,
        encode: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
        loss: Callable[..., tf.Tensor],
        variables: Sequence[tf.Variable],
    ) -> None:
        self._encode, self._loss, self._variables = encode, loss, list(variables)
        self._forward = tf.function(encode, input_signature=[TOKENS, TOKENS])
        self._carry = tf.function(
            self._carried_down, input_signature=[TOKENS, TOKENS, tf.TensorSpec([None, None], tf.float32)]
        )
        self._whole: dict[int, Callable[..., Any]] = {}

    def at_once(self, chunks: Sequence[Chunk], *labels: tf.Tensor) -> tuple[tf.Tensor, list[tf.Tensor]]:
        """The loss and gradients of a batch, in the memory that all of it takes."""
        if len(chunks) not in self._whole:
            # One trace for all sizes: tracing a deep encoder takes longer than many steps.
            signature = tf.nest.map_structure(_of_any_size, (tuple(chunks), *labels))
            self._whole[len(chunks)] = tf.function(self._whole_batch, input_signature=signature)
        loss, gradients = self._whole[len(chunks)](tuple(chunks), *labels)
        return loss, list(gradients)

    def cached(self, chunks: Sequence[Chunk], *labels: tf.Tensor) -> tuple[tf.Tensor, list[tf.Tensor]]:
        """The same, in the memory of one chunk."""
        parts = [self._forward(*chunk) for chunk in chunks]
        with tf.GradientTape() as tape:
            vectors = tf.concat(parts, axis=0)
            tape.watch(vectors)
            loss = self._loss(vectors, *labels)
        by_chunk = tf.split(tape.gradient(loss, vectors), [len(part) for part in parts])
        gradients = [self._carry(*chunk, part) for chunk, part in zip(chunks, by_chunk, strict=True)]
        return loss, [tf.add_n(list(of_variable)) for of_variable in zip(*gradients, strict=True)]

    def _whole_batch(self, chunks: tuple[Chunk, ...], *labels: tf.Tensor) -> Any:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(self._variables)
            loss = self._loss(tf.concat([self._forward(*chunk) for chunk in chunks], axis=0), *labels)
        return loss, [tf.convert_to_tensor(one) for one in tape.gradient(loss, self._variables)]

    def _carried_down(self, token_ids: tf.Tensor, mask: tf.Tensor, vector_gradients: tf.Tensor) -> list[tf.Tensor]:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(self._variables)
            carried = tf.reduce_sum(self._encode(token_ids, mask) * vector_gradients)
        return [tf.convert_to_tensor(one) for one in tape.gradient(carried, self._variables)]


def _of_any_size(tensor: tf.Tensor) -> tf.TensorSpec:
    return tf.TensorSpec([None] * tensor.shape.rank, tensor.dtype)

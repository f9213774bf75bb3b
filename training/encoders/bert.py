"""BERT in Keras 3, post-LayerNorm, written in `keras.ops` alone: token ids in, one pooled vector a text out.

Source: Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", 2018; exact (erf) GELU;
the text's vector is the mean of its token states, special tokens included, as the E5 models are trained.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from training.encoders.e5_file import BertShape, Checkpoint

MASKED_LOGIT = -1e4


class TransformerBlock(keras.layers.Layer):
    """Self-attention and feed-forward, each followed by a residual sum and LayerNorm: `[batch, tokens, hidden]`."""

    def __init__(self, shape: BertShape, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.heads, self.head_width = shape.heads, shape.hidden // shape.heads
        dense, norm = LowRankDense, keras.layers.LayerNormalization
        self.query = dense(shape.hidden, name="q")
        self.key = dense(shape.hidden, name="k")
        self.value = dense(shape.hidden, name="v")
        self.attention_output = dense(shape.hidden, name="ao")
        self.attention_norm = norm(epsilon=shape.layer_norm_epsilon, name="aln")
        self.feed_forward_in = dense(shape.feed_forward, name="fi")
        self.feed_forward_out = dense(shape.hidden, name="fo")
        self.output_norm = norm(epsilon=shape.layer_norm_epsilon, name="oln")
        # Set by `training.release.smoothing`: what the inputs of a kernel are multiplied by, `[hidden]`.
        self.attention_input_scale: NDArray[np.float32] | None = None
        self.feed_forward_input_scale: NDArray[np.float32] | None = None

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Create every weight for states of `[batch, tokens, hidden]`."""
        for layer in (self.query, self.key, self.value, self.attention_output, self.feed_forward_in):
            layer.build(input_shape)
        self.feed_forward_out.build((*input_shape[:-1], self.feed_forward_in.units))
        self.attention_norm.build(input_shape)
        self.output_norm.build(input_shape)
        super().build(input_shape)

    def call(self, states: Any, attention_bias: Any) -> Any:
        """New states; `attention_bias` `[batch, 1, 1, tokens]` is 0 for tokens, very negative for padding."""
        return self.feed_forward(self.attend(states, attention_bias))

    def attend(self, states: Any, attention_bias: Any) -> Any:
        """The states after self-attention, its residual sum and LayerNorm."""
        inputs = _scaled(states, self.attention_input_scale)
        queries, keys, values = (self._split(layer(inputs)) for layer in (self.query, self.key, self.value))
        logits = ops.matmul(queries, ops.transpose(keys, (0, 1, 3, 2))) * self.head_width**-0.5
        weights = ops.softmax(logits + attention_bias, axis=-1)
        mixed = ops.transpose(ops.matmul(weights, values), (0, 2, 1, 3))
        mixed = ops.reshape(mixed, (*ops.shape(mixed)[:2], self.heads * self.head_width))
        return self.attention_norm(states + self.attention_output(mixed))

    def feed_forward(self, states: Any) -> Any:
        """The states after the feed-forward layers, their residual sum and LayerNorm."""
        inner = self.feed_forward_in(_scaled(states, self.feed_forward_input_scale))
        inner = ops.gelu(inner, approximate=False)
        return self.output_norm(states + self.feed_forward_out(inner))

    def _split(self, states: Any) -> Any:
        """`[batch, tokens, hidden]` to `[batch, heads, tokens, head_width]`."""
        shape = (*ops.shape(states)[:2], self.heads, self.head_width)
        return ops.transpose(ops.reshape(states, shape), (0, 2, 1, 3))


class BertBody(keras.Model):
    """Token ids `[batch, tokens]` and mask `[batch, tokens]` (1: token, 0: padding) to vectors `[batch, hidden]`."""

    def __init__(self, shape: BertShape, vocabulary_rows: int, **kwargs: Any) -> None:
        super().__init__(name="bert", **kwargs)
        self.shape, self.vocabulary_rows = shape, vocabulary_rows
        self.word = keras.layers.Embedding(vocabulary_rows, shape.hidden, name="word")
        self.position = keras.layers.Embedding(shape.max_positions, shape.hidden, name="position")
        self.embedding_norm = keras.layers.LayerNormalization(epsilon=shape.layer_norm_epsilon, name="embedding_norm")
        self.blocks = [TransformerBlock(shape, name=f"block_{number}") for number in range(shape.layers)]

    def build(self, _input_shape: Any = None) -> None:
        """Create every weight."""
        states = (None, None, self.shape.hidden)
        self.word.build((None, None))
        self.position.build((None,))
        self.embedding_norm.build(states)
        for block in self.blocks:
            block.build(states)
        self.built = True

    def call(self, token_ids: Any, mask: Any) -> Any:
        """The mean of the last states over the tokens of each text, `[batch, hidden]`."""
        states, bias = self.embed(token_ids), attention_bias(mask)
        for block in self.blocks:
            states = block(states, bias)
        present = ops.expand_dims(ops.cast(mask, states.dtype), -1)
        return ops.sum(states * present, axis=1) / ops.maximum(ops.sum(present, axis=1), 1.0)

    def embed(self, token_ids: Any) -> Any:
        """The states before the first block, `[batch, tokens, hidden]`."""
        positions = ops.arange(ops.shape(token_ids)[1], dtype="int32")
        return self.embedding_norm(self.word(token_ids) + self.position(positions))

    def train_last_blocks(self, count: int) -> None:
        """Leave only the last `count` blocks trainable (0: none of the body)."""
        for layer in (self.word, self.position, self.embedding_norm):
            layer.trainable = False
        for number, block in enumerate(self.blocks):
            block.trainable = number >= len(self.blocks) - count


def attention_bias(mask: Any) -> Any:
    """What is added to attention logits, `[batch, 1, 1, tokens]`: 0 for tokens, very negative for padding."""
    return ops.expand_dims(1.0 - ops.cast(mask, "float32"), (1, 2)) * MASKED_LOGIT


def _scaled(states: Any, scale: NDArray[np.float32] | None) -> Any:
    return states if scale is None else states * scale


def body_from_checkpoint(checkpoint: Checkpoint) -> BertBody:
    """A body with a checkpoint's weights; token-type row 0, which every text uses, is folded into positions."""
    body = BertBody(checkpoint.shape, len(checkpoint.tensors["emb.word"]))
    body.build()
    tensors = checkpoint.tensors
    body.word.set_weights([tensors["emb.word"]])
    body.position.set_weights([tensors["emb.pos"] + tensors["emb.type"][0]])
    body.embedding_norm.set_weights([tensors["emb.ln.w"], tensors["emb.ln.b"]])
    for number, block in enumerate(body.blocks):
        for layer in (
            block.query,
            block.key,
            block.value,
            block.attention_output,
            block.attention_norm,
            block.feed_forward_in,
            block.feed_forward_out,
            block.output_norm,
        ):
            layer.set_weights(_pair(tensors, f"l{number}.{layer.name}"))
    return body


def _pair(tensors: dict[str, NDArray[np.float32]], name: str) -> list[NDArray[np.float32]]:
    return [tensors[f"{name}.w"], tensors[f"{name}.b"]]


class LowRankDense(keras.layers.Dense):
    """`x·W + (x·A)·B + b` once an adapter is enabled; W itself then needs no gradient, which would be its full size."""

    product_dtype = "float32"

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        """Outputs `[..., units]` of inputs `[..., features]`."""
        if not self.lora_enabled and self.product_dtype == "float32":
            return super().call(inputs, training=training)
        outputs = self._product(inputs, self._kernel) + self.bias
        if self.lora_enabled:
            scale = self.lora_alpha / self.lora_rank
            outputs += scale * ops.matmul(ops.matmul(inputs, self.lora_kernel_a), self.lora_kernel_b)
        return outputs

    def _product(self, inputs: Any, kernel: Any) -> Any:
        if self.product_dtype == "float32":
            return ops.matmul(inputs, kernel)
        short = (ops.cast(side, self.product_dtype) for side in (inputs, kernel))
        return ops.cast(ops.matmul(*short), "float32")


@contextmanager
def products_in(body: keras.Model, dtype: str) -> Iterator[None]:
    """Let the dense layers of `body` multiply in `dtype`, in whatever is traced within the block."""
    layers = [layer for layer in body._flatten_layers() if isinstance(layer, LowRankDense)]
    for layer in layers:
        layer.product_dtype = dtype
    try:
        yield
    finally:
        for layer in layers:
            layer.product_dtype = "float32"

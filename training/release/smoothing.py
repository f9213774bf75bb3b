"""Moves what is hard to quantise from activations into weights, so that 8 bits lose less.

Source: Xiao et al., "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language Models", 2023.
A few channels of BERT's states are far larger than the rest and spend the 8 bits of a whole token. They are divided by
s = sqrt(size of activations / size of weights) of their channel, the kernels' rows multiplied by it: the same function.
Root mean squares measure the sizes, and of the kernels that share an input the value's alone: queries and keys lose
nothing in 8 bits. Beside the paper's maxima over all three this spares a third of the error that is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from training.encoders.bert import BertBody, attention_bias

LEAST_MAGNITUDE = 1e-5


def smoothed(body: BertBody, token_ids: NDArray[np.int32], mask: NDArray[np.int32]) -> BertBody:
    """A copy of `body` that computes the same and quantises better.

    Args:
        token_ids, mask: typical texts, `[batch, tokens]` each, whose activations set the scales.
    """
    copy = BertBody(body.shape, body.vocabulary_rows)
    copy.build()
    copy.set_weights(body.get_weights())
    states, bias = body.embed(token_ids), attention_bias(mask)
    for block, new in zip(body.blocks, copy.blocks, strict=True):
        new.attention_input_scale = _smooth(states, mask, new.value, [new.query, new.key])
        attended = block.attend(states, bias)
        new.feed_forward_input_scale = _smooth(attended, mask, new.feed_forward_in)
        states = block.feed_forward(attended)
    return copy


def _smooth(
    states: Any, mask: NDArray[np.int32], layer: keras.layers.Dense, sharing: Sequence[keras.layers.Dense] = ()
) -> Floats:
    """Multiply the kernels of `layer` and of `sharing` by the s of `layer`; returns 1 / s, `[hidden]`."""
    tokens, kernel = np.asarray(states)[mask == 1], layer.get_weights()[0]
    scale = np.sqrt(_root_mean_square(tokens, axis=0) / _root_mean_square(kernel, axis=1))
    for one in (layer, *sharing):
        one.kernel.assign(one.get_weights()[0] * scale[:, None])
    inverse: Floats = (1 / scale).astype(np.float32)
    return inverse


def _root_mean_square(values: Floats, axis: int) -> Floats:
    size: Floats = np.maximum(np.sqrt(np.mean(np.square(values), axis=axis)), LEAST_MAGNITUDE)
    return size

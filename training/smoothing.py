"""Moves what is hard to quantise from activations into weights, so that 8 bits lose less.

Source: Xiao et al., "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language Models", 2023.
A few channels of BERT's states are far larger than the rest and spend the 8 bits of a whole token. They are divided by
s = sqrt(largest activation / largest weight) of their channel, the kernels' rows multiplied by it: the same function.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.bert import BertBody, attention_bias

LEAST_MAGNITUDE = 1e-5

Floats = NDArray[np.float32]


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
        new.attention_input_scale = _smooth(states, mask, [new.query, new.key, new.value])
        attended = block.attend(states, bias)
        new.feed_forward_input_scale = _smooth(attended, mask, [new.feed_forward_in])
        states = block.feed_forward(attended)
    return copy


def _smooth(states: Any, mask: NDArray[np.int32], layers: list[keras.layers.Dense]) -> Floats:
    """Multiply the layers' kernels by s; returns 1 / s, `[hidden]`."""
    tokens = np.asarray(states)[mask == 1]
    largest_activation = np.maximum(np.abs(tokens).max(axis=0), LEAST_MAGNITUDE)
    kernels: list[Floats] = [layer.get_weights()[0] for layer in layers]
    largest_weight = np.maximum(np.abs(np.concatenate(kernels, axis=1)).max(axis=1), LEAST_MAGNITUDE)
    scale = np.sqrt(largest_activation / largest_weight)
    for layer, kernel in zip(layers, kernels, strict=True):
        layer.kernel.assign(kernel * scale[:, None])
    inverse: Floats = (1 / scale).astype(np.float32)
    return inverse

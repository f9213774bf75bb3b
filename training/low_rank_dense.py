"""Keras' dense layer with its low-rank adapter kept low-rank: a third less work in training than a merged kernel."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops


class LowRankDense(keras.layers.Dense):
    """`x·W + (x·A)·B + b` once an adapter is enabled; W itself then needs no gradient, which would be its full size."""

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        """Outputs `[..., units]` of inputs `[..., features]`."""
        if not self.lora_enabled:
            return super().call(inputs, training=training)
        scale = self.lora_alpha / self.lora_rank
        low_rank = ops.matmul(ops.matmul(inputs, self.lora_kernel_a), self.lora_kernel_b)
        return ops.matmul(inputs, self._kernel) + scale * low_rank + self.bias

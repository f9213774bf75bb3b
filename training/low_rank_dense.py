"""Keras' dense layer for training on a CPU: its adapter stays low-rank, its products may be of 16 bits.

A low-rank adapter needs no gradient of its kernel's size, a third less work. Products in bfloat16 (sums in 32 bits) are
several times faster where the processor has them (AMX, AVX512-BF16); everything between them stays in 32 bits, which is
faster there and loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras
from keras import ops


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

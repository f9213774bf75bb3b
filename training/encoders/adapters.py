"""Low-rank adapters on a BERT body: trained, scaled, merged, and cut out of a full fine-tune.

Source: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021. The released form of a tuned body is two
thin matrices a kernel, in 16 bits; the public encoder itself arrives by its own package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from engine.errors import ArtifactError
from training.encoders.bert import BertBody

ADAPTED_LAYERS = ("query", "key", "value", "attention_output", "feed_forward_in", "feed_forward_out")

Kernels = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Adapter:
    """The change of one kernel, `down · up`: `[inputs, rank]` and `[rank, outputs]`."""

    down: NDArray[np.float16]
    up: NDArray[np.float16]

    def change(self) -> NDArray[np.float32]:
        """The change as a kernel, `[inputs, outputs]`."""
        product: NDArray[np.float32] = self.down.astype(np.float32) @ self.up.astype(np.float32)
        return product


def adapted_layers(body: BertBody) -> Iterator[tuple[str, keras.layers.Dense]]:
    """Every dense layer of the blocks, by the name its adapter has on disk: `block_3.query`."""
    for block in body.blocks:
        for name in ADAPTED_LAYERS:
            yield f"{block.name}.{name}", getattr(block, name)


def enable_adapters(body: BertBody, rank: int) -> list[keras.Variable]:
    """Give every kernel a trainable adapter that begins as no change at all; returns what there is to train."""
    for _, layer in adapted_layers(body):
        layer.enable_lora(rank)
    return [variable for _, layer in adapted_layers(body) for variable in (layer.lora_kernel_a, layer.lora_kernel_b)]


def block_kernels(body: BertBody) -> list[keras.Variable]:
    """The kernels themselves, to be trained whole: embeddings, biases and norms stay as they are."""
    return [layer.kernel for _, layer in adapted_layers(body)]


def kernels(body: BertBody) -> Kernels:
    """The kernels as they act, adapters included."""
    return {name: np.asarray(layer.kernel, dtype=np.float32) for name, layer in adapted_layers(body)}


def extract(tuned: Kernels, untuned: Kernels, rank: int, weight: float = 1.0) -> dict[str, Adapter]:
    """`weight` times what tuning changed, as the nearest adapters of `rank` (truncated singular values).

    The change of a body trained by adapters of that rank comes out whole.
    """
    adapters = {}
    for name, kernel in tuned.items():
        left, values, right = np.linalg.svd(weight * (kernel - untuned[name]), full_matrices=False)
        root = np.sqrt(values[:rank])
        adapters[name] = Adapter(
            (left[:, :rank] * root).astype(np.float16), (root[:, None] * right[:rank]).astype(np.float16)
        )
    return adapters


def apply(body: BertBody, adapters: Mapping[str, Adapter]) -> None:
    """Add adapters to the kernels of an untuned body, for good.

    Raises:
        ArtifactError: the adapters belong to another body.
    """
    layers = dict(adapted_layers(body))
    if layers.keys() != adapters.keys():
        raise ArtifactError(
            "these adapters belong to another encoder",
            expected=f"{len(layers)} kernels of {body.shape.layers} blocks",
            got=f"{len(adapters)} kernels",
        )
    for name, layer in layers.items():
        kernel, change = layer.get_weights()[0], adapters[name].change()
        if kernel.shape != change.shape:
            raise ArtifactError(
                f"the adapter of {name} belongs to another encoder",
                expected=" × ".join(map(str, kernel.shape)),
                got=" × ".join(map(str, change.shape)),
            )
        layer.set_weights([kernel + change, layer.get_weights()[1]])


def to_tensors(adapters: Mapping[str, Adapter]) -> dict[str, NDArray[Any]]:
    """Adapters as the flat tensors of a safetensors file."""
    pairs = ((name, adapter) for name, adapter in adapters.items())
    return {
        f"{name}.{side}": np.ascontiguousarray(getattr(adapter, side))
        for name, adapter in pairs
        for side in ("down", "up")
    }


def from_tensors(tensors: Mapping[str, NDArray[Any]]) -> dict[str, Adapter]:
    """The adapters of a safetensors file."""
    names = dict.fromkeys(name.rpartition(".")[0] for name in tensors)
    return {name: Adapter(tensors[f"{name}.down"], tensors[f"{name}.up"]) for name in names}

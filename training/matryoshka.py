"""Matryoshka loss: the mean over prefixes of the vectors, so that one model serves 384, 256, 128 and 64 dimensions.

Kusupati et al., "Matryoshka Representation Learning", NeurIPS 2022.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from keras import ops


def mean_over_prefixes(loss: Callable[..., Any], vectors: Sequence[Any], dimensions: Sequence[int]) -> Any:
    """`loss(*vectors)` averaged over the whole vectors and over them cut to each of `dimensions`.

    Args:
        loss: takes unit vectors `[..., dimension]` in the order of `vectors`, gives one tensor.
        vectors: unit vectors `[..., dimension]`; a prefix is brought to length 1 again.
        dimensions: lengths of the prefixes; those that are not shorter than the vectors add nothing.
    """
    whole = int(vectors[0].shape[-1])
    losses = [loss(*vectors)]
    losses += [loss(*(unit_prefix(side, length) for side in vectors)) for length in dimensions if length < whole]
    return sum(losses[1:], start=losses[0]) / len(losses)


def unit_prefix(vectors: Any, length: int) -> Any:
    """The first `length` coordinates of `[..., dimension]`, brought to length 1."""
    return ops.normalize(vectors[..., :length], axis=-1)

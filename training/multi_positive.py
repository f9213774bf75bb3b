"""The contrastive loss over texts of concepts: every other text of the same concept is a positive.

Source: Khosla et al., "Supervised Contrastive Learning", 2020, their L_out.
"""

from __future__ import annotations

from typing import Any

from keras import ops

from training.losses import EXCLUDED_LOGIT


def multi_positive_softmax(
    vectors: Any, concepts: Any, excluded: Any, temperature: float, dimensions: tuple[int, ...] | None = None
) -> Any:
    """The mean loss of a batch, a scalar; over every prefix in `dimensions`, so that each is a vector of its own.

    Args:
        vectors: `[batch, dimension]`, any length. concepts: int `[batch]`.
        excluded: bool `[batch, batch]`; pairs that count neither as match nor as negative (a text with itself, the
            same words twice, neighbours that may well be the same thing).
        dimensions: widths of the prefixes (Kusupati et al., "Matryoshka Representation Learning", 2022).
    """
    widths = dimensions or (vectors.shape[-1],)
    losses = [_one_width(vectors[:, :width], concepts, excluded, temperature) for width in widths]
    return sum(losses[1:], losses[0]) / len(widths)


def _one_width(vectors: Any, concepts: Any, excluded: Any, temperature: float) -> Any:
    unit = ops.normalize(vectors, axis=-1)
    allowed = ops.logical_not(excluded)
    logits = ops.where(allowed, ops.matmul(unit, ops.transpose(unit)) / temperature, EXCLUDED_LOGIT)
    log_softmax = logits - ops.logsumexp(logits, axis=1, keepdims=True)
    same = ops.equal(ops.expand_dims(concepts, 0), ops.expand_dims(concepts, 1))
    positive = ops.cast(ops.logical_and(same, allowed), "float32")
    count = ops.sum(positive, axis=1)
    of_text = -ops.sum(positive * log_softmax, axis=1) / ops.maximum(count, 1.0)
    asked = ops.cast(count > 0, "float32")
    return ops.sum(of_text * asked) / ops.maximum(ops.sum(asked), 1.0)

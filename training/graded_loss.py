"""The retrieval loss with hard negatives: extra columns of the softmax, each seeker's own."""

from __future__ import annotations

from typing import Any

from keras import ops

from training.losses import (
    EXCLUDED_LOGIT,
    correct_for_sampling,
    cross_entropy_of_diagonal,
    mask_accidental_hits,
)


def softmax_with_hard_negatives(
    seeker_vectors: Any,
    job_vectors: Any,
    hard_vectors: Any,
    temperature: Any,
    log_q: Any,
    is_negative: Any,
    is_hard_negative: Any,
) -> Any:
    """`in_batch_softmax` whose seekers are also held against `hard` jobs of their own, `[batch]`.

    Args:
        seeker_vectors, job_vectors, temperature, log_q, is_negative: as for `in_batch_softmax`.
        hard_vectors: unit vectors of each seeker's hard negatives, `[batch, hard, dimension]`. They are chosen, not
            sampled by popularity, so log Q is not taken off them.
        is_hard_negative: bool `[batch, hard]`; False where a column only fills the shape.
    """
    logits = ops.matmul(seeker_vectors, ops.transpose(job_vectors)) / temperature
    logits = mask_accidental_hits(correct_for_sampling(logits, log_q), is_negative)
    hard_logits = ops.einsum("bd,bhd->bh", seeker_vectors, hard_vectors) / temperature
    hard_logits = ops.where(ops.cast(is_hard_negative, "bool"), hard_logits, EXCLUDED_LOGIT)
    of_seekers = ops.logsumexp(ops.concatenate([logits, hard_logits], axis=1), axis=1) - ops.diagonal(logits)
    return (of_seekers + cross_entropy_of_diagonal(ops.transpose(logits))) / 2

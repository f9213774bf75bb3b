"""The retrieval loss: in-batch softmax over both directions, as a fixed sequence of named steps."""

from __future__ import annotations

from typing import Any

from keras import ops

EXCLUDED_LOGIT = -1e9


def in_batch_softmax(seeker_vectors: Any, job_vectors: Any, temperature: Any, log_q: Any, is_negative: Any) -> Any:
    """The loss of each pair of a batch, `[batch]`: how surprising its job is among the batch's, and its seeker too.

    Args:
        seeker_vectors, job_vectors: unit vectors of the pairs, `[batch, dimension]` each.
        temperature: scalar; cosines are divided by it.
        log_q: log of how often each job is expected in a batch, `[batch]`: its negatives then stand for the whole
            catalogue's.
        is_negative: bool `[batch, batch]`; entry (i, j) is False where job j must not be held against seeker i:
            the same job again, another job that seeker i was placed in, or the diagonal.
    """
    logits = ops.matmul(seeker_vectors, ops.transpose(job_vectors)) / temperature
    corrected = correct_for_sampling(logits, log_q)
    logits = mask_accidental_hits(corrected, is_negative)
    return (cross_entropy_of_diagonal(logits) + cross_entropy_of_diagonal(ops.transpose(logits))) / 2


def correct_for_sampling(logits: Any, log_q: Any) -> Any:
    """Logits `[batch, batch]` with log Q subtracted from the negatives alone.

    A popular job is a negative more often than chance; the positive was not sampled, so it is left as it is
    (Khrylchenko et al., "Correcting the LogQ Correction", RecSys 2025).
    """
    size = ops.shape(logits)[0]
    off_diagonal = 1.0 - ops.eye(size, dtype=logits.dtype)
    return logits - off_diagonal * ops.expand_dims(ops.cast(log_q, logits.dtype), 0)


def mask_accidental_hits(logits: Any, is_negative: Any) -> Any:
    """Logits with every entry that is neither a pair nor a fair negative taken out of the softmax."""
    is_pair = ops.cast(ops.eye(ops.shape(logits)[0]), "bool")
    return ops.where(ops.logical_or(is_pair, ops.cast(is_negative, "bool")), logits, EXCLUDED_LOGIT)


def cross_entropy_of_diagonal(logits: Any) -> Any:
    """For each row of `[batch, batch]`, minus the log softmax of its own pair, `[batch]`."""
    return ops.logsumexp(logits, axis=1) - ops.diagonal(logits)

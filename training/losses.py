"""The retrieval loss: in-batch softmax over both directions, as a fixed sequence of named steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    has_positive = ops.cast(count > 0, "float32")
    return ops.sum(of_text * has_positive) / ops.maximum(ops.sum(has_positive), 1.0)

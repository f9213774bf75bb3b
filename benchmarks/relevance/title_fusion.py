"""Everything that serving could afford for titles: vectors, characters, and what the best found titles find themselves.

The three numbers were chosen on unit groups of ESCO that no training saw, never on a test.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.relevance.lexical import Scores, character_tfidf_scores

Floats = NDArray[np.float32]
LEXICAL_WEIGHT = 0.1
EXPANSION_TITLES, EXPANSION_TEMPERATURE = 20, 0.7


def fused_scores(
    queries: Sequence[str], corpus: Sequence[str], query_vectors: Floats, corpus_vectors: Floats
) -> Scores:
    """Scores `[rows, corpus]` of a slice of the queries: standardised cosines and character TF-IDF, then the same
    scores of the best titles found, averaged, on top (pseudo-relevance feedback: Rocchio, 1971).

    Args:
        query_vectors: unit vectors `[queries, dimension]`. corpus_vectors: `[corpus, dimension]`, of one tower.
    """
    characters = character_tfidf_scores([*queries, *corpus], corpus)

    def first_pass(rows: slice | NDArray[np.int64], vectors: Floats, lexical: Floats) -> Floats:
        return _standardised(vectors[rows] @ corpus_vectors.T) + LEXICAL_WEIGHT * _standardised(lexical)

    def scores(rows: slice) -> Floats:
        found = first_pass(rows, query_vectors, characters(rows))
        best = np.argsort(-found, axis=1, kind="stable")[:, :EXPANSION_TITLES]
        weights = _softmax(np.take_along_axis(found, best, axis=1) / EXPANSION_TEMPERATURE)
        needed, places = np.unique(best, return_inverse=True)
        of_titles = first_pass(needed, corpus_vectors, characters(needed + len(queries)))
        expansion = np.stack(
            [weight @ of_titles[chosen] for weight, chosen in zip(weights, places.reshape(best.shape), strict=True)]
        )
        return np.asarray(found + expansion, dtype=np.float32)

    return scores


def _standardised(scores: Floats) -> Floats:
    """Each query's scores with mean 0 and deviation 1 over the corpus."""
    spread = scores.std(axis=1, keepdims=True)
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9), dtype=np.float32)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)

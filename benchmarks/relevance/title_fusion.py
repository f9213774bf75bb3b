"""What serving could afford for titles beyond one vector: a classification of occupations, and a second pass.

A query is moved towards the occupations whose titles are nearest to it, then what the best found titles find themselves
is added (pseudo-relevance feedback: Rocchio, 1971). The numbers were chosen on unit groups of ESCO that no training
saw, with every title of the query's own occupation left out; never on a test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.relevance.encoders import TextEncoder
from benchmarks.relevance.lexical import Scores
from training.esco import read_esco

Floats = NDArray[np.float32]
TITLES_OF_A_LANGUAGE = 4
NEAREST_OCCUPATIONS, NEARNESS_TEMPERATURE, OCCUPATION_WEIGHT = 5, 0.02, 4.0
EXPANSION_TITLES, EXPANSION_TEMPERATURE = 20, 0.7
QUERIES_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class OccupationTitles:
    """The first titles of every occupation in each language, and the row of the occupation of each."""

    titles: list[str]
    occupations: NDArray[np.int64]

    @classmethod
    def read(cls, esco: Path) -> OccupationTitles:
        """Of an ESCO download; raises InvalidInputError as `read_esco` does."""
        pairs = [
            (title, row)
            for row, occupation in enumerate(read_esco(esco).occupations)
            for titles in occupation.titles.values()
            for title in titles[:TITLES_OF_A_LANGUAGE]
        ]
        return cls([title for title, _ in pairs], np.array([row for _, row in pairs], dtype=np.int64))


def with_occupations(query_vectors: Floats, title_vectors: Floats, occupations: NDArray[np.int64]) -> Floats:
    """Queries `[queries, dimension]` moved towards their nearest occupations, unit vectors again.

    Args:
        title_vectors: unit vectors of the occupations' titles `[titles, dimension]`, those of one occupation together.
        occupations: the occupation of each title `[titles]`, rising.
    """
    starts = np.flatnonzero(np.diff(occupations, prepend=-1))
    centres = _unit(np.add.reduceat(title_vectors, starts, axis=0))
    moved = [
        _moved(query_vectors[start : start + QUERIES_AT_ONCE], title_vectors, starts, centres)
        for start in range(0, len(query_vectors), QUERIES_AT_ONCE)
    ]
    return np.concatenate(moved)


def fused_scores(encoder: TextEncoder, queries: Sequence[str], corpus: Sequence[str], esco: OccupationTitles) -> Scores:
    """Scores `[rows, corpus]` of a slice of the queries, by an encoder that reads both sides alike."""
    corpus_vectors = encoder.corpus(corpus)
    moved = with_occupations(encoder.queries(queries), encoder.corpus(esco.titles), esco.occupations)

    def scores(rows: slice) -> Floats:
        return with_second_pass(moved[rows], corpus_vectors)

    return scores


def with_second_pass(query_vectors: Floats, corpus_vectors: Floats) -> Floats:
    """Standardised cosines `[queries, corpus]` plus those of each query's best titles, weighed by how good they are."""
    found = _standardised(query_vectors @ corpus_vectors.T)
    best = np.argsort(-found, axis=1, kind="stable")[:, :EXPANSION_TITLES]
    weights = _softmax(np.take_along_axis(found, best, axis=1) / EXPANSION_TEMPERATURE)
    needed, places = np.unique(best, return_inverse=True)
    of_titles = _standardised(corpus_vectors[needed] @ corpus_vectors.T)
    expansion = np.stack(
        [weight @ of_titles[chosen] for weight, chosen in zip(weights, places.reshape(best.shape), strict=True)]
    )
    return np.asarray(found + expansion, dtype=np.float32)


def _moved(queries: Floats, titles: Floats, starts: NDArray[np.int64], centres: Floats) -> Floats:
    nearness = np.maximum.reduceat(queries @ titles.T, starts, axis=1)
    nearest = np.argsort(-nearness, axis=1, kind="stable")[:, :NEAREST_OCCUPATIONS]
    weights = _softmax(np.take_along_axis(nearness, nearest, axis=1) / NEARNESS_TEMPERATURE)
    return _unit(queries + OCCUPATION_WEIGHT * np.einsum("qk,qkd->qd", weights, centres[nearest]))


def _standardised(scores: Floats) -> Floats:
    """Each query's scores with mean 0 and deviation 1 over the corpus."""
    spread = scores.std(axis=1, keepdims=True)
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9), dtype=np.float32)


def _softmax(scores: NDArray[np.floating[Any]]) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)

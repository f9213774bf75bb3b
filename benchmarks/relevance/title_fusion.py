"""What serving could afford for titles beyond one vector: a classification of occupations, and a second pass.

Two ways to rank, for two questions. Which occupation is this, and by what titles does it go: occupations are ranked,
and titles by the occupations they belong to. Which titles are like this one: what the best found titles find
themselves is added. What is computed of the corpus alone belongs to building an index. The numbers were chosen on unit
groups of ESCO that no training saw and on the categories of real ads (computrabajo-ec), never on a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.relevance.encoders import TextEncoder
from benchmarks.relevance.lexical import Scores
from engine.arrays import Floats
from training.language.esco import read_esco

NEAREST_OCCUPATIONS, NEARNESS_TEMPERATURE = 10, 0.02
OCCUPATION_SHARE = 0.95
MOVED_BY = 0.5
EXPANSION_TITLES, EXPANSION_TEMPERATURE, EXPANSION_WEIGHT = 50, 1.0, 2.0
TITLES_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class OccupationTitles:
    """The titles of every occupation in each language, and the row of the occupation of each, rising."""

    titles: list[str]
    occupations: NDArray[np.int64]

    @classmethod
    def read(cls, esco: Path) -> OccupationTitles:
        """Of an ESCO download; raises InvalidInputError as `read_esco` does."""
        pairs = [
            (title, row)
            for row, occupation in enumerate(read_esco(esco).occupations)
            for titles in occupation.titles.values()
            for title in titles
        ]
        return cls([title for title, _ in pairs], np.array([row for _, row in pairs], dtype=np.int64))


class Occupations:
    """Occupations as an encoder sees them: the vectors of their titles, and the centre of each."""

    def __init__(self, title_vectors: Floats, occupations: NDArray[np.int64]) -> None:
        """Take unit vectors `[titles, dimension]` and the occupation of each title `[titles]`, rising."""
        self._titles = title_vectors
        self._starts = np.flatnonzero(np.diff(occupations, prepend=-1))
        self.centres = _unit(np.add.reduceat(title_vectors, self._starts, axis=0))

    def nearness(self, vectors: Floats) -> Floats:
        """How near each occupation is, `[texts, occupations]`: the mean of its nearest title's cosine and its
        centre's."""
        return np.asarray((self._nearest_title(vectors) + vectors @ self.centres.T) / 2, dtype=np.float32)

    def belonging(self, vectors: Floats) -> csr_matrix:
        """To which occupations texts belong, `[texts, occupations]`: shares of the ten nearest, each row's sum 1."""
        blocks = [self._nearest(block) for block in _blocks(vectors)]
        columns, shares = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
        pointers = np.arange(0, shares.size + 1, shares.shape[1])
        return csr_matrix((shares.ravel(), columns.ravel(), pointers), shape=(len(vectors), len(self.centres)))

    def _nearest(self, vectors: Floats) -> tuple[NDArray[np.int64], Floats]:
        nearness = self._nearest_title(vectors)
        nearest = np.argsort(-nearness, axis=1, kind="stable")[:, :NEAREST_OCCUPATIONS]
        return nearest, _softmax(np.take_along_axis(nearness, nearest, axis=1) / NEARNESS_TEMPERATURE)

    def _nearest_title(self, vectors: Floats) -> Floats:
        return np.asarray(np.maximum.reduceat(vectors @ self._titles.T, self._starts, axis=1), dtype=np.float32)


def as_seen_by(encoder: TextEncoder, esco: OccupationTitles) -> Occupations:
    """The occupations by an encoder that reads both sides alike."""
    return Occupations(encoder.corpus(esco.titles), esco.occupations)


def scores_by_occupation(queries: Floats, corpus: Floats, occupations: Occupations, belonging: csr_matrix) -> Scores:
    """Cosines of `queries` and `corpus`, and mostly those of the query and the occupations a title belongs to.

    `belonging` is that of the corpus.
    """

    def scores(rows: slice) -> Floats:
        by_occupation = (belonging @ occupations.nearness(queries[rows]).T).T
        own = queries[rows] @ corpus.T
        return np.asarray((1 - OCCUPATION_SHARE) * own + OCCUPATION_SHARE * by_occupation, dtype=np.float32)

    return scores


def scores_with_second_pass(queries: Floats, corpus: Floats, occupations: Occupations, belonging: csr_matrix) -> Scores:
    """Cosines with a corpus whose titles have been moved towards their occupations, and a second pass.

    `belonging` is that of the corpus.
    """
    expected = np.asarray(belonging @ occupations.centres, dtype=np.float32)
    moved = _unit(corpus + MOVED_BY * expected)
    return lambda rows: with_second_pass(queries[rows] @ moved.T, moved)


def with_second_pass(first: Floats, corpus: Floats) -> Floats:
    """Standardised scores `[queries, titles]` plus the cosines of each query's best titles, weighed by how good they
    are (pseudo-relevance feedback: Rocchio, 1971).

    Args:
        first: scores of a first pass.
        corpus: unit vectors by which titles find titles, `[titles, dimension]`.
    """
    found = _standardised(first)
    best = np.argsort(-found, axis=1, kind="stable")[:, :EXPANSION_TITLES]
    weights = _softmax(np.take_along_axis(found, best, axis=1) / EXPANSION_TEMPERATURE)
    needed, places = np.unique(best, return_inverse=True)
    of_titles = _standardised(corpus[needed] @ corpus.T)
    expansion = np.stack(
        [weight @ of_titles[chosen] for weight, chosen in zip(weights, places.reshape(best.shape), strict=True)]
    )
    return np.asarray(found + EXPANSION_WEIGHT * expansion, dtype=np.float32)


def _blocks(vectors: Floats) -> Iterator[Floats]:
    return (vectors[start : start + TITLES_AT_ONCE] for start in range(0, len(vectors), TITLES_AT_ONCE))


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

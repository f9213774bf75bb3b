"""Real vectors grown to any number of jobs, queries, and filters of known selectivity with their exact answers.

A grown vector lies between a real posting and one of its ten nearest (SMOTE: Chawla et al., 2002), plus isotropic
noise: so the cloud keeps the few directions in which real postings differ, and no vector stands twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows, Vectors
from index.backends.planning import recall_by_cosine

NEIGHBOURS, NOISE_NORM = 10, 0.1
ROWS_PER_CHUNK = 100_000
BUCKETS = 1_000_000
SELECTIVITIES = (1.0, 0.5, 0.1, 0.01, 0.001, 0.0001)


@dataclass(frozen=True, slots=True)
class Grown:
    """N job vectors `[N, dimension]`, and the real posting each was grown from, `source` `[N]`."""

    vectors: Vectors
    source: Rows


def grow(real: Vectors, count: int, seed: int = 0) -> Grown:
    """`count` unit vectors resampled from `real` `[P, dimension]`: the first P are the real ones where they fit."""
    vectors = np.empty((count, real.shape[1]), dtype=np.float32)
    return Grown(vectors, _grow_into(vectors, real, count, seed))


def grow_to_file(real: Vectors, count: int, path: Path, dtype: type[np.floating[Any]], seed: int = 0) -> None:
    """The vectors of `grow` in a new file, `[count, dimension]`, without holding them all."""
    vectors = np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=(count, real.shape[1]))
    _grow_into(vectors, real, count, seed)
    vectors.flush()


def _grow_into(vectors: NDArray[np.floating[Any]], real: Vectors, count: int, seed: int) -> Rows:
    random = np.random.default_rng(seed)
    neighbours = _neighbours(real)
    source = np.concatenate(
        [np.arange(min(len(real), count)), random.integers(0, len(real), max(count - len(real), 0))]
    )
    vectors[: len(real)] = real[:count]
    for start in range(len(real), count, ROWS_PER_CHUNK):
        rows = slice(start, min(start + ROWS_PER_CHUNK, count))
        own = real[source[rows]]
        other = real[neighbours[source[rows], random.integers(0, NEIGHBOURS, len(own))]]
        share = random.random((len(own), 1), dtype=np.float32)
        noise = random.standard_normal(own.shape, dtype=np.float32) * np.float32(NOISE_NORM / real.shape[1] ** 0.5)
        vectors[rows] = unit(own + share * (other - own) + noise)
    return source


def buckets(count: int, seed: int = 1) -> NDArray[np.int32]:
    """A number from 0 to 999,999 for each job, `[count]`: `bucket < share * 1,000,000` passes about that share."""
    return np.random.default_rng(seed).integers(0, BUCKETS, count, dtype=np.int32)


def exact_rows(vectors: Vectors, queries: Vectors, eligible: NDArray[np.bool_] | None, depth: int) -> Rows:
    """The `depth` nearest eligible jobs of each query, `[Q, depth]`; -1 where fewer are eligible."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    rows = None if eligible is None else np.flatnonzero(eligible)
    index.add(vectors if rows is None else vectors[rows])
    _, found = index.search(queries, depth)
    if rows is None:
        return np.asarray(found)
    return np.where(found >= 0, rows[np.maximum(found, 0)] if len(rows) else -1, -1)


def recall(found: Sequence[Sequence[int]], exact: Rows, vectors: Vectors, queries: Vectors) -> float:
    """Share of the places in the exact answers `[Q, depth]` that were filled by a job as near as the last of them.

    Real postings stand in twice: of equally near jobs any counts (as in ann-benchmarks; Aumüller et al., 2020).
    """
    triples = list(zip(found, exact, queries, strict=False))
    return recall_by_cosine(
        [vectors[np.asarray(got, dtype=np.int64)] @ query for got, _, query in triples],
        [vectors[best[best >= 0]] @ query for _, best, query in triples],
    )


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1."""
    scaled: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


def _neighbours(real: Vectors) -> Rows:
    """The ten nearest other postings of each, `[P, 10]`, among at least eleven."""
    index = faiss.IndexFlatIP(real.shape[1])
    index.add(real)
    _, found = index.search(real, NEIGHBOURS + 1)
    return np.asarray(found[:, 1:])

"""Exact nearest jobs in plain NumPy: what every search is measured against."""

from __future__ import annotations

import numpy as np

from engine.arrays import BoolArray, Doubles, Rows, Vectors

JOBS, DIMENSION = 3000, 24
ROUNDING = 1e-6


def unit(vectors: Doubles) -> Vectors:
    """The vectors, each of length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)


def exact_search(vectors: Vectors, query: Vectors, eligible: BoolArray, count: int) -> tuple[Rows, Vectors]:
    """Rows and cosines of the `count` nearest eligible jobs, nearest first; equal cosines by lower row.

    Args:
        vectors: unit vectors `[N, dimension]`. query: a unit vector `[dimension]`. eligible: `[N]`.
    """
    rows = np.flatnonzero(eligible)
    cosines = vectors[rows] @ query
    order = np.lexsort((rows, -cosines))[:count]
    return rows[order], cosines[order]


def require_nearest(
    rows: Rows, cosines: Vectors, vectors: Vectors, query: Vectors, eligible: BoolArray, count: int
) -> None:
    """Raise AssertionError where `rows`, with their `cosines`, are not the `count` nearest eligible jobs.

    Cosines are as near as sums in another order are: of two jobs that differ by less, either may come first.
    """
    assert eligible[rows].all()
    assert len(set(rows.tolist())) == len(rows) == min(count, int(eligible.sum()))
    assert rows.tolist() == rows[np.lexsort((rows, -cosines))].tolist()
    np.testing.assert_allclose(cosines, vectors[rows] @ query, atol=ROUNDING)
    np.testing.assert_allclose(cosines, exact_search(vectors, query, eligible, count)[1], atol=ROUNDING)

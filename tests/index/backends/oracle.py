"""Exact nearest jobs in plain NumPy: what every other search is measured against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def exact_search(
    vectors: NDArray[np.float32], query: NDArray[np.float32], eligible: NDArray[np.bool_], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Rows and cosines of the `count` nearest eligible jobs, nearest first; equal cosines by lower row.

    Args:
        vectors: unit vectors `[N, dimension]`. query: a unit vector `[dimension]`. eligible: `[N]`.
    """
    rows = np.flatnonzero(eligible)
    cosines = vectors[rows] @ query
    order = np.lexsort((rows, -cosines))[:count]
    return rows[order], cosines[order]

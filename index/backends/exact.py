"""Nearest eligible jobs exactly: every eligible job is scored, by products that FAISS sums."""

from __future__ import annotations

from collections.abc import Sequence

import faiss
import numpy as np

from engine.arrays import AnyVectors, Rows, Vectors
from engine.filtering.bitmaps import RowBitmap
from engine.filtering.compiled import CompiledFilter
from engine.retrieval.searcher import Found, Plan, PlanKind

ROWS_PER_CHUNK = 16_384
# How far a cosine may lie from the same one summed in another order, a dimension: twice the bound for unit vectors of
# 32 bits, 2**-24 (Higham, Accuracy and Stability of Numerical Algorithms, 2002, 3.1).
ROUNDING_PER_DIMENSION = 2.0**-23


class ExactSearch:
    """Search over vectors `[N, dimension]` of 32 bits or 16, which may be mapped from disk."""

    def __init__(self, vectors: AnyVectors) -> None:
        self.vectors: AnyVectors = np.asarray(vectors)

    def search(self, query: Vectors, eligible: CompiledFilter, count: int) -> Found:
        """The `count` nearest jobs that pass, to a unit vector `[dimension]`; all of them when there are fewer."""
        return self.nearest(query, eligible.bitmap, count)

    def cosines(self, query: Vectors, rows: Rows) -> Vectors:
        """The cosines of some rows with a unit vector `[dimension]`, `[len(rows)]`."""
        return cosines_of(self.vectors, query, rows)

    def vector(self, row: int) -> Vectors:
        """The unit vector of a row, `[dimension]`."""
        vector: Vectors = self.vectors[row].astype(np.float32)
        return vector

    def search_many(self, queries: Vectors, eligible: Sequence[CompiledFilter], counts: Sequence[int]) -> list[Found]:
        """What `search` finds for each of `queries` `[Q, dimension]`."""
        return self.nearest_of_each(queries, [one.bitmap for one in eligible], counts)

    def nearest(self, query: Vectors, eligible: RowBitmap, count: int) -> Found:
        """What `search` finds among the rows of a bitmap."""
        one_thread()
        return Found(*self.nearest_rows(query, eligible, count), Plan(PlanKind.EXACT))

    def nearest_of_each(self, queries: Vectors, eligible: Sequence[RowBitmap], counts: Sequence[int]) -> list[Found]:
        """What `nearest` finds for each of `queries` `[Q, dimension]`: all are scored in one product."""
        if self.vectors.dtype != np.float32 or not len(self.vectors):
            return [self.nearest(*search_args) for search_args in zip(queries, eligible, counts, strict=True)]
        one_thread()
        products = queries @ self.vectors.T
        return [self._nearest_by(*search_args) for search_args in zip(products, queries, eligible, counts, strict=True)]

    def nearest_rows(self, query: Vectors, eligible: RowBitmap, count: int) -> tuple[Rows, Vectors]:
        """Rows and cosines of what `nearest` finds."""
        if eligible.is_everything and self.vectors.dtype == np.float32:
            cosines = all_cosines(self.vectors, query)
            return nearest_first(np.arange(len(cosines)), cosines, count)
        return self.nearest_among(query, eligible.rows(), count)

    def nearest_among(self, query: Vectors, rows: Rows, count: int) -> tuple[Rows, Vectors]:
        """The nearest `count` of some rows, and their cosines."""
        return nearest_first(rows, cosines_of(self.vectors, query, rows), count)

    def nearest_cosines(self, queries: Vectors, filters: Sequence[RowBitmap], depth: int) -> list[list[Vectors]]:
        """For each filter the cosines of every query's nearest jobs, nearest first, in one pass over the vectors."""
        masks = [eligible.mask() for eligible in filters]
        best = np.full((len(filters), len(queries), depth), -np.inf, dtype=np.float32)
        for start in range(0, len(self.vectors), ROWS_PER_CHUNK):
            chunk = slice(start, start + ROWS_PER_CHUNK)
            products = queries @ self.vectors[chunk].astype(np.float32).T
            for number, mask in enumerate(masks):
                together = np.concatenate([best[number], products[:, mask[chunk]]], axis=1)
                best[number] = np.partition(together, together.shape[1] - depth, axis=1)[:, -depth:]
        return [[row[np.isfinite(row)] for row in rows] for rows in -np.sort(-best, axis=2)]

    def _nearest_by(self, products: Vectors, query: Vectors, eligible: RowBitmap, count: int) -> Found:
        """Exactly what `nearest` finds: products `[N]` of many rows at once differ from its own in their last bits, so
        all that may be among the nearest `count` by them are scored as it scores them."""
        rows = eligible.rows()
        if len(rows) > count:
            likely = products[rows]
            least = np.partition(likely, len(likely) - count)[len(likely) - count]
            rows = rows[likely >= least - 2 * ROUNDING_PER_DIMENSION * len(query)]
        return Found(*self.nearest_among(query, rows, count), Plan(PlanKind.EXACT))


def one_thread() -> None:
    """Every thread has a number of its own; more would wait for each other longer than a search takes."""
    faiss.omp_set_num_threads(1)


def nearest_first(rows: Rows, cosines: Vectors, count: int) -> tuple[Rows, Vectors]:
    """The nearest `count`, nearest first; of equal cosines the lower rows."""
    if count < len(rows):
        least = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
        selected = np.flatnonzero(cosines >= least)
        rows, cosines = rows[selected], cosines[selected]
    order = np.lexsort((rows, -cosines))[:count]
    return rows[order], cosines[order]


def all_cosines(vectors: Vectors, query: Vectors) -> Vectors:
    """Cosines of all rows of unit `vectors` `[N, dimension]` of 32 bits, to the last bit those of `cosines_of`."""
    query, cosines = np.ascontiguousarray(query, dtype=np.float32), np.empty(len(vectors), dtype=np.float32)
    if len(vectors):
        pointers = (faiss.swig_ptr(array) for array in (cosines, query, vectors))
        faiss.fvec_inner_products_ny(*pointers, len(query), len(vectors))
    return cosines


def cosines_of(vectors: AnyVectors, query: Vectors, rows: Rows) -> Vectors:
    """Cosines of some rows of unit `vectors` `[N, dimension]`, read where they lie: gathering takes twice as long.

    A cosine is a matter of its two vectors alone: a product of matrices sums it in an order that the other rows decide.
    """
    query = np.ascontiguousarray(query, dtype=np.float32)
    cosines = np.empty(len(rows), dtype=np.float32)
    if vectors.dtype != np.float32:
        for start in range(0, len(rows), ROWS_PER_CHUNK):
            chunk = slice(start, start + ROWS_PER_CHUNK)
            cosines[chunk] = all_cosines(vectors[rows[chunk]].astype(np.float32), query)
        return cosines
    if len(rows):
        pointers = (faiss.swig_ptr(array) for array in (cosines, query, vectors, rows))
        faiss.fvec_inner_products_by_idx(*pointers, len(query), 1, len(rows))
    return cosines

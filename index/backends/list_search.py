"""Nearest eligible jobs: exactly, or through inverted lists whose candidates are scored again with the full vectors."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np

from engine.arrays import AnyVectors, Rows, Vectors
from engine.filtering.bitmaps import RowBitmap
from engine.retrieval.searcher import Found, Plan, PlanKind
from index.backends.lists import ListRows, open_lists
from index.backends.planning import PlanCosts, Ways, measure_costs, recall_by_cosine

# Codes of 4 bits only roughly order what they find: of four times as many the full vectors choose.
LEAST_DEPTH, DEPTH_PER_RESULT = 800, 4
ROWS_PER_CHUNK = 16_384
# How far a cosine may lie from the same one summed in another order, a dimension: twice the bound for unit vectors of
# 32 bits, 2**-24 (Higham, Accuracy and Stability of Numerical Algorithms, 2002, 3.1).
ROUNDING_PER_DIMENSION = 2.0**-23


class FaissSearcher:
    """Search over one bundle's vectors `[N, dimension]` and lists (None: always exact); both may be mapped from disk.

    `costs` are the bundle's own; without them every search is exact. Vectors may have 32 bits or 16.
    """

    def __init__(self, vectors: AnyVectors, lists: faiss.Index | None = None, costs: PlanCosts | None = None) -> None:
        self._vectors: AnyVectors = np.asarray(vectors)
        self._lists = lists
        self._list_rows = None if lists is None else ListRows(lists, len(self._vectors))
        self._costs = costs or PlanCosts()

    @classmethod
    def open(cls, vectors: AnyVectors, lists_file: Path, costs: PlanCosts) -> FaissSearcher:
        """A searcher over a file of lists; without the file every search is exact."""
        return cls(vectors, open_lists(lists_file) if lists_file.is_file() else None, costs)

    def with_costs(self, costs: PlanCosts) -> FaissSearcher:
        """A searcher over the same vectors and lists that plans by `costs`."""
        same = copy(self)
        same._costs = costs
        return same

    @property
    def vectors(self) -> AnyVectors:
        """The vectors it searches, `[N, dimension]`."""
        return self._vectors

    def search(self, query: Vectors, eligible: RowBitmap, count: int) -> Found:
        """The `count` nearest eligible jobs to a unit vector `[dimension]`, all of them when there are fewer."""
        # Every thread has a number of its own; more would wait for each other longer than a search takes.
        faiss.omp_set_num_threads(1)
        plan = self._costs.plan(eligible) if self._lists is not None else Plan(PlanKind.EXACT)
        if plan.kind is not PlanKind.EXACT:
            through = self._through_vectors if plan.kind is PlanKind.FILTERED_FLAT else self._through_codes
            rows, cosines = through(query, eligible, count, plan.probes)
            if len(rows) >= min(count, eligible.count):
                return Found(rows, cosines, plan)
            plan = replace(plan, came_short=True)
        rows, cosines = self._exactly(query, eligible, count)
        return Found(rows, cosines, plan)

    def cosines(self, query: Vectors, rows: Rows) -> Vectors:
        """The cosines of some rows with a unit vector `[dimension]`, `[len(rows)]`."""
        return cosines_of(self._vectors, query, rows)

    def search_many(self, queries: Vectors, eligible: Sequence[RowBitmap], counts: Sequence[int]) -> list[Found]:
        """What `search` finds for each of `queries` `[Q, dimension]`; without lists all are scored in one product."""
        if self._lists is not None or self._vectors.dtype != np.float32 or not len(self._vectors):
            return [self.search(*asked) for asked in zip(queries, eligible, counts, strict=True)]
        faiss.omp_set_num_threads(1)
        products = queries @ self._vectors.T
        return [self._nearest_by(*asked) for asked in zip(products, queries, eligible, counts, strict=True)]

    def _nearest_by(self, products: Vectors, query: Vectors, eligible: RowBitmap, count: int) -> Found:
        """Exactly what `search` finds: products `[N]` of many rows at once differ from its own in their last bits, so
        all that may be among the nearest `count` by them are scored as it scores them."""
        rows = eligible.rows()
        if len(rows) > count:
            likely = products[rows]
            least = np.partition(likely, len(likely) - count)[len(likely) - count]
            rows = rows[likely >= least - 2 * ROUNDING_PER_DIMENSION * len(query)]
        return Found(*self._best(rows, cosines_of(self._vectors, query, rows), count), Plan(PlanKind.EXACT))

    def measure_costs(self, queries: Vectors, count: int) -> PlanCosts:
        """What exact search and search through the lists cost here, for `queries` `[Q, dimension]` of `count` jobs."""
        faiss.omp_set_num_threads(1)
        lists = self._lists
        if lists is None:
            return PlanCosts()

        def through_codes(query: Vectors, eligible: RowBitmap, probes: int) -> Vectors:
            return self._through_codes(query, eligible, count, probes)[1]

        def through_vectors(query: Vectors, eligible: RowBitmap, probes: int) -> Vectors:
            return self._through_vectors(query, eligible, count, probes)[1]

        def exactly(query: Vectors, eligible: RowBitmap, _probes: int) -> Vectors:
            return self._exactly(query, eligible, count)[1]

        def truth(filters: Sequence[RowBitmap], depth: int) -> list[list[Vectors]]:
            return self._nearest_cosines(queries, filters, depth)

        ways = Ways(through_codes, through_vectors, exactly, truth)
        return measure_costs(ways, lists.nlist, len(self._vectors), queries, count)

    def recall(self, queries: Vectors, depth: int = 10) -> float:
        """Recall@depth of unfiltered search against the exact answer, over `queries` `[Q, dimension]`; 1 when empty."""
        depth = min(depth, len(self._vectors))
        if depth == 0 or len(queries) == 0:
            return 1.0
        everything = RowBitmap.of_mask(np.ones(len(self._vectors), dtype=np.bool_))
        found = [self.search(query, everything, LEAST_DEPTH // DEPTH_PER_RESULT).cosines for query in queries]
        return recall_by_cosine(found, self._nearest_cosines(queries, [everything], depth)[0])

    def _through_codes(self, query: Vectors, eligible: RowBitmap, count: int, probes: int) -> tuple[Rows, Vectors]:
        # FAISS keeps only a pointer to the bitmap: `eligible` outlives the call.
        selector = None if eligible.is_everything else faiss.IDSelectorBitmap(eligible.words.view(np.uint8))
        parameters = faiss.SearchParametersIVF(nprobe=probes, sel=selector)
        depth = max(LEAST_DEPTH, DEPTH_PER_RESULT * count)
        assert self._lists is not None
        _, found = self._lists.search(query[None, :], depth, params=parameters)
        rows: Rows = found[0][found[0] >= 0]
        return self._best(rows, cosines_of(self._vectors, query, rows), count)

    def _through_vectors(self, query: Vectors, eligible: RowBitmap, count: int, probes: int) -> tuple[Rows, Vectors]:
        assert self._lists is not None
        assert self._list_rows is not None
        _, numbers = self._lists.quantizer.search(query[None, :], probes)
        rows = self._list_rows.within(numbers[0], eligible)
        return self._best(rows, cosines_of(self._vectors, query, rows), count)

    def _exactly(self, query: Vectors, eligible: RowBitmap, count: int) -> tuple[Rows, Vectors]:
        if eligible.is_everything and self._vectors.dtype == np.float32:
            cosines = all_cosines(self._vectors, query)
            return self._best(np.arange(len(cosines)), cosines, count)
        rows = eligible.rows()
        return self._best(rows, cosines_of(self._vectors, query, rows), count)

    def _nearest_cosines(self, queries: Vectors, filters: Sequence[RowBitmap], depth: int) -> list[list[Vectors]]:
        """For each filter the cosines of every query's nearest jobs, nearest first, in one pass over the vectors."""
        masks = [eligible.mask() for eligible in filters]
        best = np.full((len(filters), len(queries), depth), -np.inf, dtype=np.float32)
        for start in range(0, len(self._vectors), ROWS_PER_CHUNK):
            chunk = slice(start, start + ROWS_PER_CHUNK)
            products = queries @ self._vectors[chunk].astype(np.float32).T
            for number, mask in enumerate(masks):
                together = np.concatenate([best[number], products[:, mask[chunk]]], axis=1)
                best[number] = np.partition(together, together.shape[1] - depth, axis=1)[:, -depth:]
        return [[row[np.isfinite(row)] for row in rows] for rows in -np.sort(-best, axis=2)]

    def _best(self, rows: Rows, cosines: Vectors, count: int) -> tuple[Rows, Vectors]:
        """The nearest `count`, nearest first; of equal cosines the lower rows."""
        if count < len(rows):
            least = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
            kept = np.flatnonzero(cosines >= least)
            rows, cosines = rows[kept], cosines[kept]
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

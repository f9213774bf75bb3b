"""Nearest eligible jobs through inverted lists, whose candidates are scored again with the full vectors."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np

from engine.arrays import AnyVectors, Rows, Vectors
from engine.filtering.bitmaps import RowBitmap
from engine.filtering.compiled import CompiledFilter
from engine.retrieval.searcher import Found, PlanKind
from index.backends.exact import ExactSearch, one_thread
from index.backends.lists import ListRows, open_lists
from index.backends.planning import PlanCosts, SearchFunctions, measure_costs, recall_by_cosine

# Codes of 4 bits only roughly order what they find: of four times as many the full vectors choose.
LEAST_DEPTH, DEPTH_PER_RESULT = 800, 4


class ListSearch:
    """Search over one bundle's vectors `[N, dimension]` and lists; both may be mapped from disk.

    `costs` are the bundle's own; without them every search is exact. Vectors may have 32 bits or 16.
    """

    def __init__(self, vectors: AnyVectors, lists: faiss.Index, costs: PlanCosts) -> None:
        self._exact, self._lists, self._costs = ExactSearch(vectors), lists, costs
        self._list_rows = ListRows(lists, len(vectors))

    @classmethod
    def open(cls, vectors: AnyVectors, lists_file: Path, costs: PlanCosts) -> ListSearch:
        """A searcher over a file of lists."""
        return cls(vectors, open_lists(lists_file), costs)

    def with_costs(self, costs: PlanCosts) -> ListSearch:
        """A searcher over the same vectors and lists that plans by `costs`."""
        same = copy(self)
        same._costs = costs
        return same

    def search(self, query: Vectors, eligible: CompiledFilter, count: int) -> Found:
        """The `count` nearest jobs that pass, to a unit vector `[dimension]`; all of them when there are fewer."""
        return self.nearest(query, eligible.bitmap, count)

    def search_many(self, queries: Vectors, eligible: Sequence[CompiledFilter], counts: Sequence[int]) -> list[Found]:
        """What `search` finds for each of `queries` `[Q, dimension]`."""
        return [self.search(*search_args) for search_args in zip(queries, eligible, counts, strict=True)]

    def nearest(self, query: Vectors, eligible: RowBitmap, count: int) -> Found:
        """What `search` finds among the rows of a bitmap."""
        one_thread()
        plan = self._costs.plan(eligible)
        if plan.kind is not PlanKind.EXACT:
            through = self._through_vectors if plan.kind is PlanKind.FILTERED_FLAT else self._through_codes
            rows, cosines = through(query, eligible, count, plan.probes)
            if len(rows) >= min(count, eligible.count):
                return Found(rows, cosines, plan)
            plan = replace(plan, came_short=True)
        return Found(*self._exact.nearest_rows(query, eligible, count), plan)

    def cosines(self, query: Vectors, rows: Rows) -> Vectors:
        """The cosines of some rows with a unit vector `[dimension]`, `[len(rows)]`."""
        return self._exact.cosines(query, rows)

    def vector(self, row: int) -> Vectors:
        """The unit vector of a row, `[dimension]`."""
        return self._exact.vector(row)

    def measure_costs(self, queries: Vectors, count: int) -> PlanCosts:
        """What exact search and search through the lists cost here, for `queries` `[Q, dimension]` of `count` jobs."""
        one_thread()

        def through_codes(query: Vectors, eligible: RowBitmap, probes: int) -> Vectors:
            return self._through_codes(query, eligible, count, probes)[1]

        def through_vectors(query: Vectors, eligible: RowBitmap, probes: int) -> Vectors:
            return self._through_vectors(query, eligible, count, probes)[1]

        def exactly(query: Vectors, eligible: RowBitmap, _probes: int) -> Vectors:
            return self._exact.nearest_rows(query, eligible, count)[1]

        def truth(filters: Sequence[RowBitmap], depth: int) -> list[list[Vectors]]:
            return self._exact.nearest_cosines(queries, filters, depth)

        functions = SearchFunctions(through_codes, through_vectors, exactly, truth)
        return measure_costs(functions, self._lists.nlist, len(self._exact.vectors), queries, count)

    def _through_codes(self, query: Vectors, eligible: RowBitmap, count: int, probes: int) -> tuple[Rows, Vectors]:
        # FAISS keeps only a pointer to the bitmap: `eligible` outlives the call.
        selector = None if eligible.is_everything else faiss.IDSelectorBitmap(eligible.words.view(np.uint8))
        parameters = faiss.SearchParametersIVF(nprobe=probes, sel=selector)
        depth = max(LEAST_DEPTH, DEPTH_PER_RESULT * count)
        _, found = self._lists.search(query[None, :], depth, params=parameters)
        return self._exact.nearest_among(query, found[0][found[0] >= 0], count)

    def _through_vectors(self, query: Vectors, eligible: RowBitmap, count: int, probes: int) -> tuple[Rows, Vectors]:
        _, numbers = self._lists.quantizer.search(query[None, :], probes)
        return self._exact.nearest_among(query, self._list_rows.within(numbers[0], eligible), count)


def open_search(vectors: AnyVectors, lists_file: Path, costs: PlanCosts) -> ExactSearch | ListSearch:
    """Search over vectors `[N, dimension]` and a file of lists; without the file it is exact."""
    return ListSearch.open(vectors, lists_file, costs) if lists_file.is_file() else ExactSearch(vectors)


def recall(search: ExactSearch | ListSearch, exact: ExactSearch, queries: Vectors, depth: int = 10) -> float:
    """Recall@depth of unfiltered search against the exact answer, over `queries` `[Q, dimension]`; 1 when empty."""
    job_count = len(exact.vectors)
    depth = min(depth, job_count)
    if depth == 0 or len(queries) == 0:
        return 1.0
    everything = RowBitmap.of_mask(np.ones(job_count, dtype=np.bool_))
    found = [search.nearest(query, everything, LEAST_DEPTH // DEPTH_PER_RESULT).cosines for query in queries]
    return recall_by_cosine(found, exact.nearest_cosines(queries, [everything], depth)[0])

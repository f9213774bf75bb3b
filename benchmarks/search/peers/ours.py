"""Chamba's own search, as it is served: the planner chooses, by costs measured when the index was built."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import orjson

from benchmarks.search.peers.jobs import Where
from benchmarks.search.peers.peer import Knob, MaskedPeer
from engine.arrays import Vectors
from engine.filtering.bitmaps import RowBitmap
from engine.recommendation.recommend import LEAST_CANDIDATES
from index.backends.list_search import ListSearch
from index.backends.lists import build_lists, write_lists
from index.backends.planning import PlanCosts

LISTS, COSTS, CALIBRATION_PEOPLE = "lists.faiss", "costs.json", 200


class Chamba(MaskedPeer):
    """Inverted lists with exact scores for the best, or exact search; fetches as many as are reranked."""

    def build(self) -> None:
        vectors = np.ascontiguousarray(self.jobs.vectors)
        write_lists(build_lists(vectors, threads=2), self.place / LISTS)
        searcher = ListSearch.open(vectors, self.place / LISTS, PlanCosts())
        # Other people than those who ask: nothing is tuned on the test.
        people = np.load(self.jobs.folder / "calibration.npy", allow_pickle=False)[:CALIBRATION_PEOPLE]
        costs = searcher.measure_costs(people, LEAST_CANDIDATES)
        (self.place / COSTS).write_bytes(orjson.dumps(costs.document()))

    def open(self) -> None:
        costs = PlanCosts.from_document(orjson.loads((self.place / COSTS).read_bytes()))
        self._searcher = ListSearch.open(self.jobs.vectors, self.place / LISTS, costs)
        self._eligible = RowBitmap.of_mask(np.ones(len(self.jobs.vectors), dtype=np.bool_))

    def prepare(self, where: Where) -> None:
        mask = self.jobs.eligible(where)
        self._eligible = RowBitmap.of_mask(np.ones(len(self.jobs.vectors), dtype=np.bool_) if mask is None else mask)

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:  # noqa: ARG002
        return [{"candidates": LEAST_CANDIDATES}]

    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:  # noqa: ARG002
        rows: list[int] = self._searcher.nearest(query, self._eligible, knob["candidates"]).rows[:depth].tolist()
        return rows

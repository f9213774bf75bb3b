"""Chooses how to search from what each way costs on this bundle, measured when it was built.

A filter that few jobs pass is scored exactly; one that many pass goes through the lists, more of them the fewer pass.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.bitmaps import RowBitmap
from engine.retrieval import Plan, PlanKind

WANTED_RECALL = 0.997
SELECTIVITIES = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
EXACT_ROWS = (500, 2_000, 8_000, 32_000, 128_000)
MEASURED_DEPTH, FIRST_PROBES = 10, 8
TIE = 1e-6  # of equally near jobs any will do

Vectors = NDArray[np.float32]
# Cosines `[C]` of what a search found, nearest first.
Search = Callable[[Vectors, RowBitmap, int], Vectors]
# For each filter the cosines of every query's truly nearest jobs, nearest first.
Truth = Callable[[Sequence[RowBitmap], int], Sequence[Sequence[Vectors]]]


@dataclass(frozen=True, slots=True)
class ProbeCost:
    """At filters that `selectivity` of all jobs pass: `probes` lists reach the wanted recall and take `seconds`."""

    selectivity: float
    probes: int
    seconds: float
    recall: float


@dataclass(frozen=True, slots=True)
class ExactCost:
    """Scoring `rows` jobs exactly takes `seconds`."""

    rows: int
    seconds: float


@dataclass(frozen=True, slots=True)
class PlanCosts:
    """What each plan costs; `lists` in falling order of selectivity, `exact` in rising order of rows."""

    lists: tuple[ProbeCost, ...] = ()
    exact: tuple[ExactCost, ...] = ()

    def document(self) -> dict[str, Any]:
        """The JSON document of these costs."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> PlanCosts:
        """The costs of a JSON document."""
        return cls(
            tuple(ProbeCost(**entry) for entry in document["lists"]),
            tuple(ExactCost(**entry) for entry in document["exact"]),
        )

    def plan(self, eligible: RowBitmap) -> Plan:
        """The cheaper plan for a filter; exact where nothing was measured."""
        if not self.lists or eligible.count == 0:
            return Plan(PlanKind.EXACT)
        cost = self._lists_for(eligible.count / eligible.size)
        if cost is None or self.exact_seconds(eligible.count) <= cost.seconds:
            return Plan(PlanKind.EXACT)
        return Plan(PlanKind.UNFILTERED if eligible.is_everything else PlanKind.FILTERED, cost.probes)

    def exact_seconds(self, rows: int) -> float:
        """About what scoring so many rows exactly takes: between and beyond what was measured along a line."""
        measured = [(0, 0.0), *((cost.rows, cost.seconds) for cost in self.exact)]
        for (fewer, below), (more, above) in pairwise(measured):
            if rows <= more:
                return below + (above - below) * (rows - fewer) / (more - fewer)
        most, seconds = measured[-1]
        return seconds * rows / most if most else math.inf

    def _lists_for(self, selectivity: float) -> ProbeCost | None:
        """What was measured at the nearest selectivity that is no higher: its probes are enough."""
        return next((cost for cost in self.lists if cost.selectivity <= selectivity), None)


def measure_costs(
    lists: Search, exact: Search, truth: Truth, list_count: int, size: int, queries: Vectors
) -> PlanCosts:
    """Measure both plans on a bundle of `size` jobs with real `queries` `[Q, dimension]`.

    Args:
        lists: cosines of what a query finds through so many lists. exact: the same, exactly; the number is unused.
        truth: cosines of so many nearest jobs of every query.
    """
    random = np.random.default_rng(0)
    lottery = random.random(size)
    filters = [RowBitmap.of_mask(lottery < selectivity) for selectivity in SELECTIVITIES]
    probe_costs = []
    for selectivity, eligible, wanted in zip(SELECTIVITIES, filters, truth(filters, MEASURED_DEPTH), strict=True):
        cost = _least_probes(lists, eligible, queries, wanted, list_count)
        probe_costs.append(replace(cost, selectivity=selectivity))
    exact_costs = [
        ExactCost(rows, _seconds(exact, RowBitmap.of_mask(lottery < rows / size), queries, 0)[0])
        for rows in EXACT_ROWS
        if rows <= size
    ]
    return PlanCosts(tuple(probe_costs), tuple(exact_costs))


def _least_probes(
    lists: Search,
    eligible: RowBitmap,
    queries: Vectors,
    wanted: Sequence[Vectors],
    list_count: int,
) -> ProbeCost:
    """The first number of lists, by steps of a quarter, that reaches the wanted recall.

    Codes lose some jobs however many lists are read: where four times as many lists found nothing more, it ends.
    """
    tried: list[ProbeCost] = []
    probes = min(FIRST_PROBES, list_count)
    while True:
        seconds, found = _seconds(lists, eligible, queries, probes)
        recall = _recall(found, wanted)
        tried.append(ProbeCost(eligible.count / eligible.size, probes, seconds, recall))
        if recall >= WANTED_RECALL or probes >= list_count:
            return tried[-1]
        best = max(tried, key=lambda cost: cost.recall)
        if probes >= 4 * best.probes:
            return best
        probes = min(list_count, max(probes + 1, probes * 5 // 4))


def _recall(found: Sequence[Vectors], wanted: Sequence[Vectors]) -> float:
    """The share of the wanted places filled by a job as near as the last of them."""
    hits = sum(
        int(np.count_nonzero(got[: len(best)] >= best[-1] - TIE))
        for got, best in zip(found, wanted, strict=True)
        if len(best)
    )
    return hits / max(sum(map(len, wanted)), 1)


def _seconds(search: Search, eligible: RowBitmap, queries: Vectors, probes: int) -> tuple[float, list[Vectors]]:
    """Median seconds of a search, and what each found."""
    seconds, found = [], []
    for query in queries:
        began = time.perf_counter()
        found.append(search(query, eligible, probes))
        seconds.append(time.perf_counter() - began)
    return median(seconds), found

"""Chooses how to search from what each way costs on this bundle, measured when it was built.

A filter that few jobs pass is scored exactly; one that many pass goes through the lists, more of them the fewer pass,
by the codes in them or by the full vectors of those that pass, whichever is cheaper.
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

from engine.arrays import Vectors
from engine.filtering.bitmaps import RowBitmap
from engine.retrieval.searcher import Plan, PlanKind

WANTED_RECALL = 0.997
SELECTIVITIES = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
# Where more pass, codes are cheaper than full vectors by far; where fewer do, full vectors than codes.
MOST_FLAT_SELECTIVITY, LEAST_CODED_SELECTIVITY = 0.2, 0.05
# What was measured at a selectivity holds a little below it too.
SELECTIVITY_SLACK = 0.95
# Each search that finds too few is followed by an exact one.
MOST_SHORT = 0.01
EXACT_ROWS = (500, 2_000, 8_000, 32_000, 128_000)
MEASURED_DEPTH, FIRST_PROBES = 10, 8
TIE = 1e-6  # of equally near jobs any will do

# Cosines `[C]` of what a search found, nearest first.
Search = Callable[[Vectors, RowBitmap, int], Vectors]
# For each filter the cosines of every query's truly nearest jobs, nearest first.
Truth = Callable[[Sequence[RowBitmap], int], Sequence[Sequence[Vectors]]]


@dataclass(frozen=True, slots=True)
class SearchFunctions:
    """The ways to search a bundle: lists by their codes, or by the `vectors` of those that pass; `exact`, whose number
    of lists is unused; and the `truth` they are held against."""

    codes: Search
    vectors: Search
    exact: Search
    truth: Truth


@dataclass(frozen=True, slots=True)
class ProbeCost:
    """At filters that `selectivity` of all jobs pass: `probes` lists reach the wanted recall and take `seconds`.
    `flat`: those that pass are scored by their full vectors."""

    selectivity: float
    probes: int
    seconds: float
    recall: float
    flat: bool = False


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
        if cost.flat:
            return Plan(PlanKind.FILTERED_FLAT, cost.probes)
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
        return next((cost for cost in self.lists if cost.selectivity * SELECTIVITY_SLACK <= selectivity), None)


def measure_costs(functions: SearchFunctions, list_count: int, size: int, queries: Vectors, count: int) -> PlanCosts:
    """Measure every way to search a bundle of `size` jobs for `count` of them, with `queries` `[Q, dimension]`."""
    random = np.random.default_rng(0)
    lottery = random.random(size)
    filters = [RowBitmap.of_mask(lottery < selectivity) for selectivity in SELECTIVITIES]
    probe_costs = []
    for selectivity, eligible, wanted in zip(
        SELECTIVITIES, filters, functions.truth(filters, MEASURED_DEPTH), strict=True
    ):
        filtered = _FilteredQueries(eligible, queries, wanted, list_count, min(count, eligible.count))
        tried = []
        if selectivity >= LEAST_CODED_SELECTIVITY:
            tried.append(_least_probes(functions.codes, filtered))
        if selectivity <= MOST_FLAT_SELECTIVITY:
            tried.append(replace(_least_probes(functions.vectors, filtered), flat=True))
        cost = min(tried, key=lambda cost: (cost.recall < WANTED_RECALL, cost.seconds))
        probe_costs.append(replace(cost, selectivity=selectivity))
    exact_costs = [
        ExactCost(rows, _seconds(functions.exact, RowBitmap.of_mask(lottery < rows / size), queries, 0)[0])
        for rows in EXACT_ROWS
        if rows <= size
    ]
    return PlanCosts(tuple(probe_costs), tuple(exact_costs))


@dataclass(frozen=True, slots=True)
class _FilteredQueries:
    """Queries under one filter, `wanted` by each: cosines of its truly nearest; and how many jobs it should find."""

    eligible: RowBitmap
    queries: Vectors
    wanted: Sequence[Vectors]
    list_count: int
    count: int


def _least_probes(search: Search, filtered: _FilteredQueries) -> ProbeCost:
    """The first number of lists, by steps of a quarter, that reaches the wanted recall and finds enough jobs.

    Codes lose some jobs however many lists are read: where four times as many lists found nothing more, it ends.
    """
    tried: list[ProbeCost] = []
    probes = min(FIRST_PROBES, filtered.list_count)
    while True:
        seconds, found = _seconds(search, filtered.eligible, filtered.queries, probes)
        recall, short = recall_by_cosine(found, filtered.wanted), np.mean([len(got) < filtered.count for got in found])
        tried.append(ProbeCost(filtered.eligible.count / filtered.eligible.size, probes, seconds, recall))
        if (recall >= WANTED_RECALL and short <= MOST_SHORT) or probes >= filtered.list_count:
            return tried[-1]
        best = max(tried, key=lambda cost: cost.recall)
        if probes >= 4 * best.probes and short <= MOST_SHORT:
            return best
        probes = min(filtered.list_count, max(probes + 1, probes * 5 // 4))


def recall_by_cosine(found: Sequence[Vectors], wanted: Sequence[Vectors]) -> float:
    """The share of the wanted places filled by a job as near as the last of them, from cosines, nearest first."""
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

"""Search through lists against the oracle: same scores, nothing that is not eligible, never too few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.arrays import Vectors
from engine.filtering.bitmaps import RowBitmap
from engine.retrieval.searcher import PlanKind
from index.backends.exact import ExactSearch
from index.backends.list_search import ListSearch, recall
from index.backends.lists import ListRows, build_lists, renumber, write_lists
from index.backends.planning import ExactCost, PlanCosts, ProbeCost
from tests.index.backends.oracle import DIMENSION, JOBS, exact_search, require_nearest, unit

SLOW_EXACT = (ExactCost(1, 1e6),)


@pytest.fixture(scope="module")
def lists_file(vectors: Vectors, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "lists.faiss"
    write_lists(build_lists(vectors), path)
    return path


@pytest.fixture(scope="module")
def measured(vectors: Vectors, lists_file: Path) -> PlanCosts:
    """The costs that the bundle would hold, with exact search called slow, so that the lists are used throughout."""
    queries = unit(np.random.default_rng(2).normal(size=(40, DIMENSION)))
    costs = ListSearch.open(vectors, lists_file, PlanCosts()).measure_costs(queries, 50)
    return replace(costs, exact=SLOW_EXACT)


@pytest.fixture(scope="module")
def searcher(vectors: Vectors, lists_file: Path, measured: PlanCosts) -> ListSearch:
    return ListSearch.open(vectors, lists_file, measured)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.02])
def test_the_lists_find_the_nearest_eligible_jobs_with_exact_scores(
    searcher: ListSearch, vectors: Vectors, share: float
) -> None:
    random = np.random.default_rng(7)
    eligible = random.random(JOBS) < share
    hits = 0
    for query in unit(random.normal(size=(40, DIMENSION))):
        found = searcher.nearest(query, RowBitmap.of_mask(eligible), 50)
        assert (found.plan.kind is PlanKind.UNFILTERED) == (share == 1.0)
        assert found.plan.kind is not PlanKind.EXACT or found.plan.came_short
        assert eligible[found.rows].all()
        assert len(found.rows) == 50
        np.testing.assert_allclose(found.cosines, vectors[found.rows] @ query, atol=1e-6)
        assert (np.diff(found.cosines) <= 0).all()
        hits += len(set(found.rows[:10]) & set(exact_search(vectors, query, eligible, 10)[0]))
    assert hits / 400 >= 0.98


@pytest.mark.parametrize("share", [0.3, 0.05])
def test_lists_read_by_full_vectors_lose_only_what_lies_in_other_lists(
    vectors: Vectors, lists_file: Path, share: float
) -> None:
    random = np.random.default_rng(8)
    all_lists = build_lists(vectors).nlist
    eligible, query = random.random(JOBS) < share, unit(random.normal(size=DIMENSION))
    nearest = exact_search(vectors, query, eligible, 20)[0].tolist()
    shared = []
    for probes in (all_lists // 8, all_lists // 2, all_lists):
        costs = PlanCosts((ProbeCost(share / 2, probes, 1e-9, 1.0, flat=True),), SLOW_EXACT)
        found = ListSearch.open(vectors, lists_file, costs).nearest(query, RowBitmap.of_mask(eligible), 20)
        assert found.plan.kind is PlanKind.FILTERED_FLAT
        assert eligible[found.rows].all()
        np.testing.assert_allclose(found.cosines, vectors[found.rows] @ query, atol=1e-6)
        shared.append(len(set(found.rows.tolist()) & set(nearest)))
    assert shared == sorted(shared)
    assert shared[-1] == 20


def test_rows_that_have_gone_stand_in_no_list(vectors: Vectors) -> None:
    lists = build_lists(vectors)
    kept = np.arange(0, JOBS, 3)
    renumber(lists, kept, np.arange(len(kept)))
    in_lists = ListRows(lists, len(kept))
    for share in (1.0, 0.5, 0.01):
        eligible = RowBitmap.of_mask(np.random.default_rng(9).random(len(kept)) < share)
        rows = in_lists.within(np.array([*range(lists.nlist), -1]), eligible)
        assert sorted(rows.tolist()) == eligible.rows().tolist()
        halves = [in_lists.within(np.arange(start, lists.nlist, 2), eligible).tolist() for start in (0, 1)]
        assert sorted(halves[0] + halves[1]) == eligible.rows().tolist()


def test_jobs_far_from_the_person_alone_eligible_are_found_exactly(vectors: Vectors, lists_file: Path) -> None:
    """A filter that goes with the meaning: the lists near the person hold nobody, so all are scored."""
    costs = PlanCosts((ProbeCost(0.01, 1, 1e-9, 1.0),), SLOW_EXACT)
    searcher = ListSearch.open(vectors, lists_file, costs)
    query = vectors[0]
    eligible = vectors @ query < np.quantile(vectors @ query, 0.1)
    found = searcher.nearest(query, RowBitmap.of_mask(eligible), 100)
    assert found.plan.came_short
    require_nearest(found.rows, found.cosines, vectors, query, eligible, 100)


def test_the_cheaper_plan_is_chosen() -> None:
    costs = PlanCosts(
        (ProbeCost(1.0, 8, 0.001, 1.0), ProbeCost(0.5, 32, 0.002, 1.0), ProbeCost(0.1, 64, 0.002, 1.0, flat=True)),
        (ExactCost(100, 0.0005), ExactCost(1000, 0.005)),
    )
    size = 10_000

    def plan(count: int) -> tuple[PlanKind, int]:
        chosen = costs.plan(RowBitmap.of_mask(np.arange(size) < count))
        return chosen.kind, chosen.probes

    assert plan(0) == (PlanKind.EXACT, 0)
    assert plan(100) == (PlanKind.EXACT, 0)
    assert plan(940) == (PlanKind.EXACT, 0)  # a selectivity that was not measured
    assert plan(960) == (PlanKind.FILTERED_FLAT, 64)  # hardly below one that was
    assert plan(1000) == (PlanKind.FILTERED_FLAT, 64)
    assert plan(9_000) == (PlanKind.FILTERED, 32)
    assert plan(9_999) == (PlanKind.FILTERED, 8)
    assert plan(10_000) == (PlanKind.UNFILTERED, 8)


def test_costs_come_back_from_their_document(measured: PlanCosts) -> None:
    assert PlanCosts.from_document(measured.document()) == measured
    assert all(cost.recall > 0.99 for cost in measured.lists)


def test_lists_of_other_vectors_show_in_the_recall(vectors: Vectors, measured: PlanCosts) -> None:
    queries = vectors[:50]
    exact = ExactSearch(vectors)
    assert recall(ListSearch(vectors, build_lists(vectors), measured), exact, queries) > 0.98
    few = replace(measured, lists=tuple(replace(cost, probes=cost.probes // 2) for cost in measured.lists))
    assert recall(ListSearch(vectors, build_lists(vectors[::-1].copy()), few), exact, queries) < 0.2


def test_lists_chosen_by_codes_of_centroids_find_the_same(
    vectors: Vectors, lists_file: Path, measured: PlanCosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = ListSearch.open(vectors, lists_file, measured)
    monkeypatch.setattr("index.backends.lists.LEAST_CODED_CENTROIDS", 16)
    coded = ListSearch.open(vectors, lists_file, measured)
    everything = RowBitmap.of_mask(np.ones(JOBS, dtype=np.bool_))
    shared = []
    for query in unit(np.random.default_rng(3).normal(size=(40, DIMENSION))):
        one, other = (set(searcher.nearest(query, everything, 50).rows.tolist()) for searcher in (plain, coded))
        shared.append(len(one & other) / 50)
    assert np.mean(shared) > 0.97

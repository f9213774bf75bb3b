"""Search against the exact oracle: same jobs, same scores, nothing that is not eligible, never too few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.filtering.bitmaps import RowBitmap
from engine.retrieval.searcher import PlanKind
from index.backends.list_search import FaissSearcher
from index.backends.lists import ListRows, build_lists, renumber, write_lists
from index.backends.planning import ExactCost, PlanCosts, ProbeCost
from tests.index.backends.oracle import exact_search

JOBS, DIMENSION = 3000, 24
SLOW_EXACT = (ExactCost(1, 1e6),)


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    random = np.random.default_rng(1)
    centres = random.normal(size=(40, DIMENSION))
    return unit(centres[random.integers(0, 40, JOBS)] + 0.5 * random.normal(size=(JOBS, DIMENSION)))


@pytest.fixture(scope="module")
def lists_file(vectors: NDArray[np.float32], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "lists.faiss"
    write_lists(build_lists(vectors), path)
    return path


@pytest.fixture(scope="module")
def measured(vectors: NDArray[np.float32], lists_file: Path) -> PlanCosts:
    """The costs that the bundle would hold, with exact search called slow, so that the lists are used throughout."""
    queries = unit(np.random.default_rng(2).normal(size=(40, DIMENSION)))
    costs = FaissSearcher.open(vectors, lists_file, PlanCosts()).measure_costs(queries, 50)
    return replace(costs, exact=SLOW_EXACT)


@pytest.fixture(scope="module")
def searcher(vectors: NDArray[np.float32], lists_file: Path, measured: PlanCosts) -> FaissSearcher:
    return FaissSearcher.open(vectors, lists_file, measured)


@given(st.integers(1, 40), st.integers(0, 60), st.integers(0, 2**32 - 1))
def test_the_oracle_is_a_sorted_list(count: int, size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors = random.integers(-2, 3, (size, 3)).astype(np.float32)
    eligible = random.random(size) < 0.6
    query = random.integers(-2, 3, 3).astype(np.float32)
    expected = sorted((row for row in range(size) if eligible[row]), key=lambda row: (-(vectors[row] @ query), row))
    rows, cosines = exact_search(vectors, query, eligible, count)
    assert rows.tolist() == expected[:count]
    assert cosines.tolist() == [float(vectors[row] @ query) for row in expected[:count]]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.sampled_from([0.0, 0.0005, 0.01, 0.3, 1.0]), count=st.integers(1, 250))
def test_exact_search_is_the_oracle(vectors: NDArray[np.float32], seed: int, share: float, count: int) -> None:
    random = np.random.default_rng(seed)
    eligible, query = random.random(JOBS) < share, unit(random.normal(size=DIMENSION))
    found = FaissSearcher(vectors).search(query, RowBitmap.of_mask(eligible), count)
    rows, cosines = exact_search(vectors, query, eligible, count)
    assert found.plan.kind is PlanKind.EXACT
    assert found.rows.tolist() == rows.tolist()
    np.testing.assert_allclose(found.cosines, cosines, atol=1e-6)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.02])
def test_the_lists_find_the_nearest_eligible_jobs_with_exact_scores(
    searcher: FaissSearcher, vectors: NDArray[np.float32], share: float
) -> None:
    random = np.random.default_rng(7)
    eligible = random.random(JOBS) < share
    hits = 0
    for query in unit(random.normal(size=(40, DIMENSION))):
        found = searcher.search(query, RowBitmap.of_mask(eligible), 50)
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
    vectors: NDArray[np.float32], lists_file: Path, share: float
) -> None:
    random = np.random.default_rng(8)
    all_lists = build_lists(vectors).nlist
    eligible, query = random.random(JOBS) < share, unit(random.normal(size=DIMENSION))
    nearest = exact_search(vectors, query, eligible, 20)[0].tolist()
    shared = []
    for probes in (all_lists // 8, all_lists // 2, all_lists):
        costs = PlanCosts((ProbeCost(share / 2, probes, 1e-9, 1.0, flat=True),), SLOW_EXACT)
        found = FaissSearcher.open(vectors, lists_file, costs).search(query, RowBitmap.of_mask(eligible), 20)
        assert found.plan.kind is PlanKind.FILTERED_FLAT
        assert eligible[found.rows].all()
        np.testing.assert_allclose(found.cosines, vectors[found.rows] @ query, atol=1e-6)
        shared.append(len(set(found.rows.tolist()) & set(nearest)))
    assert shared == sorted(shared)
    assert shared[-1] == 20


def test_rows_that_have_gone_stand_in_no_list(vectors: NDArray[np.float32]) -> None:
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


def test_jobs_far_from_the_person_alone_eligible_are_found_exactly(
    vectors: NDArray[np.float32], lists_file: Path
) -> None:
    """A filter that goes with the meaning: the lists near the person hold nobody, so all are scored."""
    costs = PlanCosts((ProbeCost(0.01, 1, 1e-9, 1.0),), SLOW_EXACT)
    searcher = FaissSearcher.open(vectors, lists_file, costs)
    query = vectors[0]
    eligible = vectors @ query < np.quantile(vectors @ query, 0.1)
    found = searcher.search(query, RowBitmap.of_mask(eligible), 100)
    assert found.plan.came_short
    assert found.rows.tolist() == exact_search(vectors, query, eligible, 100)[0].tolist()


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


@pytest.mark.parametrize("bits", [16, 32])
def test_the_truth_that_costs_are_measured_by_is_that_of_one_query(vectors: NDArray[np.float32], bits: int) -> None:
    stored = vectors.astype(f"float{bits}")
    searcher, random = FaissSearcher(stored), np.random.default_rng(5)
    queries = unit(random.normal(size=(6, DIMENSION)))
    filters = [RowBitmap.of_mask(random.random(JOBS) < share) for share in (0, 0.001, 0.3, 1)]
    for eligible, truth in zip(filters, searcher._nearest_cosines(queries, filters, 10), strict=True):
        for query, cosines in zip(queries, truth, strict=True):
            np.testing.assert_allclose(cosines, searcher.search(query, eligible, 10).cosines, atol=1e-6)


def test_lists_of_other_vectors_show_in_the_recall(vectors: NDArray[np.float32], measured: PlanCosts) -> None:
    queries = vectors[:50]
    assert FaissSearcher(vectors, build_lists(vectors), measured).recall(queries) > 0.98
    few = replace(measured, lists=tuple(replace(cost, probes=cost.probes // 2) for cost in measured.lists))
    assert FaissSearcher(vectors, build_lists(vectors[::-1].copy()), few).recall(queries) < 0.2


def test_lists_chosen_by_codes_of_centroids_find_the_same(
    vectors: NDArray[np.float32], lists_file: Path, measured: PlanCosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = FaissSearcher.open(vectors, lists_file, measured)
    monkeypatch.setattr("index.backends.lists.LEAST_CODED_CENTROIDS", 16)
    coded = FaissSearcher.open(vectors, lists_file, measured)
    everything = RowBitmap.of_mask(np.ones(JOBS, dtype=np.bool_))
    shared = []
    for query in unit(np.random.default_rng(3).normal(size=(40, DIMENSION))):
        one, other = (set(searcher.search(query, everything, 50).rows.tolist()) for searcher in (plain, coded))
        shared.append(len(one & other) / 50)
    assert np.mean(shared) > 0.97


@pytest.mark.parametrize("with_lists", [True, False])
def test_many_searches_at_once_find_what_each_would(
    vectors: NDArray[np.float32], searcher: FaissSearcher, *, with_lists: bool
) -> None:
    random = np.random.default_rng(4)
    queries = unit(random.normal(size=(12, DIMENSION)))
    eligible = [RowBitmap.of_mask(random.random(JOBS) < share) for share in np.linspace(0, 1, 12)]
    counts = [1 + 10 * number for number in range(12)]
    asked = searcher if with_lists else FaissSearcher(vectors)
    together = asked.search_many(queries, eligible, counts)
    for found, query, jobs, count in zip(together, queries, eligible, counts, strict=True):
        alone = asked.search(query, jobs, count)
        assert found.rows.tolist() == alone.rows.tolist()
        assert found.cosines.tolist() == alone.cosines.tolist()
        assert found.plan == alone.plan


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), copies=st.integers(1, 40), share=st.sampled_from([0.3, 1.0]))
def test_one_job_posted_in_many_towns_is_found_alike_by_one_search_and_by_many(
    seed: int, copies: int, share: float
) -> None:
    """Copies are equally near, and near the last place the choice among them must not be that of rounding."""
    random = np.random.default_rng(seed)
    vectors = np.repeat(unit(random.normal(size=(-(-400 // copies), 128))), copies, axis=0)
    vectors = vectors[random.permutation(len(vectors))]
    queries = unit(random.normal(size=(5, 128)))
    eligible = [RowBitmap.of_mask(random.random(len(vectors)) < share) for _ in queries]
    counts = [int(count) for count in random.integers(1, 200, len(queries))]
    together = FaissSearcher(vectors).search_many(queries, eligible, counts)
    for found, query, jobs, count in zip(together, queries, eligible, counts, strict=True):
        alone = FaissSearcher(vectors).search(query, jobs, count)
        assert found.rows.tolist() == alone.rows.tolist()
        assert found.cosines.tolist() == alone.cosines.tolist()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), bits=st.sampled_from([16, 32]))
def test_a_cosine_is_a_matter_of_its_two_vectors_alone(seed: int, bits: int) -> None:
    """To the last bit, wherever the job lies and whichever others are eligible."""
    random = np.random.default_rng(seed)
    vectors = unit(random.normal(size=(int(random.integers(1, 300)), 128))).astype(f"f{bits // 8}")
    query, order = unit(random.normal(size=128)), random.permutation(len(vectors))

    def cosines(of: NDArray[np.floating[Any]], eligible: NDArray[np.bool_]) -> dict[int, float]:
        found = FaissSearcher(of).search(query, RowBitmap.of_mask(eligible), len(of))
        return dict(zip(found.rows.tolist(), found.cosines.tolist(), strict=True))

    of_all = cosines(vectors, np.ones(len(vectors), dtype=np.bool_))
    of_some = cosines(vectors, random.random(len(vectors)) < 0.5)
    elsewhere = cosines(vectors[order], random.random(len(vectors)) < 0.9)
    assert of_some.items() <= of_all.items()
    assert {int(order[row]): cosine for row, cosine in elsewhere.items()}.items() <= of_all.items()

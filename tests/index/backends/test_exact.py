"""Exact search against the oracle, to the last bit where two of its ways meet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import AnyVectors, BoolArray, Vectors
from engine.filtering.bitmaps import RowBitmap
from engine.retrieval.searcher import PlanKind
from index.backends.exact import ExactSearch
from tests.index.backends.oracle import DIMENSION, JOBS, exact_search, require_nearest, unit


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
def test_exact_search_is_the_oracle(vectors: Vectors, seed: int, share: float, count: int) -> None:
    random = np.random.default_rng(seed)
    eligible, query = random.random(JOBS) < share, unit(random.normal(size=DIMENSION))
    found = ExactSearch(vectors).nearest(query, RowBitmap.of_mask(eligible), count)
    assert found.plan.kind is PlanKind.EXACT
    require_nearest(found.rows, found.cosines, vectors, query, eligible, count)


@pytest.mark.parametrize("bits", [16, 32])
def test_the_truth_that_costs_are_measured_by_is_that_of_one_query(vectors: Vectors, bits: int) -> None:
    stored = vectors.astype(f"float{bits}")
    searcher, random = ExactSearch(stored), np.random.default_rng(5)
    queries = unit(random.normal(size=(6, DIMENSION)))
    filters = [RowBitmap.of_mask(random.random(JOBS) < share) for share in (0, 0.001, 0.3, 1)]
    for eligible, truth in zip(filters, searcher.nearest_cosines(queries, filters, 10), strict=True):
        for query, cosines in zip(queries, truth, strict=True):
            np.testing.assert_allclose(cosines, searcher.nearest(query, eligible, 10).cosines, atol=1e-6)


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
    together = ExactSearch(vectors).nearest_of_each(queries, eligible, counts)
    for found, query, jobs, count in zip(together, queries, eligible, counts, strict=True):
        alone = ExactSearch(vectors).nearest(query, jobs, count)
        assert found.rows.tolist() == alone.rows.tolist()
        assert found.cosines.tolist() == alone.cosines.tolist()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), bits=st.sampled_from([16, 32]))
def test_a_cosine_is_a_matter_of_its_two_vectors_alone(seed: int, bits: int) -> None:
    """To the last bit, wherever the job lies and whichever others are eligible."""
    random = np.random.default_rng(seed)
    vectors = unit(random.normal(size=(int(random.integers(1, 300)), 128))).astype(f"f{bits // 8}")
    query, order = unit(random.normal(size=128)), random.permutation(len(vectors))

    def cosines(of: AnyVectors, eligible: BoolArray) -> dict[int, float]:
        found = ExactSearch(of).nearest(query, RowBitmap.of_mask(eligible), len(of))
        return dict(zip(found.rows.tolist(), found.cosines.tolist(), strict=True))

    of_all = cosines(vectors, np.ones(len(vectors), dtype=np.bool_))
    of_some = cosines(vectors, random.random(len(vectors)) < 0.5)
    elsewhere = cosines(vectors[order], random.random(len(vectors)) < 0.9)
    assert of_some.items() <= of_all.items()
    assert {int(order[row]): cosine for row, cosine in elsewhere.items()}.items() <= of_all.items()


def test_many_searches_at_once_find_what_each_would(vectors: Vectors) -> None:
    random = np.random.default_rng(4)
    queries = unit(random.normal(size=(12, DIMENSION)))
    eligible = [RowBitmap.of_mask(random.random(JOBS) < share) for share in np.linspace(0, 1, 12)]
    counts = [1 + 10 * number for number in range(12)]
    asked = ExactSearch(vectors)
    together = asked.nearest_of_each(queries, eligible, counts)
    for found, query, jobs, count in zip(together, queries, eligible, counts, strict=True):
        alone = asked.nearest(query, jobs, count)
        assert found.rows.tolist() == alone.rows.tolist()
        assert found.cosines.tolist() == alone.cosines.tolist()
        assert found.plan == alone.plan

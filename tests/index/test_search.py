"""Search against the exact oracle: same jobs, same scores, nothing that is not eligible, never too few."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import index.search
from index.oracle import exact_search
from index.search import FaissSearcher, build_graph, write_graph

JOBS, DIMENSION = 3000, 24


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    random = np.random.default_rng(1)
    centres = random.normal(size=(40, DIMENSION))
    return unit(centres[random.integers(0, 40, JOBS)] + 0.5 * random.normal(size=(JOBS, DIMENSION)))


@pytest.fixture(scope="module")
def searcher(vectors: NDArray[np.float32], tmp_path_factory: pytest.TempPathFactory) -> FaissSearcher:
    path = tmp_path_factory.mktemp("graph") / "graph.faiss"
    write_graph(build_graph(vectors), path)
    return FaissSearcher.open(vectors, path)


@pytest.fixture
def through_the_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no search be exact by its small size."""
    monkeypatch.setattr(index.search, "EXACT_LIMIT", 0)


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
def test_few_jobs_are_found_exactly(
    searcher: FaissSearcher, vectors: NDArray[np.float32], seed: int, share: float, count: int
) -> None:
    random = np.random.default_rng(seed)
    eligible, query = random.random(JOBS) < share, unit(random.normal(size=DIMENSION))
    rows, cosines = searcher.search(query, eligible, count)
    expected_rows, expected_cosines = exact_search(vectors, query, eligible, count)
    assert rows.tolist() == expected_rows.tolist()
    np.testing.assert_allclose(cosines, expected_cosines, atol=1e-6)


@pytest.mark.usefixtures("through_the_graph")
@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.02])
def test_the_graph_finds_the_nearest_eligible_jobs_with_exact_scores(
    searcher: FaissSearcher, vectors: NDArray[np.float32], share: float
) -> None:
    random = np.random.default_rng(7)
    eligible = random.random(JOBS) < share
    hits = 0
    for query in unit(random.normal(size=(40, DIMENSION))):
        rows, cosines = searcher.search(query, eligible, 50)
        assert eligible[rows].all()
        assert len(rows) == 50
        np.testing.assert_allclose(cosines, vectors[rows] @ query, atol=1e-6)
        assert (np.diff(cosines) <= 0).all()
        hits += len(set(rows[:10]) & set(exact_search(vectors, query, eligible, 10)[0]))
    assert hits / 400 >= 0.98


@pytest.mark.usefixtures("through_the_graph")
def test_a_graph_that_comes_short_is_replaced_by_an_exact_search(
    searcher: FaissSearcher, vectors: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FaissSearcher, "_graph_rows", lambda *_: np.array([5], np.int64))
    eligible = np.ones(JOBS, dtype=np.bool_)
    rows, _ = searcher.search(vectors[0], eligible, 10)
    assert rows.tolist() == exact_search(vectors, vectors[0], eligible, 10)[0].tolist()


def test_a_damaged_graph_shows_in_its_recall(vectors: NDArray[np.float32]) -> None:
    queries = vectors[:50]
    assert FaissSearcher(vectors, build_graph(vectors)).graph_recall(queries) > 0.98
    assert FaissSearcher(vectors, build_graph(vectors[::-1].copy())).graph_recall(queries) < 0.2

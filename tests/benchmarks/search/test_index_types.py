"""The index types bench: every type at every dimension finds the nearest jobs, and efforts are chosen on others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.search.index_types import (
    TYPES,
    IndexCandidate,
    IndexType,
    QuerySet,
    chosen_figures,
    principal_components,
    random_rotation,
)
from benchmarks.search.workload import exact_rows, grow, unit

COUNT, DIMENSION, PEOPLE = 2000, 32, 20


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    random = np.random.default_rng(1)
    flat = random.normal(size=(400, DIMENSION)) * np.linspace(2, 0.1, DIMENSION)
    return grow(unit(flat.astype(np.float32)), COUNT).vectors


def query_sets(vectors: np.ndarray, first: int, share: float) -> QuerySet:
    people = unit(vectors[first : first + PEOPLE] + np.float32(0.02))
    eligible = np.random.default_rng(2).random(COUNT) < share
    return QuerySet(people, exact_rows(vectors, people, eligible, 10), eligible)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@pytest.mark.parametrize("dimension", [32, 16])
def test_every_type_finds_the_nearest_eligible_jobs(
    vectors: np.ndarray, kind: IndexType, dimension: int, tmp_path: Path
) -> None:
    turn = principal_components(vectors, dimension)
    if kind.rotated:
        turn = turn @ random_rotation(dimension)
    index_candidate = IndexCandidate(kind, vectors, np.ascontiguousarray(turn))
    assert index_candidate.megabytes(tmp_path) > 0
    assert not list(tmp_path.iterdir())
    for share in (1.0, 0.3):
        figures = chosen_figures(index_candidate, share, query_sets(vectors, 0, share), query_sets(vectors, 100, share))
        assert (figures.type, figures.dimension, figures.selectivity) == (kind.name, dimension, share)
        assert figures.recall > 0.95
        assert figures.p95_ms >= figures.p50_ms > 0


def test_leading_components_keep_products_and_rotations_all_of_them(vectors: np.ndarray) -> None:
    people = vectors[:PEOPLE]
    products = people @ vectors.T
    half = [principal_components(vectors, dimension) for dimension in (8, 16, 32)]
    errors = [float(np.abs((people @ turn) @ (vectors @ turn).T - products).mean()) for turn in half]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 1e-6
    turn = random_rotation(DIMENSION)
    np.testing.assert_allclose((people @ turn) @ (vectors @ turn).T, products, atol=1e-5)

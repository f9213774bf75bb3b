"""What the FAISS backend takes over from one bundle's lists to the next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.arrays import Rows, Vectors
from engine.catalogue.builder import build_catalogue
from engine.jobs import Job
from index.backends.faiss_backend import LISTS_FILE, FaissBackend
from index.backends.index_parts import CarriedRows, IndexedJobs
from index.backends.lists import read_lists
from index.backends.planning import PlanCosts
from tests.index.backends.oracle import JOBS

KEPT = 2800
# No machine measures these: where they come back, nothing was measured.
OLD_COSTS = PlanCosts()


@pytest.fixture
def first(vectors: Vectors, tiny_jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IndexedJobs:
    """The first jobs, indexed with lists in the folder `first`."""
    monkeypatch.setattr("index.backends.lists.LEAST_INDEXED", 1000)
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    jobs = IndexedJobs(build_catalogue(tiny_jobs), vectors[:KEPT])
    figures = FaissBackend().write(jobs, tmp_path / "first", vectors[:20], 1)
    assert figures.recall_at_10 > 0.9
    assert figures.costs.lists
    return jobs


def carried(folder: Path, new_rows: Rows, added_rows: Rows) -> CarriedRows:
    return CarriedRows(folder / "first", np.arange(len(new_rows)), new_rows, added_rows, OLD_COSTS)


def test_lists_that_still_fit_go_on_with_their_costs(first: IndexedJobs, vectors: Vectors, tmp_path: Path) -> None:
    order = np.random.default_rng(1).permutation(JOBS)
    moved = np.empty_like(vectors)
    moved[order] = vectors
    second = replace(first, vectors=moved, carried=carried(tmp_path, order[:KEPT], order[KEPT:]))
    figures = FaissBackend().write(second, tmp_path / "second", moved[:20], 1)
    assert figures.costs is OLD_COSTS
    assert figures.recall_at_10 == 1.0
    lists = read_lists(tmp_path / "second" / LISTS_FILE)
    assert (lists.ntotal, lists.nlist) == (JOBS, read_lists(tmp_path / "first" / LISTS_FILE).nlist)


@pytest.mark.parametrize("kept", [KEPT // 2, 1000])
def test_outgrown_lists_are_built_anew(first: IndexedJobs, vectors: Vectors, tmp_path: Path, kept: int) -> None:
    """Most of their codes would be of jobs that have gone."""
    second = replace(
        first, vectors=vectors[:kept], carried=carried(tmp_path, np.arange(kept), np.empty(0, dtype=np.int64))
    )
    figures = FaissBackend().write(second, tmp_path / "second", vectors[:20], 1)
    assert figures.costs is not OLD_COSTS
    assert read_lists(tmp_path / "second" / LISTS_FILE).ntotal == kept


def test_too_few_jobs_have_no_lists(first: IndexedJobs, vectors: Vectors, tmp_path: Path) -> None:
    few = replace(first, vectors=vectors[:999], carried=carried(tmp_path, np.arange(999), np.empty(0, dtype=np.int64)))
    figures = FaissBackend().write(few, tmp_path / "second", vectors[:20], 1)
    assert not (tmp_path / "second" / LISTS_FILE).exists()
    assert figures.recall_at_10 == 1.0

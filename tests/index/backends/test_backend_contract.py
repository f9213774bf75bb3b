"""What every search backend promises: nearest jobs under filters, as scoring every job would find them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.arrays import BoolArray, Vectors
from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import Catalogue
from engine.errors import ArtifactError
from engine.filtering.bitmaps import pack_mask
from engine.filtering.compiled import CompiledFilter
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.filtering.schedule_fit import schedule_fit
from engine.jobs import ContractType, Job, Modality
from engine.retrieval.searcher import JobSearcher
from engine.seekers import Seeker
from index.backends.backend import search_backend, search_few
from index.backends.index_parts import FAISS, IndexedJobs
from index.backends.planning import ExactCost, PlanCosts, ProbeCost
from sample.world import SAMPLE_NOW, World
from tests.index.backends.oracle import exact_search, unit

JOBS, DIMENSION, COPIES = 630, 24, 7
ANY = JobFilter(modalities=None)
REMOTE = JobFilter(modalities=frozenset({Modality.REMOTE}), allow_unstated=False)
FREELANCE = JobFilter(contracts=frozenset({ContractType.FREELANCE}))
WISHES = (ANY, JobFilter(), REMOTE, FREELANCE)
NOBODYS = JobFilter(contracts=frozenset(), allow_unstated=False)
# Every list is read, and everything in it is scored again: what is found then depends on no code.
BY_CODES, BY_VECTORS = (
    PlanCosts((ProbeCost(0.0, 10_000, 1e-9, 1.0, flat=flat),), (ExactCost(1, 1e6),)) for flat in (False, True)
)


@pytest.fixture(scope="module")
def catalogue(tiny_jobs: list[Job]) -> Catalogue:
    """Each job of the tiny world seven times, some of which have closed."""
    jobs = [
        replace(tiny_jobs[row % len(tiny_jobs)], job_id=str(row), closes_at=SAMPLE_NOW + timedelta(days=row % 5 - 1))
        for row in range(JOBS)
    ]
    return build_catalogue(jobs)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Seven jobs of each vector, which are equally near to anybody, in no order."""
    random = np.random.default_rng(6)
    alike = np.repeat(unit(random.normal(size=(JOBS // COPIES, DIMENSION))), COPIES, axis=0)
    return np.ascontiguousarray(alike[random.permutation(JOBS)])


@pytest.fixture(params=["exact", "lists by codes", "lists by vectors", "jobs that came since"])
def searcher(
    request: pytest.FixtureRequest,
    catalogue: Catalogue,
    vectors: Vectors,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[JobSearcher]:
    """What each backend opens over the same jobs."""
    if request.param == "jobs that came since":
        yield search_few(vectors)
        return
    with_lists = request.param != "exact"
    monkeypatch.setattr("index.backends.lists.LEAST_INDEXED", 100 if with_lists else JOBS + 1)
    backend = search_backend(FAISS)
    figures = backend.write(IndexedJobs(catalogue, vectors), tmp_path, vectors[:4], 1)
    assert figures.recall_at_10 > 0.5
    forced = BY_CODES if request.param == "lists by codes" else BY_VECTORS
    yield backend.open(tmp_path, catalogue, vectors, forced if with_lists else figures.costs)


def compiled(catalogue: Catalogue, seeker: Seeker, wanted: JobFilter) -> CompiledFilter:
    hours = schedule_fit(catalogue, seeker, SAMPLE_NOW)
    return CompiledFilter(BitmapFilter(catalogue), seeker, wanted, hours, SAMPLE_NOW)


def passing(asked: CompiledFilter) -> BoolArray:
    """Which jobs pass, judged one by one."""
    shared = shared_hours(asked.catalogue, asked.seeker.availability, asked.now)
    return eligible_jobs(asked.catalogue, asked.seeker, asked.wanted, shared, asked.now)


def query(seed: int) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=DIMENSION))


def open_to_anything(seeker: Seeker) -> Seeker:
    return replace(seeker, availability=None, languages=(), min_pay=None, device=None, connection=None)


def test_the_nearest_that_pass_are_those_of_scoring_every_job(
    searcher: JobSearcher, catalogue: Catalogue, vectors: Vectors, tiny_world: World
) -> None:
    counts = set()
    for number, seeker in enumerate(tiny_world.seekers[:12]):
        asked = compiled(catalogue, seeker, WISHES[number % len(WISHES)])
        wanted = passing(asked)
        found = searcher.search(query(number), asked, 10)
        rows, cosines = exact_search(vectors, query(number), wanted, JOBS)
        np.testing.assert_allclose(found.cosines, cosines[:10], atol=1e-6)
        # Of copies that are equally near the oracle's own product may order some otherwise.
        assert wanted[found.rows].all()
        assert len(set(found.rows.tolist())) == len(found.rows) == min(10, len(rows))
        counts.add(int(wanted.sum()))
    assert len(counts) > 5


def test_fewer_than_were_asked_for_are_all_that_pass(
    searcher: JobSearcher, catalogue: Catalogue, tiny_world: World
) -> None:
    for number, seeker in enumerate(tiny_world.seekers[:12]):
        asked = compiled(catalogue, seeker, REMOTE)
        found = searcher.search(query(number), asked, JOBS)
        assert sorted(found.rows.tolist()) == np.flatnonzero(passing(asked)).tolist()
        assert (np.diff(found.cosines) <= 0).all()


def test_where_none_passes_none_is_found(searcher: JobSearcher, catalogue: Catalogue, tiny_world: World) -> None:
    found = searcher.search(query(1), compiled(catalogue, tiny_world.seekers[0], NOBODYS), 10)
    assert (found.rows.tolist(), found.cosines.tolist()) == ([], [])


def test_of_equally_near_jobs_the_lower_rows_are_found(
    searcher: JobSearcher, catalogue: Catalogue, tiny_world: World
) -> None:
    asked = compiled(catalogue, open_to_anything(tiny_world.seekers[0]), ANY)
    every = searcher.search(query(2), asked, JOBS)
    order = np.lexsort((every.rows, -every.cosines))
    assert every.rows.tolist() == every.rows[order].tolist()
    assert len(np.unique(every.cosines)) < len(every.rows)
    for count in (1, 2, 5, 13, 50):
        assert searcher.search(query(2), asked, count).rows.tolist() == every.rows[:count].tolist()


def test_jobs_left_out_by_name_or_because_they_are_gone_are_not_found(
    searcher: JobSearcher, catalogue: Catalogue, tiny_world: World
) -> None:
    asked = compiled(catalogue, open_to_anything(tiny_world.seekers[0]), ANY)
    nearest = searcher.search(query(3), asked, 30).rows.tolist()
    alive = np.ones(JOBS, dtype=np.bool_)
    alive[nearest[10:20]] = False
    excluded = frozenset(catalogue.job_id(row) for row in nearest[:10])
    left = replace(asked, excluded=excluded, alive=pack_mask(alive))
    assert searcher.search(query(3), left, 10).rows.tolist() == nearest[20:]


def test_many_searches_at_once_find_what_each_would(
    searcher: JobSearcher, catalogue: Catalogue, tiny_world: World
) -> None:
    filters = [
        compiled(catalogue, seeker, WISHES[number % len(WISHES)])
        for number, seeker in enumerate(tiny_world.seekers[:8])
    ]
    filters.append(compiled(catalogue, tiny_world.seekers[0], NOBODYS))
    queries, counts = np.array([query(seed) for seed in range(9)]), [1, 3, 10, 40, 100, 250, JOBS, 7, 5]
    together = searcher.search_many(queries, filters, counts)
    for found, vector, asked, count in zip(together, queries, filters, counts, strict=True):
        alone = searcher.search(vector, asked, count)
        assert found.rows.tolist() == alone.rows.tolist()
        assert found.cosines.tolist() == alone.cosines.tolist()
        assert found.plan == alone.plan


def test_cosines_are_those_that_searches_found(searcher: JobSearcher, catalogue: Catalogue, tiny_world: World) -> None:
    found = searcher.search(query(4), compiled(catalogue, tiny_world.seekers[0], ANY), 50)
    assert len(found.rows) > 0
    assert searcher.cosines(query(4), found.rows).tolist() == found.cosines.tolist()


def test_an_engine_that_is_not_known_is_refused() -> None:
    with pytest.raises(ArtifactError, match="expected faiss; got another"):
        search_backend("another")

"""A bundle as it was served at any past moment answers as it did then, to the last bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sqlalchemy import Engine

from engine.encoder.encoder import Tower, TowerEncoder
from engine.encoder.texts import job_text, seeker_text
from engine.errors import ArtifactError, NotFoundError
from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.reranking.model import parse_reranker
from index.build import IndexConfig, IndexReport, build_index
from index.fresh import ROW_BYTES
from index.replaying import bundle_as_served, differing_software, software
from index.serving import CHANGES_PER_PAGE, FollowedBundle, JobChange, open_bundle
from sample.world import SAMPLE_NOW, World
from store.database import open_database
from store.evidence.past_jobs import PastJobs
from store.records.records import Records
from tests.databases import NewDatabaseUrl

RELEASED = Path(__file__).parents[2] / "training" / "released" / "reranker.json"
Answers = list[list[tuple[str, float]]]


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> TowerEncoder:
    return TowerEncoder(tiny_model)


@pytest.fixture(scope="module")
def half(tiny_jobs: list[Job], tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> IndexReport:
    """A bundle of the first half of the tiny world's jobs."""
    return build_index(tiny_jobs[:45], tiny_model, tmp_path_factory.mktemp("bundles"), IndexConfig(recall_floor=0.5))


@pytest.fixture(scope="module")
def job_vectors(encoder: TowerEncoder, tiny_jobs: list[Job]) -> dict[str, NDArray[np.float32]]:
    vectors = encoder.encode([job_text(job) for job in tiny_jobs], Tower.JOB)
    return {job.job_id: vector for job, vector in zip(tiny_jobs, vectors, strict=True)}


@pytest.fixture(scope="module")
def queries(encoder: TowerEncoder, tiny_world: World) -> list[Query]:
    """People who ask for much and for little; nobody's limits but those of work on site."""
    people = [replace(seeker, availability=None, min_pay=None, languages=()) for seeker in tiny_world.seekers[:4]]
    people += tiny_world.seekers[4:8]
    vectors = encoder.encode([seeker_text(person) for person in people], Tower.SEEKER)
    wanted = (JobFilter(modalities=None), JobFilter(min_hours_coverage=0.1))
    return [
        Query(person, vector, 1 + 13 * (row % 4), wanted[row % 2])
        for row, (person, vector) in enumerate(zip(people, vectors, strict=True))
    ]


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def answers(recommender: Recommender, queries: Sequence[Query]) -> Answers:
    """By the formula and by the released reranker."""
    learned = parse_reranker(RELEASED.read_bytes())
    scorers = (recommender, replace(recommender, reranker=learned, calibration=learned.calibration))
    return [
        [(job.job_id, job.score) for job in scorer.recommend(query, SAMPLE_NOW).jobs]
        for scorer in scorers
        for query in queries
    ]


def step(random: np.random.Generator, world: World, vectors: dict[str, NDArray[np.float32]], records: Records) -> None:
    """Change a job or two as partners, imports and other models do."""
    job = world.jobs[int(random.integers(90))]
    vector = vectors[job.job_id]
    if random.random() < 0.4:  # equally good as another: the same posting under a name of its own
        job = replace(job, job_id=f"copy-{random.integers(6)}", employer=None)
    match int(random.integers(6)):
        case 0:
            records.put_job(job, vector, "as served")
        case 1:
            records.put_jobs([job, replace(world.jobs[int(random.integers(90))], pay=None)])
        case 2:
            records.put_job(replace(job, title=f"{job.title} {random.integers(3)}"), -vector, "another")
        case 3:
            records.put_job(replace(job, is_open=False), None, None)
        case 4:
            records.put_job(replace(job, pay=None), vector, "as served")
        case _:
            try:
                records.delete_job(job.job_id)
            except NotFoundError:
                return


class Renamed:
    """A feed whose vectors "as served" are by the bundle's own model."""

    def __init__(self, feed: Records | PastJobs, model_id: str) -> None:
        self._feed, self._model_id = feed, model_id

    def job_change_number(self) -> int:
        return self._feed.job_change_number()

    def job_changes(self, after: int, limit: int) -> Sequence[JobChange]:
        return [
            replace(change, vector_model_id=self._model_id) if change.vector_model_id == "as served" else change
            for change in self._feed.job_changes(after, limit)
        ]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1))
def test_any_history_is_served_again_as_whoever_followed_it_served_it(
    half: IndexReport,
    tiny_world: World,
    job_vectors: dict[str, NDArray[np.float32]],
    queries: list[Query],
    new_database_url: NewDatabaseUrl,
    seed: int,
) -> None:
    random, database = np.random.default_rng(seed), open_database(new_database_url())
    records, served = Records(database), open_bundle(half.folder)
    feed = Renamed(records, served.model_id)
    followers = [FollowedBundle(served), FollowedBundle(open_bundle(half.folder))]
    logged: list[tuple[int, Answers]] = []
    for _ in range(30):
        step(random, tiny_world, job_vectors, records)
        for follower in followers:  # each at moments of its own
            if random.random() < 0.3:
                follower.catch_up(feed)
                logged.append((follower.served.job_change_number, answers(follower.served.recommender, queries)))
    with database.connect() as connection:
        for number, expected in logged:
            past = Renamed(PastJobs(connection, number), served.model_id)
            again = bundle_as_served(half.folder.parent, half.manifest.version, past)
            assert again.job_change_number == number
            assert answers(again.recommender, queries) == expected
    assert sum(len(jobs) for _, given_then in logged for jobs in given_then) > 0
    database.dispose()


def test_a_store_that_was_put_back_is_followed_again_from_its_beginning(
    half: IndexReport, tiny_world: World, job_vectors: dict[str, NDArray[np.float32]], database: Engine
) -> None:
    """Its newest change has a lower number than those that the bundle holds."""
    later = replace(open_bundle(half.folder), job_change_number=1000)
    followed, records, job = FollowedBundle(later), Records(database), tiny_world.jobs[60]
    records.put_job(job, job_vectors[job.job_id], later.model_id)
    followed.catch_up(records)
    with database.connect() as connection:
        again = FollowedBundle(later)
        again.catch_up(PastJobs(connection, followed.served.job_change_number))
    assert again.served.recommender.size == followed.served.recommender.size == 46


def test_a_bundle_that_is_not_kept_is_asked_for_by_name(half: IndexReport, database: Engine) -> None:
    with database.connect() as connection, pytest.raises(ArtifactError) as error:
        bundle_as_served(half.folder.parent, "20200101T000000000000-0a1b2c3d", PastJobs(connection, 0))
    assert "bundle 20200101T000000000000-0a1b2c3d is not kept" in str(error.value)
    assert f"in {half.folder.parent} or in" in str(error.value)


def test_a_link_out_of_the_folder_is_no_bundle(half: IndexReport, database: Engine) -> None:
    with database.connect() as connection, pytest.raises(ArtifactError, match="not kept"):
        bundle_as_served(
            half.folder.parent, f"../{half.folder.parent.name}/{half.folder.name}/", PastJobs(connection, 0)
        )


@dataclass(frozen=True)
class Change:
    """A change as the store tells it."""

    change_number: int
    job_id: str
    job: Job | None
    vector: NDArray[np.float32] | None = None
    vector_model_id: str | None = None


class FailingFeed:
    """More than a page of changes; the second page cannot be read at first."""

    def __init__(self, changes: list[Change]) -> None:
        self.changes, self.fails = changes, True

    def job_change_number(self) -> int:
        return self.changes[-1].change_number

    def job_changes(self, after: int, limit: int) -> list[Change]:
        if after and self.fails:
            raise ConnectionError
        return [change for change in self.changes if change.change_number > after][:limit]


def test_changes_that_could_be_read_only_in_part_are_not_served_in_part(
    half: IndexReport, tiny_jobs: list[Job]
) -> None:
    """What a page leaves out may be a job that changes again on the next: no moment was like that."""
    first, second = tiny_jobs[0].job_id, tiny_jobs[1].job_id
    ids = [first, *(f"unknown-{number}" for number in range(CHANGES_PER_PAGE)), second]
    feed = FailingFeed([Change(number, job_id, None) for number, job_id in enumerate(ids, 1)])
    followed = FollowedBundle(open_bundle(half.folder))
    before = followed.served
    with pytest.raises(ConnectionError):
        followed.catch_up(feed)
    assert followed.served is before
    feed.fails = False
    assert followed.catch_up(feed)
    assert followed.served.job_change_number == len(ids)
    assert followed.served.recommender.size == 43


class OverAndOver:
    """One job that changes with every question, beside one that came and stays."""

    def __init__(self, job: Job, vector: NDArray[np.float32], model_id: str) -> None:
        self.stays = Change(1, "stays", replace(job, job_id="stays"), vector, model_id)
        self.changes = replace(self.stays, change_number=2, job_id=job.job_id, job=job)

    def job_change_number(self) -> int:
        return self.changes.change_number

    def job_changes(self, after: int, limit: int) -> list[Change]:
        return [change for change in (self.stays, self.changes) if change.change_number > after][:limit]

    def change(self) -> None:
        number, job = self.changes.change_number + 1, self.changes.job
        assert job is not None
        self.changes = replace(self.changes, change_number=number, job=replace(job, title=f"Tejedora {number}"))


def test_a_job_that_changes_over_and_over_does_not_fill_the_memory(
    half: IndexReport,
    tiny_jobs: list[Job],
    job_vectors: dict[str, NDArray[np.float32]],
    queries: list[Query],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.fresh.MOST_DEAD_BYTES", 20 * ROW_BYTES)
    job, served = tiny_jobs[60], open_bundle(half.folder)
    feed = OverAndOver(job, job_vectors[job.job_id], served.model_id)
    followed = FollowedBundle(served)
    rows = []
    for _ in range(70):
        assert followed.catch_up(feed)
        rows.append(len(followed.served.recommender.segments[1].catalogue))
        feed.change()
    assert max(rows) <= 20 + 3
    assert followed.served.recommender.size == 47
    once = FollowedBundle(open_bundle(half.folder))
    feed.changes = replace(feed.changes, change_number=feed.changes.change_number + 1)
    assert followed.catch_up(feed)
    assert once.catch_up(feed)
    assert answers(followed.served.recommender, queries) == answers(once.served.recommender, queries)


def test_the_software_that_answers_is_told_by_what_is_in_it() -> None:
    told = dict(software())
    assert {"code", "python", "numpy", "faiss", "ai-edge-litert", "sentencepiece", "tzdata"} <= set(told)
    assert told["numpy"] == np.__version__
    assert len(told["code"]) == 12


def test_versions_that_differ_are_named_beside_those_of_now() -> None:
    now = dict(software())
    assert differing_software(now) == []
    before = {name: version for name, version in now.items() if name != "tzdata"} | {"numpy": "1.0", "gone": "3"}
    assert sorted(differing_software(before)) == [
        "gone 3, now not installed",
        f"numpy 1.0, now {now['numpy']}",
        f"tzdata not recorded, now {now['tzdata']}",
    ]

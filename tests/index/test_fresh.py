"""Jobs that change after a bundle was built: what is served is what a bundle built now would serve."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.encoder.encoder import Tower, TowerEncoder
from engine.encoder.texts import job_text, seeker_text
from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from index.build import IndexConfig, build_index
from index.fresh import FreshJob, FreshJobs
from index.serving import ServedBundle, open_bundle
from sample.world import SAMPLE_NOW, World


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> TowerEncoder:
    return TowerEncoder(tiny_model)


@pytest.fixture(scope="module")
def half(tiny_jobs: list[Job], tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> ServedBundle:
    """A bundle of the first half of the tiny world's jobs."""
    report = build_index(tiny_jobs[:45], tiny_model, tmp_path_factory.mktemp("bundles"), IndexConfig(recall_floor=0.5))
    return open_bundle(report.folder)


def fresh_jobs(bundle: ServedBundle) -> FreshJobs:
    (segment,) = bundle.recommender.segments
    return FreshJobs(segment, bundle.job_vectors)


def vector_of(encoder: TowerEncoder, job: Job) -> NDArray[np.float32]:
    vector: NDArray[np.float32] = encoder.encode([job_text(job)], Tower.JOB)[0]
    return vector


def answers(recommender: Recommender, world: World, encoder: TowerEncoder) -> list[list[tuple[str, object]]]:
    vectors = encoder.encode([seeker_text(seeker) for seeker in world.seekers], Tower.SEEKER)
    return [
        [
            (job.job_id, pytest.approx(job.score, abs=1e-4))
            for job in recommender.recommend(Query(seeker, vector, 20, JobFilter(modalities=None)), SAMPLE_NOW).jobs
        ]
        for seeker, vector in zip(world.seekers, vectors, strict=True)
    ]


def test_any_history_of_changes_serves_what_a_bundle_built_now_would(
    half: ServedBundle, tiny_world: World, tiny_model: Path, tmp_path: Path, encoder: TowerEncoder
) -> None:
    random = np.random.default_rng(4)
    now = {job.job_id: job for job in tiny_world.jobs[:45]}
    fresh, recommender = fresh_jobs(half), half.recommender
    for _ in range(60):
        changes = []
        for row in random.integers(0, 90, random.integers(1, 4)).tolist():
            job = tiny_world.jobs[row]
            kind = random.integers(0, 4)
            changed = {
                0: job,
                1: replace(job, title=f"{job.title} {random.integers(9)}", pay=None),
                2: replace(job, is_open=False),
                3: None,
            }[int(kind)]
            now.pop(job.job_id, None)
            if changed is not None and changed.is_open:
                now[job.job_id] = changed
            changes.append(FreshJob(job.job_id, changed, vector_of(encoder, changed) if changed else None))
        recommender = replace(recommender, segments=fresh.apply(changes))
    report = build_index(list(now.values()), tiny_model, tmp_path, IndexConfig(recall_floor=0.5))
    expected = answers(open_bundle(report.folder).recommender, tiny_world, encoder)
    assert answers(recommender, tiny_world, encoder) == expected
    assert recommender.size == len(now)
    assert any(expected)


def test_what_was_given_out_before_a_change_stays_as_it_was(
    half: ServedBundle, tiny_world: World, encoder: TowerEncoder
) -> None:
    fresh = fresh_jobs(half)
    new = tiny_world.jobs[60]
    first = replace(half.recommender, segments=fresh.apply([FreshJob(new.job_id, new, vector_of(encoder, new))]))
    before = answers(first, tiny_world, encoder)
    gone = [FreshJob(job.job_id, None, None) for job in (new, *tiny_world.jobs[:20])]
    second = replace(half.recommender, segments=fresh.apply(gone))
    assert answers(first, tiny_world, encoder) == before
    assert answers(second, tiny_world, encoder) != before
    assert second.size == 25


def test_an_edit_without_a_vector_keeps_the_last_one_and_a_new_job_without_one_waits(
    half: ServedBundle, tiny_world: World
) -> None:
    fresh = fresh_jobs(half)
    edited, unknown = replace(tiny_world.jobs[0], pay=None), tiny_world.jobs[70]
    segments = fresh.apply([FreshJob(edited.job_id, edited, None), FreshJob(unknown.job_id, unknown, None)])
    assert replace(half.recommender, segments=segments).size == 45
    again = replace(edited, title="Otro título")
    segments = fresh.apply([FreshJob(again.job_id, again, None)])
    assert segments[1].catalogue.card(1)["title"] == "Otro título"


def test_a_fresh_job_closes_when_its_time_comes(half: ServedBundle, tiny_world: World, encoder: TowerEncoder) -> None:
    job = replace(tiny_world.jobs[60], closes_at=SAMPLE_NOW + timedelta(minutes=5), modality=None, schedule=None)
    job = replace(job, languages=(), device=None, connection=None, applicant_countries=(), country=None, pay=None)
    segments = fresh_jobs(half).apply([FreshJob(job.job_id, job, vector_of(encoder, job))])
    recommender = replace(half.recommender, segments=segments)
    query = Query(replace(tiny_world.seekers[0], availability=None), vector_of(encoder, job), 100)
    assert job.job_id in [found.job_id for found in recommender.recommend(query, SAMPLE_NOW).jobs]
    later = SAMPLE_NOW + timedelta(minutes=6)
    assert job.job_id not in [found.job_id for found in recommender.recommend(query, later).jobs]

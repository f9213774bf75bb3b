"""The whole pipeline on the tiny world against brute force over every job."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.arrays import AnyVectors
from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.explain import Locale, ReasonKind
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.filtering.schedule_fit import availability_by_schedule
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.seekers import Seeker
from index.serving import ServedBundle, open_bundle
from sample.world import SAMPLE_NOW, World
from tests.engine.hard_limits import broken_limits
from tests.engine.slow_copies import is_copy


@pytest.fixture(scope="module")
def bundle(tiny_bundles: Path) -> ServedBundle:
    return open_bundle((tiny_bundles / "current").resolve())


def query(bundle: ServedBundle, seeker: Seeker, limit: int = 10) -> Query:
    vector = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    return Query(seeker, vector, limit, JobFilter())


def brute_force(recommender: Recommender, vectors: AnyVectors, asked: Query, jobs: list[Job]) -> list[str]:
    """Every eligible job scored one by one; of an ad's copies the best stays."""
    (segment,) = recommender.segments
    catalogue = segment.catalogue
    shared = shared_hours(catalogue, asked.seeker.availability, SAMPLE_NOW)
    eligible = eligible_jobs(catalogue, asked.seeker, asked.wanted, shared, SAMPLE_NOW)
    rules = np.array([hours.rule for hours in catalogue.distinct.schedules], np.uint8)
    factors = availability_by_schedule(rules, shared)
    by_id = {job.job_id: job for job in jobs}
    scored = []
    for row in np.flatnonzero(eligible).tolist():
        relevance = recommender.calibration.relevance(np.array([vectors[row] @ asked.seeker_vector], np.float32))[0]
        score = relevance * factors[catalogue.columns.schedule_number[row]]
        scored.append((-float(score), -int(catalogue.columns.posted_at[row]), row))
    best: list[tuple[Job, int]] = []
    for _, _, row in sorted(scored):
        job = by_id[catalogue.job_id(row)]
        if not any(is_copy(job, other, float(vectors[row] @ vectors[place])) for other, place in best):
            best.append((job, row))
    return [job.job_id for job, _ in best[: asked.limit]]


def test_the_answer_is_that_of_scoring_every_job(bundle: ServedBundle, tiny_world: World) -> None:
    answered = 0
    for seeker in tiny_world.seekers:
        asked = query(bundle, seeker)
        found = bundle.recommender.recommend(asked, SAMPLE_NOW)
        expected = brute_force(bundle.recommender, bundle.job_vectors, asked, tiny_world.jobs)
        assert [job.job_id for job in found.jobs] == expected
        answered += bool(expected)
    assert answered > 30


def test_no_returned_job_breaks_a_hard_limit(bundle: ServedBundle, tiny_world: World) -> None:
    jobs = {job.job_id: job for job in tiny_world.jobs}
    returned = 0
    for seeker in tiny_world.seekers:
        for found in bundle.recommender.recommend(query(bundle, seeker, 100), SAMPLE_NOW).jobs:
            assert broken_limits(jobs[found.job_id], seeker, SAMPLE_NOW) == []
            returned += 1
    assert returned > 300


def test_scores_are_their_parts_multiplied_and_fall(bundle: ServedBundle, tiny_world: World) -> None:
    for seeker in tiny_world.seekers[:20]:
        jobs = bundle.recommender.recommend(query(bundle, seeker), SAMPLE_NOW).jobs
        assert [job.score for job in jobs] == pytest.approx([job.relevance * job.availability for job in jobs])
        assert [job.score for job in jobs] == sorted((job.score for job in jobs), reverse=True)


def test_a_larger_limit_only_adds_jobs(bundle: ServedBundle, tiny_world: World) -> None:
    for seeker in tiny_world.seekers[:20]:
        few, many = (
            [job.job_id for job in bundle.recommender.recommend(query(bundle, seeker, limit), SAMPLE_NOW).jobs]
            for limit in (3, 50)
        )
        assert many[:3] == few


def test_an_answer_counts_what_it_went_through(bundle: ServedBundle, tiny_world: World) -> None:
    found = bundle.recommender.recommend(query(bundle, tiny_world.seekers[0]), SAMPLE_NOW)
    assert found.catalogue_size == 90
    assert 90 > found.eligible_count >= found.candidate_count >= len(found.jobs)


def test_every_stage_is_timed_once(bundle: ServedBundle, tiny_world: World) -> None:
    from contextlib import contextmanager

    stages: list[str] = []

    @contextmanager
    def stage(name: str):  # type: ignore[no-untyped-def]
        stages.append(name)
        yield

    bundle.recommender.recommend(query(bundle, tiny_world.seekers[0]), SAMPLE_NOW, stage)
    assert stages == ["filter", "retrieve", "rerank", "explain"]


def test_reasons_tell_the_hours_in_the_language_asked_for(bundle: ServedBundle, tiny_world: World) -> None:
    seeker = next(seeker for seeker in tiny_world.seekers if seeker.availability is not None)
    vector = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    spoken = {}
    for locale in Locale:
        asked = Query(seeker, vector, 5, JobFilter(), locale)
        job = bundle.recommender.recommend(asked, SAMPLE_NOW).jobs[0]
        spoken[locale] = [reason.text for reason in job.reasons]
        assert job.reasons[0].kind in (ReasonKind.HOURS, ReasonKind.ASK)
    assert spoken[Locale.ES] != spoken[Locale.EN]


def test_the_same_question_at_the_same_moment_has_the_same_answer(bundle: ServedBundle, tiny_world: World) -> None:
    asked = query(bundle, tiny_world.seekers[1])
    moment = datetime(2026, 9, 1, tzinfo=UTC)
    assert bundle.recommender.recommend(asked, moment) == bundle.recommender.recommend(asked, moment)

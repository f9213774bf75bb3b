"""What is not relevant enough is no match: it stands apart with what is missing, and what opens more is counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.filtering.schedule_fit import schedule_fit
from engine.filtering.what_ifs import Loosened, what_ifs
from engine.jobs import Job
from engine.recommendation.nearest import Lacks
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.recommendation.recommend_many import ManyRecommender
from engine.relevance import MatchCalibration
from index.serving import ServedBundle, open_bundle
from sample.world import SAMPLE_NOW, World
from tests.engine.hard_limits import broken_limits


@pytest.fixture(scope="module")
def bundle(tiny_bundles: Path) -> ServedBundle:
    return open_bundle((tiny_bundles / "current").resolve())


@pytest.fixture(scope="module")
def recommender(bundle: ServedBundle) -> Recommender:
    """With a floor that about half of the jobs are below."""
    found = bundle.recommender
    typical = float(np.median(found.calibration.log_odds(bundle.job_vectors @ bundle.job_vectors[0])))
    return replace(found, match_calibration=MatchCalibration(0.5, -0.5 * typical, 0.5))


@pytest.fixture(scope="module")
def queries(bundle: ServedBundle, tiny_world: World) -> list[Query]:
    vectors = bundle.encoder.encode([seeker_text(seeker) for seeker in tiny_world.seekers], Tower.SEEKER)
    return [Query(seeker, vector, 20, JobFilter()) for seeker, vector in zip(tiny_world.seekers, vectors, strict=True)]


def test_what_is_below_the_floor_stands_apart_and_is_the_best_of_it(
    recommender: Recommender, queries: list[Query]
) -> None:
    apart = 0
    for query in queries:
        answer = recommender.recommend(query, SAMPLE_NOW)
        everything = recommender.recommend(replace(query, least_relevance=0.0, limit=90), SAMPLE_NOW)
        assert all(job.relevance >= 0.5 for job in answer.jobs)
        assert [job.job_id for job in answer.jobs] == [job.job_id for job in everything.jobs if job.relevance >= 0.5][
            :20
        ]
        unlike = [near.job for near in answer.nearest if near.missing[0].kind is Lacks.RELEVANCE]
        expected = [job.job_id for job in everything.jobs if 0.125 <= job.relevance < 0.5]
        assert [job.job_id for job in unlike] == expected[: len(unlike)]
        assert len(answer.nearest) <= 5
        apart += len(unlike)
    assert apart > 20


def test_jobs_that_miss_the_hours_narrowly_are_told_with_what_is_missing(
    recommender: Recommender, queries: list[Query], tiny_world: World
) -> None:
    jobs, missed = {job.job_id: job for job in tiny_world.jobs}, 0
    for query in queries:
        for near in recommender.recommend(query, SAMPLE_NOW).nearest:
            if near.missing[0].kind is Lacks.HOURS:
                assert broken_limits(jobs[near.job.job_id], query.seeker, SAMPLE_NOW) == ["hours"]
                assert near.missing[0].text.startswith(("Te faltan ", "Te falta "))
                assert near.job.relevance >= 0.5
                missed += 1
    assert missed > 5


def test_what_opens_is_counted_as_plain_rules_count_it(
    bundle: ServedBundle, recommender: Recommender, queries: list[Query], tiny_world: World
) -> None:
    """By a walk through all jobs with each limit loosened, under the default filters."""
    opened = 0
    for one in queries[:8]:
        query = replace(one, seeker=replace(one.seeker, min_pay=None))  # the plain rules compare pay by the month alone
        found = recommender.recommend(replace(query, tells_unlocks=True), SAMPLE_NOW).unlocks
        assert found is not None
        for unlock in found:
            if unlock.what_if.wanted == query.wanted:
                assert unlock.opens == plain_count(bundle, recommender, query, unlock.what_if.seeker, tiny_world.jobs)
                opened += 1
    assert opened > 5


def test_what_less_pay_opens_is_counted_as_the_plain_filter_counts_it(
    recommender: Recommender, queries: list[Query]
) -> None:
    (segment,), opened = recommender.segments, 0
    for query in queries:
        for unlock in recommender.recommend(replace(query, tells_unlocks=True), SAMPLE_NOW).unlocks or ():
            if unlock.what_if.loosened is Loosened.MIN_PAY:
                shared = shared_hours(segment.catalogue, query.seeker.availability, SAMPLE_NOW)
                passing = [
                    eligible_jobs(segment.catalogue, seeker, query.wanted, shared, SAMPLE_NOW)
                    for seeker in (query.seeker, unlock.what_if.seeker)
                ]
                rows = np.flatnonzero(passing[1] & ~passing[0])
                good = rows[recommender.relevance(segment.searcher.cosines(query.seeker_vector, rows)) >= 0.5]
                groups = segment.catalogue.columns.duplicate_group
                assert unlock.opens == len(set(groups[good].tolist()) - set(groups[passing[0]].tolist()))
                opened += unlock.opens
    assert opened > 3


def test_a_catalogue_too_large_to_be_judged_first_opens_the_same(
    recommender: Recommender, queries: list[Query], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [replace(query, tells_unlocks=True) for query in queries]
    small = [recommender.recommend(query, SAMPLE_NOW).unlocks for query in asked]
    monkeypatch.setattr("engine.recommendation.unlocks.MOST_JUDGED_FIRST", 0)
    assert [recommender.recommend(query, SAMPLE_NOW).unlocks for query in asked] == small
    assert any(small)


def plain_count(bundle: ServedBundle, recommender: Recommender, query: Query, loosened, jobs: list[Job]) -> int:  # type: ignore[no-untyped-def]
    catalogue = recommender.segments[0].catalogue
    passes_now = {job.job_id for job in jobs if not broken_limits(job, query.seeker, SAMPLE_NOW)}
    passes_then = {job.job_id for job in jobs if not broken_limits(job, loosened, SAMPLE_NOW)}
    now, then = set(), set()
    for row in range(len(catalogue)):
        job_id, group = catalogue.job_id(row), int(catalogue.columns.duplicate_group[row])
        cosine = np.array([bundle.job_vectors[row] @ query.seeker_vector], np.float32)
        if job_id in passes_now:
            now.add(group)
        elif job_id in passes_then and recommender.relevance(cosine)[0] >= 0.5:
            then.add(group)
    return len(then - now)


def test_a_full_answer_costs_nothing_more_and_tells_what_opens_only_when_asked(
    recommender: Recommender, queries: list[Query]
) -> None:
    full = next(replace(query, limit=2) for query in queries if len(recommender.recommend(query, SAMPLE_NOW).jobs) >= 2)
    answer = recommender.recommend(full, SAMPLE_NOW)
    assert (answer.nearest, answer.unlocks) == ([], None)
    assert recommender.recommend(replace(full, tells_unlocks=True), SAMPLE_NOW).unlocks is not None


def test_many_get_what_each_would_get_alone(recommender: Recommender, queries: list[Query]) -> None:
    answers = ManyRecommender(recommender).recommend(queries, SAMPLE_NOW)
    assert answers == [recommender.recommend(query, SAMPLE_NOW) for query in queries]


def test_every_stated_limit_has_a_step(queries: list[Query], recommender: Recommender) -> None:
    catalogue = recommender.segments[0].catalogue
    for query in queries:
        kinds = {step.loosened for step in what_ifs(query.seeker, query.wanted, [catalogue])}
        kinds |= {step.loosened for step in schedule_fit(catalogue, query.seeker, SAMPLE_NOW).more_hours.steps}
        assert Loosened.MODALITY in kinds
        assert (Loosened.MIN_PAY in kinds) == (query.seeker.min_pay is not None)
        if query.seeker.availability is None:
            assert not kinds & {Loosened.HOURS_OF_DAY, Loosened.HOURS_OF_WEEK}


def test_a_model_that_nobody_judged_calls_all_that_can_be_taken_a_match(
    bundle: ServedBundle, queries: list[Query]
) -> None:
    for query in queries[:10]:
        answer = bundle.recommender.recommend(query, SAMPLE_NOW)
        assert answer.least_relevance == 0.0
        assert not [near for near in answer.nearest if near.missing[0].kind is Lacks.RELEVANCE]


@pytest.mark.parametrize("least", [0.0, 0.3, 0.5, 0.9])
def test_a_higher_floor_only_takes_matches_away(recommender: Recommender, queries: list[Query], least: float) -> None:
    for query in queries[:10]:
        some = recommender.recommend(replace(query, least_relevance=least, limit=90), SAMPLE_NOW).jobs
        more = recommender.recommend(replace(query, least_relevance=least / 2, limit=90), SAMPLE_NOW).jobs
        assert [job.job_id for job in some] == [job.job_id for job in more if job.relevance >= least]

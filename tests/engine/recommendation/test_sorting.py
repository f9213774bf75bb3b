"""Answers sorted by pay: the best by the score, in the order of what their cards show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from engine.catalogue.job_cards import card_bytes
from engine.comparable_pay import HoursBasis, comparable_pay
from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.jobs import Job
from engine.pay import Pay, PayPeriod
from engine.recommendation.query import Query
from engine.recommendation.recommend_many import ManyRecommender
from engine.recommendation.sorting import SORTED_PER_RESULT, JobSort, pay_to_compare
from index.serving import ServedBundle, open_bundle
from sample.world import SAMPLE_NOW, World

BY_PAY = [JobSort.PAY_PER_HOUR, JobSort.PAY_PER_MONTH]


@pytest.fixture(scope="module")
def bundle(tiny_bundles: Path) -> ServedBundle:
    return open_bundle((tiny_bundles / "current").resolve())


@pytest.fixture(scope="module")
def queries(bundle: ServedBundle, tiny_world: World) -> list[Query]:
    seekers = tiny_world.seekers[:12]
    vectors = bundle.encoder.encode([seeker_text(seeker) for seeker in seekers], Tower.SEEKER)
    return [Query(seeker, vectors[row], 4 + row % 3) for row, seeker in enumerate(seekers)]


def plain_pay(job: Job, sort: JobSort) -> tuple[float, float]:
    """What a sort compares, from the job itself."""
    comparable = comparable_pay(job)
    if comparable is None:
        return -1, -1
    soles = comparable.per_hour if sort is JobSort.PAY_PER_HOUR else comparable.per_month
    if soles is None or (sort is JobSort.PAY_PER_HOUR and comparable.hours_basis is HoursBasis.ASSUMED):
        return -1, -1
    return soles.least, soles.most


@pytest.mark.parametrize("sort", BY_PAY)
def test_the_best_by_the_score_are_put_in_order_by_pay(
    bundle: ServedBundle, queries: list[Query], tiny_world: World, sort: JobSort
) -> None:
    jobs = {job.job_id: job for job in tiny_world.jobs}
    for query in queries:
        best = bundle.recommender.recommend(replace(query, limit=SORTED_PER_RESULT * query.limit), SAMPLE_NOW).jobs
        expected = sorted((one.job_id for one in best), key=lambda name: plain_pay(jobs[name], sort), reverse=True)
        found = bundle.recommender.recommend(replace(query, sort=sort), SAMPLE_NOW).jobs
        assert [one.job_id for one in found] == expected[: query.limit]
        assert all(one.score == next(other.score for other in best if other.job_id == one.job_id) for one in found)


@pytest.mark.parametrize("sort", BY_PAY)
def test_many_are_sorted_as_one_is(bundle: ServedBundle, queries: list[Query], sort: JobSort) -> None:
    sorted_queries = [replace(query, sort=sort) for query in queries]
    many = ManyRecommender(bundle.recommender).recommend(sorted_queries, SAMPLE_NOW)
    alone = [bundle.recommender.recommend(query, SAMPLE_NOW) for query in sorted_queries]
    assert [[one.job_id for one in answer.jobs] for answer in many] == [
        [one.job_id for one in answer.jobs] for answer in alone
    ]


def test_hours_that_nobody_told_compare_no_pay_by_the_hour() -> None:
    untold = Job("a", "Asesora", pay=Pay(9000, "PEN", PayPeriod.MONTH))
    told = replace(untold, hours_per_week=48)
    assert pay_to_compare(card_bytes(untold, comparable_pay(untold)), JobSort.PAY_PER_HOUR) < (0, 0)
    assert pay_to_compare(card_bytes(told, comparable_pay(told)), JobSort.PAY_PER_HOUR) == (43.27, 43.27)
    assert pay_to_compare(card_bytes(untold, comparable_pay(untold)), JobSort.PAY_PER_MONTH) == (9000, 9000)


def test_cards_of_older_bundles_know_no_comparison() -> None:
    assert pay_to_compare(orjson.dumps({"title": "a", "pay": {"amount": 1}}), JobSort.PAY_PER_MONTH) < (0, 0)

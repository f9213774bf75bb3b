"""Many people at once get what each would get alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.recommendation.recommend_many import ManyRecommender
from engine.reranking.model import parse_reranker
from index.fresh import FreshJob, FreshJobs
from index.serving import ServedBundle, open_bundle
from sample.world import SAMPLE_NOW, World

RELEASED = Path(__file__).parents[3] / "training" / "released" / "reranker.json"


@pytest.fixture(scope="module")
def bundle(tiny_bundles: Path) -> ServedBundle:
    return open_bundle((tiny_bundles / "current").resolve())


@pytest.fixture(params=["formula", "reranker", "fresh jobs"])
def recommender(request: pytest.FixtureRequest, bundle: ServedBundle, tiny_world: World) -> Recommender:
    formula = replace(bundle.recommender, reranker=None)
    if request.param == "formula":
        return formula
    learned = parse_reranker(RELEASED.read_bytes())
    served = replace(formula, reranker=learned, calibration=learned.calibration)
    if request.param == "reranker":
        return served
    (segment,) = served.segments
    vectors = bundle.job_vectors
    changes = [
        FreshJob(f"new-{row}", replace(job, job_id=f"new-{row}", skills=(*job.skills, "Rust")), vectors[row])
        for row, job in enumerate(tiny_world.jobs[:30])
    ]
    return replace(served, segments=FreshJobs(segment, vectors).apply(changes))


@pytest.fixture
def queries(bundle: ServedBundle, tiny_world: World) -> list[Query]:
    seekers = [*tiny_world.seekers[:40], replace(tiny_world.seekers[0], availability=None, languages=(), min_pay=None)]
    vectors = bundle.encoder.encode([seeker_text(seeker) for seeker in seekers], Tower.SEEKER)
    wanted = (JobFilter(), JobFilter(modalities=None, min_hours_coverage=0.5), JobFilter(allow_unstated=False))
    locales = (Locale.ES, Locale.EN)
    return [
        Query(seeker, vectors[row], 1 + row % 12, wanted[row % 3], locales[row % 2])
        for row, seeker in enumerate(seekers)
    ]


def test_everybody_gets_what_they_would_get_alone(recommender: Recommender, queries: list[Query]) -> None:
    many = ManyRecommender(recommender)
    together = many.recommend(queries, SAMPLE_NOW)
    assert sum(len(answer.jobs) for answer in together) > 100
    for query, answer in zip(queries, together, strict=True):
        alone = recommender.recommend(query, SAMPLE_NOW)
        assert [job.job_id for job in answer.jobs] == [job.job_id for job in alone.jobs]
        assert [job.reasons for job in answer.jobs] == [job.reasons for job in alone.jobs]
        assert [job.score for job in answer.jobs] == [job.score for job in alone.jobs]  # to the last bit
        assert (answer.eligible_count, answer.candidate_count) == (alone.eligible_count, alone.candidate_count)


def test_nobody_and_somebody_whom_no_job_fits(recommender: Recommender, queries: list[Query]) -> None:
    many = ManyRecommender(recommender)
    assert many.recommend([], SAMPLE_NOW) == []
    nowhere = replace(queries[0], wanted=JobFilter(modalities=frozenset(), allow_unstated=False))
    nothing, something = many.recommend([nowhere, queries[1]], SAMPLE_NOW)
    assert nothing.jobs == []
    assert something.jobs

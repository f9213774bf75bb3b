"""An answer without a match says so, in the shape that is described, and what it names is logged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson
import pytest

from api.recommendations.schemas.answer_examples import ANSWER_EXAMPLE
from api.recommendations.schemas.answers import RecommendationAnswer
from api.recommendations.service.answers import answer_json
from api.recommendations.service.notices import notice_of
from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommendations
from engine.relevance import MatchCalibration
from index.serving import ServedBundle, open_bundle
from sample.world import SAMPLE_NOW, World
from store.evidence.query_json import query_from_document, query_json

Answer = tuple[Query, Recommendations]


@pytest.fixture(scope="module")
def bundle(tiny_bundles: Path) -> ServedBundle:
    """With a floor that about half of the jobs are below."""
    served = open_bundle((tiny_bundles / "current").resolve())
    vectors = served.job_vectors
    typical = float(np.median(served.recommender.calibration.log_odds(vectors @ vectors[0])))
    judged = MatchCalibration(0.5, -0.5 * typical, 0.5)
    return replace(served, recommender=replace(served.recommender, match_calibration=judged))


@pytest.fixture(scope="module")
def answers(bundle: ServedBundle, tiny_world: World) -> list[Answer]:
    vectors = bundle.encoder.encode([seeker_text(seeker) for seeker in tiny_world.seekers], Tower.SEEKER)
    queries = [Query(one, vector, 10, JobFilter()) for one, vector in zip(tiny_world.seekers, vectors, strict=True)]
    return [(query, bundle.recommender.recommend(query, SAMPLE_NOW)) for query in queries]


def test_every_answer_has_the_shape_that_is_described(bundle: ServedBundle, answers: list[Answer]) -> None:
    apart = opening = 0
    for query, found in answers:
        for locale in Locale:
            content = answer_json(found, bundle, notice_of(query, found), locale, recommendation_id="r")
            answer = RecommendationAnswer.model_validate_json(content)
            assert [one.job_id for one in answer.nearest] == [near.job.job_id for near in found.nearest]
            assert all(one.missing for one in answer.nearest)
            assert all(unlock.text and (unlock.opens or unlock.kind == "skill") for unlock in answer.unlocks)
            assert "{" not in "".join(unlock.text for unlock in answer.unlocks)
            apart, opening = apart + len(answer.nearest), opening + len(answer.unlocks)
    assert apart > 20
    assert opening > 20


def test_the_example_has_the_shape_too() -> None:
    RecommendationAnswer.model_validate_json(orjson.dumps(ANSWER_EXAMPLE))


def test_when_nothing_is_like_her_the_notice_says_so(bundle: ServedBundle, answers: list[Answer]) -> None:
    query = next(query for query, found in answers if found.eligible_count)
    strict = replace(query, least_relevance=0.9999)
    said = {
        Locale.ES: ("Nada encaja bien hoy", "Prueba con otras palabras"),
        Locale.EN: ("Nothing fits well today", "Try other words"),
    }
    for locale, (nothing, advice) in said.items():
        found = bundle.recommender.recommend(strict, SAMPLE_NOW)
        assert found.jobs == []
        notice = notice_of(replace(strict, locale=locale), found) or ""
        assert notice.startswith(nothing)
        is_all = not (found.nearest or found.unlocks)
        assert (advice in notice) == is_all
        alone = notice_of(replace(strict, locale=locale), replace(found, nearest=[], unlocks=None)) or ""
        assert advice in alone


def test_all_that_an_answer_names_is_logged_in_its_order(answers: list[Answer]) -> None:
    found = next(found for _, found in answers if found.nearest)
    assert [job_id for job_id, _ in found.shown] == [
        *(job.job_id for job in found.jobs),
        *(near.job.job_id for near in found.nearest),
    ]


def test_the_floor_is_logged_and_answers_of_before_had_none() -> None:
    asked = orjson.loads(query_json(3, JobFilter(), Locale.ES, frozenset(), (), least_relevance=0.35))
    assert query_from_document(asked).least_relevance == 0.35
    asked = orjson.loads(query_json(3, JobFilter(), Locale.ES, frozenset(), ()))
    assert query_from_document(asked).least_relevance is None

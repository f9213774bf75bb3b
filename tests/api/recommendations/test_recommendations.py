"""What POST /v1/recommendations answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from api.recommendations.schemas.answers import RecommendationAnswer
from api.recommendations.service.answers import answer_json
from engine.catalogue.job_cards import summary
from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.jobs import Device, Job
from engine.recommendation.query import Query
from engine.reranking.model import LinearModel, Link, Reranker
from index.serving import open_bundle
from sample.world import SAMPLE_NOW, World
from tests.api.services_of import services_of

Profile = dict[str, Any]
ASSISTANT: Profile = {"text": "Asistente virtual, atención al cliente y agenda"}


def ask(client: TestClient, **request: Any) -> dict[str, Any]:
    response = client.post("/v1/recommendations", json=request)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def recommended(client: TestClient, **request: Any) -> dict[str, Any]:
    """An answer but for the name that it has to itself."""
    return {name: value for name, value in ask(client, **request).items() if name != "recommendation_id"}


def test_hours_in_the_words_of_a_profile_are_read_and_told(client: TestClient) -> None:
    profile = {"text": "Diseñadora gráfica, 20 horas a la semana por las noches"}
    found = ask(client, profile=profile, limit=100)
    assert [chip["kind"] for chip in found["understood"]] == ["times", "weekly_hours"]
    unread = ask(client, profile=profile, limit=100, reads_limits=False)
    assert "understood" not in unread


def test_words_that_ask_for_pay_say_nothing_of_what_somebody_can_do(client: TestClient) -> None:
    stated = {"text": "Diseñadora gráfica", "min_pay": {"amount": 400, "currency": "PEN", "period": "month"}}
    known = ask(client, profile=stated, limit=20)["recommendations"]
    for text in ("Diseñadora gráfica, S/ 400 al mes", "Diseñadora gráfica; sueldo mínimo 400"):
        found = ask(client, profile={"text": text}, limit=20)["recommendations"]
        assert [one["job_id"] for one in found] == [one["job_id"] for one in known]
    assert known


def test_the_issues_example_is_answered_in_the_documented_shape(client: TestClient, evening_designer: Profile) -> None:
    response = client.post("/v1/recommendations", json={"profile": evening_designer, "limit": 10})
    assert response.headers["content-type"] == "application/json"
    answer = RecommendationAnswer.model_validate(response.json())
    assert 1 <= len(answer.recommendations) <= 10
    scores = [found.score for found in answer.recommendations]
    assert scores == sorted(scores, reverse=True)
    for found in answer.recommendations:
        assert found.score == pytest.approx(
            found.score_breakdown.relevance * found.score_breakdown.availability, abs=2e-4
        )
        assert found.score_breakdown.contributions is None
        assert found.job.modality in ("remote", "hybrid", None)
        assert found.job.device in (Device.PHONE, None)
        assert found.job.pay is None or found.job.pay.period == "project" or found.job.pay.amount > 0
    assert answer.reranker == "formula"
    assert answer.candidates.catalogue >= answer.candidates.eligible >= answer.candidates.reranked


def test_a_learned_score_is_answered_with_what_each_part_gave(tiny_bundles: Path, tiny_world: World) -> None:
    bundle = open_bundle((tiny_bundles / "current").resolve())
    weights = np.array([0.5, 2, -1, -1, 0.4, -0.2, 0.1, -0.1, 1, 0.3, -0.2, 0.1])
    model = LinearModel(weights, np.full(12, 0.5))
    reranker = Reranker("logistic-regression-1", model, Link.LOGISTIC, -0.7, bundle.recommender.calibration)
    learned = replace(bundle, recommender=replace(bundle.recommender, reranker=reranker))
    seeker = tiny_world.seekers[1]
    vector = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    jobs = learned.recommender.recommend(Query(seeker, vector), SAMPLE_NOW)
    answer = RecommendationAnswer.model_validate_json(answer_json(jobs, learned, None, recommendation_id="r"))
    assert answer.reranker == "logistic-regression-1"
    assert answer.recommendations
    for found in answer.recommendations:
        assert found.score_breakdown.contributions is not None
        log_odds = sum(found.score_breakdown.contributions.model_dump().values())
        assert found.score == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=1e-3)


def test_a_job_is_answered_with_its_facts_and_a_summary_in_place_of_its_description(
    client: TestClient, tiny_jobs: list[Job]
) -> None:
    stored = {job.job_id: job for job in tiny_jobs}
    for found in ask(client, profile=ASSISTANT)["recommendations"]:
        job = stored[found["job_id"]]
        assert found["job"]["title"] == job.title
        assert found["job"].get("employer") == job.employer
        assert "description" not in found["job"]
        begins = found["job"]["summary"].removesuffix("…")
        assert len(begins) <= 280
        assert " ".join(job.description.split()).startswith(begins)


def test_the_limit_is_kept_and_ten_by_default(client: TestClient) -> None:
    assert len(ask(client, profile=ASSISTANT)["recommendations"]) == 10
    assert len(ask(client, profile=ASSISTANT, limit=3)["recommendations"]) == 3
    assert len(ask(client, profile=ASSISTANT, limit=100)["recommendations"]) > 10


@pytest.mark.parametrize(("locale", "opening"), [("es", "Paga "), ("en", "It pays ")])
def test_reasons_are_in_the_language_asked_for(client: TestClient, locale: str, opening: str) -> None:
    answer = ask(client, profile=ASSISTANT, limit=50, locale=locale)
    paying = [job for job in answer["recommendations"] if "pay" in job["job"]]
    assert paying
    for job in paying:
        assert next(one["text"] for one in job["reasons"] if one["kind"] == "pay").startswith(opening)


def test_filters_narrow_what_is_eligible(client: TestClient) -> None:
    loose = ask(client, profile=ASSISTANT, limit=100)
    contract = next(
        found["job"]["contract"] for found in loose["recommendations"] if found["job"].get("contract") is not None
    )
    tight = ask(
        client,
        profile=ASSISTANT,
        limit=100,
        filters={"contracts": [contract], "allow_unstated": False, "modalities": ["remote"]},
    )
    assert 0 < tight["candidates"]["eligible"] < loose["candidates"]["eligible"]
    for found in tight["recommendations"]:
        assert (found["job"]["contract"], found["job"]["modality"]) == (contract, "remote")


def test_hours_shared_and_needed_are_parts_of_the_answer(client: TestClient, evening_designer: Profile) -> None:
    profile = ASSISTANT | {"availability": evening_designer["availability"]}
    answer = ask(client, profile=profile, limit=100, filters={"min_hours_coverage": 0.1})
    known = [
        found["score_breakdown"]
        for found in answer["recommendations"]
        if found["score_breakdown"]["hours_needed"] is not None
    ]
    assert known
    for parts in known:
        assert 0.1 * parts["hours_needed"] - 0.01 <= parts["hours_shared"] <= min(20, parts["hours_needed"])


@pytest.mark.parametrize(
    ("locale", "opening", "ways"),
    [
        ("es", "Ningún trabajo cumple", ["indicar más horas libres", "bajar el pago mínimo"]),
        ("en", "No job meets", ["state more free hours", "lower the least pay"]),
    ],
)
def test_when_nothing_fits_the_notice_says_what_to_loosen(
    client: TestClient, locale: str, opening: str, ways: list[str]
) -> None:
    quarter_hour = {"days": ["sun"], "start": "03:00", "end": "03:15"}
    profile = ASSISTANT | {
        "availability": {"time_zone": "America/Lima", "windows": [quarter_hour]},
        "min_pay": {"amount": 9_000, "currency": "USD", "period": "month"},
    }
    answer = ask(client, profile=profile, filters={"allow_unstated": False, "modalities": None}, locale=locale)
    assert (answer["recommendations"], answer["candidates"]["eligible"]) == ([], 0)
    assert answer["notice"].startswith(opening)
    assert all(way in answer["notice"] for way in ways)


def test_when_few_fit_the_notice_says_how_few(client: TestClient, evening_designer: Profile) -> None:
    answer = ask(client, profile=evening_designer, limit=100)
    found = len(answer["recommendations"])
    assert 0 < found < 100
    assert f" {found} de los 100 trabajos" in answer["notice"]


def test_there_is_no_notice_when_as_many_fit_as_were_asked_for(client: TestClient) -> None:
    assert ask(client, profile=ASSISTANT, limit=1)["notice"] is None


def test_a_stored_person_is_answered_without_the_encoder_and_the_same_as_their_profile(
    client: TestClient, evening_designer: Profile, scraped: Callable[..., float]
) -> None:
    def encodes() -> float:
        return scraped(client, "chamba_stage_duration_seconds_count", stage="encode")

    assert client.put("/v1/seekers/killa", json=evening_designer).json()["vector"] == "stored"
    before = encodes()
    by_id = recommended(client, seeker_id="killa")
    assert encodes() == before
    assert by_id == recommended(client, profile=evening_designer)
    assert encodes() == before + 1


def test_a_person_saved_before_the_first_bundle_is_encoded_once_when_first_asked_for(
    open_app: Callable[..., TestClient], tiny_bundles: Path, evening_designer: Profile, scraped: Callable[..., float]
) -> None:
    client = open_app()
    saved = client.put("/v1/seekers/killa", json=evening_designer)
    assert (saved.status_code, saved.json()["vector"]) == (201, "pending")
    services = services_of(client)
    services.settings.bundles.symlink_to(tiny_bundles)
    services.refresh()
    first, second = recommended(client, seeker_id="killa"), recommended(client, seeker_id="killa")
    assert first["recommendations"]
    assert first == second
    assert scraped(client, "chamba_stage_duration_seconds_count", stage="encode") == 1


def test_a_vector_of_another_model_is_replaced(
    open_app: Callable[..., TestClient], tiny_bundles: Path, evening_designer: Profile
) -> None:
    client = open_app(tiny_bundles)
    client.put("/v1/seekers/killa", json=evening_designer)
    records = services_of(client).records
    stored = records.get_seeker("killa")
    assert stored.vector is not None
    records.put_seeker(stored.seeker, -stored.vector, "an-older-model")
    assert recommended(client, seeker_id="killa") == recommended(client, profile=evening_designer)
    again = records.get_seeker("killa")
    assert again.vector_model_id == stored.vector_model_id
    assert again.vector == pytest.approx(stored.vector)


def test_without_a_bundle_the_answer_is_503_and_says_when_to_try_again(open_app: Callable[..., TestClient]) -> None:
    response = open_app().post("/v1/recommendations", json={"profile": ASSISTANT})
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    assert "chamba index" in response.json()["detail"]


@pytest.mark.parametrize("text", ["", "corto", "palabra " * 200, "x" * 5000, "una frase. " + "x" * 5000])
def test_a_summary_is_the_beginning_of_a_text(text: str) -> None:
    short = summary(text)
    assert len(short) <= 280
    assert " ".join(text.split()).startswith(short.removesuffix("…"))
    assert short.endswith("…") == (len(" ".join(text.split())) > 280)
    assert len(short) > 130 or not short.endswith("…")


@pytest.mark.parametrize(("sort", "unit"), [("pay_per_month", "per_month"), ("pay_per_hour", "per_hour")])
def test_an_answer_can_be_sorted_by_pay(client: TestClient, sort: str, unit: str) -> None:
    answer = ask(client, profile=ASSISTANT, limit=20, sort=sort)
    pays = [(job["job"].get("comparable_pay") or {}).get(unit, [-1, -1]) for job in answer["recommendations"]]
    assert pays == sorted(pays, reverse=True)
    assert pays[0] > [0, 0]


def test_another_sort_is_refused(client: TestClient) -> None:
    assert client.post("/v1/recommendations", json={"profile": ASSISTANT, "sort": "pay"}).status_code == 422

"""Ads of one job take one place of an answer, whoever asks and however, and the place names the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.recommendations.schemas.answers import RecommendationAnswer
from api.recommendations.service.replaying import replay
from store.evidence.log_shipping import ship_all
from tests.api.services_of import services_of

OpenApp = Callable[..., TestClient]
DUTIES = "Tejer redes de pesca y remendarlas en el taller, con hilo de la casa, y entregarlas cada semana."
TITLES = ("Tejedora de redes", "¡Urgente! Tejedor de redes", "Tejedores de redes / turno mañana")
PERSON = {"text": "Tejedora de redes de pesca"}


@pytest.fixture
def client(open_app: OpenApp, tiny_bundles: Path) -> TestClient:
    """Three ads of one job, spelt as employers spell themselves, one of them for half the day, and another job."""
    opened = open_app(tiny_bundles)
    of_employer = zip(TITLES, ("Redes Muelle SAC", "REDES MUELLE S.A.C.", "Redes Muelle"), strict=True)
    jobs = [{"title": title, "employer": employer} for title, employer in of_employer]
    jobs += [{"title": TITLES[0], "employer": "Redes Muelle", "hours_type": "part_time"}]
    jobs += [{"title": "Tejedora de redes", "employer": "Otra Caleta"}]
    for number, job in enumerate(jobs):
        full = {"description": DUTIES, "modality": "remote", "hours_type": "full_time"} | job
        assert opened.put(f"/v1/jobs/red-{number}", json=full).status_code == 201
    opened.put("/v1/seekers/rosa", json=PERSON)
    return opened


def of_nets(answer: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Of each place of a net maker the ads that it names."""
    read = RecommendationAnswer.model_validate(answer)
    return {
        one.job_id: [(similar.job_id, similar.title) for similar in one.similar_jobs]
        for one in read.recommendations
        if one.job_id.startswith("red-")
    }


def test_the_others_of_one_job_are_named_to_everybody_alike_and_replayed(client: TestClient) -> None:
    asked = {"limit": 100, "filters": {"modalities": None}}
    answers = [
        client.post("/v1/recommendations", json={"seeker_id": "rosa"} | asked).json(),
        client.post("/v1/recommendations", json={"profile": PERSON} | asked).json(),
        json.loads(client.post("/v1/recommendations:batch", json={"seeker_ids": ["rosa"]} | asked).text) | {},
    ]
    answers[2].pop("seeker_id")
    first, *others = map(of_nets, answers)
    assert others == [first, first]
    assert {frozenset([place, *(job_id for job_id, _ in named)]) for place, named in first.items()} == {
        frozenset(["red-0", "red-1", "red-2"]),
        frozenset(["red-3"]),
        frozenset(["red-4"]),
    }
    titles = dict(zip(("red-0", "red-1", "red-2"), TITLES, strict=True))
    assert all(title == titles[job_id] for named in first.values() for job_id, title in named)
    services = services_of(client)
    ship_all(services.settings.journal, services.database)
    with services.database.connect() as connection:
        for answer in answers:
            again = replay(answer["recommendation_id"], connection, services.settings.bundles)
            assert again.is_identical, again.difference


def test_who_has_half_the_day_gets_the_job_of_half_a_day_alone(client: TestClient) -> None:
    filters = {"modalities": None, "hours_types": ["part_time"]}
    answer = client.post("/v1/recommendations", json={"seeker_id": "rosa", "limit": 100, "filters": filters}).json()
    assert of_nets(answer) == {"red-3": []}

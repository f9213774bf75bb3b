"""People for a job: each has the score that the job has for them, and nobody who cannot take it is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.recommendations.schemas.people_for_job import PeopleForJobAnswer

OpenApp = Callable[..., TestClient]
JOB: dict[str, Any] = {
    "title": "Diseñadora gráfica por las noches",
    "skills": ["Photoshop"],
    "modality": "remote",
    "schedule": {
        "kind": "fixed",
        "time_zone": "America/Lima",
        "windows": [{"days": ["mon", "wed"], "start": "19:00", "end": "22:00"}],
    },
}


@pytest.fixture
def client(open_app: OpenApp, tiny_bundles: Path, evening_designer: dict[str, Any]) -> TestClient:
    opened = open_app(tiny_bundles)
    mornings = {"time_zone": "America/Lima", "windows": [{"days": ["mon"], "start": "08:00", "end": "12:00"}]}
    people = {
        "evening": evening_designer,
        "morning": evening_designer | {"availability": mornings},
        "cook": {"text": "Cocinera de menú criollo", "skills": ["Cocina"]},
        "other-skills": evening_designer | {"skills": ["Excel"], "text": "Asistente contable"},
    }
    for name, profile in people.items():
        opened.put(f"/v1/seekers/{name}", json=profile)
    opened.put("/v1/jobs/night", json=JOB)
    return opened


def ask(client: TestClient, limit: int = 10) -> dict[str, Any]:
    answer = client.post("/v1/jobs/night/candidates", json={"limit": limit})
    assert answer.status_code == 200, answer.text
    PeopleForJobAnswer.model_validate_json(answer.content)
    document: dict[str, Any] = answer.json()
    return document


def test_everybody_has_the_score_that_the_job_has_for_them(client: TestClient) -> None:
    answer = ask(client)
    named = {candidate["seeker_id"]: candidate for candidate in answer["candidates"]}
    assert set(named) == {"evening", "cook", "other-skills"}
    assert answer["people"] == {"considered": 4, "eligible": 3}
    for seeker_id, candidate in named.items():
        found = client.post("/v1/recommendations", json={"seeker_id": seeker_id, "limit": 100}).json()
        (job,) = (job for job in found["recommendations"] if job["job_id"] == "night")
        assert candidate["score"] == pytest.approx(job["score"], abs=2e-4)
        assert candidate["matched_skills"] == job["matched_skills"]
    scores = [candidate["score"] for candidate in answer["candidates"]]
    assert scores == sorted(scores, reverse=True)
    assert [candidate["seeker_id"] for candidate in ask(client, 1)["candidates"]] == [
        answer["candidates"][0]["seeker_id"]
    ]


def test_people_who_change_or_go_do_so_at_once(client: TestClient, evening_designer: dict[str, Any]) -> None:
    ask(client)
    client.put("/v1/seekers/new", json=evening_designer)
    client.delete("/v1/seekers/evening")
    client.put("/v1/seekers/cook", json={"text": "Cocinera", "device": "phone", "languages": {"en": "A1"}})
    client.put("/v1/jobs/night", json=JOB | {"languages": {"en": "C1"}})
    named = {candidate["seeker_id"] for candidate in ask(client)["candidates"]}
    assert "evening" not in named
    assert "cook" not in named


def test_a_closed_job_has_no_candidates_and_an_unknown_one_is_not_found(client: TestClient) -> None:
    client.put("/v1/jobs/night", json=JOB | {"is_open": False})
    assert ask(client)["candidates"] == []
    assert client.post("/v1/jobs/unknown/candidates", json={}).status_code == 404
    assert client.post("/v1/jobs/night/candidates", json={"limit": 0}).status_code == 422

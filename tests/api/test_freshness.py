"""Jobs saved through the API are in the very next answer, edited ones as they are now, closed ones in none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role

OpenApp = Callable[..., TestClient]

JOB: dict[str, Any] = {
    "title": "Tejedora de redes de pesca",
    "description": "Tejer y remendar redes de pesca en casa.",
    "skills": ["redes de pesca"],
    "modality": "remote",
}
PERSON = {"text": "Tejedora de redes de pesca", "skills": ["redes de pesca"]}


@pytest.fixture
def client(open_app: OpenApp, tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


def found(client: TestClient, asked: dict[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    """The recommended jobs by id."""
    body = {"limit": 100} | (asked or {"profile": PERSON})
    answer = client.post("/v1/recommendations", json=body)
    assert answer.status_code == 200, answer.text
    return {job["job_id"]: job["job"] for job in answer.json()["recommendations"]}


@pytest.fixture(params=["a profile", "a stored person"])
def asked(request: pytest.FixtureRequest, client: TestClient) -> dict[str, Any]:
    if request.param == "a profile":
        return {"profile": PERSON}
    client.put("/v1/seekers/red", json=PERSON)
    return {"seeker_id": "red"}


def test_a_job_lives_in_answers_as_long_as_it_is_open(client: TestClient, asked: dict[str, Any]) -> None:
    assert "red" not in found(client, asked)
    client.put("/v1/jobs/red", json=JOB)
    assert found(client, asked)["red"]["title"] == JOB["title"]
    client.put("/v1/jobs/red", json=JOB | {"title": "Tejedora"})
    assert found(client, asked)["red"]["title"] == "Tejedora"
    client.put("/v1/jobs/red", json=JOB | {"is_open": False})
    assert "red" not in found(client, asked)
    client.put("/v1/jobs/red", json=JOB)
    assert "red" in found(client, asked)
    client.delete("/v1/jobs/red")
    assert "red" not in found(client, asked)


def test_a_job_that_comes_says_that_one_applies_here_and_an_imported_one_where(
    client: TestClient, asked: dict[str, Any]
) -> None:
    imported = next(iter(found(client, asked).values()))
    assert imported["apply"]["how"] == "not_told"
    client.put("/v1/jobs/red", json=JOB | {"url": "https://redes.example/1"})
    assert found(client, asked)["red"]["apply"] == {"how": "here", "text": "Postula por Chamba"}
    read = client.get("/v1/jobs/red").json()
    assert read["apply"]["how"] == "here"
    false = {"how": "url", "text": "Deposita en la agencia", "url": "https://cobra.example"}
    assert client.put("/v1/jobs/red", json=read | {"apply": false}).json()["state"] == "open"
    assert client.get("/v1/jobs/red").json() == read
    assert client.put("/v1/jobs/red", json=JOB | {"apply": {"how": "by_deposit", "text": ""}}).status_code == 422
    client.put("/v1/jobs/red", json=JOB | {"is_open": False})
    assert "apply" not in client.get("/v1/jobs/red").json()


def test_a_job_that_somebody_does_not_want_stays_away_however_often_it_changes(
    client: TestClient, sign_in: Callable[..., dict[str, str]]
) -> None:
    rosa = sign_in(client, Role.SEEKER, email="rosa@correo.pe")
    client.put("/v1/me/profile", json=PERSON, headers=rosa)

    def own() -> set[str]:
        answer = client.post("/v1/me/recommendations", json={"limit": 100}, headers=rosa).json()
        return {one["job_id"] for one in answer["recommendations"]}

    client.put("/v1/jobs/red", json=JOB)
    assert "red" in own()
    client.put("/v1/me/dismissals/red", json={"reason": "pay"}, headers=rosa)
    for title in ("Tejedora", "Tejedora de redes", "Tejedora de mallas"):
        client.put("/v1/jobs/red", json=JOB | {"title": title})
        assert "red" not in own(), title


def test_a_job_of_the_bundle_changes_and_goes(client: TestClient, asked: dict[str, Any]) -> None:
    job_id = next(iter(found(client, asked)))
    client.put(f"/v1/jobs/{job_id}", json=JOB)
    assert found(client, asked)[job_id]["title"] == JOB["title"]
    client.delete(f"/v1/jobs/{job_id}")
    assert job_id not in found(client, asked)


def test_another_process_on_the_same_store_sees_it_too(
    open_app: OpenApp, tiny_bundles: Path, database_url: str
) -> None:
    first, second = (open_app(tiny_bundles, database_url=database_url) for _ in range(2))
    first.put("/v1/jobs/red", json=JOB)
    assert "red" in found(second)
    second.delete("/v1/jobs/red")
    assert "red" not in found(first)


def test_fresh_jobs_survive_a_restart(open_app: OpenApp, tiny_bundles: Path, database_url: str) -> None:
    open_app(tiny_bundles, database_url=database_url).put("/v1/jobs/red", json=JOB)
    assert "red" in found(open_app(tiny_bundles, database_url=database_url))

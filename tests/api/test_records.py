"""PUT, GET and DELETE of jobs and seekers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from engine.documents.jobs import JOB_EXAMPLE

JOB: dict[str, Any] = {
    "title": "Transcriptora de audios",
    "description": "Escuchar y escribir entrevistas.",
    "skills": ["ortografía"],
    "languages": {"es": "native", "en": None},
    "schedule": {
        "kind": "core_overlap",
        "time_zone": "America/New_York",
        "windows": [{"days": ["mon", "tue"], "start": "09:00", "end": "24:00"}],
        "core_hours": 4.0,
    },
    "pay": {"amount": 5.5, "max_amount": 8.0, "currency": "USD", "period": "hour"},
    "posted_at": "2026-05-01T14:00:00+00:00",
    "url": "https://example.org/jobs/7",
    "openings": 2,
    "source": "partner",
    "is_open": True,
}
PERSON: dict[str, Any] = {"text": "Sé ordenar archivos", "device": "tablet", "country": "PE"}


def stored(client: TestClient, path: str) -> dict[str, Any]:
    """What is read, without how one applies, which nobody sends."""
    document: dict[str, Any] = client.get(path).json()
    document.pop("apply", None)
    return document


@pytest.mark.parametrize(
    ("path", "document", "changed", "gone"),
    [
        ("/v1/jobs/partner:7", JOB, JOB | {"title": "Transcriptor de videos"}, 204),
        ("/v1/seekers/a.b-c_d~e:1", PERSON, PERSON | {"skills": ["Excel"]}, 200),
    ],
)
def test_a_document_is_created_read_replaced_and_forgotten(
    client: TestClient, path: str, document: dict[str, Any], changed: dict[str, Any], gone: int
) -> None:
    created = client.put(path, json=document)
    assert (created.status_code, created.headers["location"]) == (201, path)
    assert stored(client, path) == document
    replaced = client.put(path, json=changed)
    assert (replaced.status_code, "location" in replaced.headers) == (200, False)
    assert stored(client, path) == changed
    assert (client.delete(path).status_code, client.delete(path).status_code) == (gone, 404)
    missing = client.get(path)
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/not-found")
    assert path.rpartition("/")[2] in missing.json()["detail"]


def test_what_was_read_can_be_put_again(client: TestClient) -> None:
    client.put("/v1/jobs/example", json=JOB_EXAMPLE)
    read = client.get("/v1/jobs/example").json()
    assert client.put("/v1/jobs/example", json=read).status_code == 200
    assert client.get("/v1/jobs/example").json() == read


def test_a_person_forgotten_is_recommended_nothing(client: TestClient) -> None:
    client.put("/v1/seekers/leaving", json=PERSON)
    client.delete("/v1/seekers/leaving")
    response = client.post("/v1/recommendations", json={"seeker_id": "leaving"})
    assert (response.status_code, response.json()["type"]) == (404, "/problems/not-found")


def test_records_outlive_the_app(open_app: Callable[..., TestClient], database_url: str) -> None:
    open_app(database_url=database_url).put("/v1/jobs/kept", json=JOB)
    assert stored(open_app(database_url=database_url), "/v1/jobs/kept") == JOB


@pytest.mark.parametrize("job_id", ["a b", "ñ", "a%00b", "x" * 129, "a?b=1".replace("?", "%3F")])
def test_an_id_of_other_characters_is_refused(client: TestClient, job_id: str) -> None:
    response = client.put(f"/v1/jobs/{job_id}", json=JOB)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "job_id"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": None}, "title"),
        ({"hours_per_week": 169}, "hours_per_week"),
        ({"hours_per_week": 0}, "hours_per_week"),
        ({"hours_type": "whenever"}, "hours_type"),
        ({"openings": 10**30}, "openings"),
        ({"openings": 1.5}, "openings"),
        ({"pay": {"amount": 5, "currency": "soles", "period": "month"}}, "pay.currency"),
        ({"pay": {"amount": 5, "max_amount": 4, "currency": "PEN", "period": "month"}}, "pay.max_amount"),
        ({"pay": {"amount": 5, "currency": "PEN"}}, "pay.period"),
        ({"schedule": {"kind": "fixed"}}, "schedule.windows"),
        ({"schedule": {"kind": "flexible", "hours_per_week": 10, "time_zone": "Nowhere"}}, "schedule.time_zone"),
        ({"languages": {"español": "B1"}}, "languages"),
        ({"languages": {"es": "fluent"}}, "languages.es"),
        ({"country": "Perú"}, "country"),
        ({"applicant_countries": ["PE", "peru"]}, "applicant_countries.1"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"posted_at": "ayer"}, "posted_at"),
        ({"is_open": "yes"}, "is_open"),
        ({"job_id": "another"}, "job_id"),
        ({"description": "nul \0 nul"}, "description"),
    ],
)
def test_a_job_that_cannot_be_is_refused_by_its_field(client: TestClient, change: dict[str, Any], field: str) -> None:
    response = client.put("/v1/jobs/odd", json=JOB | change)
    assert response.status_code == 422, response.text
    fault = response.json()["errors"][0]
    assert fault["field"].startswith(field)
    assert fault["message"]
    assert client.get("/v1/jobs/odd").status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"seeker_id": "a\0b"}, "seeker_id"),
        ({"profile": {"text": "ventas\0"}}, "profile.text"),
        ({"profile": {"skills": ["ven\0tas"]}}, "profile.skills.0"),
        ({"profile": {"text": "ventas", "languages": {"e\0": "native"}}}, "profile.languages"),
        ({"profile": {"text": "ventas", "country": "\0P"}}, "profile.country"),
    ],
)
def test_a_nul_is_refused_by_its_field(client: TestClient, asked: dict[str, Any], field: str) -> None:
    answers = [client.post("/v1/recommendations", json=asked)]
    if "profile" in asked:
        answers.append(client.put("/v1/seekers/nul", json=asked["profile"]))
    for answer in answers:
        assert answer.status_code == 422, answer.text
        assert field.endswith(answer.json()["errors"][0]["field"])


def test_a_profile_that_says_nothing_is_refused(client: TestClient) -> None:
    empties: list[dict[str, Any]] = [{}, {"text": " \n"}, {"skills": []}, {"skills": [" "]}, {"device": "phone"}]
    for empty in empties:
        response = client.put("/v1/seekers/nobody", json=empty)
        assert response.status_code == 422
        assert "text or a skill" in response.json()["errors"][0]["message"]

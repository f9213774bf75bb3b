"""Every error is a problem document whose status and words tell the caller what to mend."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from api.schemas.problems import ProblemDocument

URL = "/v1/recommendations"
JSON = {"Content-Type": "application/json"}


def problem(response: Any, status: int, slug: str) -> dict[str, Any]:
    """The checked problem document of a response."""
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    document: dict[str, Any] = response.json()
    ProblemDocument.model_validate(document)
    assert (document["type"], document["status"]) == (f"/problems/{slug}", status)
    return document


def fault(client: TestClient, **request: Any) -> dict[str, str]:
    """The first thing wrong with a request for recommendations."""
    first: dict[str, str] = problem(client.post(URL, json=request), 422, "invalid-input")["errors"][0]
    return first


def free(**window: Any) -> dict[str, Any]:
    window = {"days": ["mon"], "start": "19:00", "end": "23:00"} | window
    return {"text": "costura", "availability": {"time_zone": "America/Lima", "windows": [window]}}


def test_a_bad_zone_names_the_field_and_what_a_zone_looks_like(client: TestClient) -> None:
    for zone in ("Mars/Olympus", "../../etc/passwd", "Lima", ""):
        found = fault(client, profile={"text": "costura", "availability": {"time_zone": zone}})
        assert found["field"] == "profile.availability.time_zone"
        assert "America/Lima" in found["expected"] or zone == ""


@pytest.mark.parametrize(
    ("window", "field", "word"),
    [
        ({"start": "25:00"}, "start", "00:00 to 24:00"),
        ({"end": "12:61"}, "end", "HH:MM"),
        ({"start": "19:00", "end": "19:00"}, "end", "00:00 to 24:00"),
        ({"start": "24:00"}, "start", "23:59"),
        ({"days": ["lun"]}, "days", "mon"),
    ],
)
def test_an_impossible_window_says_what_is_possible(
    client: TestClient, window: dict[str, Any], field: str, word: str
) -> None:
    found = fault(client, profile=free(**window))
    assert found["field"] == f"profile.availability.windows.0.{field}"
    assert word in found.get("expected", "") + found.get("fix", "")


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_numbers_that_are_none_are_not_json(client: TestClient, number: bytes) -> None:
    body = b'{"profile": {"text": "a", "min_pay": {"amount": ' + number + b', "currency": "PEN", "period": "hour"}}}'
    detail = problem(client.post(URL, content=body, headers=JSON), 400, "malformed-body")["detail"]
    assert "NaN" in detail
    assert "line 1" in detail


@pytest.mark.parametrize("body", [b"", b"{", b'{"a": "\xff"}', b'{"a": "\\ud800"}', b"[" * 100_000, b"\xef\xbb\xbf{}"])
def test_a_body_that_is_not_json_is_refused_as_such(client: TestClient, body: bytes) -> None:
    assert "UTF-8" in problem(client.post(URL, content=body, headers=JSON), 400, "malformed-body")["detail"]


def test_two_megabytes_are_refused_by_their_declared_length(client: TestClient) -> None:
    body = b'{"profile": {"text": "' + b"a" * 2_000_000 + b'"}}'
    detail = problem(client.post(URL, content=body, headers=JSON), 413, "body-too-large")["detail"]
    assert "262144" in detail
    assert str(len(body)) in detail


def test_a_body_of_undeclared_length_is_refused_without_reading_on(client: TestClient) -> None:
    received, answered = [], []

    async def receive() -> dict[str, Any]:
        received.append(65_536)
        return {"type": "http.request", "body": b" " * 65_536, "more_body": True}  # and so on for ever

    async def send(message: dict[str, Any]) -> None:
        answered.append(message)

    key = (b"authorization", client.headers["Authorization"].encode())
    scope = {
        "type": "http",
        "method": "PUT",
        "path": "/v1/seekers/large",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked"), key],
    }
    asyncio.run(client.app(scope, receive, send))  # type: ignore[arg-type]
    assert answered[0]["status"] == 413
    assert (b"content-type", b"application/problem+json") in answered[0]["headers"]
    assert sum(received) < 400_000


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_a_body_not_declared_as_json_is_refused(client: TestClient, content_type: str) -> None:
    response = client.post(URL, content=b"{}", headers={"Content-Type": content_type})
    assert "application/json" in problem(response, 415, "wrong-content-type")["detail"]


def test_a_declared_charset_is_fine(client: TestClient) -> None:
    body = '{"profile": {"text": "diseñadora"}}'.encode()
    response = client.post(URL, content=body, headers={"Content-Type": "Application/JSON; charset=utf-8"})
    assert response.status_code == 200


@pytest.mark.parametrize("request_", [{}, {"seeker_id": "a", "profile": {"text": "b"}}, {"seeker_id": None}])
def test_exactly_one_person_is_asked_for(client: TestClient, request_: dict[str, Any]) -> None:
    found = fault(client, **request_)
    assert "either seeker_id or profile" in found["message"]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": "10"}, "limit"),
        ({"limit": True}, "limit"),
        ({"locale": "qu"}, "locale"),
        ({"filters": {"modalities": []}}, "filters.modalities"),
        ({"filters": {"modalities": ["moon"]}}, "filters.modalities.0"),
        ({"filters": {"min_hours_coverage": 1.5}}, "filters.min_hours_coverage"),
        ({"filters": {"allow_unstated": 1}}, "filters.allow_unstated"),
        ({"filters": {"age": 30}}, "filters.age"),
        ({"page": 2}, "page"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_field(client: TestClient, request_: dict[str, Any], field: str) -> None:
    assert fault(client, profile={"text": "costura"}, **request_)["field"] == field


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        ({"text": "a" * 4001}, "profile.text"),
        ({"skills": ["a"] * 51}, "profile.skills"),
        ({"skills": ["a" * 81]}, "profile.skills.0"),
        ({"text": "a", "age": 40}, "profile.age"),
        ({"text": "a", "languages": {"es": None}}, "profile.languages.es"),
        ({"text": "a", "min_pay": {"amount": -1, "currency": "PEN", "period": "month"}}, "profile.min_pay.amount"),
        ({"text": "a", "min_pay": {"amount": 1, "currency": "XYZ", "period": "month"}}, "profile.min_pay"),
        (
            {"text": "a", "availability": {"time_zone": "UTC", "hours_per_week": 0}},
            "profile.availability.hours_per_week",
        ),
        ({"text": "a", "availability": {"windows": []}}, "profile.availability.time_zone"),
        ([], "profile"),
        ("Diseñadora", "profile"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_by_its_field(client: TestClient, profile: Any, field: str) -> None:
    assert fault(client, profile=profile)["field"] == field


def test_everything_wrong_is_named_at_once_and_large_input_is_not_echoed(client: TestClient) -> None:
    request = {"profile": {"text": "b" * 90_000, "k" * 5_000: 1, **{f"key{n}": n for n in range(5_000)}}, "limit": -1}
    response = client.post(URL, json=request)
    errors = problem(response, 422, "invalid-input")["errors"]
    assert {"profile.text", "profile.key0"} <= {error["field"] for error in errors}
    assert len(response.content) < 10_000


def test_unknown_addresses_and_methods_are_problems_too(client: TestClient) -> None:
    assert "/v1/jbos" in problem(client.get("/v1/jbos"), 404, "not-found")["detail"]
    response = client.patch("/v1/jobs/a", json={})
    problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PUT"


def failing(error: Exception) -> Callable[..., Any]:
    def fail(*_args: Any) -> Any:
        raise error

    return fail


def test_a_failure_of_ours_shows_no_internals(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.partners.service.own_jobs.seen_job", failing(RuntimeError("the secret word")))
    response = client.get("/v1/jobs/a")
    problem(response, 500, "internal-error")
    assert "secret" not in response.text


def test_a_database_that_does_not_answer_is_503(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = OperationalError("SELECT 1", {}, Exception("password=secret"))
    monkeypatch.setattr("api.partners.endpoints.seekers.require_partners_person", failing(lost))
    monkeypatch.setattr("store.records.records.Records.read_person", failing(lost))
    for response in (client.get("/v1/seekers/a"), client.post(URL, json={"seeker_id": "a"})):
        problem(response, 503, "database-unavailable")
        assert "secret" not in response.text
        assert response.headers["retry-after"]

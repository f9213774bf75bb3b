"""Whoever accepts Spanish is told in Spanish what went wrong, whatever they asked and however it was wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from api.routes import api_routes
from store.people.accounts import Role

ES, EN = {"Accept-Language": "es-PE,es;q=0.9,en;q=0.5"}, {"Accept-Language": "en"}
UNKNOWN = "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a40"
SAID = ("message", "expected", "fix")
# The same in both languages: codes and names.
CODES = frozenset({"type", "status", "field", "request_id"})
Bearer = dict[str, str]
SignIn = Callable[..., Bearer]


def words_of(problem: dict[str, Any]) -> list[str]:
    """What a problem says to people."""
    faults = [fault[part] for fault in problem.get("errors", ()) for part in SAID if part in fault]
    return [problem["title"], problem["detail"], *faults]


def wrongs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each route, asked wrongly in several ways."""
    for route in api_routes():
        path = route.path.format(**dict.fromkeys(route.param_convertors, UNKNOWN))
        for method in sorted(route.methods or ()):
            yield method, path, {"headers": {"Authorization": ""}}
            yield method, path, {"headers": {"Authorization": "Bearer chamba_wrong_key"}}
            yield method, path, {"json": {"\0": 1}}
            yield method, path, {"json": {"nobody": "knows", "limit": "many", "text": 3}, "params": {"limit": "x"}}
            yield method, path, {"content": b"{", "headers": {"Content-Type": "application/json"}}
            yield method, path, {"content": b"x", "headers": {"Content-Type": "text/plain"}}
        yield "PATCH", path + "/nowhere", {}
        yield "TRACE", path, {}


def asked(client: TestClient, method: str, path: str, request: dict[str, Any], language: Bearer) -> Any:
    headers = language | request.get("headers", {})
    return client.request(method, path, **request | {"headers": headers})


def test_every_problem_is_told_in_the_language_that_is_accepted(client: TestClient) -> None:
    kinds, alike = set(), []
    for method, path, request in wrongs():
        spanish, english = (asked(client, method, path, request, language) for language in (ES, EN))
        assert spanish.status_code == english.status_code
        if spanish.headers.get("content-type") != "application/problem+json":
            continue
        told, said = spanish.json(), english.json()
        kinds.add(told["type"])
        assert (spanish.headers["content-language"], english.headers["content-language"]) == ("es", "en")
        assert (told["type"], told["status"]) == (said["type"], said["status"])
        assert [one["field"] for one in told.get("errors", ())] == [one["field"] for one in said.get("errors", ())]
        pairs = zip(words_of(told), words_of(said), strict=True)
        alike += [(method, path, one) for one, other in pairs if one == other and " " in one and ", " not in one]
    assert alike == []
    assert {"/problems/" + kind for kind in ("not-found", "invalid-input", "method-not-allowed")} <= kinds
    assert {"/problems/" + kind for kind in ("malformed-body", "wrong-content-type", "unauthenticated")} <= kinds


def test_an_account_is_told_in_its_own_language_unless_the_request_names_another(
    client: TestClient, sign_in: SignIn
) -> None:
    rosa = sign_in(client, Role.SEEKER, email="rosa.habla@correo.pe")
    told = client.post("/v1/me/recommendations", json={}, headers=rosa)
    assert told.status_code == 404
    assert told.json()["detail"].startswith("guarda primero tu perfil; ")
    assert told.headers["content-language"] == "es"
    said = client.post("/v1/me/recommendations", json={}, headers=rosa | EN).json()["detail"]
    assert said.startswith("save your profile first; ")
    forbidden = client.get("/v1/admin/accounts", headers=rosa)
    assert (forbidden.status_code, forbidden.headers["content-language"]) == (403, "es")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/me/recommendations", {}),
        ("GET", "/v1/me/profile", None),
        ("DELETE", "/v1/me/profile", None),
        ("PUT", "/v1/me/availability", {"time_zone": "America/Lima", "hours_per_week": 20}),
        ("GET", "/v1/me/availability/calendar", None),
    ],
)
def test_whoever_has_no_profile_is_told_to_save_it(
    client: TestClient, sign_in: SignIn, method: str, path: str, body: Any
) -> None:
    nobody = sign_in(client, Role.SEEKER, email=f"{method}.{path.replace('/', '.')}@correo.pe")
    told = client.request(method, path, json=body, headers=nobody).json()["detail"]
    assert told.startswith("guarda primero tu perfil; cuenta qué sabes hacer")


def test_the_lines_of_a_batch_are_told_so_too(client: TestClient) -> None:
    body = {"seeker_ids": ["nobody-knows"], "limit": 1}
    line = client.post("/v1/recommendations:batch", json=body, headers=ES).json()
    assert line["problem"]["detail"] == "no existe esa persona; llegó 'nobody-knows'"


def test_a_database_that_does_not_answer_and_a_failure_of_ours(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, words in (
        (OperationalError("SELECT 1", {}, Exception("lost")), "ahora no se pueden leer"),
        (RuntimeError("the secret word"), "la falla está en el registro"),
    ):

        def fail(*_args: Any, error: Exception = error) -> Any:
            raise error

        monkeypatch.setattr("api.partners.service.own_jobs.seen_job", fail)
        told = client.get("/v1/jobs/a", headers=ES)
        assert told.json()["detail"].startswith(words)
        assert told.headers["content-language"] == "es"

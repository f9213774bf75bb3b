"""What a route of many says of each line is in the language that is accepted, whatever the account's is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.routes import api_routes
from store.people.accounts import Role
from tests.api.language.catalogued import schemas_of

Bearer = dict[str, str]
ES, EN = {"Accept-Language": "es"}, {"Accept-Language": "en"}
UNKNOWN = "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a40"
SAID = frozenset({"title", "detail", "message", "text"})
MANY = (":batch", ":import", ":decide")
JOB = {"title": "Costurera a domicilio", "modality": "remote"}
FRAUD = JOB | {"description": "Solo pagas S/ 50 de inscripción por Yape antes de empezar"}
POSTING = {"@type": "JobPosting", "title": "Tejedora", "identifier": "t"}
EVENT = {"event_id": "e1", "kind": "click", "seeker_id": "nadie", "job_id": "nada"}
ORGANISATION = "/v1/employers/{employer_id}"
# By route, a body of lines of which each has something to say, and who sends it: a partner where nobody is named.
LINES: dict[str, tuple[Any, Role | None]] = {
    "/v1/jobs:batch": ({"jobs": [{"job_id": "a b", "job": JOB}, 7, {"job_id": "sur-4", "job": FRAUD}]}, None),
    "/v1/seekers:batch": ({"seekers": [{"seeker_id": "rosa", "profile": {}}, {"profile": 1}]}, None),
    "/v1/recommendations:batch": ({"seeker_ids": ["nadie", "a b"]}, None),
    "/v1/events": (
        {
            "events": [
                EVENT | {"occurred_at": "2026-11-25T19:00:00Z"},
                EVENT | {"occurred_at": "2999-11-25T19:00:00Z"},
                EVENT | {"occurred_at": "1999-11-25T19:00:00Z"},
                EVENT,
            ]
        },
        None,
    ),
    ORGANISATION + "/jobs:batch": ({"jobs": [JOB, JOB | {"modality": "moon"}, {}]}, Role.EMPLOYER),
    ORGANISATION + "/jobs:import": (
        [
            POSTING | {"validThrough": "cuando sea"},
            POSTING | {"identifier": "u", "datePosted": "2026-11-25", "validThrough": "2026-11-01"},
            POSTING | {"identifier": "v", "workHours": "según acuerdo y luna"},
            POSTING | {"identifier": "w", "baseSalary": "mucho"},
            POSTING | {"title": ""},
            {"@type": "Recipe", "name": "Locro"},
            7,
        ],
        Role.EMPLOYER,
    ),
    "/v1/admin/cases:decide": (
        {"case_ids": [UNKNOWN], "decision": "job_shown", "reason": "Está bien"},
        Role.ADMINISTRATOR,
    ),
}


def takes_lines(route: Any) -> bool:
    if route.path.endswith(MANY):
        return True
    body = route.body_field
    found = [] if body is None else schemas_of([body.field_info.annotation])
    readers = (one["function"] for one in found if one["type"] == "function-wrap")
    return any(reader["function"].__name__ == "_one_line" for reader in readers)


def test_every_route_of_lines_is_asked() -> None:
    assert {route.path for route in api_routes() if takes_lines(route)} == LINES.keys()


@pytest.fixture(scope="module")
def employer_id(client: TestClient, sign_in: Callable[..., Bearer]) -> tuple[str, dict[Role, Bearer]]:
    """An organisation, and headers of somebody of each role."""
    people = {role: sign_in(client, role, email=f"{role}@lineas.pe") for role in (Role.EMPLOYER, Role.ADMINISTRATOR)}
    made = client.post("/v1/employers", json={"name": "Taller Urpi"}, headers=people[Role.EMPLOYER])
    return made.json()["employer_id"], people


@pytest.mark.parametrize("path", LINES)
def test_each_line_is_told_in_the_language_that_is_accepted(
    client: TestClient, employer_id: tuple[str, dict[Role, Bearer]], path: str
) -> None:
    (body, role), (organisation, people) = LINES[path], employer_id
    who = people[role] if role is not None else {}
    spanish, english = (
        lines_of(client.post(path.format(employer_id=organisation), json=body, headers=who | language))
        for language in (ES, EN)
    )
    assert len(spanish) == len(english) > 0
    for line, same in zip(spanish, english, strict=True):
        told, said = list(words_of(line)), list(words_of(same))
        assert told, f"nothing is said of {line}"
        assert len(told) == len(said)
        assert [one for one, other in zip(told, said, strict=True) if one == other] == []


def lines_of(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    if answer.headers["content-type"].startswith("application/jsonl"):
        return [json.loads(line) for line in answer.text.splitlines()]
    document = answer.json()
    found: list[dict[str, Any]] = document.get("items") or document["rejected"]
    return found


def words_of(line: dict[str, Any]) -> Iterator[str]:
    """What a line says to people: its problem, why its job is not shown, which fields could not be read."""
    problem, posting = line.get("problem"), line.get("posting") or {}
    yield from [problem] if isinstance(problem, str) else _said(problem)
    yield from _said([line.get("state_reasons"), posting.get("state_reasons")])
    yield from line.get("unread", {}).values()


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _said(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in SAID:
                yield one
            else:
                yield from _said(one)

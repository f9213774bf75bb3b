"""Values that no database, header or parser likes, in every place of every request: each is refused, none is a 500."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.configuration.settings import Settings
from store.ids import new_id
from tests.api.named_things import caller, real_values, with_real_values
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp

Path_ = tuple[str | int, ...]

DOCUMENT: dict[str, Any] = create_app(Settings(data_dir=Path("nowhere"), database_url="sqlite://")).openapi()
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
JSON, PROBLEM = "application/json", "application/problem+json"
WITH_BODY = [
    name for name, operation in OPERATIONS.items() if JSON in operation.get("requestBody", {}).get("content", {})
]
WITH_PARAMETERS = [name for name, operation in OPERATIONS.items() if operation.get("parameters")]


def nested(depth: int) -> Any:
    found: Any = "x"
    for _ in range(depth):
        found = [found]
    return found


# What is sent, and the status that it always has, None where it depends on the place.
NUL, HALF_A_PAIR = ("a\0b", 422), ("\ud800", 400)
OTHERS: tuple[tuple[Any, int | None], ...] = (
    *((nested(60), 422), (nested(500), 422), (10**400, 400), ("x" * 200_000, None)),
    *(("á" * 10_000, None), ("1" * 5_000, None), ("\u202e\ufdfa\u0301", None), (10**30, None), (-1, None)),
    *((5e-324, None), (True, None), (None, None), ([], None), ({}, None)),
)
ODD_PARAMETERS = (
    *("%00", "a%00b", "%ff", "%ed%a0%80", "%2e%2e%2f", "a%2Fb", "%F0%9F%98%80", "%D9%A1", "-1", "1e400", "9" * 5_000),
    *(
        "x" * 5_000,
        "%0d%0aX:%20y",
        "null",
        "WyIxIl0",
        "WyJcdTAwMDAiXQ",
        "W1tdXQ",
        "9999-12-31",
        "0001-01-01",
        "%27%22%3C",
    ),
)


def example_of(operation: dict[str, Any]) -> Any:
    content = operation["requestBody"]["content"][JSON]
    if "example" in content:
        return content["example"]
    return DOCUMENT["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]["examples"][0]


def places(document: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Where a value may be put instead of another."""
    items = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


def changed(document: Any, path: Path_, value: Any) -> Any:
    if not path:
        return value
    copy = document.copy()
    copy[path[0]] = changed(document[path[0]], path[1:], value)
    return copy


def asked(name: str, real: RealThings, path: str, body: Any = None) -> Any:
    """The answer to an operation at some address of it."""
    method, _, template = name.partition(" ")
    real.served.clock.move(hours=1)
    headers = caller(method, template, real) if OPERATIONS[name]["security"] else {}
    content = None if body is None else json.dumps(body).encode()
    if content is not None:
        headers |= {"Content-Type": JSON}
    url = real.served.url + path
    return real.served.session.request(method, url, data=content, headers=headers, allow_redirects=False)


def held(answer: Any, status: int | None, what: object) -> None:
    assert answer.status_code < 500, (what, answer.text)
    assert status in (None, answer.status_code), (what, answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == PROBLEM, what


@pytest.mark.parametrize("name", WITH_BODY)
def test_a_body_with_a_value_that_cannot_be_is_refused(name: str, real: RealThings) -> None:
    method, _, template = name.partition(" ")
    values = real_values(method, template, real)
    path = template.format(**with_real_values(_path_parameters(name), values))
    body = with_real_values(example_of(OPERATIONS[name]), values)
    others = cycle(OTHERS)
    for place in places(body):
        for value, status in (NUL, HALF_A_PAIR, next(others), next(others)):
            held(asked(name, real, path, changed(body, place, value)), status, (place, str(value)[:20]))
    key = {"a\0": 1} | (body if isinstance(body, dict) else {})
    held(asked(name, real, path, key), 422, "a key with NUL")


@pytest.mark.parametrize("name", WITH_PARAMETERS)
def test_an_odd_address_or_query_is_answered(name: str, real: RealThings) -> None:
    method, _, template = name.partition(" ")
    values = real_values(method, template, real)
    usual = with_real_values(_path_parameters(name), values)
    body = None
    if JSON in OPERATIONS[name].get("requestBody", {}).get("content", {}):
        body = with_real_values(example_of(OPERATIONS[name]), values)
    for parameter in OPERATIONS[name]["parameters"]:
        for odd in ODD_PARAMETERS:
            if parameter["in"] == "path":
                path = template.format(**(usual | {parameter["name"]: odd}))
            elif parameter["in"] == "query":
                path = f"{template.format(**usual)}?{parameter['name']}={odd}"
            else:
                continue
            held(asked(name, real, path, body), None, path[:100])


EDGES = (
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59-14:00",
)


@pytest.mark.parametrize("moment", EDGES)
def test_a_moment_at_the_edge_of_the_calendar_is_kept_or_refused(
    moment: str, served: ServedApp, real: RealThings
) -> None:
    admin, keys = real.headers(real.administrator), f"{served.url}/v1/admin/partners/{real.partner_id}/keys"
    body: Any = {"scopes": ["jobs"], "expires_at": moment}
    made = served.session.post(keys, json=body, headers=admin)
    held(made, None, made.text)
    assert served.session.get(keys, headers=admin).status_code == 200
    job: Any = {"title": "Tejedora", "posted_at": moment, "closes_at": moment}
    held(served.session.put(f"{served.url}/v1/jobs/{new_id()}", json=job, headers=real.partner), None, "a job")
    served.ask("POST", "/v1/recommendations", real.partner, {"profile": {"text": "Tejedora"}})
    event = {"event_id": new_id(), "kind": "click", "seeker_id": "rosa", "job_id": "web", "occurred_at": moment}
    held(served.session.post(f"{served.url}/v1/events", json={"events": [event]}, headers=real.partner), None, "events")


def _path_parameters(name: str) -> dict[str, str]:
    found = [one["name"] for one in OPERATIONS[name].get("parameters", []) if one["in"] == "path"]
    return dict.fromkeys(found, "analyst") | ({"question": "hours"} if "question" in found else {})

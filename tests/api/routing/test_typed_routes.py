"""A route asks its rule before it reads the body, reads within limits, and says what is wrong as every route does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient
from starlette.types import Message

from api.access.rules import Anybody, SeekerCaller
from api.admin.schemas.accounts import ReasonRequest
from api.routes import api_routes
from api.routing.typed_routes import TypedRoute
from store.ids import new_id
from store.people.accounts import Role

Bearer = dict[str, str]
SUSPEND = f"/v1/admin/accounts/{new_id()}/suspend"
NUL = json.dumps({"reason": "a\0b"})
DEEP = json.dumps({"reason": "fraud"})[:-1] + ', "more": ' + "[" * 60 + "]" * 60 + "}"


@pytest.fixture
def admin(client: TestClient, sign_in: Callable[..., Bearer]) -> Bearer:
    return sign_in(client, Role.ADMINISTRATOR, email=f"{new_id()}@correo.pe")


def test_nobody_s_body_is_read_before_the_rule_is_asked(client: TestClient) -> None:
    answered: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("the body was read")

    async def send(message: Message) -> None:
        answered.append(message)

    headers = [(b"content-type", b"application/json"), (b"authorization", b"Bearer nothing")]
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": SUSPEND, "query_string": b"", "headers": headers}

    async def ask() -> None:
        await client.app(scope, receive, send)

    asyncio.run(ask())
    assert answered[0]["status"] == 401


@pytest.mark.parametrize(
    ("content", "content_type", "status", "slug"),
    [
        ("x" * 2_000_000, "application/json", 413, "body-too-large"),
        ("{}", "text/plain", 415, "wrong-content-type"),
        ("{}", "", 415, "wrong-content-type"),
        ("", "application/json", 400, "malformed-body"),
        ('{"reason": NaN}', "application/json", 400, "malformed-body"),
        (NUL, "application/json", 422, "invalid-input"),
        (DEEP, "application/json", 422, "invalid-input"),
        ("null", "application/json", 422, "invalid-input"),
        ("[]", "application/json", 422, "invalid-input"),
        ('{"reason": "envy"}', "application/json; charset=utf-8", 422, "invalid-input"),
        ('{"reason": "fraud"}', "Application/JSON", 404, "not-found"),
    ],
)
def test_a_body_is_refused_by_its_size_then_its_form_then_what_it_says(
    client: TestClient, admin: Bearer, content: str, content_type: str, status: int, slug: str
) -> None:
    answer = client.post(SUSPEND, content=content, headers=admin | {"Content-Type": content_type})
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")


def test_what_is_wrong_with_a_body_is_named_by_its_path(client: TestClient, admin: Bearer) -> None:
    def errors(document: object) -> list[dict[str, str]]:
        found: list[dict[str, str]] = client.post(SUSPEND, json=document, headers=admin).json()["errors"]
        return found

    assert [(one["field"], one["got"]) for one in errors({"reason": "envy", "more": 1})] == [
        ("reason", "'envy'"),
        ("more", "1"),
    ]
    assert [(one["field"], one["got"]) for one in errors({})] == [("reason", "nada")]
    assert [(one["field"], one["got"]) for one in errors([1, 2])] == [("body", "una lista de 2")]


def test_an_endpoint_without_a_rule_or_with_two_is_no_route() -> None:
    router = APIRouter(route_class=TypedRoute)

    def open_to_all() -> None:
        """Nobody is asked."""

    def two_rules(_first: Anybody, _second: SeekerCaller, _body: ReasonRequest) -> None:
        """Two are asked."""

    for endpoint in (open_to_all, two_rules):
        with pytest.raises(TypeError, match="one rule"):
            router.post("/nowhere")(endpoint)


def test_every_route_is_typed() -> None:
    assert [route.path for route in api_routes() if not isinstance(route, TypedRoute)] == []

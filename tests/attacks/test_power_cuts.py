"""What people and law rely on is on the disk before anybody is told; what may be counted again is not waited for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, event

from store.people.accounts import Role
from tests.api.services_of import services_of

FULL, NORMAL = 2, 1
Bearer = dict[str, str]

pytestmark = pytest.mark.sqlite_only("PostgreSQL waits for the disk at every commit")


@pytest.fixture
def app(open_app: Callable[..., TestClient]) -> TestClient:
    return open_app()


def commits(app: TestClient, ask: Callable[[], object]) -> dict[str, int]:
    """How each transaction that wrote to a table was committed, by the table."""
    found: dict[str, int] = {}
    database = services_of(app).database

    def see(connection: Connection, _cursor: object, sql: str, *_: object) -> None:
        words = sql.split()
        if words[0] in ("INSERT", "UPDATE", "DELETE"):
            table = words[1] if words[0] == "UPDATE" else words[2]
            assert connection.connection.dbapi_connection is not None
            mode = connection.connection.dbapi_connection.cursor().execute("PRAGMA synchronous").fetchone()[0]
            found[table] = min(mode, found.get(table, FULL))

    event.listen(database, "after_cursor_execute", see)
    try:
        ask()
    finally:
        event.remove(database, "after_cursor_execute", see)
    return found


def ask(app: TestClient, headers: Bearer, method: str, path: str, body: Any, answers: list[Any]) -> None:
    answers.append(app.request(method, path, json=body, headers=headers))


def test_what_people_do_is_on_the_disk_when_it_is_answered(app: TestClient, sign_in: Callable[..., Bearer]) -> None:
    rosa = sign_in(app, Role.SEEKER, email="rosa@correo.pe")
    app.put("/v1/jobs/red", json={"title": "Tejedora", "country": "PE", "modality": "remote"})
    consent = {"purpose": "be_found", "text_version": "2026-11", "is_given": True}
    for method, path, body, table in (
        ("POST", "/v1/me/consents", consent, "consents"),
        ("POST", "/v1/me/applications", {"job_id": "red", "text": "Tejo"}, "applications"),
        ("POST", "/v1/me/correction-requests", {"text": "Me llamo Rosa"}, "cases"),
        ("POST", "/v1/me/erasure", {"password": "lluvia en Huaraz"}, "erasure_receipts"),
    ):
        answers: list[Any] = []
        found = commits(app, partial(ask, app, rosa, method, path, body, answers))
        assert answers[0].is_success, answers[0].text
        assert found[table] == FULL, (path, found)
        assert found.get("audit_entries", FULL) == FULL


def test_what_is_only_counted_is_not_waited_for(app: TestClient) -> None:
    wrong = {"email": "nadie@correo.pe", "password": "otra lluvia"}
    found = commits(app, lambda: app.post("/v1/auth/log-in", json=wrong))
    assert found["attempts"] == NORMAL

"""A programme with an officer, and people who ask; the clock stands still until a test moves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role, find_account
from tests.api.services_of import services_of
from tests.api.signed_in import signed_in

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]

NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
ADMIN, OFFICER = "admin@correo.pe", "oficial@ministerio.example"
FACTS = {
    "name": "Conectados",
    "organisation": "Ministerio de Trabajo",
    "description": "Una computadora prestada por un año",
    "appeal_to": "Mesa de partes del ministerio",
}
RULES: dict[str, Any] = {
    "version": 1,
    "in_force_from": "2026-12-01",
    "valid_months": 12,
    "rules": [
        {"kind": "age", "at_least": 18},
        {
            "kind": "any_of",
            "rules": [
                {"kind": "household_income_per_head", "at_most": "poverty_line"},
                {"kind": "sisfoh_class", "one_of": ["poor", "extremely_poor"]},
            ],
        },
    ],
}
AGREED = ("matching", "sensitive", "screening")


def ok(answer: Any, status: int = 200) -> Any:
    """The JSON of an answer with that status."""
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


@dataclass
class Office:
    """An app with a programme in it, and how people use it."""

    app: TestClient
    sign_in: SignIn
    admin: Bearer
    officer: Bearer
    programme_id: str
    now: datetime = NOW

    def person(self, name: str, agreed: tuple[str, ...] = AGREED) -> Bearer:
        """Somebody new."""
        return self.sign_in(self.app, Role.SEEKER, email=f"{name}@correo.pe", agreed=agreed)

    def again(self, address: str) -> Bearer:
        """The headers of somebody who logs in again."""
        services = services_of(self.app)
        with services.database.connect() as connection:
            account_id = find_account(connection, services.cipher, address)
        assert account_id is not None
        return signed_in(services, account_id)

    def move(self, **time: float) -> None:
        """Let time pass; whoever goes on logs in again."""
        self.now += timedelta(**time)
        self.admin, self.officer = self.again(ADMIN), self.again(OFFICER)

    def details(self, person: Bearer, **details: Any) -> Any:
        """Save private details."""
        return ok(self.app.put("/v1/me/private-details", json=details, headers=person))

    def ask(self, person: Bearer, status: int = 201, *, key: str | None = None, **body: Any) -> Any:
        """Ask whether one may enter."""
        headers = person if key is None else person | {"Idempotency-Key": key}
        url = f"/v1/me/programmes/{self.programme_id}/screenings"
        return ok(self.app.post(url, json=body, headers=headers), status)

    def officers(self, method: str, path: str, body: Any = None, status: int = 200, who: Bearer | None = None) -> Any:
        """What the officer is answered below the programme."""
        url = f"/v1/officers/programmes/{self.programme_id}{path}"
        return ok(self.app.request(method, url, json=body, headers=who or self.officer), status)

    def publish(self, status: int = 201, **changes: Any) -> Any:
        """Publish rules."""
        return self.officers("POST", "/versions", RULES | changes, status)


@pytest.fixture
def office(open_app: Callable[..., TestClient], tiny_bundles: Any, sign_in: SignIn) -> Office:
    """The programme, without rules yet."""
    app = open_app(tiny_bundles)
    services_of(app).clock = lambda: NOW
    admin = sign_in(app, Role.ADMINISTRATOR, email=ADMIN, agreed=())
    officer = sign_in(app, Role.OFFICER, email=OFFICER, agreed=())
    programme_id = ok(app.post("/v1/admin/programmes", json=FACTS, headers=admin), 201)["programme_id"]
    account_id = ok(app.get("/v1/me", headers=officer))["account_id"]
    ok(app.put(f"/v1/admin/programmes/{programme_id}/officers/{account_id}", headers=admin))
    found = Office(app, sign_in, admin, officer, programme_id)
    services_of(app).clock = lambda: found.now
    return found

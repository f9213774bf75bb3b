"""Rosa, who has an account, on her phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role
from store.people.factors.totp import totp_code
from tests.api.services_of import services_of

PASSWORD = "lluvia en Huaraz"
Bearer = dict[str, str]


class Person:
    """Somebody with an account, as a client sees it."""

    def __init__(self, app: TestClient, email: str, headers: Bearer) -> None:
        self.app, self.email, self.headers = app, email, headers

    def log_in(self, device: str = "telefono/1") -> Any:
        body = {"email": self.email, "password": PASSWORD}
        return self.app.post("/v1/auth/log-in", json=body, headers={"User-Agent": device})

    def ask(self, method: str, path: str, body: Any = None, headers: Bearer | None = None) -> Any:
        return self.app.request(method, path, json=body, headers=headers or self.headers)

    def add_app(self) -> tuple[str, list[str]]:
        """The app's secret, and recovery codes."""
        begun = self.ask("POST", "/v1/me/totp")
        assert begun.status_code == 200, begun.text
        secret = str(begun.json()["secret"])
        confirmed = self.ask("POST", "/v1/me/totp/confirm", {"code": self.code(secret)})
        assert confirmed.status_code == 200, confirmed.text
        return secret, list(confirmed.json()["recovery_codes"])

    def code(self, secret: str, **later: int) -> str:
        return totp_code(secret, services_of(self.app).now() + timedelta(**later))

    def move(self, **later: int) -> None:
        services = services_of(self.app)
        moment = services.now() + timedelta(**later)
        services.clock = lambda: moment

    def second_step(self, **proof: Any) -> Any:
        """The answer to a proof in the second step of a new log-in."""
        challenge = self.log_in().json()["challenge_id"]
        return self.app.post("/v1/auth/second-step", json={"challenge_id": challenge} | proof)


def bearer(tokens: dict[str, Any]) -> Bearer:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


MakePerson = Callable[..., Person]


@pytest.fixture
def make_person(open_app: Callable[..., TestClient], sign_in: Callable[..., Bearer]) -> MakePerson:
    """Opens an app and makes somebody with these roles in it: their clock stands at the middle of a quarter."""
    opened: list[TestClient] = []

    def make(*roles: Role, email: str = "rosa@correo.pe", **settings: Any) -> Person:
        if not opened:
            opened.append(open_app(**settings))
            services = services_of(opened[0])
            moment = services.now().replace(minute=1, second=5)
            services.clock = lambda: moment
        return Person(opened[0], email, sign_in(opened[0], *(roles or (Role.SEEKER,)), email=email))

    return make


@pytest.fixture
def rosa(make_person: MakePerson) -> Person:
    return make_person()

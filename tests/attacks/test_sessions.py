"""Refresh tokens that are asked for several times at once, copied ones, and access tokens of another time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import jwt
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from api.credentials.tokens import ISSUER, LIFETIME, TokenKind
from store.encryption.data_keys import Purpose
from store.encryption.rotation import rotate_token_key
from store.people.accounts import NewAccount, Role, create_account
from store.people.sessions import TOKENS, start_session
from tests.api.services_of import services_of

Later = Callable[..., None]
AT_ONCE = timedelta(0)

KIND, AUDIENCE = TokenKind.ACCESS.value


@pytest.fixture
def app(open_app: Any) -> TestClient:
    opened: TestClient = open_app()
    return opened


@pytest.fixture
def session(app: TestClient) -> tuple[str, str, str]:
    """An account's id, the first refresh token of a session of it, and the session's id."""
    services = services_of(app)

    def begin(connection: Connection) -> tuple[str, str, str]:
        new = NewAccount("rosa@correo.pe", "no hash", frozenset({Role.EMPLOYER}))
        account_id = create_account(connection, services.cipher, new, services.now())
        token = start_session(connection, account_id, services.now())
        return account_id, token.text, token.family_id

    return services.write(begin)


@pytest.fixture
def later(app: TestClient) -> Later:
    """Moves the clock of the app: `later(seconds=11)`."""
    services = services_of(app)

    def move(**by: float) -> None:
        moment = services.now() + timedelta(**by)
        services.clock = lambda: moment

    return move


def refresh(app: TestClient, token: str) -> Any:
    return app.post("/v1/auth/refresh", json={"refresh_token": token})


def access(app: TestClient, token: str) -> int:
    return int(app.get("/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code)


def test_ten_who_refresh_at_once_get_one_next_token_and_the_session_goes_on(
    app: TestClient, session: tuple[str, str, str], later: Later
) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: refresh(app, session[1]), range(10)))
    assert {answer.status_code for answer in answers} == {200}
    (following,) = {answer.json()["refresh_token"] for answer in answers}
    assert following != session[1]
    assert {access(app, answer.json()["access_token"]) for answer in answers} == {200}
    later(minutes=10)
    assert refresh(app, following).status_code == 200


def test_who_copied_a_token_within_those_seconds_still_ends_the_session_with_its_owner(
    app: TestClient, session: tuple[str, str, str], later: Later
) -> None:
    owners, thiefs = refresh(app, session[1]).json(), refresh(app, session[1]).json()
    later(minutes=10)
    newest = refresh(app, owners["refresh_token"])
    assert newest.status_code == 200
    later(minutes=10)
    assert refresh(app, thiefs["refresh_token"]).status_code == 401
    assert refresh(app, newest.json()["refresh_token"]).status_code == 401


def test_a_token_whose_next_one_was_used_is_a_copy_however_soon_it_comes(
    app: TestClient, session: tuple[str, str, str]
) -> None:
    following = refresh(app, session[1]).json()["refresh_token"]
    newest = refresh(app, following).json()["refresh_token"]
    assert refresh(app, session[1]).status_code == 401
    assert refresh(app, newest).status_code == 401


def test_what_is_stored_of_refresh_tokens_makes_none(app: TestClient, session: tuple[str, str, str]) -> None:
    texts = [session[1], refresh(app, session[1]).json()["refresh_token"]]
    with services_of(app).database.connect() as connection:
        rows = str(connection.execute(TOKENS.select()).all())
    assert [text for text in texts if text in rows] == []


@pytest.mark.parametrize(
    ("issued", "ends", "status"),
    [
        (0, 600, 200),
        (30, 630, 200),  # by a server whose clock is half a minute ahead
        (-599, 1, 200),
        (-601, -1, 401),
        (3_600, 4_200, 401),
        (0, 86_400, 401),
        (-86_400, 300, 401),
        (600, 300, 401),
    ],
)
def test_an_access_token_is_of_its_time(
    app: TestClient, session: tuple[str, str, str], issued: int, ends: int, status: int
) -> None:
    services = services_of(app)
    moment = services.now()
    services.clock = lambda: moment
    now = int(moment.timestamp())
    assert access(app, signed(app, session, {"iat": now + issued, "exp": now + ends})) == status


def signed(app: TestClient, session: tuple[str, str, str], claims: dict[str, Any], kind: str | None = KIND) -> str:
    """A token with our own key; a claim of None is left out."""
    services = services_of(app)
    key_id, key = services.cipher.key(Purpose.TOKEN)
    now = int(services.now().timestamp())
    usual = {"iss": ISSUER, "aud": AUDIENCE, "sub": session[0], "sid": session[2], "iat": now, "exp": now + 600}
    stated = {name: value for name, value in (usual | claims).items() if value is not None}
    return jwt.encode(stated, key, "HS256", headers={"kid": key_id, "typ": kind})


@pytest.mark.parametrize(
    ("claims", "kind", "status"),
    [
        ({}, KIND, 200),
        ({"aud": "another-service"}, KIND, 401),
        ({"aud": None}, KIND, 401),
        ({"iss": "another"}, KIND, 401),
        ({"iss": None}, KIND, 401),
        ({"sub": None}, KIND, 401),
        ({"sid": None}, KIND, 401),
        ({"sid": "another"}, KIND, 401),
        ({}, "JWT", 401),
        ({}, None, 401),
    ],
)
def test_a_token_of_another_kind_or_for_another_service_opens_nothing(
    app: TestClient, session: tuple[str, str, str], claims: dict[str, Any], kind: str | None, status: int
) -> None:
    assert access(app, signed(app, session, claims, kind)) == status


def test_a_key_of_tokens_that_others_may_know_is_replaced_at_once(
    app: TestClient, session: tuple[str, str, str]
) -> None:
    services = services_of(app)
    old = refresh(app, session[1]).json()
    assert access(app, old["access_token"]) == 200
    report = rotate_token_key(services.database, services.cipher, lifetime=LIFETIME, settle=AT_ONCE)
    assert (report.current, report.retired) == (("token-2",), ("token-1",))
    assert access(app, old["access_token"]) == 401
    new = refresh(app, old["refresh_token"])
    assert new.status_code == 200
    assert access(app, new.json()["access_token"]) == 200


def test_a_key_of_tokens_that_is_replaced_in_time_ends_no_token_before_its_own(
    app: TestClient, session: tuple[str, str, str]
) -> None:
    services = services_of(app)
    old = refresh(app, session[1]).json()["access_token"]
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        assert access(app, old) == 200

    settle = timedelta(seconds=30)
    rotate_token_key(services.database, services.cipher, lifetime=LIFETIME, settle=settle, wait=wait)
    assert sum(waited) == pytest.approx((2 * settle + LIFETIME).total_seconds(), abs=5)
    assert access(app, old) == 401

"""Strangers who guess passwords are stopped, and stop nobody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.accounts.schemas.accounts import LogIn
from api.accounts.service.password_attempts import password_attempt
from api.credentials.known_devices import HOLDS
from api.http.problems import ProblemError
from store.people.accounts import NewAccount, Role, create_account
from store.requests.attempts import ATTEMPTS
from tests.api.services_of import services_of

RIGHT, WRONG = "lluvia en Huaraz", "granizo en Puno"
EMAIL, OTHER = "rosa@correo.pe", "killa@correo.pe"
OWNERS, STRANGERS = "190.12.3.4", "45.9.9.9"


@pytest.fixture
def app(open_app: Any) -> TestClient:
    """An app with two accounts, whose clock stands still."""
    opened: TestClient = open_app()
    services = services_of(opened)
    moment = services.now().replace(minute=1)
    services.clock = lambda: moment
    hashed = services.passwords.hashed(RIGHT)
    for email in (EMAIL, OTHER):
        new = NewAccount(email, hashed, frozenset({Role.EMPLOYER}))
        services.write(partial(create_account, cipher=services.cipher, new=new, now=moment))
    return opened


def log_in(app: TestClient, password: str, address: str = OWNERS, email: str = EMAIL, device: str | None = None) -> Any:
    shown = {} if device is None else {"device_token": device}
    client = TestClient(app.app, client=(address, 50_000))
    return client.post("/v1/auth/log-in", json={"email": email, "password": password} | shown)


def lock_out(app: TestClient, addresses: int = 6) -> None:
    """Count passwords that are tried from so many addresses, ten each, until the account takes none of theirs."""
    tried = LogIn(email=EMAIL, password=SecretStr(WRONG))
    with suppress(ProblemError):
        for number in range(10 * addresses):
            password_attempt(tried, f"45.9.9.{number // 10}", services_of(app))


def test_right_passwords_do_not_count(app: TestClient) -> None:
    assert {log_in(app, RIGHT).status_code for _ in range(12)} == {200}
    assert [log_in(app, WRONG).status_code for _ in range(11)] == [401] * 10 + [429]
    with services_of(app).database.connect() as connection:
        counts = {row.subject.partition(":")[0]: row.attempt_count for row in connection.execute(ATTEMPTS.select())}
    assert counts["login-email-address"] == 11
    assert counts["login-email"] == 10


def test_a_stranger_who_guesses_from_one_address_locks_out_that_address_alone(app: TestClient) -> None:
    statuses = [log_in(app, WRONG, STRANGERS).status_code for _ in range(30)]
    assert statuses == [401] * 10 + [429] * 20
    assert log_in(app, RIGHT, OWNERS).status_code == 200
    assert log_in(app, RIGHT, STRANGERS, OTHER).status_code == 200


def test_a_device_that_was_logged_in_on_is_let_in_while_strangers_are_locked_out(app: TestClient) -> None:
    device = log_in(app, RIGHT).json()["device_token"]
    lock_out(app)
    assert log_in(app, RIGHT).status_code == 429
    assert log_in(app, RIGHT, device=device).status_code == 200
    assert log_in(app, RIGHT, "200.1.1.1", device=device).status_code == 200  # on a bus, by another network


def test_a_token_of_another_account_an_altered_or_an_old_one_is_that_of_a_stranger(app: TestClient) -> None:
    services = services_of(app)
    own = log_in(app, RIGHT).json()["device_token"]
    number, day, signature = own.split(".")
    others = [
        log_in(app, RIGHT, "200.1.1.1", OTHER).json()["device_token"],
        f"{number}.{int(day) + 1}.{signature}",
        f"{number[::-1]}.{day}.{signature}",
        f"{number}.{day}.{signature[::-1]}",
        *("", ".", "..", "a.b.c", "ñ", "." * 200),
    ]
    lock_out(app)
    assert {log_in(app, RIGHT, device=other).status_code for other in others} == {429}
    later = services.now() + HOLDS + timedelta(days=1)
    services.clock = lambda: later
    lock_out(app)
    assert log_in(app, RIGHT, device=own).status_code == 429


def test_whoever_has_a_known_device_gets_only_so_many_guesses_with_it(app: TestClient) -> None:
    device = log_in(app, RIGHT).json()["device_token"]
    lock_out(app)
    assert [log_in(app, WRONG, device=device).status_code for _ in range(11)] == [401] * 10 + [429]
    assert log_in(app, RIGHT, device=device).status_code == 429


def test_many_who_guess_at_once_get_no_more_than_one_after_the_other(app: TestClient) -> None:
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(lambda _: log_in(app, WRONG).status_code, range(40)))
    assert statuses.count(401) <= 10


def test_an_account_that_is_nobodys_is_limited_alike(app: TestClient) -> None:
    statuses = [log_in(app, WRONG, STRANGERS, "nadie@correo.pe").status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    shown = log_in(app, WRONG, OWNERS, "nadie@correo.pe", device="a.1.b")
    assert shown.json()["detail"] == log_in(app, WRONG, OWNERS, device="a.1.b").json()["detail"]


def test_a_wrong_password_is_limited_where_somebody_is_logged_in_and_right_ones_are_not(app: TestClient) -> None:
    headers = {"Authorization": f"Bearer {log_in(app, RIGHT).json()['access_token']}"}
    body = {"email": "otra@correo.pe", "password": WRONG}
    statuses = [app.post("/v1/me/email", json=body, headers=headers).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]

"""Where somebody is logged in: they see it, end it, and it ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.credentials.devices import LONGEST_NAME, device_name
from store.people.accounts import Role
from store.people.open_sessions import SESSIONS
from tests.api.services_of import services_of

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]

PASSWORD = "lluvia en Huaraz"
PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A135M) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0 Mobile Safari/537.36"
)
CABIN = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def app(open_app: Callable[..., TestClient], sign_in: SignIn) -> TestClient:
    opened = open_app(session_idle_days=2, session_days=5, staff_session_idle_minutes=30, staff_session_hours=2)
    sign_in(opened, Role.SEEKER, email="rosa@correo.pe")
    return opened


def log_in(app: TestClient, user_agent: str = PHONE) -> dict[str, Any]:
    body = {"email": "rosa@correo.pe", "password": PASSWORD}
    answer = app.post("/v1/auth/log-in", json=body, headers={"User-Agent": user_agent})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def bearer(tokens: dict[str, Any]) -> Bearer:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def refresh(app: TestClient, tokens: dict[str, Any]) -> Any:
    return app.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]})


def sessions(app: TestClient, tokens: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = app.get("/v1/me/sessions", headers=bearer(tokens)).json()["items"]
    return found


def statuses(app: TestClient, *tokens: dict[str, Any]) -> list[int]:
    return [app.get("/v1/me", headers=bearer(one)).status_code for one in tokens]


def move(app: TestClient, **later: int) -> None:
    services = services_of(app)
    moment = services.now() + timedelta(**later)
    services.clock = lambda: moment


def test_somebody_sees_their_devices_and_which_is_this_one(app: TestClient) -> None:
    phone, cabin = log_in(app), log_in(app, CABIN)
    found = {one["device"]: one["is_this_one"] for one in sessions(app, phone) if one["device"]}
    assert found == {"Chrome, Android": True, "Firefox, Windows": False}
    with services_of(app).database.connect() as connection:
        kept = repr(connection.execute(SESSIONS.select()).all())
    assert "Chrome" not in kept
    assert cabin


def test_an_ended_session_is_refused_at_once_and_the_others_go_on(app: TestClient) -> None:
    phone, cabin = log_in(app), log_in(app, CABIN)
    (other,) = [one for one in sessions(app, phone) if one["device"] == "Firefox, Windows"]
    assert app.delete(f"/v1/me/sessions/{other['session_id']}", headers=bearer(phone)).status_code == 204
    assert statuses(app, phone, cabin) == [200, 401]
    assert refresh(app, cabin).status_code == 401
    assert refresh(app, phone).status_code == 200
    again = app.delete(f"/v1/me/sessions/{other['session_id']}", headers=bearer(phone))
    assert again.status_code == 404


def test_all_others_are_ended_together(app: TestClient) -> None:
    phone, cabin, third = (log_in(app) for _ in range(3))
    assert app.delete("/v1/me/sessions", headers=bearer(phone)).status_code == 204
    assert statuses(app, phone, cabin, third) == [200, 401, 401]
    assert [one["is_this_one"] for one in sessions(app, phone)] == [True]


def test_nobody_ends_or_sees_the_session_of_another(app: TestClient, sign_in: SignIn) -> None:
    rosa, ana = log_in(app), sign_in(app, Role.SEEKER, email="ana@correo.pe")
    for one in sessions(app, rosa):
        assert app.delete(f"/v1/me/sessions/{one['session_id']}", headers=ana).status_code == 404
    assert statuses(app, rosa) == [200]
    assert len(app.get("/v1/me/sessions", headers=ana).json()["items"]) == 1


def test_logging_out_ends_the_access_token_too(app: TestClient) -> None:
    phone = log_in(app)
    assert app.post("/v1/auth/log-out", json={"refresh_token": phone["refresh_token"]}).status_code == 204
    assert statuses(app, phone) == [401]


def test_a_session_that_is_not_used_ends(app: TestClient) -> None:
    phone = log_in(app)
    move(app, days=2)
    assert refresh(app, phone).status_code == 401


def test_a_session_that_is_used_ends_too(app: TestClient) -> None:
    phone = log_in(app)
    for _ in range(4):
        move(app, days=1)
        answer = refresh(app, phone)
        assert answer.status_code == 200
        phone = answer.json()
    move(app, days=1)
    assert refresh(app, phone).status_code == 401


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OFFICER])
def test_sessions_of_staff_are_short(app: TestClient, sign_in: SignIn, role: Role) -> None:
    headers = sign_in(app, role, email="personal@correo.pe")
    code = app.post("/v1/me/recovery-codes", headers=headers).json()["recovery_codes"][0]
    begun = app.post("/v1/auth/log-in", json={"email": "personal@correo.pe", "password": PASSWORD}).json()
    second = {"challenge_id": begun["challenge_id"], "recovery_code": code}
    tokens = app.post("/v1/auth/second-step", json=second).json()
    move(app, minutes=29)
    tokens = refresh(app, tokens).json()
    move(app, minutes=30)
    assert refresh(app, tokens).status_code == 401


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (PHONE, "Chrome, Android"),
        (PHONE.replace("Mobile", "SamsungBrowser/25.0 Mobile"), "Samsung Internet, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("okhttp/4.12.0", "okhttp"),
        ("", "?"),
        ("\u00f1and\u00fa <script>", "?"),
        ("x" * 100_000, "x" * LONGEST_NAME),
    ],
)
def test_a_device_has_a_short_name(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name

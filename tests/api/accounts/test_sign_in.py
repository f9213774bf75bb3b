"""Signing up, logging in, refreshing, forgetting: what works, what is refused, and what nobody learns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.access.limiting import MAIL_BY_EMAIL
from tests.api.services_of import services_of

PASSWORD = "lluvia en Huaraz"
CONSENT = {"purpose": "matching", "text_version": "2026-11", "is_given": True}

Mails = Callable[[TestClient], list[str]]


def sign_up(client: TestClient, email: str = "rosa@correo.pe", **changes: Any) -> Any:
    body = {"email": email, "password": PASSWORD, "role": "seeker", "name": "Rosa Quispe", "consents": [CONSENT]}
    return client.post("/v1/auth/sign-up", json=body | changes)


def code_in(mail: str) -> str:
    found = re.search(r"\b\d{6}\b", mail)
    assert found is not None
    return found.group()


@pytest.fixture
def app(open_app: Any) -> TestClient:
    opened: TestClient = open_app()
    return opened


@pytest.fixture
def tokens(app: TestClient, mails: Mails) -> dict[str, str]:
    """Rosa's tokens, just after she signed up."""
    asked = sign_up(app)
    assert asked.status_code == 202, asked.text
    code = code_in(mails(app)[-1])
    answer = app.post("/v1/auth/confirm", json={"confirmation_id": asked.json()["confirmation_id"], "code": code})
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json()
    return found


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_somebody_signs_up_with_a_code_and_sees_their_account(app: TestClient, tokens: dict[str, str]) -> None:
    me = app.get("/v1/me", headers=bearer(tokens["access_token"])).json()
    assert (me["email"], me["name"], me["roles"]) == ("rosa@correo.pe", "Rosa Quispe", ["seeker"])
    consents = app.get("/v1/me/consents", headers=bearer(tokens["access_token"])).json()
    assert consents["agreed"] == ["matching"]


def test_no_account_is_made_without_the_code(app: TestClient) -> None:
    asked = sign_up(app).json()
    for code in ("000000", "111111", "222222", "333333", "444444"):
        wrong = app.post("/v1/auth/confirm", json={"confirmation_id": asked["confirmation_id"], "code": code})
        assert wrong.status_code == 401
    login = app.post("/v1/auth/log-in", json={"email": "rosa@correo.pe", "password": PASSWORD})
    assert login.status_code == 401


def test_a_code_is_good_for_five_attempts(app: TestClient, mails: Mails) -> None:
    asked = sign_up(app).json()
    right = code_in(mails(app)[-1])
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        body = {"confirmation_id": asked["confirmation_id"], "code": wrong}
        assert app.post("/v1/auth/confirm", json=body).status_code == 401
    body = {"confirmation_id": asked["confirmation_id"], "code": right}
    assert app.post("/v1/auth/confirm", json=body).status_code == 401


def test_a_code_holds_for_fifteen_minutes(app: TestClient, mails: Mails) -> None:
    asked = sign_up(app).json()
    code = code_in(mails(app)[-1])
    services = services_of(app)
    later = services.now() + timedelta(minutes=15, seconds=1)
    services.clock = lambda: later
    body = {"confirmation_id": asked["confirmation_id"], "code": code}
    assert app.post("/v1/auth/confirm", json=body).status_code == 401


def test_a_seeker_without_the_consent_to_matching_is_told_which_one_is_needed(app: TestClient) -> None:
    for consents in ([], [CONSENT | {"is_given": False}]):
        answer = sign_up(app, consents=consents)
        assert answer.status_code == 422
        assert "matching" in answer.json()["errors"][0]["expected"]


@pytest.mark.usefixtures("tokens")
def test_nobody_learns_whether_an_address_has_an_account(app: TestClient, mails: Mails) -> None:
    known, unknown = sign_up(app), sign_up(app, email="nadie@correo.pe")
    assert known.status_code == unknown.status_code == 202
    assert known.json()["message"] == unknown.json()["message"]
    assert known.json().keys() == unknown.json().keys()
    reset = {"new_password": "granizo en Puno"}
    answers = [
        app.post("/v1/auth/password-reset", json=reset | {"email": email})
        for email in ("rosa@correo.pe", "ninguna@correo.pe")
    ]
    assert answers[0].status_code == answers[1].status_code == 202
    assert answers[0].json()["message"] == answers[1].json()["message"]
    logins = [
        app.post("/v1/auth/log-in", json={"email": email, "password": "otra cosa"})
        for email in ("rosa@correo.pe", "ninguna@correo.pe")
    ]
    assert logins[0].status_code == logins[1].status_code == 401
    assert logins[0].json()["detail"] == logins[1].json()["detail"]
    assert logins[0].json().keys() == logins[1].json().keys()
    assert any("ya tiene una" in mail for mail in mails(app))


def test_an_access_token_ends_after_ten_minutes_and_is_refreshed(app: TestClient, tokens: dict[str, str]) -> None:
    services = services_of(app)
    later = services.now() + timedelta(minutes=10, seconds=1)
    services.clock = lambda: later
    old = app.get("/v1/me", headers=bearer(tokens["access_token"]))
    assert old.status_code == 401
    assert old.headers["WWW-Authenticate"] == "Bearer"
    fresh = app.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]}).json()
    assert app.get("/v1/me", headers=bearer(fresh["access_token"])).status_code == 200


def test_a_refresh_token_used_again_later_ends_the_session_and_its_owner_gets_a_mail(
    app: TestClient, tokens: dict[str, str], mails: Mails
) -> None:
    services = services_of(app)
    first = app.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]}).json()
    later = services.now() + timedelta(seconds=11)
    services.clock = lambda: later
    again = app.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert again.status_code == 401
    stolen = app.post("/v1/auth/refresh", json={"refresh_token": first["refresh_token"]})
    assert stolen.status_code == 401
    assert "Cerramos una sesión" in mails(app)[-1]


def test_logging_out_ends_the_session(app: TestClient, tokens: dict[str, str]) -> None:
    assert app.post("/v1/auth/log-out", json={"refresh_token": tokens["refresh_token"]}).status_code == 204
    assert app.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]}).status_code == 401


def test_a_new_password_ends_every_session(app: TestClient, tokens: dict[str, str]) -> None:
    body = {"password": PASSWORD, "new_password": "granizo en Puno"}
    changed = app.post("/v1/me/password", json=body, headers=bearer(tokens["access_token"]))
    assert changed.status_code == 204
    assert app.get("/v1/me", headers=bearer(tokens["access_token"])).status_code == 401
    assert app.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]}).status_code == 401
    old = app.post("/v1/auth/log-in", json={"email": "rosa@correo.pe", "password": PASSWORD})
    new = app.post("/v1/auth/log-in", json={"email": " Rosa@Correo.PE ", "password": "granizo en Puno"})
    assert (old.status_code, new.status_code) == (401, 200)


@pytest.mark.usefixtures("tokens")
def test_a_forgotten_password_is_replaced_by_a_mailed_code(app: TestClient, mails: Mails) -> None:
    asked = app.post(
        "/v1/auth/password-reset", json={"email": "rosa@correo.pe", "new_password": "granizo en Puno"}
    ).json()
    body = {"confirmation_id": asked["confirmation_id"], "code": code_in(mails(app)[-1])}
    assert app.post("/v1/auth/confirm", json=body).status_code == 200
    login = app.post("/v1/auth/log-in", json={"email": "rosa@correo.pe", "password": "granizo en Puno"})
    assert login.status_code == 200


@pytest.mark.parametrize(
    "password",
    ["12345678901", "aaaaaaaabbbb", "rosa la mejor", "mi contraseña 7", "corta", "qwertyui", "peru1234", "quispe.1998"],
)
def test_a_password_that_is_easy_to_guess_is_refused_and_not_repeated(app: TestClient, password: str) -> None:
    answer = sign_up(app, password=password)
    assert answer.status_code == 422
    assert password not in answer.text


def test_logging_in_is_limited_by_address_of_the_mail(app: TestClient, tokens: dict[str, str]) -> None:
    services = services_of(app)
    moment = services.now().replace(minute=1)
    services.clock = lambda: moment
    wrong = {"email": "rosa@correo.pe", "password": "otra cosa"}
    statuses = [app.post("/v1/auth/log-in", json=wrong).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    right = app.post("/v1/auth/log-in", json=wrong | {"password": PASSWORD})
    assert right.status_code == 429
    assert 0 < int(right.headers["Retry-After"]) <= 900
    next_period = moment + timedelta(minutes=15)
    services.clock = lambda: next_period
    assert app.post("/v1/auth/log-in", json=wrong | {"password": PASSWORD}).status_code == 200
    assert tokens


def test_signing_up_is_limited_by_mail_address(app: TestClient) -> None:
    services = services_of(app)
    moment = services.now().replace(minute=1)
    services.clock = lambda: moment
    statuses = [sign_up(app).status_code for _ in range(6)]
    assert statuses == [202] * 5 + [429]


def test_another_address_is_confirmed_before_it_is_used(app: TestClient, tokens: dict[str, str], mails: Mails) -> None:
    headers = bearer(tokens["access_token"])
    body = {"email": "rosa.quispe@correo.pe", "password": PASSWORD}
    asked = app.post("/v1/me/email", json=body, headers=headers)
    assert asked.status_code == 202
    assert app.get("/v1/me", headers=headers).json()["email"] == "rosa@correo.pe"
    given = {"confirmation_id": asked.json()["confirmation_id"], "code": code_in(mails(app)[-1])}
    assert app.post("/v1/auth/confirm", json=given).status_code == 200
    assert app.get("/v1/me", headers=headers).json()["email"] == "rosa.quispe@correo.pe"


def test_a_token_of_another_making_is_refused(app: TestClient, tokens: dict[str, str]) -> None:
    head, claims, signature = tokens["access_token"].split(".")
    forged = [
        f"{head}.{claims}.{signature[::-1]}",
        f"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.",
        "Bearer",
        "ñ",
        "a.b.c",
        "",
    ]
    for token in forged:
        answer = app.get("/v1/me", headers={b"Authorization": f"Bearer {token}".encode()})
        assert answer.status_code == 401, token


def test_names_and_phones_are_corrected_and_removed(app: TestClient, tokens: dict[str, str]) -> None:
    headers = bearer(tokens["access_token"])
    changed = app.patch("/v1/me", json={"phone": "+51 987 654 321", "locale": "en"}, headers=headers).json()
    assert (changed["name"], changed["phone"], changed["locale"]) == ("Rosa Quispe", "+51987654321", "en")
    assert app.patch("/v1/me", json={"name": None}, headers=headers).json()["name"] is None


@pytest.mark.parametrize("path", ["sign-up", "password-reset"])
def test_what_is_refused_and_mails_nothing_does_not_count_as_a_mail(app: TestClient, path: str) -> None:
    moment = services_of(app).now()
    services_of(app).clock = lambda: moment
    field = "password" if path == "sign-up" else "new_password"
    role = {"role": "employer"} if path == "sign-up" else {}
    easy = {"email": "nueva@correo.pe", field: "nueva2024"} | role
    refused = [app.post(f"/v1/auth/{path}", json=easy).status_code for _ in range(MAIL_BY_EMAIL.attempts + 2)]
    assert refused == [422] * len(refused)
    good = easy | {field: "lomo saltado sin arroz"}
    asked = [app.post(f"/v1/auth/{path}", json=good).status_code for _ in range(MAIL_BY_EMAIL.attempts + 1)]
    assert asked == [202] * MAIL_BY_EMAIL.attempts + [429]
    told = app.post(f"/v1/auth/{path}", json=good, headers={"Accept-Language": "es"})
    assert re.search(r"vuelve a intentarlo en \d+ (minutos|segundos)$", told.json()["detail"])
    assert 0 < int(told.headers["Retry-After"]) <= 3_600


def test_a_password_that_is_too_short_is_counted_in_characters(app: TestClient) -> None:
    body = {"email": "nueva@correo.pe", "role": "employer"}
    for password, words in (("corta", "al menos 8 caracteres"), ("x" * 129, "como máximo 128 caracteres")):
        told = app.post("/v1/auth/sign-up", json=body | {"password": password}, headers={"Accept-Language": "es"})
        (error,) = told.json()["errors"]
        assert words in error["message"]
    english = app.post("/v1/auth/sign-up", json=body | {"password": "corta"}, headers={"Accept-Language": "en"})
    assert english.json()["errors"][0]["message"] == "String should have at least 8 characters"

"""Signing up, logging in and forgetting by the number of a phone: what works, what it may cost, what nobody learns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.services.services import Services
from store.people.phones import PHONES
from tests.api.services_of import services_of

PASSWORD = "lluvia en Huaraz"
CONSENT = {"purpose": "matching", "text_version": "2026-11", "is_given": True}
ROSA = "+51987654321"

Texts = Callable[[TestClient], list[str]]
Bearer = dict[str, str]


def sign_up(client: TestClient, phone: str = "987 654 321", **changes: Any) -> Any:
    body = {"phone": phone, "password": PASSWORD, "role": "seeker", "name": "Rosa Quispe", "consents": [CONSENT]}
    return client.post("/v1/auth/sign-up", json=body | changes)


def code_in(text: str) -> str:
    found = re.search(r"\b\d{6}\b", text)
    assert found is not None
    return found.group()


def confirm(client: TestClient, asked: Any, texts: Texts) -> Any:
    code = code_in(texts(client)[-1])
    return client.post("/v1/auth/confirm", json={"confirmation_id": asked.json()["confirmation_id"], "code": code})


def log_in(client: TestClient, password: str = PASSWORD, **name: str) -> Any:
    return client.post("/v1/auth/log-in", json={"password": password} | (name or {"phone": ROSA}))


def bearer(answer: Any) -> Bearer:
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def move(services: Services, **later: float) -> None:
    moment = services.now() + timedelta(**later)
    services.clock = lambda: moment


@pytest.fixture
def app(open_app: Any) -> TestClient:
    opened: TestClient = open_app(sms_codes_per_day=20)
    services = services_of(opened)
    noon = services.now().replace(hour=17, minute=1)
    services.clock = lambda: noon
    return opened


@pytest.fixture
def rosa(app: TestClient, texts: Texts) -> Bearer:
    asked = sign_up(app)
    assert asked.status_code == 202, asked.text
    return bearer(confirm(app, asked, texts))


def test_somebody_signs_up_with_a_code_by_sms_and_logs_in_however_the_number_is_written(
    app: TestClient, rosa: Bearer, texts: Texts
) -> None:
    me = app.get("/v1/me", headers=rosa).json()
    assert (me["email"], me["log_in_phone"], me["phone"], me["name"]) == (None, ROSA, ROSA, "Rosa Quispe")
    assert texts(app)[0].startswith(f"{ROSA} sms Chamba: tu código es ")
    for written in ("987654321", "+51 987-654-321", "51 (987) 654321"):
        assert log_in(app, phone=written).status_code == 200
    assert log_in(app, "otra cosa").status_code == 401
    assert log_in(app, email="rosa@correo.pe").status_code == 401


def test_the_number_is_kept_sealed_and_found_by_its_hash(app: TestClient, rosa: Bearer) -> None:
    with services_of(app).database.connect() as connection:
        (row,) = connection.execute(select(PHONES)).all()
    assert b"987654321" not in row.number_sealed + row.number_index
    exported = app.get("/v1/me/export", headers=rosa).json()["account"]
    assert (exported["email"], exported["log_in_phone"]) == (None, ROSA)


@pytest.mark.parametrize(
    "name",
    [
        {},
        {"email": "rosa@correo.pe", "phone": "987654321"},
        {"phone": "12"},
        {"phone": "+51 1 2345678"},
        {"phone": "+34 612 345 678"},
        {"phone": "+1 900 555 0100"},
    ],
)
def test_a_name_is_one_address_or_one_mobile_of_a_country_that_is_served(
    app: TestClient, name: dict[str, str], texts: Texts
) -> None:
    body = {"password": PASSWORD, "role": "seeker", "consents": [CONSENT]}
    answer = app.post("/v1/auth/sign-up", json=body | name)
    assert answer.status_code == 422
    assert texts(app) == []
    assert all(number not in answer.text for number in ("987654321", "612345678", "9005550100"))


def test_a_password_that_holds_the_number_is_refused(app: TestClient) -> None:
    assert sign_up(app, **{"password": "mi numero 987654321 y"}).status_code == 422


def test_nobody_learns_whether_a_number_has_an_account(app: TestClient, rosa: Bearer, texts: Texts) -> None:
    known, unknown = sign_up(app), sign_up(app, phone="912345678")
    assert known.status_code == unknown.status_code == 202
    assert known.json()["message"] == unknown.json()["message"]
    reset = {"new_password": "granizo en Puno"}
    answers = [app.post("/v1/auth/password-reset", json=reset | {"phone": one}) for one in (ROSA, "923456789")]
    assert answers[0].status_code == answers[1].status_code == 202
    assert answers[0].json()["message"] == answers[1].json()["message"]
    logins = [log_in(app, "otra cosa", phone=one) for one in (ROSA, "923456789")]
    assert logins[0].status_code == logins[1].status_code == 401
    assert logins[0].json()["detail"] == logins[1].json()["detail"]
    sent = texts(app)
    assert [one.partition(" ")[0] for one in sent] == [ROSA, ROSA, "+51912345678", ROSA]
    assert "ya tienes una cuenta" in sent[1]
    assert app.get("/v1/me", headers=rosa).status_code == 200


def test_a_forgotten_password_is_set_by_a_code(app: TestClient, rosa: Bearer, texts: Texts) -> None:
    asked = app.post("/v1/auth/password-reset", json={"phone": ROSA, "new_password": "granizo en Puno"})
    assert confirm(app, asked, texts).status_code == 200
    assert app.get("/v1/me", headers=rosa).status_code == 401, "its sessions ended"
    assert (log_in(app).status_code, log_in(app, "granizo en Puno").status_code) == (401, 200)
    assert any("contraseña nueva" in text for text in texts(app)[2:])


def test_codes_by_sms_are_limited_by_number_by_who_asks_and_for_all_together(app: TestClient) -> None:
    answers = [sign_up(app).status_code for _ in range(4)]
    assert answers == [202, 202, 202, 429]
    assert sign_up(app, **{"password": "corta"}).status_code == 422
    services = services_of(app)
    for _ in range(2):
        move(services, hours=1)
        answers += [sign_up(app).status_code for _ in range(4)]
    assert answers.count(202) == 6, "six a day"
    assert [sign_up(app, phone=f"9123456{n:02d}").status_code for n in range(15)].count(202) == 14, "twenty in all"
    move(services, days=1)
    assert sign_up(app, phone="912345699").status_code == 202


def test_one_network_address_asks_for_twenty_an_hour(open_app: Any) -> None:
    app = open_app()
    services = services_of(app)
    noon = services.now().replace(hour=17, minute=1)
    services.clock = lambda: noon
    assert [sign_up(app, phone=f"9123456{n:02d}").status_code for n in range(21)].count(202) == 20


def test_an_account_has_an_address_and_a_number_and_may_leave_either_but_not_both(
    app: TestClient, rosa: Bearer, texts: Texts, mails: Texts
) -> None:
    assert app.delete("/v1/me/phone", headers=rosa).status_code == 409
    asked = app.post("/v1/me/email", json={"email": "rosa@correo.pe", "password": PASSWORD}, headers=rosa)
    assert asked.status_code == 202, asked.text
    code = code_in(mails(app)[-1])
    confirmed = app.post("/v1/auth/confirm", json={"confirmation_id": asked.json()["confirmation_id"], "code": code})
    both = bearer(confirmed)
    assert log_in(app, email="rosa@correo.pe").status_code == log_in(app).status_code == 200
    change = {"phone": "912 345 678", "password": PASSWORD}
    assert app.post("/v1/me/phone", json=change | {"password": "otra"}, headers=both).status_code == 401
    bearer(confirm(app, app.post("/v1/me/phone", json=change, headers=both), texts))
    assert any(text.startswith(ROSA) and "otro celular" in text for text in texts(app)), "the old number is told"
    assert (log_in(app).status_code, log_in(app, phone="912345678").status_code) == (401, 200)
    assert app.delete("/v1/me/phone", headers=both).status_code == 204
    assert app.delete("/v1/me/phone", headers=both).status_code == 404
    assert (log_in(app, phone="912345678").status_code, log_in(app, email="rosa@correo.pe").status_code) == (401, 200)


def test_a_number_that_two_ask_for_is_the_firsts(app: TestClient, rosa: Bearer, texts: Texts) -> None:
    ana = bearer(confirm(app, sign_up(app, phone="912345678"), texts))
    asked = app.post("/v1/me/phone", json={"phone": ROSA, "password": PASSWORD}, headers=ana)
    assert asked.status_code == 202
    assert "ya tienes una cuenta" in texts(app)[-1]
    assert confirm_wrong(app, asked) == 401
    assert app.get("/v1/me", headers=rosa).json()["log_in_phone"] == ROSA


def confirm_wrong(client: TestClient, asked: Any) -> int:
    body = {"confirmation_id": asked.json()["confirmation_id"], "code": "123456"}
    return int(client.post("/v1/auth/confirm", json=body).status_code)


def test_who_has_a_number_alone_is_erased_with_all_that_waits_for_it(
    app: TestClient, rosa: Bearer, texts: Texts
) -> None:
    sign_up(app)
    erased = app.post("/v1/me/erasure", json={"password": PASSWORD}, headers=rosa)
    assert erased.status_code == 200, erased.text
    assert "borramos tu cuenta" in texts(app)[-1]
    assert "ya tienes una cuenta" not in "".join(texts(app)[1:]), "what waited to be sent is gone"
    assert log_in(app).status_code == 401
    assert bearer(confirm(app, sign_up(app), texts))

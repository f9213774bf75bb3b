"""Owners are told by mail of what changed in how they log in, and the audit log of each change."""

from __future__ import annotations

import re
from collections.abc import Callable

from fastapi.testclient import TestClient

from store.audit import read_audit
from tests.api.accounts.conftest import PASSWORD, Person, bearer
from tests.api.services_of import services_of

Mails = Callable[[TestClient], list[str]]


def told(mails: list[str], subject: str) -> list[str]:
    """The mails of a subject, whom each went to."""
    parts = [mail.split("\n", 2) for mail in mails]
    return [recipient for recipient, title, _ in parts if subject in title]


def actions(app: TestClient) -> list[str]:
    with services_of(app).database.connect() as connection:
        return [entry.action for entry in read_audit(connection, limit=1_000)]


def test_another_address_is_told_to_both(rosa: Person, mails: Mails) -> None:
    asked = rosa.ask("POST", "/v1/me/email", {"email": "rosa.quispe@correo.pe", "password": PASSWORD})
    code = re.findall(r"\b\d{6}\b", mails(rosa.app)[-1])[-1]
    given = {"confirmation_id": asked.json()["confirmation_id"], "code": code}
    assert rosa.app.post("/v1/auth/confirm", json=given).status_code == 200
    assert sorted(told(mails(rosa.app), "Cambió el correo")) == ["rosa.quispe@correo.pe", "rosa@correo.pe"]
    assert "account.email_changed" in actions(rosa.app)


def test_another_password_is_told(rosa: Person, mails: Mails) -> None:
    change = {"password": PASSWORD, "new_password": "granizo en Puno"}
    assert rosa.ask("POST", "/v1/me/password", change).status_code == 204
    assert told(mails(rosa.app), "Cambió la contraseña") == ["rosa@correo.pe"]
    assert "account.password_changed" in actions(rosa.app)


def test_a_device_is_new_once_and_one_that_was_logged_out_is_known(rosa: Person, mails: Mails) -> None:
    tokens = rosa.log_in("telefono/1").json()
    assert rosa.app.post("/v1/auth/log-out", json={"refresh_token": tokens["refresh_token"]}).status_code == 204
    assert rosa.log_in("telefono/2").status_code == 200
    assert told(mails(rosa.app), "aparato nuevo") == ["rosa@correo.pe"]
    assert rosa.log_in("cabina/1").status_code == 200
    assert told(mails(rosa.app), "aparato nuevo") == ["rosa@correo.pe"] * 2
    assert any("cabina" in mail for mail in mails(rosa.app))


def test_the_end_of_all_other_sessions_is_told(rosa: Person, mails: Mails) -> None:
    other = bearer(rosa.log_in().json())
    assert rosa.ask("DELETE", "/v1/me/sessions").status_code == 204
    assert rosa.ask("GET", "/v1/me", headers=other).status_code == 401
    assert told(mails(rosa.app), "Cerraste las sesiones") == ["rosa@correo.pe"]
    assert "account.sessions_ended" in actions(rosa.app)

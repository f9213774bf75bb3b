"""Nobody acts for an organisation without their consent, and nobody learns by asking who has an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from store.audit import read_audit
from store.hiring.members import HOLDS, REQUESTS
from store.people.accounts import ACCOUNTS, Role
from store.requests.quotas import MEMBERS_ASKED
from tests.api.services_of import services_of

JOB = {"title": "Tejedora de chompas", "description": "Tejer a palitos desde casa, de lunes a viernes."}
OWNER, COLLEAGUE, PERSON = "killa@correo.pe", "colega@correo.pe", "rosa@correo.pe"
Bearer = dict[str, str]


@pytest.fixture
def app(open_app: Any) -> TestClient:
    opened: TestClient = open_app()
    return opened


@pytest.fixture
def killa(app: TestClient, sign_in: Any) -> Bearer:
    headers: Bearer = sign_in(app, Role.EMPLOYER, email=OWNER, agreed=())
    return headers


@pytest.fixture
def colleague(app: TestClient, sign_in: Any) -> Bearer:
    headers: Bearer = sign_in(app, Role.EMPLOYER, email=COLLEAGUE, agreed=())
    return headers


@pytest.fixture
def root(app: TestClient, killa: Bearer) -> str:
    made = app.post("/v1/employers", json={"name": "Tienda Killa"}, headers=killa).json()
    return f"/v1/employers/{made['employer_id']}"


def ask(app: TestClient, root: str, headers: Bearer, email: str = COLLEAGUE) -> Any:
    return app.post(f"{root}/members", json={"email": email}, headers=headers)


def asked(app: TestClient, headers: Bearer) -> list[Any]:
    items: list[Any] = app.get("/v1/member-requests", headers=headers).json()["items"]
    return items


def answer(app: TestClient, headers: Bearer, how: str = "acceptance") -> int:
    return int(
        app.post(f"/v1/member-requests/{asked(app, headers)[-1]['request_id']}/{how}", headers=headers).status_code
    )


def acts(app: TestClient, root: str, headers: Bearer) -> bool:
    return bool(app.get(f"{root}/jobs", headers=headers).status_code == 200)


def id_of(app: TestClient, headers: Bearer) -> str:
    return str(app.get("/v1/me", headers=headers).json()["account_id"])


def remove(app: TestClient, root: str, who: Bearer, by: Bearer) -> int:
    return int(app.delete(f"{root}/members/{id_of(app, who)}", headers=by).status_code)


def test_who_is_asked_acts_for_it_once_they_accept(
    app: TestClient, killa: Bearer, colleague: Bearer, root: str, mails: Any
) -> None:
    assert ask(app, root, killa).status_code == 204
    assert not acts(app, root, colleague)
    assert app.get("/v1/employers", headers=colleague).json()["items"] == []
    (request,) = asked(app, colleague)
    assert (request["employer"], root.endswith(request["employer_id"])) == ("Tienda Killa", True)
    assert any(mail.startswith(COLLEAGUE) and "Tienda Killa te pide" in mail for mail in mails(app))
    assert answer(app, colleague) == 204
    assert acts(app, root, colleague)
    assert asked(app, colleague) == []
    shown = app.get(f"{root}/members", headers=colleague).json()["items"]
    assert [one["email"] for one in shown] == [OWNER, COLLEAGUE]
    services = services_of(app)
    actions = [entry.action for entry in services.read(lambda each: list(read_audit(each, limit=100)))]
    assert actions[-2:] == ["employer.member_asked", "employer.member_joined"]


def test_who_declines_is_late_or_is_somebody_else_does_not(
    app: TestClient, killa: Bearer, colleague: Bearer, root: str, sign_in: Any
) -> None:
    ask(app, root, killa)
    other = sign_in(app, Role.EMPLOYER, email="otra@correo.pe", agreed=())
    request = f"/v1/member-requests/{asked(app, colleague)[0]['request_id']}"
    for how in ("acceptance", "decline"):
        assert app.post(f"{request}/{how}", headers=other).status_code == 404
        assert app.post(f"{request}/{how}", headers=killa).status_code == 404
    assert answer(app, colleague, "decline") == 204
    assert app.post(f"{request}/acceptance", headers=colleague).status_code == 404
    ask(app, root, killa)
    late = services_of(app).now() - timedelta(seconds=1)
    services_of(app).write(lambda each: each.execute(update(REQUESTS).values(expires_at=late)).rowcount)
    assert asked(app, colleague) == []
    assert not acts(app, root, colleague)
    ask(app, root, killa)  # again, which begins anew
    assert answer(app, colleague) == 204
    assert timedelta(days=14) == HOLDS


@pytest.mark.usefixtures("colleague")
def test_nobody_learns_by_asking_who_has_an_account(app: TestClient, killa: Bearer, root: str, sign_in: Any) -> None:
    sign_in(app, Role.SEEKER, email=PERSON)
    suspended = sign_in(app, Role.EMPLOYER, email="mala@correo.pe", agreed=())
    is_mala, off = ACCOUNTS.c.account_id == id_of(app, suspended), {"status": "suspended"}
    services_of(app).write(lambda each: each.execute(update(ACCOUNTS).where(is_mala).values(off)).rowcount)
    emails = (COLLEAGUE, PERSON, "nadie@correo.pe", "mala@correo.pe", OWNER)
    answers = [ask(app, root, killa, email) for email in emails]
    assert {(one.status_code, one.content) for one in answers} == {(204, b"")}
    assert len(app.get(f"{root}/members", headers=killa).json()["items"]) == 1
    services = services_of(app)
    entries = services.read(lambda each: list(read_audit(each, limit=100)))
    assert {str(one.detail) for one in entries if one.action == "employer.member_asked"} == {"{}"}
    with services.database.connect() as connection:
        assert len(connection.execute(REQUESTS.select()).all()) == 1
    for _ in range(MEMBERS_ASKED.most - 5):
        assert ask(app, root, killa, "nadie@correo.pe").status_code == 204
    assert {ask(app, root, killa, email).status_code for email in (COLLEAGUE, "nadie@correo.pe")} == {429}


def test_members_leave_and_are_taken_out_by_who_was_there_before(
    app: TestClient, killa: Bearer, colleague: Bearer, root: str, sign_in: Any, mails: Any
) -> None:
    ask(app, root, killa)
    answer(app, colleague)
    stranger = sign_in(app, Role.EMPLOYER, email="otra@correo.pe", agreed=())
    assert remove(app, root, colleague, stranger) == 404
    assert remove(app, root, stranger, killa) == 404
    assert remove(app, root, killa, colleague) == 409  # who came later
    assert acts(app, root, killa)
    assert remove(app, root, colleague, killa) == 204
    assert not acts(app, root, colleague)
    assert any(mail.startswith(COLLEAGUE) and "Ya no actúas por Tienda Killa" in mail for mail in mails(app))
    ask(app, root, killa)
    answer(app, colleague)
    assert remove(app, root, killa, killa) == 204
    assert (acts(app, root, killa), acts(app, root, colleague)) == (False, True)


def test_the_last_one_stays_while_somebody_needs_it(app: TestClient, killa: Bearer, root: str) -> None:
    job = app.post(f"{root}/jobs", json=JOB, headers=killa).json()
    refused = app.delete(f"{root}/members/{id_of(app, killa)}", headers=killa)
    assert (refused.status_code, "nadie más actúa" in refused.json()["detail"]) == (409, True)
    app.post(f"{root}/jobs/{job['job_id']}/close", headers=killa)
    assert remove(app, root, killa, killa) == 204
    assert app.get("/v1/employers", headers=killa).json()["items"] == []

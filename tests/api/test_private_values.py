"""Names, contacts, national ids and income are nowhere in the clear: not in the database, a log, or a metric."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from store.people.accounts import Role
from store.tables import Base
from tests.api.services_of import services_of

Bearer = dict[str, str]
SECRETS = {
    "email": "rosaquispe@correo.pe",
    "name": "Rosa Quispe Huamán",
    "phone": "+51 987 654 321",
    "national_id": "46718293",
    "income": "1234.56",
    "tax_id": "20555123451",
    "contact": "gerencia de Killa 01-444-5555",
    "note": "nota que solo lee la tienda",
    "message": "mensaje que solo lee Rosa",
    "words": "palabras de Rosa sobre la hora",
    "case": "esto no es justo conmigo",
    "admin_note": "llamamos a la señora",
    "wishes": "avisa al 912345678",
}
JOB = {"title": "Redactora de catálogos", "modality": "remote", "country": "PE"}


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def filled_app(app: TestClient, sign_in: Callable[..., Bearer], mails: Callable[[TestClient], list[str]]) -> TestClient:
    """An app that was told every secret there is a place for."""
    body = {
        "email": SECRETS["email"],
        "password": "lluvia en Huaraz",
        "role": "seeker",
        "name": SECRETS["name"],
        "consents": [
            {"purpose": purpose, "text_version": "2026-11", "is_given": True} for purpose in ("matching", "sensitive")
        ],
    }
    asked = app.post("/v1/auth/sign-up", json=body).json()
    code = next(word for word in mails(app)[-1].split() if word.isdigit() and len(word) == 6)
    given = {"confirmation_id": asked["confirmation_id"], "code": code}
    tokens = app.post("/v1/auth/confirm", json=given).json()
    rosa = {"Authorization": f"Bearer {tokens['access_token']}"}
    employer = sign_in(app, Role.EMPLOYER, email="tienda@correo.pe", agreed=())
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    answers = list(_tell(app, rosa, employer, admin))
    assert [answer.status_code for answer in answers if answer.status_code >= 300] == []
    return app


def _tell(app: TestClient, rosa: Bearer, employer: Bearer, admin: Bearer) -> Iterator[Any]:
    yield app.patch("/v1/me", json={"phone": SECRETS["phone"]}, headers=rosa)
    yield app.put("/v1/me/profile", json={"text": f"Redacto. {SECRETS['wishes']}"}, headers=rosa)
    details = {"national_id": SECRETS["national_id"], "income": float(SECRETS["income"]), "poverty_class": "poor"}
    yield app.put("/v1/me/private-details", json=details, headers=rosa)
    organisation = {"name": "Killa", "tax_id": SECRETS["tax_id"], "contact": SECRETS["contact"]}
    made = app.post("/v1/employers", json=organisation, headers=employer | {"Idempotency-Key": "k"})
    yield made
    (case,) = app.get("/v1/admin/cases", headers=admin).json()["items"]
    yield app.post(f"/v1/admin/cases/{case['case_id']}/notes", json={"text": SECRETS["admin_note"]}, headers=admin)
    decision = {"decision": "organisation_verified", "reason": "bien"}
    yield app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=decision, headers=admin)
    root = f"/v1/employers/{made.json()['employer_id']}"
    job_id = app.post(f"{root}/jobs", json=JOB, headers=employer).json()["job_id"]
    applied = app.post("/v1/me/applications", json={"job_id": job_id, "text": SECRETS["note"]}, headers=rosa)
    yield applied
    application = f"{root}/applications/{applied.json()['application_id']}"
    yield app.post(f"{application}/messages", json={"text": SECRETS["message"]}, headers=employer)
    yield app.put(f"/v1/me/dismissals/{job_id}", json={"reason": "hours", "text": SECRETS["words"]}, headers=rosa)
    yield app.post("/v1/me/correction-requests", json={"text": SECRETS["case"]}, headers=rosa)
    yield app.get(application, headers=employer)


def assert_no_secret(text: str, where: str) -> None:
    found = [name for name, secret in SECRETS.items() if secret in text or secret.casefold() in text.casefold()]
    digits = [secret for secret in ("987654321", "912345678") if secret in text]
    assert (found, digits) == ([], []), where


def test_no_row_of_any_table_holds_one_in_the_clear(filled_app: TestClient) -> None:
    services = services_of(filled_app)
    with services.database.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                text = " ".join(value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row)
                assert_no_secret(text, table.name)


@pytest.mark.sqlite_only("PostgreSQL's files are not ours to read")
def test_the_database_file_holds_none(filled_app: TestClient) -> None:
    services = services_of(filled_app)
    file = Path(str(services.database.url.database))
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for path in [file, *file.parent.glob(f"{file.name}-*")]:
        content = path.read_bytes()
        for name, secret in SECRETS.items():
            assert secret.encode() not in content, (name, path)
            assert secret.encode("utf-16-le") not in content, (name, path)


def test_no_metric_holds_one(filled_app: TestClient) -> None:
    assert_no_secret(filled_app.get("/metrics").text, "metrics")


@pytest.mark.usefixtures("caplog")
def test_no_log_holds_one(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    app = request.getfixturevalue("filled_app")
    app.post("/v1/auth/log-in", json={"email": SECRETS["email"], "password": "equivocada"})
    app.post("/v1/auth/sign-up", json={"email": SECRETS["email"], "password": "x", "role": SECRETS["name"]})
    assert caplog.text
    assert_no_secret(caplog.text, "log")
    printed = capfd.readouterr()
    assert_no_secret(printed.out + printed.err, "standard output")


def test_what_is_refused_is_not_sent_back(app: TestClient) -> None:
    body = {"email": "no es correo 987654321", "password": "x", "role": 5, "name": ["Rosa Quispe Huamán"]}
    answer = app.post("/v1/auth/sign-up", json=body)
    assert answer.status_code == 422
    assert_no_secret(answer.text, "problem")

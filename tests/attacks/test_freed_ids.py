"""An id is never free again: what people did about a deleted job stays with whoever the job was of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from store.database import writing
from store.hiring.applications import APPLICATIONS
from store.hiring.postings import POSTINGS, get_posting
from store.partners.deliveries import DELIVERIES
from store.people.accounts import Role
from tests.api.services_of import services_of
from tests.attacks.owned_jobs import FALSE, JOB

Bearer = dict[str, str]
ROSA = "rosa@correo.pe"
WEB = "/v1/jobs/web-1"


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    """An app whose partner `tests` posted `web-1`."""
    client = open_app(tiny_bundles, webhooks_to_loopback=True)
    assert client.put(WEB, json=JOB).status_code == 201
    return client


@pytest.fixture
def rosa(app: TestClient, sign_in: Callable[..., Bearer]) -> Bearer:
    headers = sign_in(app, Role.SEEKER, email=ROSA)
    app.put("/v1/me/profile", json={"text": "Tejo redes de pesca"}, headers=headers)
    return headers


@pytest.fixture
def applied(app: TestClient, rosa: Bearer) -> str:
    """Rosa's application for `web-1`, which was deleted since."""
    made = app.post("/v1/me/applications", json={"job_id": "web-1", "text": "Desde niña"}, headers=rosa)
    app.put("/v1/me/saved-jobs/web-1", headers=rosa)
    assert app.delete(WEB).status_code == 204
    return str(made.json()["application_id"])


@pytest.fixture
def stranger(app: TestClient, other_partner: Callable[[TestClient], Bearer]) -> Bearer:
    return other_partner(app)


def reads_and_steps(app: TestClient, application_id: str, headers: Bearer | None = None) -> list[int]:
    """What whoever asks for the applications for `web-1`, reads one and takes a step is answered."""
    step = {"stage": "hired", "version": 1}
    asked: list[tuple[str, str, Any]] = [
        ("GET", "/v1/applications?job_id=web-1", None),
        ("GET", f"/v1/applications/{application_id}", None),
        ("POST", f"/v1/applications/{application_id}/steps", step),
    ]
    answers = [app.request(method, path, json=body, headers=headers) for method, path, body in asked]
    assert all(ROSA not in one.text for one in answers if one.status_code != 200)
    return [one.status_code for one in answers]


def test_another_partner_gets_neither_the_id_of_a_deleted_job_nor_who_applied(
    app: TestClient, rosa: Bearer, applied: str, stranger: Bearer
) -> None:
    refused = app.put(WEB, json=FALSE, headers=stranger)
    assert (refused.status_code, "the id is taken" in refused.text) == (409, True)
    assert app.delete(WEB, headers=stranger).status_code == 404
    assert reads_and_steps(app, applied, stranger) == [404, 404, 404]
    own = app.get(f"/v1/me/applications/{applied}", headers=rosa).json()
    assert (own["stage"], own["title"]) == ("received", None)
    (saved,) = app.get("/v1/me/saved-jobs", headers=rosa).json()["items"]
    assert (saved["job_id"], saved["job"]) == ("web-1", None)


def test_the_owner_goes_on_with_who_applied_and_may_put_the_job_again(
    app: TestClient, rosa: Bearer, applied: str
) -> None:
    assert app.post("/v1/me/applications", json={"job_id": "web-1"}, headers=rosa).status_code == 404
    written = app.post(f"/v1/me/applications/{applied}/messages", json={"text": "¿Sigue?"}, headers=rosa)
    assert written.status_code == 201
    assert app.get(f"/v1/applications/{applied}").json()["contact"]["email"] == ROSA
    assert app.delete(WEB).status_code == 404
    again = app.put(WEB, json=JOB)
    assert (again.status_code, again.json()["state"]) == (201, "open")
    assert app.post("/v1/me/applications", json={"job_id": "web-1"}, headers=rosa).status_code == 409
    assert reads_and_steps(app, applied) == [200, 200, 200]


def test_an_application_is_of_whoever_had_the_job_then_whoever_has_its_id_now(
    app: TestClient, rosa: Bearer, applied: str, stranger: Bearer
) -> None:
    services = services_of(app)
    other_id = app.get("/v1/partner", headers=stranger).json()["partner_id"]
    listens = {"url": "http://127.0.0.1:9/hook", "kinds": ["application.stage_changed"]}
    assert app.post("/v1/webhooks", json=listens, headers=stranger).status_code == 201
    with writing(services.database).begin() as connection:  # as databases are in which ids were free again
        posting = get_posting(connection, "web-1")
        connection.execute(update(POSTINGS).where(POSTINGS.c.job_id == "web-1").values(partner_id=other_id))
    assert app.put(WEB, json=JOB, headers=stranger).status_code == 201
    assert reads_and_steps(app, applied, stranger) == [200, 404, 404]
    assert app.get("/v1/applications?job_id=web-1", headers=stranger).json()["items"] == []
    withdrawn = app.post(f"/v1/me/applications/{applied}/withdrawal", json={"version": 1}, headers=rosa)
    assert withdrawn.status_code == 200
    assert app.post("/v1/me/applications", json={"job_id": "web-1"}, headers=rosa).status_code == 409
    with services.database.connect() as connection:
        assert connection.execute(select(APPLICATIONS.c.partner_id)).scalar_one() == posting.partner_id
        assert connection.execute(select(DELIVERIES)).all() == []


def test_who_applied_and_wrote_to_nobody_is_told_that_nobody_reads_it(
    app: TestClient, rosa: Bearer, applied: str
) -> None:
    with writing(services_of(app).database).begin() as connection:
        connection.execute(update(APPLICATIONS).values(partner_id=None))
    written = app.post(f"/v1/me/applications/{applied}/messages", json={"text": "¿Sigue?"}, headers=rosa)
    assert (written.status_code, "no puede leer mensajes" in written.text) == (409, True)
    assert reads_and_steps(app, applied) == [200, 404, 404]


def test_a_job_that_was_rejected_is_not_open_again_by_deleting_it(
    app: TestClient, rosa: Bearer, sign_in: Callable[..., Bearer]
) -> None:
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    app.put("/v1/me/dismissals/web-1", json={"reason": "looks_false"}, headers=rosa)
    (case,) = app.get("/v1/admin/cases?kind=report", headers=admin).json()["items"]
    decision = {"decision": "job_taken_down", "reason": "Es falso"}
    app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=decision, headers=admin)
    assert app.delete(WEB).status_code == 204
    assert app.put(WEB, json=JOB).json()["state"] == "waiting"

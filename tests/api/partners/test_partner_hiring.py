"""A partner's own jobs: applied for in Chamba, reviewed by the partner, whose webhooks are told of each step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from store.partners.deliveries import DELIVERIES
from store.people.accounts import Role
from tests.api.services_of import services_of

Bearer = dict[str, str]
JOB = {"title": "Tejedora de redes de pesca", "modality": "remote", "country": "PE"}
KINDS = ["application.stage_changed", "placement.created", "job.closed", "recommendation.contested"]


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    """An app whose partner `tests` has posted a job and listens to everything."""
    client = open_app(tiny_bundles, webhooks_to_loopback=True)
    client.put("/v1/jobs/red", json=JOB)
    made = client.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/hook", "kinds": KINDS})
    assert made.status_code == 201, made.text
    return client


@pytest.fixture
def rosa(app: TestClient, sign_in: Callable[..., Bearer]) -> Bearer:
    headers = sign_in(app, Role.SEEKER, email="rosa@correo.pe")
    app.put("/v1/me/profile", json={"text": "Tejo redes de pesca"}, headers=headers)
    return headers


def sent_notices(app: TestClient) -> list[tuple[str, Any]]:
    """What waits to be told, in order."""
    services = services_of(app)
    with services.database.connect() as connection:
        rows = connection.execute(select(DELIVERIES).order_by(DELIVERIES.c.delivery_id)).all()
    return [(row.kind, row.body.get("data", row.body)) for row in rows]


def test_a_partner_reviews_who_applies_for_its_job(app: TestClient, rosa: Bearer) -> None:
    applied = app.post("/v1/me/applications", json={"job_id": "red", "text": "Desde niña"}, headers=rosa)
    assert applied.status_code == 201, applied.text
    application_id = applied.json()["application_id"]
    (listed,) = app.get("/v1/applications?job_id=red").json()["items"]
    assert listed["application_id"] == application_id
    seen = app.get(f"/v1/applications/{application_id}").json()
    assert (seen["text"], seen["contact"]["email"]) == ("Desde niña", "rosa@correo.pe")
    steps = f"/v1/applications/{application_id}/steps"
    hired = app.post(steps, json={"stage": "hired", "version": 1, "text": "¡Bienvenida!"})
    assert hired.json()["stage"] == "hired"
    followed = app.get(f"/v1/me/applications/{application_id}", headers=rosa).json()
    assert followed["messages"][0]["text"] == "¡Bienvenida!"
    kinds = [kind for kind, _ in sent_notices(app)]
    assert sorted(kinds) == ["application.stage_changed", "application.stage_changed", "placement.created"]
    assert "rosa" not in str(sent_notices(app))


def test_another_partners_applications_are_not_there(
    app: TestClient, rosa: Bearer, other_partner: Callable[[TestClient], Bearer]
) -> None:
    applied = app.post("/v1/me/applications", json={"job_id": "red"}, headers=rosa).json()
    stranger = other_partner(app)
    paths = ["/v1/applications?job_id=red", f"/v1/applications/{applied['application_id']}", "/v1/seekers/none"]
    # That the job is there everybody can see; whose applications they are is nobody else's.
    assert [app.get(path, headers=stranger).status_code for path in paths] == [403, 404, 404]
    steps = f"/v1/applications/{applied['application_id']}/steps"
    assert app.post(steps, json={"stage": "hired", "version": 1}, headers=stranger).status_code == 404
    assert app.put("/v1/jobs/red", json=JOB, headers=stranger).status_code == 409
    assert app.delete("/v1/jobs/red", headers=stranger).status_code == 403


def test_a_partners_people_are_its_own(app: TestClient, other_partner: Callable[[TestClient], Bearer]) -> None:
    person = {"text": "Tejo redes de pesca"}
    assert app.put("/v1/seekers/ana", json=person).status_code == 201
    stranger = other_partner(app)
    assert app.put("/v1/seekers/ana", json=person, headers=stranger).status_code == 409
    assert app.get("/v1/seekers/ana", headers=stranger).status_code == 404
    assert app.delete("/v1/seekers/ana", headers=stranger).status_code == 404
    asked = app.post("/v1/recommendations", json={"seeker_id": "ana"}, headers=stranger)
    assert asked.status_code == 404
    batch = app.post("/v1/recommendations:batch", json={"seeker_ids": ["ana"]}, headers=stranger)
    assert batch.json()["problem"]["status"] == 404
    people = app.post("/v1/jobs/red/candidates", json={}, headers=stranger).json()
    assert people["candidates"] == []
    assert [one["seeker_id"] for one in app.post("/v1/jobs/red/candidates", json={}).json()["candidates"]] == ["ana"]


def test_a_partners_job_with_signs_of_fraud_waits_and_its_end_is_told(
    app: TestClient, sign_in: Callable[..., Bearer]
) -> None:
    false = JOB | {"description": "Para postular deposita S/ 50 de inscripción."}
    put = app.put("/v1/jobs/red", json=false).json()
    assert put["state"] == "waiting"
    assert put["signs"]
    found = app.post("/v1/recommendations", json={"profile": {"text": "Tejo redes de pesca"}, "limit": 100}).json()
    assert "red" not in [one["job_id"] for one in found["recommendations"]]
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    (case,) = app.get("/v1/admin/cases?kind=posting", headers=admin).json()["items"]
    path = f"/v1/admin/cases/{case['case_id']}/decision"
    app.post(path, json={"decision": "job_shown", "reason": "Es una garantía legal"}, headers=admin)
    assert app.put("/v1/jobs/red", json=false).json()["state"] == "open"


def test_a_partners_person_may_ask_for_a_human(app: TestClient, sign_in: Callable[..., Bearer]) -> None:
    answer = app.post("/v1/recommendations", json={"profile": {"text": "Tejo redes de pesca"}}).json()
    path = f"/v1/recommendations/{answer['recommendation_id']}/review-request"
    assert app.post(path, json={"text": "No sale nada"}).status_code == 201
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    (case,) = app.get("/v1/admin/cases?kind=human_review", headers=admin).json()["items"]
    decision = {"decision": "answer_stands", "reason": "La respuesta es la que corresponde"}
    app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=decision, headers=admin)
    ((kind, body),) = sent_notices(app)
    assert (kind, body["decision"]) == ("recommendation.contested", "answer_stands")


def test_all_applications_are_listed_and_messages_go_both_ways(
    app: TestClient,
    rosa: Bearer,
    other_partner: Callable[[TestClient], Bearer],
    mails: Callable[[TestClient], list[str]],
) -> None:
    app.put("/v1/jobs/vela", json=JOB | {"title": "Costurera de velas"})
    app.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/said", "kinds": ["application.message_sent"]})
    made = [app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).json() for job_id in ("red", "vela")]
    listed = app.get("/v1/applications").json()["items"]
    assert [(one["job_id"], one["unread_messages"]) for one in listed] == [("vela", 0), ("red", 0)]
    assert app.get("/v1/applications", headers=other_partner(app)).json()["items"] == []
    application_id = made[0]["application_id"]
    asked = app.post(f"/v1/me/applications/{application_id}/messages", json={"text": "¿Es en Paita?"}, headers=rosa)
    assert asked.status_code == 201
    told = [data for kind, data in sent_notices(app) if kind == "application.message_sent"]
    assert told == [{"application_id": application_id, "job_id": "red"}]
    assert app.get("/v1/applications?job_id=red").json()["items"][0]["unread_messages"] == 1
    path, key = f"/v1/applications/{application_id}/messages", {"Idempotency-Key": "respuesta-1"}
    answers = [app.post(path, json={"text": "Sí, en Paita"}, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    followed = app.get(f"/v1/me/applications/{application_id}", headers=rosa).json()["messages"]
    assert [(one["sent_by"], one["text"]) for one in followed] == [
        ("seeker", "¿Es en Paita?"),
        ("employer", "Sí, en Paita"),
    ]
    mailed = [mail for mail in mails(app) if mail.startswith("rosa@correo.pe\nTe escribieron")]
    assert len(mailed) <= 1  # she may have read it before it was due
    assert not any("Paita" in mail for mail in mails(app))

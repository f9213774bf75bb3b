"""A partner is told when a job of its own closes, whatever closed it, and once each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.delivering.deliveries import Deliveries
from store.people.accounts import Role
from tests.api.partners.parts import Clock, PartnerApp
from tests.api.partners.web_receiver import Receiver
from tests.api.partners.webhooks_told import make_webhook

OpenReceiver = Callable[..., Receiver]
SignIn = Callable[..., dict[str, str]]
JOB = {"title": "Costurera a domicilio", "modality": "remote"}
FRAUD = "Solo pagas S/ 50 de inscripción por Yape antes de empezar"


def put(app: TestClient, partner: PartnerApp, job_id: str = "costura-1", **fields: Any) -> str:
    answer = app.put(f"/v1/jobs/{job_id}", json=JOB | fields, headers=partner.headers)
    assert answer.status_code in (200, 201), answer.text
    state: str = answer.json()["state"]
    return state


def by_put(app: TestClient, partner: PartnerApp, _clock: Clock) -> None:
    assert put(app, partner, is_open=False) == "closed"


def by_delete(app: TestClient, partner: PartnerApp, _clock: Clock) -> None:
    assert app.delete("/v1/jobs/costura-1", headers=partner.headers).status_code == 204


def by_its_end(_app: TestClient, _partner: PartnerApp, clock: Clock) -> None:
    clock.move(minutes=61)


def by_an_end_that_is_over(app: TestClient, partner: PartnerApp, clock: Clock) -> None:
    clock.move(minutes=5)
    assert put(app, partner, closes_at="2026-11-25T19:00:00+00:00") == "closed"


def by_signs_of_fraud(app: TestClient, partner: PartnerApp, _clock: Clock) -> None:
    assert put(app, partner, description=FRAUD) == "waiting"


@pytest.mark.parametrize(
    ("close", "state"),
    [
        (by_put, "closed"),
        (by_delete, "closed"),
        (by_its_end, "closed"),
        (by_an_end_that_is_over, "closed"),
        (by_signs_of_fraud, "waiting"),
    ],
)
def test_the_partner_is_told_once_whatever_closes_a_job(
    app: TestClient,
    partner: PartnerApp,
    worker: Deliveries,
    open_receiver: OpenReceiver,
    clock: Clock,
    close: Callable[..., None],
    state: str,
) -> None:
    receiver = open_receiver()
    make_webhook(app, partner, receiver.url)
    assert put(app, partner, closes_at="2026-11-25T20:05:30+00:00") == "open"
    worker.send_due()
    assert receiver.received == []
    close(app, partner, clock)
    for _ in range(2):
        worker.send_due()
        clock.move(minutes=2)
    assert [one.document["data"] for one in receiver.received] == [{"job_id": "costura-1", "state": state}]


def test_a_job_that_was_not_open_closes_for_nobody_and_opens_again_when_its_end_moves(
    app: TestClient, partner: PartnerApp, worker: Deliveries, open_receiver: OpenReceiver, clock: Clock
) -> None:
    receiver = open_receiver()
    make_webhook(app, partner, receiver.url)
    put(app, partner, is_open=False)
    put(app, partner, is_open=False, title="Costurera")
    put(app, partner, job_id="costura-2", closes_at="2026-11-25T19:30:00+00:00")
    clock.move(minutes=60)
    worker.send_due()
    assert put(app, partner, job_id="costura-2", closes_at="2026-11-25T19:30:00+00:00") == "closed"  # synchronised anew
    worker.send_due()
    assert [one.document["data"]["job_id"] for one in receiver.received] == ["costura-2"]
    assert put(app, partner, job_id="costura-2", closes_at="2026-12-25T19:30:00+00:00") == "open"
    assert app.get("/v1/jobs/costura-2", headers=partner.headers).json()["is_open"] is True


def test_a_job_taken_down_after_a_report_closes_for_its_partner(
    app: TestClient, partner: PartnerApp, worker: Deliveries, open_receiver: OpenReceiver, sign_in: SignIn
) -> None:
    receiver = open_receiver()
    make_webhook(app, partner, receiver.url)
    put(app, partner)
    seeker = sign_in(app, Role.SEEKER, email="rosa@correo.pe")
    told = {"reason": "looks_false", "text": "Pide plata"}
    assert app.put("/v1/me/dismissals/costura-1", json=told, headers=seeker).status_code == 201
    admin = sign_in(app, Role.ADMINISTRATOR, email="ana@chamba.pe")
    (case,) = [one for one in app.get("/v1/admin/cases", headers=admin).json()["items"] if one["kind"] == "report"]
    decided = app.post(
        f"/v1/admin/cases/{case['case_id']}/decision",
        json={"decision": "job_taken_down", "reason": "Es una estafa"},
        headers=admin,
    )
    assert decided.status_code == 200, decided.text
    worker.send_due()
    assert [one.document["data"] for one in receiver.received] == [{"job_id": "costura-1", "state": "rejected"}]

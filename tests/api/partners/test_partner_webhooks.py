"""`/v1/webhooks`: made, listed, tried and removed by their partner; only addresses of the open internet are taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.credentials.callers import Scope
from store.audit import read_audit
from tests.api.partners.parts import PartnerApp, make_partner
from tests.api.services_of import services_of

REQUEST: dict[str, Any] = {"url": "http://127.0.0.1:9/hook", "kinds": ["job.closed", "seeker.erased"]}


def make(app: TestClient, partner: PartnerApp, **headers: str) -> Any:
    return app.post("/v1/webhooks", json=REQUEST, headers=partner.headers | headers)


def test_a_webhook_shows_its_secret_once(app: TestClient, partner: PartnerApp) -> None:
    answer = make(app, partner)
    made = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, f"/v1/webhooks/{made['webhook_id']}")
    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    assert made == REQUEST | {
        "webhook_id": made["webhook_id"],
        "is_active": True,
        "created_at": "2026-11-25T19:05:30+00:00",
    }
    listed = app.get("/v1/webhooks", headers=partner.headers)
    assert listed.json() == {"items": [made], "next_cursor": None}


def test_a_webhook_asked_for_again_is_made_once(app: TestClient, partner: PartnerApp) -> None:
    headers = {"Idempotency-Key": "webhook-1"}
    first, again = make(app, partner, **headers), make(app, partner, **headers)
    assert (first.status_code, again.status_code) == (201, 409)
    assert first.json()["webhook_id"] in again.json()["detail"]
    assert len(app.get("/v1/webhooks", headers=partner.headers).json()["items"]) == 1


def test_webhooks_are_listed_page_by_page_and_removed(app: TestClient, partner: PartnerApp) -> None:
    made = {make(app, partner).json()["webhook_id"] for _ in range(3)}
    first = app.get("/v1/webhooks", params={"limit": 2}, headers=partner.headers).json()
    cursor = {"limit": "2", "cursor": first["next_cursor"]}
    rest = app.get("/v1/webhooks", params=cursor, headers=partner.headers).json()
    assert {one["webhook_id"] for one in [*first["items"], *rest["items"]]} == made
    assert rest["next_cursor"] is None
    path = f"/v1/webhooks/{made.pop()}"
    assert [app.delete(path, headers=partner.headers).status_code for _ in range(2)] == [204, 404]
    assert len(app.get("/v1/webhooks", headers=partner.headers).json()["items"]) == 2


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://10.0.0.1/",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest",
            "https://[fd00::1]/",
            "https://2852039166/",
        ),
        *("http://8.8.8.8/", "https://no-such-host.invalid/", "https://user:password@8.8.8.8/", "ftp://8.8.8.8/", "x"),
    ],
)
def test_an_address_that_is_not_of_the_open_internet_is_refused(app: TestClient, partner: PartnerApp, url: str) -> None:
    answer = app.post("/v1/webhooks", json=REQUEST | {"url": url}, headers=partner.headers)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "url")
    assert "password@" not in answer.text


def test_loopback_is_refused_outside_development(open_app: Callable[..., TestClient]) -> None:
    app = open_app()
    partner = make_partner(app)
    for url in ("http://127.0.0.1:9/", "https://127.0.0.1:9/", "https://localhost/", "https://[::1]/"):
        answer = app.post("/v1/webhooks", json=REQUEST | {"url": url}, headers=partner.headers)
        assert answer.status_code == 422


@pytest.mark.parametrize("change", [{"kinds": []}, {"kinds": ["ping"]}, {"kinds": ["job.opened"]}, {"secret": "mine"}])
def test_only_kinds_that_there_are_can_be_listened_to(
    app: TestClient, partner: PartnerApp, change: dict[str, Any]
) -> None:
    assert app.post("/v1/webhooks", json=REQUEST | change, headers=partner.headers).status_code == 422


def test_webhooks_are_nobody_elses(app: TestClient, partner: PartnerApp) -> None:
    path = f"/v1/webhooks/{make(app, partner).json()['webhook_id']}"
    other, narrow = make_partner(app, name="Otra"), make_partner(app, Scope.JOBS, name="Tercera")
    assert app.get("/v1/webhooks", headers=other.headers).json()["items"] == []
    for method, asked in (("DELETE", path), ("POST", f"{path}:test"), ("GET", f"{path}/deliveries")):
        assert app.request(method, asked, headers=other.headers).status_code == 404
        assert app.request(method, asked, headers=narrow.headers).status_code == 403
        assert app.request(method, asked).status_code == 401


def test_a_ping_is_queued_and_its_delivery_can_be_followed(app: TestClient, partner: PartnerApp) -> None:
    path = f"/v1/webhooks/{make(app, partner).json()['webhook_id']}"
    ping = app.post(f"{path}:test", headers=partner.headers)
    assert ping.status_code == 202
    assert app.get(f"{path}/deliveries", headers=partner.headers).json()["items"] == [
        {
            "delivery_id": ping.json()["delivery_id"],
            "kind": "ping",
            "state": "waiting",
            "attempts": 0,
            "last_status": None,
            "created_at": "2026-11-25T19:05:30+00:00",
            "next_attempt_at": "2026-11-25T19:05:30+00:00",
        }
    ]


def test_making_and_removing_are_in_the_audit_log(app: TestClient, partner: PartnerApp) -> None:
    webhook_id = make(app, partner).json()["webhook_id"]
    app.delete(f"/v1/webhooks/{webhook_id}", headers=partner.headers)
    entries = services_of(app).read(lambda connection: read_audit(connection, limit=10))
    assert [(entry.action, entry.subject) for entry in entries] == [
        ("webhook.created", f"webhook:{webhook_id}"),
        ("webhook.removed", f"webhook:{webhook_id}"),
    ]
    assert {entry.actor for entry in entries} == {f"partner:{partner.partner_id}"}

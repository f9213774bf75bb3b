"""What administrators do to accounts and partners holds from the next request on, and is in the audit log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, update

from store.partners.deliveries import DELIVERIES, DeliveryState, enqueue_ping
from store.partners.partners import list_partners
from store.partners.webhooks import WebhookKind, create_webhook
from store.people.accounts import Role
from store.people.mail import MAILS
from tests.api.services_of import services_of

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]


@pytest.fixture
def app(open_app: Callable[..., TestClient]) -> TestClient:
    return open_app()


@pytest.fixture
def admin(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())


@pytest.fixture
def rosa(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.SEEKER, email="rosa@correo.pe")


def id_of(app: TestClient, headers: Bearer) -> str:
    found: str = app.get("/v1/me", headers=headers).json()["account_id"]
    return found


def actions(app: TestClient, admin: Bearer, subject: str) -> list[str]:
    entries = app.get("/v1/admin/audit", params={"subject": subject, "limit": 100}, headers=admin).json()["items"]
    return [entry["action"] for entry in entries]


def test_a_suspended_account_can_do_nothing_and_may_appeal(app: TestClient, admin: Bearer, rosa: Bearer) -> None:
    account_id = id_of(app, rosa)
    path = f"/v1/admin/accounts/{account_id}"
    assert app.post(f"{path}/suspend", json={"reason": "fraud"}, headers=admin).json()["status"] == "suspended"
    assert app.get("/v1/me", headers=rosa).status_code in (401, 403)
    login = {"email": "rosa@correo.pe", "password": "lluvia en Huaraz"}
    refused = app.post("/v1/auth/log-in", json=login)
    assert refused.status_code == 403
    assert app.post("/v1/auth/appeal", json=login | {"text": "No fui yo"}).status_code == 204
    (case,) = app.get("/v1/admin/cases?kind=appeal", headers=admin).json()["items"]
    decision = {"decision": "account_restored", "reason": "Fue un error"}
    decided = app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=decision, headers=admin)
    assert decided.json()["text"] == "No fui yo"
    assert app.post("/v1/auth/log-in", json=login).status_code == 200
    assert "account.suspended" in actions(app, admin, f"account:{account_id}")


def test_roles_hold_from_the_next_request_on(app: TestClient, admin: Bearer, rosa: Bearer) -> None:
    path = f"/v1/admin/accounts/{id_of(app, rosa)}/roles"
    assert app.get("/v1/employers", headers=rosa).status_code == 403
    assert app.put(f"{path}/employer", headers=admin).json()["roles"] == ["employer", "seeker"]
    assert app.get("/v1/employers", headers=rosa).status_code == 200
    assert app.delete(f"{path}/employer", headers=admin).json()["roles"] == ["seeker"]
    assert app.get("/v1/employers", headers=rosa).status_code == 403
    assert app.delete(f"{path}/employer", headers=admin).status_code == 404
    assert app.put(f"{path}/seeker", headers=admin).status_code == 422
    assert app.put(f"{path}/emperor", headers=admin).status_code == 422


def test_whoever_gets_or_loses_a_role_is_told_once(
    app: TestClient, admin: Bearer, rosa: Bearer, mails: Callable[[TestClient], list[str]]
) -> None:
    path = f"/v1/admin/accounts/{id_of(app, rosa)}/roles"
    for _ in range(2):
        app.put(f"{path}/administrator", headers=admin)
    given = [mail for mail in mails(app) if mail.startswith("rosa@")]
    assert [mail.split("\n")[1] for mail in given] == ["Desde ahora tu cuenta de Chamba puede administrar Chamba"]
    assert "agrega una aplicación de códigos" in given[0]
    app.delete(f"{path}/administrator", headers=admin)
    taken = [mail for mail in mails(app) if mail.startswith("rosa@")][1:]
    assert [mail.split("\n")[1] for mail in taken] == ["Tu cuenta de Chamba ya no puede administrar Chamba"]


def test_the_audit_log_is_read_from_its_end_by_who_did_what(app: TestClient, admin: Bearer, rosa: Bearer) -> None:
    account, own = id_of(app, rosa), f"account:{id_of(app, admin)}"
    for act in ("suspend", "restore", "suspend"):
        app.post(f"/v1/admin/accounts/{account}/{act}", json={"reason": "other"}, headers=admin)

    def read(**asked: Any) -> tuple[list[str], str | None]:
        wanted: dict[str, Any] = {"is_newest_first": True, "actor": own} | asked
        page = app.get("/v1/admin/audit", params=wanted, headers=admin).json()
        return [one["action"] for one in page["items"]], page["next_cursor"]

    newest, cursor = read(limit=2)
    assert newest == ["account.suspended", "account.restored"]
    assert read(limit=2, cursor=cursor)[0][0] == "account.suspended"
    assert read(action="account.restored") == (["account.restored"], None)
    assert read(actor="account:nobody") == ([], None)
    found = app.get(f"/v1/admin/accounts/{account}", headers=admin).json()
    assert (found["suspended_for"], found["suspended_by"], found["organisations"]) == ("other", own[8:], [])


def test_administrators_do_not_lock_themselves_out(app: TestClient, admin: Bearer) -> None:
    own = f"/v1/admin/accounts/{id_of(app, admin)}"
    assert app.post(f"{own}/suspend", json={"reason": "other"}, headers=admin).status_code == 409
    assert app.delete(f"{own}/roles/administrator", headers=admin).status_code == 409


def test_an_account_is_found_by_its_address_and_shown_without_it(app: TestClient, admin: Bearer, rosa: Bearer) -> None:
    found = app.post("/v1/admin/accounts:find", json={"email": "ROSA@correo.pe"}, headers=admin)
    assert found.json()["account_id"] == id_of(app, rosa)
    assert "correo.pe" not in found.text
    assert app.post("/v1/admin/accounts:find", json={"email": "x@correo.pe"}, headers=admin).status_code == 404


def test_accounts_come_in_pages(app: TestClient, admin: Bearer, sign_in: SignIn) -> None:
    for number in range(5):
        sign_in(app, Role.SEEKER, email=f"s{number}@correo.pe")
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        asked: dict[str, Any] = {"limit": 2, "role": "seeker"} | cursor
        page = app.get("/v1/admin/accounts", params=asked, headers=admin).json()
        seen += [one["account_id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen)


def test_an_account_acts_for_one_partner_with_the_role_and_a_mail(
    app: TestClient, admin: Bearer, rosa: Bearer, mails: Callable[[TestClient], list[str]]
) -> None:
    account_id = id_of(app, rosa)
    made = [app.post("/v1/admin/partners", json={"name": name}, headers=admin).json() for name in ("Bolsa", "Otra")]
    bolsa, other = (f"/v1/admin/partners/{one['partner_id']}/developers" for one in made)
    developers = {"partner_id": made[0]["partner_id"], "developers": [account_id]}
    for _ in range(2):
        assert app.put(f"{bolsa}/{account_id}", headers=admin).json() == developers
    assert app.get(bolsa, headers=admin).json() == developers
    assert app.get(f"/v1/admin/accounts/{account_id}", headers=admin).json()["roles"] == ["developer", "seeker"]
    assert ["manejar las claves" in mail.splitlines()[1] for mail in mails(app)] == [True]
    assert app.get("/v1/me", headers=rosa).status_code == 403, "without a second factor"
    assert app.put(f"{other}/{account_id}", headers=admin).status_code == 409
    assert app.delete(f"{other}/{account_id}", headers=admin).status_code == 404
    assert app.get(f"/v1/admin/accounts/{account_id}", headers=admin).json()["roles"] == ["developer", "seeker"]
    assert app.delete(f"{bolsa}/{account_id}", headers=admin).json() == developers | {"developers": []}
    assert app.get(f"/v1/admin/accounts/{account_id}", headers=admin).json()["roles"] == ["seeker"]
    assert app.delete(f"{bolsa}/{account_id}", headers=admin).status_code == 404
    told = actions(app, admin, f"partner:{made[0]['partner_id']}")
    assert told == ["partner.created", *["partner.developer_added"] * 2, "partner.developer_removed"]


def test_a_partner_is_added_given_a_key_limited_and_stopped(app: TestClient, admin: Bearer) -> None:
    body = {"name": "Bolsa", "requests_per_minute": 2, "contact": "sistemas@bolsa.pe"}
    made = app.post("/v1/admin/partners", json=body, headers=admin).json()
    path = f"/v1/admin/partners/{made['partner_id']}"
    assert app.post("/v1/admin/partners", json=body, headers=admin).status_code == 409
    key = app.post(f"{path}/keys", json={"scopes": ["seekers"]}, headers=admin).json()
    partner = {"Authorization": f"Bearer {key['key']}"}
    assert app.put("/v1/seekers/a", json={"text": "ventas"}, headers=partner).status_code == 201
    assert app.post("/v1/recommendations", json={"seeker_id": "a"}, headers=partner).status_code == 403
    limited = app.get("/v1/seekers/a", headers=partner)
    assert limited.status_code == 429
    assert int(limited.headers["Retry-After"]) >= 1
    app.patch(path, json={"requests_per_minute": 1_000}, headers=admin)
    services = services_of(app)
    services.partner_keys.refresh()
    assert app.get("/v1/seekers/a", headers=partner).status_code == 200
    app.patch(path, json={"status": "suspended"}, headers=admin)
    services.partner_keys.refresh()
    assert app.get("/v1/seekers/a", headers=partner).status_code == 403
    app.patch(path, json={"status": "active"}, headers=admin)
    assert app.delete(f"{path}/keys/{key['key_id']}", headers=admin).status_code == 204
    services.partner_keys.refresh()
    assert app.get("/v1/seekers/a", headers=partner).status_code == 401
    (listed,) = app.get(f"{path}/keys", headers=admin).json()["items"]
    assert listed["revoked_at"] is not None
    assert key["key"] not in app.get(f"{path}/keys", headers=admin).text
    response = actions(app, admin, f"partner:{made['partner_id']}")
    assert response == [
        "partner.created",
        "api_key.created",
        "partner.quota_changed",
        "partner.suspended",
        "partner.restored",
        "api_key.revoked",
    ]


def test_the_overview_counts_what_there_is(
    app: TestClient, admin: Bearer, rosa: Bearer, open_app: Callable[..., TestClient], tiny_bundles: Any
) -> None:
    app.put("/v1/me/profile", json={"text": "Redacto"}, headers=rosa)
    app.put("/v1/jobs/a", json={"title": "Redactora", "modality": "remote"})
    response = app.get("/v1/admin/overview", headers=admin).json()
    assert response["accounts"] == {"administrator": 1, "seeker": 1, "all": 2}
    assert response["people"] == {"profiles": 1, "findable": 0}
    assert response["jobs"] == {"all": 1, "open": 1}
    assert response["served"] is None
    serving = open_app(tiny_bundles, database_url=services_of(app).settings.database)
    served = serving.get("/v1/admin/overview", headers=admin).json()["served"]
    assert served["jobs"] == 90
    assert served["model"]


def test_the_overview_tells_how_the_weeks_went_and_what_is_broken(app: TestClient, admin: Bearer, rosa: Bearer) -> None:
    services = services_of(app)
    account = f"/v1/admin/accounts/{id_of(app, rosa)}"
    app.post(f"{account}/suspend", json={"reason": "other"}, headers=admin)
    login = {"email": "rosa@correo.pe", "password": "lluvia en Huaraz", "text": "No fui yo"}
    app.post("/v1/auth/appeal", json=login)
    (case,) = app.get("/v1/admin/cases?kind=appeal", headers=admin).json()["items"]
    opened = services.now()
    services.clock = lambda: opened + timedelta(minutes=6)
    decision = {"decision": "account_restored", "reason": "Fue un error"}
    app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=decision, headers=admin)
    told = app.get("/v1/admin/overview", headers=admin).json()
    days = [date.fromisoformat(week["starts_on"]) for week in told["weeks"]]
    assert [day.weekday() for day in days] == [0] * 8
    assert [later - day for day, later in pairwise(days)] == [timedelta(days=7)] * 7
    of_all = {name: sum(week[name] for week in told["weeks"]) for name in ("cases_opened", "cases_decided", "accounts")}
    assert of_all == {"cases_opened": 1, "cases_decided": 1, "accounts": 2}
    assert [week["median_hours"] for week in told["weeks"] if week["median_hours"] is not None] == [0.1]
    assert told["broken"] == {"late_mails": 0, "late_messages": 0, "webhooks_given_up": [], "failing_feeds": []}

    def breaks(connection: Connection) -> None:
        now, cipher = services.now(), services.cipher
        partner_id = list_partners(connection, None, 1)[0].partner_id
        webhook = create_webhook(connection, cipher, partner_id, "https://bolsa.example/hook", [*WebhookKind], now)
        enqueue_ping(connection, webhook.webhook_id, now)
        connection.execute(update(DELIVERIES).values(state=DeliveryState.FAILED))
        connection.execute(update(MAILS).values(attempts=4))

    services.write(breaks)
    broken = app.get("/v1/admin/overview", headers=admin).json()["broken"]
    assert [(one["name"], one["deliveries"]) for one in broken["webhooks_given_up"]] == [("tests", 1)]
    assert broken["late_mails"] >= 1

"""A partner reads its own limits, use and keys, and rotates a key without a gap and without gaining anything by it."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.credentials.callers import Scope
from store.audit import read_audit
from store.database import writing
from tests.api.partners.parts import Clock, PartnerApp, make_key, make_partner
from tests.api.services_of import services_of


def rotate(app: TestClient, key: str, key_id: str, body: dict[str, Any] | None = None, named: str = "") -> Any:
    headers = {"Authorization": f"Bearer {key}"} | ({"Idempotency-Key": named} if named else {})
    return app.post(f"/v1/partner/keys/{key_id}:rotate", json=body or {}, headers=headers)


def key_id_of(key: str) -> str:
    return key.split("_")[1]


def test_a_partner_sees_itself_without_secrets(app: TestClient) -> None:
    partner = make_partner(app, Scope.EVENTS, day=50, minute=10)
    app.get("/v1/partner", headers=partner.headers)
    answer = app.get("/v1/partner", headers=partner.headers)
    assert answer.json() == {
        "partner_id": partner.partner_id,
        "name": "Bolsa Sur",
        "limits": {"requests_per_day": 50, "requests_per_minute": 10},
        "used": {"today": 2, "this_minute": 2},
        "keys": [
            {
                "key_id": key_id_of(partner.key),
                "scopes": ["events"],
                "created_at": "2026-11-25T19:05:30+00:00",
                "expires_at": None,
                "revoked_at": None,
            }
        ],
    }
    assert partner.key.split("_", 2)[2] not in answer.text


def test_past_its_limit_a_partner_is_told_when_to_come_again(app: TestClient) -> None:
    partner = make_partner(app, minute=2)
    answers = [app.get("/v1/partner", headers=partner.headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "30"
    assert answers[2].json()["type"] == "/problems/too-many-requests"


def test_without_a_key_or_with_a_wrong_one_nothing_is_told(app: TestClient, partner: PartnerApp) -> None:
    for headers in ({}, {"Authorization": f"Bearer {partner.key}x"}, {"Authorization": f"Basic {partner.key}"}):
        answer = app.get("/v1/partner", headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"].split()[0]) == (401, "Bearer")


def test_a_rotated_key_and_its_successor_overlap_for_the_grace(
    app: TestClient, partner: PartnerApp, clock: Clock
) -> None:
    answer = rotate(app, partner.key, key_id_of(partner.key), {"grace_hours": 2})
    assert (answer.status_code, answer.json()["expires_at"]) == (201, None)
    new = {"Authorization": f"Bearer {answer.json()['key']}"}
    services_of(app).partner_keys.refresh()
    assert [app.get("/v1/partner", headers=one).status_code for one in (partner.headers, new)] == [200, 200]
    clock.move(hours=2)
    assert [app.get("/v1/partner", headers=one).status_code for one in (partner.headers, new)] == [401, 200]
    scopes = [key["scopes"] for key in app.get("/v1/partner", headers=new).json()["keys"]]
    assert scopes == [sorted(Scope)] * 2


def test_a_rotation_that_is_asked_for_again_is_done_once(app: TestClient, partner: PartnerApp) -> None:
    answers = [rotate(app, partner.key, key_id_of(partner.key), named="rotation-1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert f"the key {answers[0].json()['key_id']} was made by this request before" in answers[1].json()["detail"]
    assert len(app.get("/v1/partner", headers=partner.headers).json()["keys"]) == 2


def test_a_key_gains_no_scope_by_rotating_another(app: TestClient) -> None:
    partner = make_partner(app)
    narrow = make_key(app, partner.partner_id, Scope.EVENTS)
    assert rotate(app, narrow, key_id_of(partner.key)).status_code == 403
    assert rotate(app, narrow, key_id_of(narrow)).status_code == 201
    assert rotate(app, partner.key, key_id_of(narrow)).status_code == 201


def test_another_partners_key_is_not_found(app: TestClient, partner: PartnerApp) -> None:
    other = make_partner(app, name="Otra")
    assert rotate(app, other.key, key_id_of(partner.key)).status_code == 404


@pytest.mark.parametrize(
    "body", [{"grace_hours": -1}, {"grace_hours": 169}, {"grace_hours": "1"}, {"scopes": ["jobs"]}]
)
def test_a_rotation_asks_for_nothing_else(app: TestClient, partner: PartnerApp, body: dict[str, Any]) -> None:
    assert rotate(app, partner.key, key_id_of(partner.key), body).status_code == 422


def test_a_rotation_is_in_the_audit_log(app: TestClient, partner: PartnerApp) -> None:
    made = rotate(app, partner.key, key_id_of(partner.key)).json()
    (entry,) = services_of(app).read(lambda connection: read_audit(connection, limit=10))
    assert (entry.actor, entry.action) == (f"partner:{partner.partner_id}", "api_key.created")
    assert entry.subject == f"api_key:{made['key_id']}"
    assert entry.detail == {"rotated_key_id": key_id_of(partner.key), "grace_hours": 24}


def test_a_partner_sees_what_it_asked_by_day_and_how_it_was_answered(app: TestClient, clock: Clock) -> None:
    partner, other = make_partner(app, Scope.EVENTS, minute=3), make_partner(app, name="Otra")
    keys = services_of(app).partner_keys
    app.get("/v1/partner", headers=other.headers)
    assert app.get("/v1/jobs", headers=partner.headers).status_code == 403
    clock.move(hours=24)
    app.get("/v1/partner", headers=partner.headers)
    assert [app.get("/v1/partner", headers=partner.headers).status_code for _ in range(3)] == [200, 200, 429]
    keys.refresh()
    clock.move(minutes=1)
    usage = app.get("/v1/partner/usage", headers=partner.headers).json()
    today = {"day": "2026-11-26", "requests": 3, "answered": 3, "refused": 1, "failed": 0}
    before = {"day": "2026-11-25", "requests": 1, "answered": 0, "refused": 1, "failed": 0}
    assert usage["days"] == [today, before]
    clock.move(hours=24 * 30)
    assert app.get("/v1/partner/usage", headers=partner.headers).json()["days"] == []


def test_what_could_not_be_written_of_answers_is_written_later(app: TestClient, partner: PartnerApp) -> None:
    keys, database = services_of(app).partner_keys, services_of(app).database
    app.get("/v1/partner", headers=partner.headers)
    with writing(database).begin() as connection:
        connection.execute(text("alter table partner_answers rename to partner_answers_away"))
    keys.refresh()
    with writing(database).begin() as connection:
        connection.execute(text("alter table partner_answers_away rename to partner_answers"))
    keys.refresh()
    (day,) = app.get("/v1/partner/usage", headers=partner.headers).json()["days"]
    assert (day["requests"], day["answered"]) == (1, 1)

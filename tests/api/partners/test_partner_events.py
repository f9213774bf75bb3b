"""`POST /v1/events`: a batch is taken event by event, and told again it changes nothing."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from api.credentials.callers import Scope
from engine.jobs import Job
from engine.seekers import Seeker
from store.database import writing
from store.tables import SEEKERS
from tests.api.partners.parts import PartnerApp, make_partner
from tests.api.services_of import services_of

EVENT: dict[str, Any] = {
    "event_id": "e1",
    "kind": "click",
    "seeker_id": "rosa-1",
    "job_id": "web-1",
    "occurred_at": "2026-11-25T14:00:00-05:00",
}


@pytest.fixture
def teller(app: TestClient) -> PartnerApp:
    """A partner with a person, `rosa-1`; there is a job, `web-1`."""
    partner, services = make_partner(app, Scope.EVENTS), services_of(app)
    services.records.put_jobs([Job("web-1", "Diseñadora web")])
    services.records.put_seekers([Seeker("rosa-1", text="Diseño"), Seeker("luis-1", text="Excel")])
    with writing(services.database).begin() as connection:
        connection.execute(update(SEEKERS).where(SEEKERS.c.seeker_id == "rosa-1").values(partner_id=partner.partner_id))
    return partner


def tell(app: TestClient, teller: PartnerApp, *events: dict[str, Any]) -> Any:
    return app.post("/v1/events", json={"events": events}, headers=teller.headers)


def test_a_batch_is_answered_event_by_event(app: TestClient, teller: PartnerApp) -> None:
    events = [
        EVENT,
        EVENT | {"event_id": "e2", "seeker_id": "luis-1"},
        EVENT | {"event_id": "e3", "kind": "hire"},
        EVENT,
        EVENT | {"event_id": "e4", "occurred_at": "2026-11-25T20:00:00+00:00"},
    ]
    rejected = [{"index": 1, "reason": "not_your_seeker"}, {"index": 4, "reason": "in_the_future"}]
    for new, repeated in ((2, 1), (0, 3)):
        answer = tell(app, teller, *events)
        told = answer.json()
        assert (answer.status_code, told["new"], told["repeated"]) == (200, new, repeated)
        assert [{"index": one["index"], "reason": one["reason"]} for one in told["rejected"]] == rejected
        assert [one["problem"]["status"] for one in told["rejected"]] == [404, 422]
    (placement,) = services_of(app).records.iter_placements()
    assert (placement.seeker_id, placement.job_id, placement.grade) == ("rosa-1", "web-1", 4)


def test_the_largest_batch_is_taken(app: TestClient, teller: PartnerApp) -> None:
    longest = [
        EVENT | {"event_id": f"{n:0128}", "recommendation_id": "r" * 128, "position": n + 1} for n in range(1_000)
    ]
    assert tell(app, teller, *longest).json()["new"] == 1_000
    assert tell(app, teller, *longest, EVENT).status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "view"}, "kind"),
        ({"occurred_at": "ayer"}, "occurred_at"),
        ({"occurred_at": 1_764_000_000}, "occurred_at"),
        ({"position": 0}, "position"),
        ({"seeker_id": "a b"}, "seeker_id"),
        ({"event_id": ""}, "event_id"),
        ({"score": 1}, "score"),
    ],
)
def test_an_event_of_another_form_is_refused_by_its_field(
    app: TestClient, teller: PartnerApp, change: dict[str, Any], field: str
) -> None:
    (rejected,) = tell(app, teller, EVENT | change).json()["rejected"]
    assert (rejected["reason"], rejected["problem"]["errors"][0]["field"]) == ("invalid", field)
    assert tell(app, teller).status_code == 422


def test_a_key_without_the_scope_tells_nothing(app: TestClient, teller: PartnerApp) -> None:
    other = make_partner(app, Scope.RECOMMEND, name="Otra")
    answer = tell(app, other, EVENT)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")
    assert tell(app, teller, EVENT).json()["new"] == 1


def test_another_partners_events_of_the_same_names_are_its_own(app: TestClient, teller: PartnerApp) -> None:
    other, services = make_partner(app, Scope.EVENTS, name="Otra"), services_of(app)
    mine = update(SEEKERS).where(SEEKERS.c.seeker_id == "luis-1").values(partner_id=other.partner_id)
    services.write(partial(_execute, statement=mine))
    assert tell(app, teller, EVENT).json()["new"] == 1
    assert tell(app, other, EVENT | {"seeker_id": "luis-1"}).json()["new"] == 1


def _execute(connection: Any, statement: Any) -> None:
    connection.execute(statement)

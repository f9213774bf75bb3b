"""A job that somebody opened from an answer is noted once, and only where they agreed that Chamba learns from it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from store.matching.events import EVENTS
from store.people.accounts import Role
from store.people.consents import ConsentPurpose, consent_texts, record_consent
from store.people.seeker_accounts import seeker_of
from tests.api.services_of import services_of
from tests.api.web.browser import Reader, account_of
from tests.api.web.test_three_steps import after_three_steps


def put_job(client: TestClient) -> str:
    """The id of a job that the database has."""
    document = {"title": "Diseño de logos por las noches", "description": "Logos y redes.", "modality": "remote"}
    assert client.put("/v1/jobs/clic-1", json=document).is_success
    return "clic-1"


@pytest.mark.parametrize("agrees", [True, False])
def test_an_opened_job_is_noted_by_consent(client: TestClient, agrees: bool) -> None:
    services, account_id = services_of(client), account_of(client, Role.SEEKER, f"mira-{agrees}@paginas.example")
    purpose = ConsentPurpose.TRAINING

    def agree(connection: Connection) -> str:
        version = consent_texts()[purpose].version
        record_consent(connection, account_id, purpose, version, is_given=agrees, now=services.now())
        return seeker_of(connection, account_id)

    seeker_id = services.write(agree)
    reader = after_three_steps(client, account_id, english="C1")
    job_id = put_job(client)
    for _ in range(3):
        assert reader.opens(f"/trabajos/{job_id}").status_code == 200
    query = EVENTS.select().where(EVENTS.c.seeker_id == seeker_id)
    events = services.read(lambda connection: connection.execute(query).all())
    assert [(one.kind, one.told_by) for one in events] == ([("click", "chamba")] if agrees else [])


def test_an_answer_of_somebody_else_is_not_clicked_in(client: TestClient) -> None:
    services = services_of(client)
    first, second = (account_of(client, Role.SEEKER, f"{name}@clics.example") for name in ("una", "otra"))
    for account_id in (first, second):

        def agree(connection: Connection, account_id: str = account_id) -> None:
            purpose = ConsentPurpose.TRAINING
            version = consent_texts()[purpose].version
            record_consent(connection, account_id, purpose, version, is_given=True, now=services.now())

        services.write(agree)
    reader = after_three_steps(client, first, english="C1")
    services.journal.ship(wait=True)
    job_id = put_job(client)
    other = Reader(client, second)
    other.client.cookies.update({"chamba-respuesta": reader.client.cookies["chamba-respuesta"]})
    assert other.opens(f"/trabajos/{job_id}").status_code == 200
    whose = services.read(lambda connection: seeker_of(connection, second))
    query = EVENTS.select().where(EVENTS.c.seeker_id == whose)
    assert services.read(lambda connection: connection.execute(query).all()) == []

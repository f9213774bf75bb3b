"""Somebody without any data: a code, an account, an alert, a job in two messages, an application, and no more messages.

Everything goes through Debian's Kannel and its fake message centre; the machine that runs this has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from api.alerts.running import run_alerts
from api.delivering.deliveries import Deliveries
from store.alerts.new_jobs import note_opened_jobs
from store.hiring.applications import APPLICATIONS
from store.people.phone_messages import MESSAGES
from tests.api.real_things import PASSWORD, PROFILE, RealThings
from tests.api.served_app import GATEWAY_SECRET, ServedApp, served_app
from tests.api.texting.kannel import PASSWORD as KANNEL_PASSWORD
from tests.api.texting.kannel import SENDS_TO, Phone, free_port, kannel
from tests.databases import NewDatabaseUrl

NUMBER = "+51987654321"
SIGN_UP = {
    "phone": "987 654 321",
    "password": PASSWORD,
    "role": "seeker",
    "consents": [{"purpose": "matching", "text_version": "2026-11", "is_given": True}],
}
JOB = {
    "title": "Diseñadora gráfica, de noche",
    "modality": "remote",
    "country": "PE",
    "skills": ["Photoshop"],
    "pay": {"amount": 1500, "currency": "PEN", "period": "month"},
}


@pytest.fixture
def phone(
    tmp_path: Path, tiny_bundles: Path, new_database_url: NewDatabaseUrl
) -> Iterator[tuple[Phone, ServedApp, Deliveries]]:
    """A phone, Chamba, and what sends its messages, with Kannel between them."""
    data, boxes, sending = tmp_path / "data", tmp_path / "kannel", free_port()
    data.mkdir()
    boxes.mkdir()
    gateway = {
        "sms_url": f"http://127.0.0.1:{sending}/cgi-bin/sendsms",
        "sms_user": "chamba",
        "sms_password": KANNEL_PASSWORD,
        "sms_sender": SENDS_TO,
        "incoming_secret": GATEWAY_SECRET,
    }
    with ExitStack() as running:
        served = running.enter_context(served_app(data, tiny_bundles, new_database_url(data), **gateway))
        incoming = served.url.replace("//", f"//kannel:{gateway['incoming_secret']}@") + "/v1/messages/incoming"
        ours = running.enter_context(kannel(boxes, incoming, sending))
        theirs = Phone(NUMBER, ours.centre, boxes)
        running.callback(theirs.switch_off)
        yield theirs, served, Deliveries(served.services)


def test_somebody_without_data_signs_up_hears_of_a_job_applies_and_stops(
    phone: tuple[Phone, ServedApp, Deliveries],
) -> None:
    theirs, served, deliveries = phone
    services, sends = served.services, deliveries.send_due
    theirs.switch_on()

    asked = served.ask("POST", "/v1/auth/sign-up", {}, SIGN_UP)
    (code_text,) = theirs.waits_for(1, sends)
    assert code_text.startswith("Chamba: tu código es "), "with its accent, which costs nothing in so short a text"
    (code,) = re.findall(r"\b\d{6}\b", code_text)
    given = {"confirmation_id": asked["confirmation_id"], "code": code}
    tokens = served.ask("POST", "/v1/auth/confirm", {}, given)
    rosa = {"Authorization": f"Bearer {tokens['access_token']}"}
    served.ask("PUT", "/v1/me/profile", rosa, PROFILE)
    services.write(partial(note_opened_jobs, now=services.now()))
    search = {"name": "De noche", "query": "diseñadora gráfica", "alert": "at_once"}
    served.ask("POST", "/v1/me/searches", rosa, search)

    job_id = posted_job(served)
    served.clock.move(minutes=5)
    assert run_alerts(services).mails == 1
    (alert,) = theirs.waits_for(1, sends)
    assert "1) Diseñadora grafica, de noche" in alert
    assert "Responde 1 para verlo" in alert

    theirs.switch_on("1")
    what, how = theirs.waits_for(2, sends)
    assert what.startswith("1) Diseñadora grafica, de noche, Tienda Killa.")
    assert "Paga S/ 1,500 al mes" in what
    assert "POSTULAR 1" in how

    theirs.switch_on("Póstulo al 1 x favor 🙏 gracias")
    (applied,) = theirs.waits_for(1, sends)
    assert "listo, postulaste a Diseñadora grafica, de noche" in applied
    with services.database.connect() as connection:
        assert connection.execute(select(APPLICATIONS.c.job_id)).scalars().all() == [job_id]

    theirs.switch_on("PARAR")
    (stopped,) = theirs.waits_for(1, sends)
    assert "ya no te enviamos mensajes" in stopped
    served.ask("POST", "/v1/auth/password-reset", {}, {"phone": NUMBER, "new_password": "granizo en Puno"})
    with services.database.connect() as connection:
        assert connection.execute(select(MESSAGES)).all() == [], "nothing more, not even a code"


def posted_job(served: ServedApp) -> str:
    """A job of a verified organisation."""
    real: Any = RealThings(served)
    employer = real.headers(real.employer)
    made: str = served.ask("POST", f"/v1/employers/{real.employer_id}/jobs", employer, JOB)["job_id"]
    return made

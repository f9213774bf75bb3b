"""Poverty decides eligibility and audits alone: whatever is told or answered, every ranking stays, to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi.testclient import TestClient

from store.hiring.employers import EmployerStatus, set_employer_status
from store.people.accounts import Role
from tests.api.programmes.conftest import Bearer, Office, ok
from tests.api.services_of import services_of

PROFILE = {
    "text": "Diseñadora gráfica, identidad de marca y redes sociales",
    "skills": ["Adobe Illustrator", "Photoshop"],
    "languages": {"es": "native", "en": "A2"},
    "device": "phone",
}
CIRCUMSTANCES: list[dict[str, Any]] = [
    {},
    {"income": 0, "household_size": 9, "poverty_class": "extremely_poor", "poverty_class_date": "2026-01-01"},
    {"income": 90_000, "household_size": 1, "poverty_class": "not_poor", "poverty_class_date": "2026-01-01"},
    {"birth_date": "1950-01-01", "region": "Puno", "income": 100, "household_size": 3},
    {"birth_date": "2010-01-01", "region": "Lima"},
]
# What is new in every answer, of which none is a job, a score or an order.
FRESH = ("recommendation_id",)


def test_no_income_class_or_answer_moves_a_job(office: Office) -> None:
    employer, job_id = organisation(office)
    office.publish()
    rosa = office.person("rosa", ("matching", "sensitive", "screening", "be_found", "training"))
    ok(office.app.put("/v1/me/profile", json=PROFILE, headers=rosa))
    ranked = [list(rankings(office.app, rosa, employer, job_id))]
    assert all(len(answer) > 200 for answer in ranked[0])
    answers = set()
    for details in CIRCUMSTANCES:
        office.details(rosa, **details)
        ranked.append(list(rankings(office.app, rosa, employer, job_id)))
        answers.add(office.ask(rosa, shares_contact=True)["eligibility"])
        ranked.append(list(rankings(office.app, rosa, employer, job_id)))
    contested = ok(office.app.get("/v1/me/screenings", headers=rosa))["items"][0]
    ok(office.app.post(contested["appeal_at"], json={"text": "Revísenlo"}, headers=rosa), 201)
    body = {"eligibility": "eligible", "reason": "Lo vimos"}
    office.officers("POST", f"/screenings/{contested['screening_id']}/decision", body)
    ranked.append(list(rankings(office.app, rosa, employer, job_id)))
    assert answers == {"eligible", "not_eligible", "undecided"}
    assert all(one == ranked[0] for one in ranked)


def rankings(app: TestClient, rosa: Bearer, employer: Bearer, job_id: str) -> Iterator[bytes]:
    """Every order that there is: of jobs for her, of a search, and of people for a job; without ids of answers."""
    yield from map(
        without_fresh,
        (
            app.post("/v1/me/recommendations", json={"limit": 20}, headers=rosa),
            app.post("/v1/me/search", json={"query": "diseño", "limit": 20, "is_for_me": False}, headers=rosa),
            app.post("/v1/recommendations", json={"profile": PROFILE, "limit": 20}),
            app.post(job_id, json={"limit": 20}, headers=employer),
        ),
    )


def without_fresh(answer: Any) -> bytes:
    """The bytes of an answer, but for its id."""
    content: bytes = answer.content
    for name in FRESH:
        value = ok(answer).get(name)
        content = content if value is None else content.replace(value.encode(), b"")
    return content


def organisation(office: Office) -> tuple[Bearer, str]:
    """A verified employer, and the address at which it asks for people for its job."""
    employer = office.sign_in(office.app, Role.EMPLOYER, email="killa@correo.pe", agreed=())
    made = ok(office.app.post("/v1/employers", json={"name": "Killa"}, headers=employer), 201)["employer_id"]
    services = services_of(office.app)
    verified = EmployerStatus.VERIFIED
    services.write(lambda connection: set_employer_status(connection, made, verified, services.now()))
    job = {"title": "Diseñadora gráfica", "description": "Redes sociales", "modality": "remote", "country": "PE"}
    job_id = ok(office.app.post(f"/v1/employers/{made}/jobs", json=job, headers=employer), 201)["job_id"]
    return employer, f"/v1/employers/{made}/jobs/{job_id}/candidates"


def test_what_is_private_is_in_no_profile(office: Office) -> None:
    """Neither in what is stored for matching nor in what an answer was given for."""
    office.publish()
    rosa = office.person("rosa")
    ok(office.app.put("/v1/me/profile", json=PROFILE, headers=rosa))
    office.details(rosa, income=731.5, household_size=3, birth_date="1998-07-28", region="Puno")
    office.ask(rosa)
    ok(office.app.post("/v1/me/recommendations", json={"limit": 3}, headers=rosa))
    exported = ok(office.app.get("/v1/me/export", headers=rosa))
    matched = str([exported["profile"], exported["profiles_answered_for"], exported["recommendations"]])
    for told in ("731.5", "1998-07-28", "Puno", "income", "household", "eligible"):
        assert told not in matched

"""A person finds work: from signing up to being hired, as the seeker, the employer and the administrator see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from engine.placements import Placement
from store.people.accounts import Role
from tests.api.services_of import services_of

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]
Mails = Callable[[TestClient], list[str]]

ORGANISATION = {"name": "Tienda Killa", "tax_id": "20555123451", "contact": "+51 987 654 321"}
NIGHTS = {
    "kind": "fixed",
    "time_zone": "America/Lima",
    "windows": [{"days": ["mon"], "start": "19:00", "end": "22:00"}],
}
JOB: dict[str, Any] = {
    "title": "Diseñadora gráfica para redes sociales",
    "description": "Piezas para Instagram con Illustrator y Photoshop.",
    "skills": ["Adobe Illustrator", "Photoshop"],
    "schedule": NIGHTS,
    "modality": "remote",
    "pay": {"amount": 400, "currency": "PEN", "period": "month"},
    "country": "PE",
}
FALSE_JOB = JOB | {
    "title": "Gana desde casa sin experiencia",
    "description": "Para empezar deposita S/ 80 por tu kit de inicio. Cupos limitados.",
}


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def rosa(app: TestClient, sign_in: SignIn, evening_designer: dict[str, Any]) -> Bearer:
    """A seeker with a profile who agreed to be found."""
    headers = sign_in(app, Role.SEEKER, email="rosa@correo.pe", agreed=("matching", "be_found"))
    del evening_designer["min_pay"]
    saved = app.put("/v1/me/profile", json=evening_designer, headers=headers)
    assert saved.status_code == 200, saved.text
    return headers


@pytest.fixture
def killa(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.EMPLOYER, email="killa@correo.pe", agreed=())


@pytest.fixture
def admin(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())


@pytest.fixture
def employer_id(app: TestClient, killa: Bearer, admin: Bearer) -> str:
    """An organisation that was verified."""
    made = app.post("/v1/employers", json=ORGANISATION, headers=killa)
    assert made.status_code == 201, made.text
    decide(app, admin, "employer", "organisation_verified")
    found: str = made.json()["employer_id"]
    return found


@pytest.fixture
def job_id(app: TestClient, killa: Bearer, employer_id: str) -> str:
    posted = app.post(f"/v1/employers/{employer_id}/jobs", json=JOB, headers=killa)
    assert posted.status_code == 201, posted.text
    assert posted.json()["state"] == "open"
    found: str = posted.json()["job_id"]
    return found


def decide(app: TestClient, admin: Bearer, kind: str, decision: str) -> dict[str, Any]:
    (case,) = app.get(f"/v1/admin/cases?kind={kind}&state=open", headers=admin).json()["items"]
    taken = app.post(f"/v1/admin/cases/{case['case_id']}/take", headers=admin).json()
    assert taken["state"] == "taken"
    body = {"decision": decision, "reason": "Revisado"}
    decided = app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=body, headers=admin)
    assert decided.status_code == 200, decided.text
    found: dict[str, Any] = decided.json()
    return found


def recommended(app: TestClient, headers: Bearer, **asked: Any) -> list[str]:
    answer = app.post("/v1/me/recommendations", json={"limit": 100} | asked, headers=headers)
    assert answer.status_code == 200, answer.text
    return [found["job_id"] for found in answer.json()["recommendations"]]


def placements_of(app: TestClient) -> list[Placement]:
    services = services_of(app)
    return list(services.records.iter_placements())


def test_a_posted_job_is_recommended_applied_for_and_filled(
    app: TestClient, rosa: Bearer, killa: Bearer, employer_id: str, job_id: str, mails: Mails
) -> None:
    assert job_id in recommended(app, rosa)
    applied = app.post("/v1/me/applications", json={"job_id": job_id, "text": "Tengo portafolio"}, headers=rosa)
    assert applied.status_code == 201, applied.text
    application_id = applied.json()["application_id"]
    assert job_id not in recommended(app, rosa)

    root = f"/v1/employers/{employer_id}/applications"
    (listed,) = app.get(root, headers=killa).json()["items"]
    seen = app.get(f"{root}/{listed['application_id']}", headers=killa).json()
    assert seen["text"] == "Tengo portafolio"
    assert seen["contact"]["email"] == "rosa@correo.pe"
    assert seen["profile"]["skills"] == ["Adobe Illustrator", "Photoshop"]

    template = {"name": "Entrevista", "text": "Hola {name}: {employer} quiere verte por {job} {x"}
    made = app.post(f"/v1/employers/{employer_id}/templates", json=template, headers=killa).json()
    version = 1
    for stage in ("shortlisted", "interview", "offer", "hired"):
        body: dict[str, Any] = {"stage": stage, "version": version}
        if stage == "interview":
            body["template_id"] = made["template_id"]
        stepped = app.post(f"{root}/{application_id}/steps", json=body, headers=killa)
        assert stepped.status_code == 200, stepped.text
        version = stepped.json()["version"]
    followed = app.get(f"/v1/me/applications/{application_id}", headers=rosa).json()
    assert [step["stage"] for step in followed["steps"]] == ["received", "shortlisted", "interview", "offer", "hired"]
    assert followed["messages"][0]["text"] == f"Hola : Tienda Killa quiere verte por {JOB['title']} {{x"
    assert [(one.job_id, one.grade) for one in placements_of(app)] == [(job_id, 4)]
    news = [mail.split("\n")[1] for mail in mails(app) if mail.startswith("rosa@")]
    told = ("Postulaste a", "Sigues en carrera", "Quieren entrevistarte", "Te ofrecen", "Te contrataron")
    assert [[subject for subject in news if subject.startswith(words)] for words in told] == [[one] for one in news]
    assert all(f"«{JOB['title']}»" in subject for subject in news)


def test_two_who_step_at_once_are_told(
    app: TestClient, rosa: Bearer, killa: Bearer, employer_id: str, job_id: str
) -> None:
    application_id = app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).json()["application_id"]
    steps = f"/v1/employers/{employer_id}/applications/{application_id}/steps"
    assert app.post(steps, json={"stage": "interview", "version": 1}, headers=killa).status_code == 200
    late = app.post(steps, json={"stage": "declined", "version": 1, "reason": "no"}, headers=killa)
    assert late.status_code == 409
    impossible = app.post(steps, json={"stage": "received", "version": 2}, headers=killa)
    assert impossible.status_code == 422
    assert "offer" in impossible.json()["errors"][0]["expected"]
    silent = app.post(steps, json={"stage": "declined", "version": 2}, headers=killa)
    assert silent.json()["errors"][0]["field"] == "reason"


def test_a_withdrawn_application_hides_the_person_and_may_be_made_again(
    app: TestClient, rosa: Bearer, killa: Bearer, employer_id: str, job_id: str
) -> None:
    made = app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).json()
    own = f"/v1/me/applications/{made['application_id']}"
    withdrawn = app.post(f"{own}/withdrawal", json={"version": 1, "reason": "Encontré otro"}, headers=rosa)
    assert withdrawn.json()["stage"] == "withdrawn"
    seen = app.get(f"/v1/employers/{employer_id}/applications/{made['application_id']}", headers=killa).json()
    assert (seen["profile"], seen["contact"], seen["text"]) == (None, None, None)
    assert job_id in recommended(app, rosa)
    again = app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa)
    assert (again.status_code, again.json()["application_id"]) == (201, made["application_id"])
    assert app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).status_code == 409


def test_the_same_request_again_applies_once(app: TestClient, rosa: Bearer, job_id: str) -> None:
    headers = rosa | {"Idempotency-Key": "una-vez"}
    first = app.post("/v1/me/applications", json={"job_id": job_id}, headers=headers)
    second = app.post("/v1/me/applications", json={"job_id": job_id}, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replayed"] == "true"
    other = app.post("/v1/me/applications", json={"job_id": job_id, "text": "otra"}, headers=headers)
    assert other.status_code == 409


def test_a_job_that_costs_money_waits_for_a_person(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, employer_id: str
) -> None:
    posted = app.post(f"/v1/employers/{employer_id}/jobs", json=FALSE_JOB, headers=killa).json()
    assert posted["state"] == "waiting"
    assert any(sign["severity"] == "block" for sign in posted["signs"])
    assert posted["job_id"] not in recommended(app, rosa)
    assert app.get(f"/v1/jobs/{posted['job_id']}", headers=rosa).status_code == 404
    assert app.post("/v1/me/applications", json={"job_id": posted["job_id"]}, headers=rosa).status_code == 409
    decided = decide(app, admin, "posting", "job_taken_down")
    assert decided["subject"]["state"] == "rejected"
    own = f"/v1/employers/{employer_id}/jobs/{posted['job_id']}"
    assert app.get(own, headers=killa).json()["state"] == "rejected"
    assert app.post(f"{own}/re-open", headers=killa).json()["state"] == "rejected"
    mended = app.put(own, json=JOB, headers=killa).json()
    assert mended["state"] == "waiting"
    decide(app, admin, "posting", "job_shown")
    assert app.get(own, headers=killa).json()["state"] == "open"
    assert posted["job_id"] in recommended(app, rosa)


def test_postings_of_an_organisation_nobody_verified_wait(app: TestClient, killa: Bearer, rosa: Bearer) -> None:
    employer_id = app.post("/v1/employers", json=ORGANISATION, headers=killa).json()["employer_id"]
    posted = app.post(f"/v1/employers/{employer_id}/jobs", json=JOB, headers=killa).json()
    assert posted["state"] == "waiting"
    assert posted["job_id"] not in recommended(app, rosa)


def test_a_job_is_closed_and_opened_again(
    app: TestClient, rosa: Bearer, killa: Bearer, employer_id: str, job_id: str
) -> None:
    own = f"/v1/employers/{employer_id}/jobs/{job_id}"
    assert app.post(f"{own}/close", headers=killa).json()["state"] == "closed"
    assert job_id not in recommended(app, rosa)
    assert app.post(f"{own}/re-open", headers=killa).json()["state"] == "open"
    assert job_id in recommended(app, rosa)
    edited = app.put(own, json=JOB | {"title": "Ilustradora de cuentos"}, headers=killa).json()
    assert (edited["state"], edited["job"]["title"]) == ("open", "Ilustradora de cuentos")


def test_a_job_whose_time_is_over_is_closed(app: TestClient, killa: Bearer, employer_id: str) -> None:
    services = services_of(app)
    root, closes_at = f"/v1/employers/{employer_id}/jobs", services.now() + timedelta(minutes=5)
    posted = app.post(root, json=JOB | {"closes_at": closes_at.isoformat()}, headers=killa).json()
    assert posted["state"] == "open"
    services.clock = lambda: closes_at
    assert app.get(f"{root}/{posted['job_id']}", headers=killa).json()["state"] == "closed"


def test_jobs_are_posted_many_at_once_and_as_linked_data(app: TestClient, killa: Bearer, employer_id: str) -> None:
    root = f"/v1/employers/{employer_id}/jobs"
    many = app.post(f"{root}:batch", json={"jobs": [JOB, {"title": ""}, JOB | {"title": "Redactora"}]}, headers=killa)
    lines = many.json()["items"]
    assert [line["posting"] is not None for line in lines] == [True, False, True]
    assert "title" in lines[1]["problem"]["detail"]
    posting = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Community manager",
        "description": "<p>Publicaciones para redes.</p>",
        "identifier": {"@type": "PropertyValue", "value": "CM-7"},
        "jobLocationType": "TELECOMMUTE",
        "datePosted": "2026-11-01",
    }
    headers = killa | {"Content-Type": "application/ld+json"}
    for title in ("Community manager", "Community manager bilingüe"):
        put = app.post(f"{root}:import", json=posting | {"title": title}, headers=headers)
        assert put.json()["items"][0]["posting"]["job"]["title"] == title
    titles = [one["job"]["title"] for one in app.get(root, headers=killa).json()["items"]]
    assert sorted(titles) == sorted([JOB["title"], "Redactora", "Community manager bilingüe"])


def test_only_people_who_agreed_are_found_and_without_their_names(
    app: TestClient, rosa: Bearer, killa: Bearer, employer_id: str, job_id: str, sign_in: SignIn
) -> None:
    shy = sign_in(app, Role.SEEKER, email="timida@correo.pe", agreed=("matching",))
    profile = app.get("/v1/me/profile", headers=rosa).json()["profile"]
    app.put("/v1/me/profile", json=profile, headers=shy)
    found = app.post(f"/v1/employers/{employer_id}/jobs/{job_id}/candidates", json={}, headers=killa)
    own = app.get("/v1/me/profile", headers=rosa).json()["seeker_id"]
    assert [one["seeker_id"] for one in found.json()["people"]] == [own]
    assert "correo.pe" not in found.text
    withdrawn = {"purpose": "be_found", "text_version": "2026-11", "is_given": False}
    app.post("/v1/me/consents", json=withdrawn, headers=rosa)
    again = app.post(f"/v1/employers/{employer_id}/jobs/{job_id}/candidates", json={}, headers=killa)
    assert again.json()["people"] == []


def test_another_employers_things_are_not_there(
    app: TestClient, rosa: Bearer, employer_id: str, job_id: str, sign_in: SignIn
) -> None:
    made = app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).json()
    stranger = sign_in(app, Role.EMPLOYER, email="otro@correo.pe", agreed=())
    root = f"/v1/employers/{employer_id}"
    asked = [
        app.get(root, headers=stranger),
        app.put(root, json=ORGANISATION, headers=stranger),
        app.get(f"{root}/jobs", headers=stranger),
        app.put(f"{root}/jobs/{job_id}", json=JOB, headers=stranger),
        app.post(f"{root}/jobs/{job_id}/close", headers=stranger),
        app.post(f"{root}/jobs/{job_id}/candidates", json={}, headers=stranger),
        app.get(f"{root}/applications/{made['application_id']}", headers=stranger),
        app.get(f"{root}/templates", headers=stranger),
    ]
    assert [answer.status_code for answer in asked] == [404] * len(asked)
    own = app.post("/v1/employers", json={"name": "Otro"}, headers=stranger).json()["employer_id"]
    through_own = app.get(f"/v1/employers/{own}/applications/{made['application_id']}", headers=stranger)
    assert through_own.status_code == 404
    other_seeker = sign_in(app, Role.SEEKER, email="otra@correo.pe")
    assert app.get(f"/v1/me/applications/{made['application_id']}", headers=other_seeker).status_code == 404

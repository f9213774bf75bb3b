"""Who is suspended can do nothing, and nobody meets what is theirs: jobs, people, messages; restored, all is back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from store.hiring.employers import EmployerStatus, set_employer_status
from store.hiring.owner_changes import change_employer_status
from store.people.accounts import Role
from tests.api.services_of import services_of

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]

JOB: dict[str, Any] = {"title": "Tejedora de redes de pesca", "modality": "remote", "country": "PE"}
PROFILE = {"text": "Tejo redes de pesca"}
BECAUSE = {"reason": "fraud"}


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def rosa(app: TestClient, sign_in: SignIn) -> Bearer:
    headers = sign_in(app, Role.SEEKER, email="rosa@correo.pe", agreed=("matching", "be_found"))
    app.put("/v1/me/profile", json=PROFILE, headers=headers)
    return headers


@pytest.fixture
def killa(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.EMPLOYER, email="killa@correo.pe", agreed=())


@pytest.fixture
def admin(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())


@pytest.fixture
def employer_id(app: TestClient, killa: Bearer, admin: Bearer) -> str:
    """A verified organisation."""
    made = app.post("/v1/employers", json={"name": "Tienda Killa"}, headers=killa).json()
    decide(app, admin, "employer", "approved")
    return str(made["employer_id"])


@pytest.fixture
def job_id(app: TestClient, killa: Bearer, employer_id: str) -> str:
    return posted(app, killa, employer_id)


def posted(app: TestClient, headers: Bearer, employer_id: str, **also: Any) -> str:
    return str(app.post(f"/v1/employers/{employer_id}/jobs", json=JOB | also, headers=headers).json()["job_id"])


def decide(app: TestClient, admin: Bearer, kind: str, decision: str) -> None:
    (case,) = app.get(f"/v1/admin/cases?kind={kind}&state=open", headers=admin).json()["items"]
    body = {"decision": decision, "reason": "Revisado"}
    answer = app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=body, headers=admin)
    assert answer.status_code == 200, answer.text


def id_of(app: TestClient, headers: Bearer) -> str:
    return str(app.get("/v1/me", headers=headers).json()["account_id"])


def seen(app: TestClient, headers: Bearer) -> set[str]:
    """The jobs that somebody is recommended, or finds by their words."""
    recommended = app.post("/v1/me/recommendations", json={"limit": 100}, headers=headers)
    found = app.post("/v1/me/search", json={"words": JOB["title"], "limit": 100}, headers=headers)
    by_each = [{one["job_id"] for one in each.json()["recommendations"]} for each in (recommended, found)]
    ours = [ids - {one for one in ids if one.startswith("sample:")} for ids in by_each]
    assert ours[0] == ours[1]
    return ours[0]


def change(app: TestClient, admin: Bearer, what: str, act: str) -> dict[str, Any]:
    answer = app.post(f"/v1/admin/{what}/{act}", json=BECAUSE, headers=admin)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def audited(app: TestClient, admin: Bearer, subject: str) -> list[tuple[str, dict[str, Any]]]:
    entries = app.get("/v1/admin/audit", params={"subject": subject, "limit": 100}, headers=admin).json()["items"]
    return [(entry["action"], entry["detail"]) for entry in entries]


def test_jobs_of_a_suspended_organisation_are_gone_from_the_next_answer_on_and_come_back(
    app: TestClient, rosa: Bearer, admin: Bearer, employer_id: str, job_id: str
) -> None:
    assert seen(app, rosa) == {job_id}
    organisation = f"employers/{employer_id}"
    assert change(app, admin, organisation, "suspend")["status"] == "suspended"
    assert seen(app, rosa) == set()
    asked = {"job_id": job_id}
    refused = app.post("/v1/me/applications", json=asked, headers=rosa)
    assert refused.status_code == 409
    assert "no recibe postulaciones por ahora" in refused.json()["detail"]
    app.patch("/v1/me", json={"locale": "en"}, headers=rosa)
    assert "takes no applications for now" in app.post("/v1/me/applications", json=asked, headers=rosa).text
    assert app.get(f"/v1/jobs/{job_id}", headers=rosa).status_code == 404
    assert app.put(f"/v1/me/saved-jobs/{job_id}", headers=rosa).status_code == 404
    assert app.get(f"/v1/jobs/{job_id}", headers=admin).json()["is_open"] is False
    restored = change(app, admin, organisation, "restore")
    assert (restored["status"], restored["jobs_shown"]) == ("verified", 1)
    assert seen(app, rosa) == {job_id}
    assert app.post("/v1/me/applications", json=asked, headers=rosa).status_code == 201
    told = audited(app, admin, f"employer:{employer_id}")
    assert [(action, detail["jobs_hidden"], detail["jobs_shown"]) for action, detail in told] == [
        ("employer.suspended", 1, 0),
        ("employer.restored", 0, 1),
    ]


def test_only_jobs_that_were_open_and_that_nobody_holds_come_back(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, employer_id: str, job_id: str
) -> None:
    root = f"/v1/employers/{employer_id}/jobs"
    closed, reported = (posted(app, killa, employer_id, title=f"{JOB['title']} {n}") for n in (1, 2))
    held = posted(app, killa, employer_id, description="Para postular deposita S/ 80 de inscripción.")
    assert app.get(f"{root}/{held}", headers=killa).json()["state"] == "waiting"
    app.post(f"{root}/{closed}/close", headers=killa)
    app.put(f"/v1/me/dismissals/{reported}", json={"reason": "looks_false"}, headers=rosa)
    change(app, admin, f"employers/{employer_id}", "suspend")
    decide(app, admin, "report", "approved")
    change(app, admin, f"employers/{employer_id}", "restore")
    app.delete(f"/v1/me/dismissals/{reported}", headers=rosa)
    assert seen(app, rosa) == {job_id}
    states = {one["job_id"]: one["state"] for one in app.get(root, headers=killa).json()["items"]}
    assert states == {job_id: "open", closed: "closed", reported: "rejected", held: "waiting"}


def test_what_a_moderator_approves_of_a_suspended_organisation_stays_hidden_with_it(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, employer_id: str
) -> None:
    held = posted(app, killa, employer_id, description="Para postular deposita S/ 80 de inscripción.")
    change(app, admin, f"employers/{employer_id}", "suspend")
    decide(app, admin, "posting", "approved")
    (case,) = app.get("/v1/admin/cases?kind=posting", headers=admin).json()["items"]
    subject = app.get(f"/v1/admin/cases/{case['case_id']}", headers=admin).json()["subject"]
    assert (subject["state"], seen(app, rosa)) == ("hidden", set())
    change(app, admin, f"employers/{employer_id}", "restore")
    assert seen(app, rosa) == {held}


def test_people_of_a_suspended_organisation_can_do_nothing_for_it_and_read_that_it_is(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, employer_id: str, job_id: str
) -> None:
    applied = app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).json()["application_id"]
    change(app, admin, f"employers/{employer_id}", "suspend")
    root = f"/v1/employers/{employer_id}"
    application, job, template = f"{root}/applications/{applied}", f"{root}/jobs/{job_id}", {"name": "a", "body": "b"}
    step = {"stage": "shortlisted", "version": 1}
    asked: list[tuple[str, str, Any]] = [
        ("GET", f"{root}/jobs", None),
        ("GET", job, None),
        ("POST", f"{root}/jobs", JOB),
        ("POST", f"{root}/jobs:batch", {"jobs": [JOB]}),
        ("POST", f"{root}/jobs:import", {"@type": "JobPosting", "title": "Tejedora"}),
        ("PUT", job, JOB),
        ("POST", f"{job}/re-open", None),
        ("POST", f"{job}/close", None),
        ("POST", f"{job}/candidates", {}),
        ("GET", f"{root}/applications", None),
        ("GET", application, None),
        ("POST", f"{application}/steps", step),
        ("POST", f"{application}/messages", {"text": "Deposita"}),
        ("PUT", root, {"name": "Otra Tienda"}),
        ("POST", f"{root}/members", {"email": "otra@correo.pe"}),
        ("GET", f"{root}/templates", None),
        ("POST", f"{root}/templates", template),
    ]
    for method, path, body in asked:
        refused = app.request(method, path, json=body, headers=killa)
        assert refused.status_code == 403, (method, path, refused.text)
        assert "la organización está suspendida" in refused.json()["detail"]
    assert app.get(root, headers=killa).json()["status"] == "suspended"
    assert app.get("/v1/employers", headers=killa).json()["items"][0]["status"] == "suspended"
    written = app.post(f"/v1/me/applications/{applied}/messages", json={"text": "¿Y?"}, headers=rosa)
    assert (written.status_code, "no puede leer mensajes" in written.text) == (409, True)
    withdrawn = app.post(f"/v1/me/applications/{applied}/withdrawal", json={"version": 1}, headers=rosa)
    assert withdrawn.json()["stage"] == "withdrawn"


def test_jobs_stay_while_another_member_acts_and_follow_the_last_one(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, sign_in: SignIn, employer_id: str, job_id: str
) -> None:
    colleague = sign_in(app, Role.EMPLOYER, email="colega@correo.pe", agreed=())
    app.post(f"/v1/employers/{employer_id}/members", json={"email": "colega@correo.pe"}, headers=killa)
    first, second = (f"accounts/{id_of(app, one)}" for one in (killa, colleague))
    change(app, admin, first, "suspend")
    assert seen(app, rosa) == {job_id}
    assert app.get(f"/v1/employers/{employer_id}/jobs", headers=colleague).status_code == 200
    change(app, admin, second, "suspend")
    assert seen(app, rosa) == set()
    assert app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).status_code == 409
    change(app, admin, first, "restore")
    assert seen(app, rosa) == {job_id}
    details = [detail for _, detail in audited(app, admin, second.replace("accounts/", "account:"))]
    assert (details[-1]["jobs_hidden"], details[-1]["reason"]) == (1, "fraud")


def test_jobs_follow_an_account_that_loses_its_role_appeals_or_is_erased(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, sign_in: SignIn, employer_id: str, job_id: str
) -> None:
    account = f"accounts/{id_of(app, killa)}"
    app.delete(f"/v1/admin/{account}/roles/employer", headers=admin)
    assert seen(app, rosa) == set()
    app.put(f"/v1/admin/{account}/roles/employer", headers=admin)
    assert seen(app, rosa) == {job_id}
    sign_in(app, Role.EMPLOYER, email="colega@correo.pe", agreed=())
    app.post(f"/v1/employers/{employer_id}/members", json={"email": "colega@correo.pe"}, headers=killa)
    found = app.post("/v1/admin/accounts:find", json={"email": "colega@correo.pe"}, headers=admin).json()
    change(app, admin, f"accounts/{found['account_id']}", "suspend")
    assert seen(app, rosa) == {job_id}
    erased = app.post("/v1/me/erasure", json={"password": "lluvia en Huaraz"}, headers=killa)
    assert erased.status_code == 200, erased.text
    assert seen(app, rosa) == set()
    words = {"email": "colega@correo.pe", "password": "lluvia en Huaraz", "words": "No fui yo"}
    assert app.post("/v1/auth/appeal", json=words).status_code == 204
    decide(app, admin, "appeal", "approved")
    assert seen(app, rosa) == {job_id}


def test_an_organisation_that_was_not_verified_is_not_verified_by_restoring_it(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, employer_id: str, job_id: str
) -> None:
    app.put(f"/v1/employers/{employer_id}", json={"name": "Otra Killa"}, headers=killa)
    change(app, admin, f"employers/{employer_id}", "suspend")
    assert change(app, admin, f"employers/{employer_id}", "restore")["status"] == "unverified"
    assert seen(app, rosa) == {job_id}
    decide(app, admin, "employer", "rejected")
    assert seen(app, rosa) == set()
    assert change(app, admin, f"employers/{employer_id}", "restore")["status"] == "unverified"
    assert change(app, admin, f"employers/{employer_id}", "restore")["jobs_shown"] == 0
    decide(app, admin, "employer", "approved")
    assert app.get(f"/v1/employers/{employer_id}", headers=killa).json()["status"] == "verified"


def test_a_suspended_partner_s_jobs_and_people_are_hidden_and_its_key_opens_nothing_at_once(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, employer_id: str, job_id: str
) -> None:
    partner_id = app.get("/v1/partner").json()["partner_id"]
    app.put("/v1/jobs/red", json=JOB | {"title": "Redera de pesca"})
    app.put("/v1/seekers/ana?is_findable=true", json=PROFILE)
    applied = app.post("/v1/me/applications", json={"job_id": "red"}, headers=rosa).json()["application_id"]
    candidates = f"/v1/employers/{employer_id}/jobs/{job_id}/candidates"
    assert "ana" in str(app.post(candidates, json={}, headers=killa).json()["people"])
    services = services_of(app)
    services.partner_keys.refresh = lambda: None  # type: ignore[method-assign]  # as another worker, before its turn
    path = f"/v1/admin/partners/{partner_id}"
    app.patch(path, json={"status": "suspended"}, headers=admin)
    people = app.post(candidates, json={}, headers=killa).json()["people"]
    assert [one["seeker_id"] for one in people] == [app.get("/v1/me/profile", headers=rosa).json()["seeker_id"]]
    asked: list[tuple[str, str, Any]] = [
        ("GET", "/v1/partner", None),
        ("PUT", "/v1/jobs/red", JOB),
        ("GET", "/v1/jobs/red", None),
        ("DELETE", "/v1/jobs/red", None),
        ("PUT", "/v1/seekers/ana", PROFILE),
        ("GET", f"/v1/applications/{applied}", None),
        ("POST", f"/v1/applications/{applied}/steps", {"stage": "hired", "version": 1}),
        ("POST", "/v1/events", {"events": []}),
        ("GET", "/v1/webhooks", None),
        ("POST", "/v1/jobs/red/candidates", {}),
    ]
    for method, address, body in asked:
        assert app.request(method, address, json=body).status_code == 403, (method, address)
    withdrawn = app.post(f"/v1/me/applications/{applied}/withdrawal", json={"version": 1}, headers=rosa)
    assert withdrawn.status_code == 200
    assert seen(app, rosa) == {job_id}
    assert app.post("/v1/me/applications", json={"job_id": "red"}, headers=rosa).status_code == 409
    app.patch(path, json={"status": "active"}, headers=admin)
    assert seen(app, rosa) == {job_id, "red"}
    assert app.get("/v1/jobs/red").status_code == 200
    told = [(action, detail["jobs_hidden"]) for action, detail in audited(app, admin, f"partner:{partner_id}")]
    assert told == [("partner.suspended", 1), ("partner.restored", 0)]


def test_a_suspended_person_is_found_by_no_employer(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, employer_id: str, job_id: str
) -> None:
    candidates = f"/v1/employers/{employer_id}/jobs/{job_id}/candidates"
    assert len(app.post(candidates, json={}, headers=killa).json()["people"]) == 1
    change(app, admin, f"accounts/{id_of(app, rosa)}", "suspend")
    assert app.post(candidates, json={}, headers=killa).json()["people"] == []


def test_another_worker_s_next_answer_shows_no_job_of_who_was_suspended(
    app: TestClient,
    open_app: Callable[..., TestClient],
    tiny_bundles: Path,
    rosa: Bearer,
    admin: Bearer,
    employer_id: str,
    job_id: str,
) -> None:
    url = str(services_of(app).settings.database_url)
    other = open_app(tiny_bundles, database_url=url, bundle_poll_seconds=3_600)
    assert seen(other, rosa) == {job_id}
    change(app, admin, f"employers/{employer_id}", "suspend")
    assert seen(other, rosa) == set()
    change(app, admin, f"employers/{employer_id}", "restore")
    assert seen(other, rosa) == {job_id}


def test_jobs_that_were_left_open_before_jobs_followed_are_hidden_when_a_server_starts(
    app: TestClient,
    open_app: Callable[..., TestClient],
    tiny_bundles: Path,
    rosa: Bearer,
    admin: Bearer,
    employer_id: str,
    job_id: str,
) -> None:
    services = services_of(app)
    services.write(lambda each: set_employer_status(each, employer_id, EmployerStatus.SUSPENDED, services.now()))
    assert app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).status_code == 409
    open_app(tiny_bundles, database_url=str(services.settings.database_url))
    assert seen(app, rosa) == set()
    assert change(app, admin, f"employers/{employer_id}", "restore")["jobs_shown"] == 1


def test_a_job_that_is_re_opened_while_its_organisation_is_being_suspended_stays_hidden(
    app: TestClient, rosa: Bearer, killa: Bearer, employer_id: str, job_id: str
) -> None:
    services, is_changed, may_end = services_of(app), Event(), Event()
    own = f"/v1/employers/{employer_id}/jobs/{job_id}"
    app.post(f"{own}/close", headers=killa)

    def suspend(connection: Connection) -> None:
        change_employer_status(connection, employer_id, EmployerStatus.SUSPENDED, services.now())
        is_changed.set()
        may_end.wait(20)

    with ThreadPoolExecutor() as threads:
        suspending = threads.submit(services.write, suspend)
        assert is_changed.wait(20)
        re_opening = threads.submit(app.post, f"{own}/re-open", headers=killa)
        wait([re_opening], timeout=0.5)  # it is at the lock, or on its way there
        may_end.set()
        suspending.result()
        answer = re_opening.result()
    assert answer.status_code == 403 or answer.json()["state"] == "hidden"
    assert seen(app, rosa) == set()

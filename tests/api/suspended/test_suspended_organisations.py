"""An organisation that is suspended, or whose people are, can do nothing, and nobody meets its jobs meanwhile."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from store.people.accounts import Role
from tests.api.suspended.parts import JOB, Bearer, SignIn, audited, change, decide, id_of, join, posted, seen


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
    response = audited(app, admin, f"employer:{employer_id}")
    assert [(action, detail["jobs_hidden"], detail["jobs_shown"]) for action, detail in response] == [
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
    decide(app, admin, "report", "job_taken_down")
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
    decide(app, admin, "posting", "job_shown")
    (case,) = app.get("/v1/admin/cases?kind=posting&state=decided", headers=admin).json()["items"]
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
    application, job, template = f"{root}/applications/{applied}", f"{root}/jobs/{job_id}", {"name": "a", "text": "b"}
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
        assert "la empresa está suspendida" in refused.json()["detail"]
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
    join(app, employer_id, killa, colleague, "colega@correo.pe")
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
    colleague = sign_in(app, Role.EMPLOYER, email="colega@correo.pe", agreed=())
    join(app, employer_id, killa, colleague, "colega@correo.pe")
    found = app.post("/v1/admin/accounts:find", json={"email": "colega@correo.pe"}, headers=admin).json()
    change(app, admin, f"accounts/{found['account_id']}", "suspend")
    assert seen(app, rosa) == {job_id}
    erased = app.post("/v1/me/erasure", json={"password": "lluvia en Huaraz"}, headers=killa)
    assert erased.status_code == 200, erased.text
    assert seen(app, rosa) == set()
    words = {"email": "colega@correo.pe", "password": "lluvia en Huaraz", "text": "No fui yo"}
    assert app.post("/v1/auth/appeal", json=words).status_code == 204
    decide(app, admin, "appeal", "account_restored")
    assert seen(app, rosa) == {job_id}


def test_an_organisation_that_was_not_verified_is_not_verified_by_restoring_it(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, employer_id: str, job_id: str
) -> None:
    app.put(f"/v1/employers/{employer_id}", json={"name": "Otra Killa"}, headers=killa)
    change(app, admin, f"employers/{employer_id}", "suspend")
    assert change(app, admin, f"employers/{employer_id}", "restore")["status"] == "unverified"
    assert seen(app, rosa) == {job_id}
    decide(app, admin, "employer", "organisation_refused")
    assert seen(app, rosa) == set()
    assert change(app, admin, f"employers/{employer_id}", "restore")["status"] == "unverified"
    assert change(app, admin, f"employers/{employer_id}", "restore")["jobs_shown"] == 0
    decide(app, admin, "employer", "organisation_verified")
    assert app.get(f"/v1/employers/{employer_id}", headers=killa).json()["status"] == "verified"

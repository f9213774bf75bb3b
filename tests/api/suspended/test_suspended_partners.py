"""A suspended partner can do nothing and nobody meets what is its own; nobody finds a suspended person."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from tests.api.services_of import services_of
from tests.api.suspended.parts import JOB, PROFILE, Bearer, audited, change, id_of, seen


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
    response = [(action, detail["jobs_hidden"]) for action, detail in audited(app, admin, f"partner:{partner_id}")]
    assert response == [("partner.suspended", 1), ("partner.restored", 0)]


def test_a_suspended_person_is_found_by_no_employer(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, employer_id: str, job_id: str
) -> None:
    candidates = f"/v1/employers/{employer_id}/jobs/{job_id}/candidates"
    assert len(app.post(candidates, json={}, headers=killa).json()["people"]) == 1
    change(app, admin, f"accounts/{id_of(app, rosa)}", "suspend")
    assert app.post(candidates, json={}, headers=killa).json()["people"] == []

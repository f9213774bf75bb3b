"""What tests of moderation say and look at: jobs of each origin, decisions, and what people see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from api.services.vectors import job_vector
from engine.jobs import Job, Modality
from engine.moderation.fraud.signs import with_signs
from tests.api.services_of import services_of

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]

TITLE = "Bordadora de mantas para exportación"
JOB: dict[str, Any] = {"title": TITLE, "modality": "remote", "country": "PE"}
PROFILE = {"text": "Bordo mantas"}
SCAM = "Antes de empezar abona S/ 65 por el kit de hilos a nuestra cuenta."
WHY = {"cause": "fraud", "reason": "La empresa dice que el aviso no es suyo"}


def imported(app: TestClient, job_id: str = "taller:1", **also: Any) -> str:
    """A job that an import brings, or brings again, judged as imports are."""
    facts: dict[str, Any] = {"source": "taller", "modality": Modality.REMOTE, "country": "PE"}
    job = with_signs(Job(job_id, also.pop("title", TITLE), also.pop("description", ""), **(facts | also)))
    services = services_of(app)
    bundle = services.bundle()
    services.records.put_job(job, job_vector(job, bundle, services), bundle.model_id)  # as `chamba index` does
    return job_id


def posted(app: TestClient, headers: Bearer, employer_id: str, **also: Any) -> dict[str, Any]:
    answer = app.post(f"/v1/employers/{employer_id}/jobs", json=JOB | also, headers=headers)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def seen(app: TestClient, headers: Bearer) -> set[str]:
    """The jobs that somebody is recommended, or finds by their words."""
    recommended = app.post("/v1/me/recommendations", json={"limit": 100}, headers=headers)
    found = app.post("/v1/me/search", json={"query": TITLE, "limit": 100}, headers=headers)
    by_each = [{one["job_id"] for one in each.json()["recommendations"]} for each in (recommended, found)]
    ours = [{one for one in ids if not one.startswith("sample:")} for ids in by_each]
    assert ours[0] == ours[1]
    return ours[0]


def case_of(app: TestClient, admin: Bearer, kind: str) -> str:
    """The one case of a kind that waits."""
    (case,) = waiting(app, admin, kind)
    return str(case["case_id"])


def waiting(app: TestClient, admin: Bearer, kind: str) -> list[dict[str, Any]]:
    listed = app.get(f"/v1/admin/cases?kind={kind}&state=open", headers=admin)
    assert listed.status_code == 200, listed.text
    found: list[dict[str, Any]] = listed.json()["items"]
    return found


def detail(app: TestClient, admin: Bearer, case_id: str) -> dict[str, Any]:
    return ok(app.get(f"/v1/admin/cases/{case_id}", headers=admin))


def decide(app: TestClient, admin: Bearer, case_id: str, decision: str, reason: str = "Revisado") -> dict[str, Any]:
    body = {"decision": decision, "reason": reason}
    return ok(app.post(f"/v1/admin/cases/{case_id}/decision", json=body, headers=admin))


def moderate(app: TestClient, admin: Bearer, job_id: str, act: str) -> dict[str, Any]:
    """Take a job down or put it back, without a case."""
    return ok(app.post(f"/v1/admin/jobs/{job_id}/{act}", json=WHY, headers=admin))


def ok(answer: Any) -> dict[str, Any]:
    assert answer.status_code < 300, answer.text
    found: dict[str, Any] = answer.json()
    return found


def codes(reasons: list[dict[str, Any]]) -> list[str]:
    assert all(one["text"] for one in reasons)
    return [one["code"] for one in reasons]


def acts(app: TestClient, admin: Bearer, subject: str) -> list[str]:
    entries = app.get("/v1/admin/audit", params={"subject": subject, "limit": 100}, headers=admin).json()["items"]
    return [entry["action"] for entry in entries]

"""What tests of suspended owners say and look at: a job and its owner, who decides, and what people see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]

JOB: dict[str, Any] = {"title": "Tejedora de redes de pesca", "modality": "remote", "country": "PE"}
PROFILE = {"text": "Tejo redes de pesca"}
BECAUSE = {"reason": "fraud"}


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
    found = app.post("/v1/me/search", json={"query": JOB["title"], "limit": 100}, headers=headers)
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


def join(app: TestClient, employer_id: str, member: Bearer, colleague: Bearer, email: str) -> None:
    """Have a colleague act for an organisation: asked by a member, and by their own consent."""
    app.post(f"/v1/employers/{employer_id}/members", json={"email": email}, headers=member)
    (asked,) = app.get("/v1/member-requests", headers=colleague).json()["items"]
    accepted = app.post(f"/v1/member-requests/{asked['request_id']}/acceptance", headers=colleague)
    assert accepted.status_code == 204, accepted.text

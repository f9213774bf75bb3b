"""A job of any origin is taken down and put back by a person: at once, with a reason, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.moderation.parts import (
    JOB,
    SCAM,
    TITLE,
    WHY,
    Bearer,
    acts,
    case_of,
    codes,
    decide,
    detail,
    imported,
    moderate,
    ok,
    posted,
    seen,
    waiting,
)

ORIGINS = ("employer", "partner", "import")


@pytest.fixture(params=ORIGINS)
def origin(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def job_id(app: TestClient, origin: str, inti: Bearer, employer_id: str) -> str:
    if origin == "employer":
        return str(posted(app, inti, employer_id)["job_id"])
    if origin == "partner":
        assert ok(app.put("/v1/jobs/bordado-1", json=JOB))["state"] == "open"
        return "bordado-1"
    return imported(app)


def owner_tries(app: TestClient, origin: str, job_id: str, inti: Bearer, employer_id: str, **also: Any) -> None:
    """All that its owner, or its source, can do to have it shown."""
    if origin == "employer":
        own = f"/v1/employers/{employer_id}/jobs/{job_id}"
        for _ in range(2):  # what waits since the first change waits after the second
            ok(app.put(own, json=JOB | also, headers=inti))
            ok(app.post(f"{own}/re-open", headers=inti))
            also |= {"description": "Otra vez, sin nada raro"} if also else {}
    elif origin == "partner":
        for _ in range(2):
            ok(app.put(f"/v1/jobs/{job_id}", json=JOB | also))
            also |= {"description": "Otra vez, sin nada raro"} if also else {}
        assert app.delete(f"/v1/jobs/{job_id}").status_code == 204
        ok(app.put(f"/v1/jobs/{job_id}", json=JOB | also))
    else:
        imported(app, job_id, **also)


def test_it_leaves_at_once_and_comes_back_at_once(
    app: TestClient, origin: str, job_id: str, rosa: Bearer, admin: Bearer, inti: Bearer, employer_id: str
) -> None:
    assert seen(app, rosa) == {job_id}
    ok(app.put(f"/v1/me/saved-jobs/{job_id}", headers=rosa))
    down = moderate(app, admin, job_id, "take-down")
    assert (down["state"], down["origin"], codes(down["state_reasons"])) == ("rejected", origin, ["taken_down"])
    assert WHY["reason"] in down["state_reasons"][0]["text"]
    assert seen(app, rosa) == set()
    assert app.get(f"/v1/jobs/{job_id}", headers=rosa).status_code == 404
    (saved,) = app.get("/v1/me/saved-jobs", headers=rosa).json()["items"]
    assert (saved["state"], saved["job"]) == ("taken_down", None)
    assert "Retiramos" in saved["message"]
    (listed,) = app.get("/v1/admin/taken-down-jobs", headers=admin).json()["items"]
    assert (listed["job_id"], listed["reason"], listed["origin"]) == (job_id, WHY["reason"], origin)
    again = app.post(f"/v1/admin/jobs/{job_id}/take-down", json=WHY, headers=admin)
    assert again.status_code == 409
    owner_tries(app, origin, job_id, inti, employer_id)
    assert seen(app, rosa) == set()
    back = moderate(app, admin, job_id, "put-back")
    assert (back["state"], back["state_reasons"]) == ("open", [])
    assert seen(app, rosa) == {job_id}
    assert app.get("/v1/admin/taken-down-jobs", headers=admin).json()["items"] == []
    assert [step["decision"] for step in back["steps"] if step["decision"]] == ["job_taken_down", "job_shown"]
    assert {step["decision_reason"] for step in back["steps"] if step["decision"]} == {WHY["reason"]}
    assert app.post(f"/v1/admin/jobs/{job_id}/put-back", json=WHY, headers=admin).status_code == 409
    told = [action for step in back["steps"] for action in acts(app, admin, f"case:{step['case_id']}")]
    assert told == ["job.taken_down", "job.put_back"]


def test_other_words_do_not_bring_it_back(
    app: TestClient, origin: str, job_id: str, rosa: Bearer, admin: Bearer, inti: Bearer, employer_id: str
) -> None:
    moderate(app, admin, job_id, "take-down")
    owner_tries(app, origin, job_id, inti, employer_id, description="Ahora con buena paga")
    assert seen(app, rosa) == set()
    shown = ok(app.get(f"/v1/admin/jobs/{job_id}", headers=admin))
    expected = ["taken_down"] if origin == "import" else ["changed_after_take_down"]
    assert codes(shown["state_reasons"]) == expected
    if origin != "import":
        decide(app, admin, case_of(app, admin, "posting"), "job_shown")
    else:
        moderate(app, admin, job_id, "put-back")
    assert seen(app, rosa) == {job_id}


def test_a_report_that_is_right_takes_it_down_and_one_that_is_wrong_leaves_it(
    app: TestClient, job_id: str, rosa: Bearer, admin: Bearer
) -> None:
    report = {"reason": "looks_false", "text": "Me pidieron plata"}
    ok(app.put(f"/v1/me/dismissals/{job_id}", json=report, headers=rosa))
    assert app.delete(f"/v1/me/dismissals/{job_id}", headers=rosa).status_code == 204
    case_id = case_of(app, admin, "report")
    shown = detail(app, admin, case_id)
    assert {one["decision"] for one in shown["decisions"]} == {"job_taken_down", "job_stays"}
    wrong = app.post(
        f"/v1/admin/cases/{case_id}/decision", json={"decision": "job_shown", "reason": "x"}, headers=admin
    )
    assert wrong.status_code == 422
    assert "job_taken_down o job_stays" in wrong.text
    assert decide(app, admin, case_id, "job_stays")["subject"]["state"] == "open"
    assert seen(app, rosa) == {job_id}
    ok(app.put(f"/v1/me/dismissals/{job_id}", json=report, headers=rosa))
    assert app.delete(f"/v1/me/dismissals/{job_id}", headers=rosa).status_code == 204
    second = case_of(app, admin, "report")
    assert detail(app, admin, second)["opener"] | {"opened_by": ""} == {
        **{"opened_by": "", "cases": 2, "reports": 2, "reports_right": 0, "reports_wrong": 1}
    }
    assert decide(app, admin, second, "job_taken_down")["subject"]["state"] == "rejected"
    assert seen(app, rosa) == set()
    own = app.get("/v1/me/cases", headers=rosa).json()["items"]
    assert [one["decision"] for one in own] == ["job_taken_down", "job_stays"]


def test_who_owns_it_reads_why_in_their_language_and_who_applied_that_it_is_gone(
    app: TestClient, inti: Bearer, employer_id: str, admin: Bearer, rosa: Bearer
) -> None:
    job_id = posted(app, inti, employer_id)["job_id"]
    applied = ok(app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa))
    assert (applied["job_state"], applied["job_message"]) == ("open", None)
    moderate(app, admin, job_id, "take-down")
    (followed,) = app.get("/v1/me/applications", headers=rosa).json()["items"]
    assert (followed["stage"], followed["job_state"]) == ("received", "taken_down")
    assert "Retiramos" in followed["job_message"]
    own = ok(app.get(f"/v1/employers/{employer_id}/jobs/{job_id}", headers=inti))
    assert own["state"] == "rejected"
    assert own["state_reasons"][0]["text"] == f"Una persona de Chamba lo retiró. Su motivo: {WHY['reason']}"


def test_one_decision_settles_every_case_about_the_job(
    app: TestClient, inti: Bearer, employer_id: str, rosa: Bearer, admin: Bearer
) -> None:
    job_id = posted(app, inti, employer_id)["job_id"]
    ok(app.put(f"/v1/me/dismissals/{job_id}", json={"reason": "looks_false"}, headers=rosa))
    ok(app.put(f"/v1/employers/{employer_id}/jobs/{job_id}", json=JOB | {"description": SCAM}, headers=inti))
    down = moderate(app, admin, job_id, "take-down")
    assert [step["decision"] for step in down["steps"]] == ["job_taken_down", "job_taken_down"]
    assert (waiting(app, admin, "posting"), waiting(app, admin, "report")) == ([], [])
    assert {one["kind"] for one in down["signs"]} >= {"asks_for_money"}
    assert down["owner"]["name"] == "Taller Inti"


def test_an_id_that_nobody_used_is_no_job(app: TestClient, admin: Bearer) -> None:
    for answer in (
        app.get("/v1/admin/jobs/taller:9", headers=admin),
        app.post("/v1/admin/jobs/taller:9/take-down", json=WHY, headers=admin),
        app.post("/v1/admin/jobs/taller:9/put-back", json=WHY, headers=admin),
    ):
        assert answer.status_code == 404
    imported(app, title=TITLE)
    without = app.post("/v1/admin/jobs/taller:1/take-down", json={"cause": "fraud"}, headers=admin)
    assert without.status_code == 422

"""A case shows all that it takes to decide it, who reads what is private is noted, and nobody decides their own."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.moderation.parts import (
    SCAM,
    TITLE,
    Bearer,
    acts,
    case_of,
    codes,
    decide,
    detail,
    imported,
    ok,
    posted,
    seen,
    waiting,
)


def test_the_case_of_an_organisation_shows_what_is_to_be_verified(
    app: TestClient, admin: Bearer, inti: Bearer, waiting_employer: str
) -> None:
    posted(app, inti, waiting_employer)
    shown = detail(app, admin, case_of(app, admin, "employer"))["subject"]
    assert (shown["tax_id"], shown["tax_id_is_valid"]) == ("20100070970", True)
    assert (shown["contact"], shown["members"], shown["jobs"]) == ("+51 987 654 321", 1, {"waiting": 1})
    assert [(one["title"], codes(one["state_reasons"])) for one in shown["waiting"]] == [
        (TITLE, ["employer_not_verified"])
    ]
    assert acts(app, admin, f"employer:{waiting_employer}") == ["private_values.read"]
    listed = app.get("/v1/admin/employers?status=unverified", headers=admin)
    assert [one["employer_id"] for one in listed.json()["items"]] == [waiting_employer]
    assert "+51 987" not in listed.text
    assert "20100070970" not in app.get("/v1/admin/audit?limit=100", headers=admin).text


@pytest.mark.parametrize("by_case", [True, False])
def test_verifying_an_organisation_releases_what_waited_for_that_alone(
    app: TestClient, rosa: Bearer, admin: Bearer, inti: Bearer, waiting_employer: str, *, by_case: bool
) -> None:
    plain = posted(app, inti, waiting_employer)
    scam = posted(app, inti, waiting_employer, description=SCAM)
    assert codes(plain["state_reasons"]) == ["employer_not_verified"]
    assert codes(scam["state_reasons"]) == ["asks_for_money", "employer_not_verified"]
    own = f"/v1/employers/{waiting_employer}"
    assert codes(ok(app.get(own, headers=inti))["state_reasons"]) == ["to_be_verified"]
    assert seen(app, rosa) == set()
    if by_case:
        decide(app, admin, case_of(app, admin, "employer"), "organisation_verified")
    else:
        verified = app.post(f"/v1/admin/employers/{waiting_employer}/verify", json={"reason": "SUNAT"}, headers=admin)
        assert (ok(verified)["status"], verified.json()["jobs_shown"]) == ("verified", 1)
        again = app.post(f"/v1/admin/employers/{waiting_employer}/verify", json={"reason": "SUNAT"}, headers=admin)
        assert again.status_code == 409
    assert seen(app, rosa) == {plain["job_id"]}
    assert waiting(app, admin, "employer") == []
    (case,) = waiting(app, admin, "posting")
    assert case["subject_id"] == scam["job_id"]
    states = {one["job_id"]: one for one in app.get(f"{own}/jobs", headers=inti).json()["items"]}
    assert codes(states[scam["job_id"]]["state_reasons"]) == ["asks_for_money"]
    assert "65" in states[scam["job_id"]]["signs"][0]["quote"]
    because = {"reason": "fraud"}
    ok(app.post(f"/v1/admin/employers/{waiting_employer}/suspend", json=because, headers=admin))
    assert seen(app, rosa) == set()
    hidden = ok(app.get(f"/v1/admin/jobs/{plain['job_id']}", headers=admin))
    assert (hidden["state"], codes(hidden["state_reasons"])) == ("hidden", ["owner_suspended"])
    ok(app.post(f"/v1/admin/employers/{waiting_employer}/restore", json=because, headers=admin))
    assert seen(app, rosa) == {plain["job_id"]}


def test_an_organisation_that_is_refused_reads_why(
    app: TestClient, admin: Bearer, inti: Bearer, waiting_employer: str
) -> None:
    decide(app, admin, case_of(app, admin, "employer"), "organisation_refused", "El RUC es de otra empresa")
    (reason,) = ok(app.get(f"/v1/employers/{waiting_employer}", headers=inti))["state_reasons"]
    assert reason["code"] == "refused"
    assert "El RUC es de otra empresa" in reason["text"]


def test_a_posting_that_waits_no_more_is_no_case(
    app: TestClient, inti: Bearer, employer_id: str, admin: Bearer
) -> None:
    job = posted(app, inti, employer_id, description=SCAM)
    assert len(waiting(app, admin, "posting")) == 1
    mended = app.put(
        f"/v1/employers/{employer_id}/jobs/{job['job_id']}",
        json={"title": TITLE, "modality": "remote", "country": "PE"},
        headers=inti,
    )
    assert (ok(mended)["state"], waiting(app, admin, "posting")) == ("open", [])


def test_a_contested_answer_is_shown_as_it_was_given(app: TestClient, rosa: Bearer, admin: Bearer) -> None:
    imported(app)
    answer = ok(app.post("/v1/me/recommendations", json={"limit": 100}, headers=rosa))
    path = f"/v1/me/recommendations/{answer['recommendation_id']}/review-request"
    ok(app.post(path, json={"text": "No sale nada de tejido"}, headers=rosa))
    imported(app, title="Otra cosa")  # what was shown stays what it was
    case_id = case_of(app, admin, "human_review")
    shown = detail(app, admin, case_id)
    assert shown["text"] == "No sale nada de tejido"
    given = shown["subject"]
    assert [job["job_id"] for job in given["jobs"]] == [job["job_id"] for job in answer["recommendations"]]
    assert {job["job_id"]: job["title"] for job in given["jobs"]}["taller:1"] == TITLE
    assert [job["place"] for job in given["jobs"]] == list(range(1, len(given["jobs"]) + 1))
    assert (given["profile"]["text"], given["bundle"], given["model"]) == (
        *("Bordo mantas",),
        *(answer["bundle"], answer["model"]),
    )
    assert given["query"]["limit"] == 100
    assert {one["decision"] for one in shown["decisions"]} == {"answer_corrected", "answer_stands"}
    assert acts(app, admin, f"seeker:{given['seeker_id']}") == ["private_values.read"]


def test_a_contested_answer_is_given_again_without_a_shell(app: TestClient, rosa: Bearer, admin: Bearer) -> None:
    imported(app)
    answer = ok(app.post("/v1/me/recommendations", json={"limit": 100}, headers=rosa))
    path = f"/v1/me/recommendations/{answer['recommendation_id']}/review-request"
    ok(app.post(path, json={"text": "Falta lo mío"}, headers=rosa))
    case_id = case_of(app, admin, "human_review")
    again = ok(app.get(f"/v1/admin/cases/{case_id}/answer", headers=admin))
    assert (again["is_identical"], again["difference"], again["software"]) == (True, None, [])
    for name in ("job_id", "score", "score_breakdown", "reasons"):
        given = [job[name] for job in answer["recommendations"]]
        assert [job[name] for job in again["answer"]["recommendations"]] == given
    assert [job["place_then"] for job in again["now"]["jobs"]] == [job["place"] for job in again["now"]["jobs"]]
    decide(app, admin, case_of(app, admin, "human_review"), "answer_stands")
    ok(app.put("/v1/me/profile", json={"text": "Manejo un camión"}, headers=rosa))
    later = ok(app.get(f"/v1/admin/cases/{case_id}/answer", headers=admin))
    assert later["is_identical"]
    assert later["now"]["jobs"] != again["now"]["jobs"]


def test_a_case_about_no_answer_gives_none(app: TestClient, admin: Bearer, waiting_employer: str) -> None:
    assert waiting_employer
    assert app.get(f"/v1/admin/cases/{case_of(app, admin, 'employer')}/answer", headers=admin).status_code == 404


def suspended(app: TestClient, by: Bearer, rosa: Bearer) -> str:
    """The account of a person who was suspended and appeals."""
    account_id: str = app.get("/v1/me", headers=rosa).json()["account_id"]
    ok(app.post(f"/v1/admin/accounts/{account_id}/suspend", json={"reason": "abuse"}, headers=by))
    login = {"email": "rosa@correo.pe", "password": "lluvia en Huaraz", "text": "No hice nada"}
    assert app.post("/v1/auth/appeal", json=login).status_code == 204
    return account_id


def test_who_suspended_an_account_leaves_its_appeal_to_another(
    app: TestClient, rosa: Bearer, admin: Bearer, other_admin: Bearer
) -> None:
    account_id = suspended(app, admin, rosa)
    case_id = case_of(app, admin, "appeal")
    shown = detail(app, admin, case_id)
    assert (shown["subject"]["account_id"], shown["subject"]["suspended_for"]) == (account_id, "abuse")
    assert shown["unfair"]["code"] == "own_decision"
    body = {"decision": "account_stays_suspended", "reason": "No"}
    refused = app.post(f"/v1/admin/cases/{case_id}/decision", json=body, headers=admin)
    assert refused.status_code == 409
    assert detail(app, other_admin, case_id)["unfair"] is None
    assert decide(app, other_admin, case_id, "account_restored")["subject"]["status"] == "active"


def test_the_only_administrator_decides_what_there_is_nobody_else_for(
    app: TestClient, rosa: Bearer, admin: Bearer
) -> None:
    suspended(app, admin, rosa)
    case_id = case_of(app, admin, "appeal")
    assert detail(app, admin, case_id)["unfair"]["code"] == "own_decision"
    decide(app, admin, case_id, "account_restored")


@pytest.mark.usefixtures("waiting_employer")
def test_two_administrators_do_not_work_on_one_case(app: TestClient, admin: Bearer, other_admin: Bearer) -> None:
    case_id = case_of(app, admin, "employer")
    path = f"/v1/admin/cases/{case_id}"
    own = app.get("/v1/me", headers=admin).json()["account_id"]
    taken = ok(app.post(f"{path}/take", headers=admin))
    assert (taken["state"], taken["assigned_to"]) == ("taken", own)
    body = {"decision": "organisation_verified", "reason": "x"}
    others: list[Any] = [
        app.post(f"{path}/take", headers=other_admin),
        app.post(f"{path}/leave", headers=other_admin),
        app.post(f"{path}/decision", json=body, headers=other_admin),
    ]
    assert [answer.status_code for answer in others] == [409, 409, 409]
    assert all(own in answer.text and taken["taken_at"] in answer.text for answer in others)
    assert ok(app.post(f"{path}/leave", headers=admin))["assigned_to"] is None
    assert ok(app.post(f"{path}/take", headers=other_admin))["state"] == "taken"
    assert ok(app.post(f"{path}/take?takes_over=true", headers=admin))["assigned_to"] == own
    (mine,) = app.get("/v1/admin/cases?is_mine=true", headers=admin).json()["items"]
    assert mine["case_id"] == case_id
    assert acts(app, admin, f"case:{case_id}") == ["case.taken", "case.left", "case.taken", "case.taken"]
    decide(app, admin, case_id, "organisation_verified")
    late = app.post(f"{path}/decision", json=body, headers=other_admin)
    assert (late.status_code, "ya se decidió" in late.text) == (409, True)
    assert detail(app, admin, case_id)["decisions"] == []

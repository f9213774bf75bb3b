"""Imports that signs of fraud hold: each has a case that a person decides, apart from the queue of people's cases."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.api.moderation.parts import (
    SCAM,
    WHY,
    Bearer,
    case_of,
    codes,
    decide,
    detail,
    imported,
    moderate,
    ok,
    seen,
    waiting,
)
from tests.api.services_of import services_of


def test_a_person_releases_what_signs_hold_until_its_words_are_others(
    app: TestClient, rosa: Bearer, admin: Bearer
) -> None:
    imported(app, description=SCAM)
    assert seen(app, rosa) == set()
    assert app.get("/v1/jobs/taller:1", headers=rosa).status_code == 404
    case_id = case_of(app, admin, "import")
    shown = detail(app, admin, case_id)
    assert codes(shown["waits_for"]) == ["asks_for_money"]
    assert (shown["subject"]["state"], codes(shown["subject"]["state_reasons"])) == ("waiting", ["asks_for_money"])
    (sign,) = shown["subject"]["signs"]
    assert "65" in sign["quote"]
    imported(app, description=SCAM)  # another import of the same ad: the same case
    assert case_of(app, admin, "import") == case_id
    assert decide(app, admin, case_id, "job_shown")["subject"]["state"] == "open"
    assert seen(app, rosa) == {"taller:1"}
    imported(app, description=SCAM)
    assert seen(app, rosa) == {"taller:1"}
    imported(app, description=f"{SCAM} Y manda una foto de tu DNI y tu clave del banco.")
    assert seen(app, rosa) == set()
    again = case_of(app, admin, "import")
    assert again != case_id
    decide(app, admin, again, "job_taken_down")
    imported(app, description=SCAM)  # the words that were released once
    assert seen(app, rosa) == set()
    assert waiting(app, admin, "import") == []


def test_an_ad_that_was_mended_is_shown_and_waits_for_nobody(app: TestClient, rosa: Bearer, admin: Bearer) -> None:
    imported(app, description=SCAM)
    imported(app, description="Los hilos los pone el taller.")
    assert seen(app, rosa) == {"taller:1"}
    assert waiting(app, admin, "import") == []
    assert app.post("/v1/admin/jobs/taller:1/put-back", json=WHY, headers=admin).status_code == 409


def test_what_its_source_closed_meanwhile_is_released_closed(app: TestClient, rosa: Bearer, admin: Bearer) -> None:
    imported(app, description=SCAM)
    imported(app, description=SCAM, is_open=False)
    decided = decide(app, admin, case_of(app, admin, "import"), "job_shown")
    assert decided["subject"]["state"] == "closed"
    assert seen(app, rosa) == set()
    imported(app, description=SCAM)
    assert seen(app, rosa) == {"taller:1"}


def test_imports_by_the_hundred_do_not_hide_what_people_wait_for(
    app: TestClient, admin: Bearer, waiting_employer: str
) -> None:
    for number in range(3):
        imported(app, f"taller:{number}", description=SCAM)
    imported(app, "taller:9", description="Instala AnyDesk para que configuremos tu teléfono.")
    (queued,) = app.get("/v1/admin/cases", headers=admin).json()["items"]
    assert (queued["kind"], queued["subject_id"]) == ("employer", waiting_employer)
    assert codes(queued["waits_for"]) == ["employer"]
    counts = {one["kind"]: one for one in app.get("/v1/admin/waiting-cases", headers=admin).json()["items"]}
    assert (counts["import"]["open"], counts["employer"]["open"]) == (4, 1)
    assert counts["import"]["by_reason"] == {"asks_for_money": 3, "remote_control": 1}
    named = app.get("/v1/admin/cases?kind=import&reason=asks_for_money", headers=admin).json()["items"]
    assert [one["subject_id"] for one in named] == ["taller:0", "taller:1", "taller:2"]
    case_ids = [one["case_id"] for one in named]
    body = {"case_ids": [*case_ids, case_ids[0]], "decision": "job_taken_down", "reason": "Cobran el kit"}
    lines = ok(app.post("/v1/admin/cases:decide", json=body, headers=admin))["items"]
    assert [line["is_decided"] for line in lines] == [True, True, True]
    again = ok(app.post("/v1/admin/cases:decide", json=body, headers=admin))["items"]
    assert all("el caso ya se decidió" in line["problem"] for line in again)
    assert len(app.get("/v1/admin/taken-down-jobs", headers=admin).json()["items"]) == 3


def test_a_job_without_signs_is_taken_down_and_comes_back_as_its_source_has_it(
    app: TestClient, rosa: Bearer, admin: Bearer
) -> None:
    imported(app)
    moderate(app, admin, "taller:1", "take-down")
    imported(app, is_open=False)
    assert moderate(app, admin, "taller:1", "put-back")["state"] == "closed"
    imported(app)
    assert seen(app, rosa) == {"taller:1"}


def test_what_was_taken_down_and_deleted_comes_back_closed(app: TestClient, rosa: Bearer, admin: Bearer) -> None:
    imported(app)
    moderate(app, admin, "taller:1", "take-down")
    services_of(app).records.delete_job("taller:1")
    assert ok(app.get("/v1/admin/jobs/taller:1", headers=admin))["job"] is None
    imported(app)
    assert seen(app, rosa) == set()

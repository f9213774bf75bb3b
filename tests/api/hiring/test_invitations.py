"""An organisation invites people who agreed to be found; they answer, and it learns yes, no or not yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from api.employers.service.invitations import MOST_A_DAY
from store.people.accounts import ACCOUNTS, AccountStatus, Role
from store.people.seeker_accounts import SEEKER_ACCOUNTS
from tests.api.hiring.conftest import JOB
from tests.api.services_of import services_of
from tests.api.suspended.parts import Bearer, SignIn, audited, change

TEXT = "Nos gustó lo que haces con redes sociales."
BE_FOUND = {"purpose": "be_found", "text_version": "2026-11"}


@pytest.fixture
def root(employer_id: str, job_id: str) -> str:
    return f"/v1/employers/{employer_id}/jobs/{job_id}/invitations"


def seeker_of(app: TestClient, headers: Bearer) -> str:
    return str(app.get("/v1/me/profile", headers=headers).json()["seeker_id"])


def invited(app: TestClient, killa: Bearer, root: str, who: Bearer, **also: Any) -> dict[str, Any]:
    body = {"seeker_id": seeker_of(app, who), "text": TEXT} | also
    answer = app.post(root, json=body, headers=killa)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def own(app: TestClient, headers: Bearer, **asked: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = app.get("/v1/me/invitations", params=asked, headers=headers).json()["items"]
    return items


def states(app: TestClient, killa: Bearer, root: str) -> list[str]:
    return [one["state"] for one in app.get(root, headers=killa).json()["items"]]


def test_a_person_who_accepts_has_applied(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, root: str, employer_id: str, job_id: str, mails: Any
) -> None:
    sent = invited(app, killa, root, rosa)
    assert set(sent) == {"invitation_id", "job_id", "seeker_id", "state", "invited_at"}
    assert sent["state"] == "waiting"
    assert "Quispe" not in app.get(root, headers=killa).text
    (mail,) = [one for one in mails(app) if one.startswith("rosa@correo.pe")]
    assert mail.splitlines()[1] == f"Te invitan a postular a «{JOB['title']}»"
    assert TEXT not in mail
    (seen,) = own(app, rosa)
    assert (seen["title"], seen["employer"], seen["text"], seen["is_open"]) == (
        JOB["title"],
        "Tienda Killa",
        TEXT,
        True,
    )
    candidates = app.post(root.replace("/invitations", "/candidates"), json={}, headers=killa).json()["people"]
    assert [(one["invitation"], one["can_be_invited"]) for one in candidates] == [("waiting", False)]

    path = f"/v1/me/invitations/{seen['invitation_id']}/acceptance"
    accepted = app.post(path, json={"text": "Me interesa"}, headers=rosa | {"Idempotency-Key": "una-vez"})
    assert accepted.status_code == 201, accepted.text
    again = app.post(path, json={"text": "Me interesa"}, headers=rosa | {"Idempotency-Key": "una-vez"})
    assert again.json() == accepted.json()
    assert app.post(path, json={}, headers=rosa).status_code == 409
    (applicant,) = app.get(f"/v1/employers/{employer_id}/applications", headers=killa).json()["items"]
    assert (applicant["name"], applicant["was_invited"]) == ("Rosa Quispe", True)
    assert (states(app, killa, root), own(app, rosa)[0]["state"]) == (["accepted"], "accepted")
    ((action, detail),) = audited(app, admin, f"invitation:{sent['invitation_id']}")
    assert (action, detail) == ("invitation.sent", {"job_id": job_id, "employer_id": employer_id})
    export = app.get("/v1/me/export", headers=rosa).json()
    assert [(one["state"], one["text"]) for one in export["invitations"]] == [("accepted", TEXT)]


def test_who_applies_by_themselves_has_accepted(
    app: TestClient, rosa: Bearer, killa: Bearer, root: str, job_id: str
) -> None:
    invited(app, killa, root, rosa)
    assert app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).status_code == 201
    assert states(app, killa, root) == ["accepted"]


@pytest.mark.parametrize("body", [{}, {"reason": "pay"}])
def test_a_person_declines_and_nobody_learns_why(
    app: TestClient, rosa: Bearer, killa: Bearer, root: str, body: dict[str, str]
) -> None:
    sent = invited(app, killa, root, rosa)
    path = f"/v1/me/invitations/{sent['invitation_id']}/decline"
    assert app.post(path, json=body, headers=rosa).json()["reason"] == body.get("reason")
    assert app.post(path, json=body, headers=rosa).status_code == 409
    assert app.get(root, headers=killa).json()["items"] == [sent | {"state": "declined"}]
    again = app.post(root, json={"seeker_id": sent["seeker_id"]}, headers=killa)
    assert (again.status_code, "ya fue invitada" in again.json()["detail"]) == (409, True)
    assert [own(app, rosa, state=state) for state in ("waiting", "accepted")] == [[], []]


def test_who_withdraws_the_consent_sees_no_invitation_and_cannot_answer_it_any_more(
    app: TestClient, rosa: Bearer, killa: Bearer, root: str
) -> None:
    sent = invited(app, killa, root, rosa)
    app.post("/v1/me/consents", json=BE_FOUND | {"is_given": False}, headers=rosa)
    answer = f"/v1/me/invitations/{sent['invitation_id']}"
    assert own(app, rosa) == []
    assert app.post(f"{answer}/acceptance", json={}, headers=rosa).status_code == 404
    app.post("/v1/me/consents", json=BE_FOUND | {"is_given": True}, headers=rosa)
    assert own(app, rosa) == []
    assert app.post(f"{answer}/decline", json={}, headers=rosa).status_code == 404
    assert states(app, killa, root) == ["declined"]
    assert [one["state"] for one in app.get("/v1/me/export", headers=rosa).json()["invitations"]] == ["ended"]


def test_another_consent_or_profile_ends_none_and_no_profile_does(
    app: TestClient, rosa: Bearer, killa: Bearer, root: str
) -> None:
    invited(app, killa, root, rosa)
    training = BE_FOUND | {"purpose": "training", "is_given": True}
    app.post("/v1/me/consents", json=training, headers=rosa)
    app.put("/v1/me/profile", json={"text": "Diseñadora"}, headers=rosa)
    assert [one["state"] for one in own(app, rosa)] == ["waiting"]
    app.delete("/v1/me/profile", headers=rosa)
    app.put("/v1/me/profile", json={"text": "Diseñadora"}, headers=rosa)
    assert own(app, rosa) == []


def test_invitations_of_a_suspended_organisation_vanish_while_it_is(
    app: TestClient, rosa: Bearer, killa: Bearer, admin: Bearer, root: str, employer_id: str
) -> None:
    sent = invited(app, killa, root, rosa)
    change(app, admin, f"employers/{employer_id}", "suspend")
    assert own(app, rosa) == []
    accept = f"/v1/me/invitations/{sent['invitation_id']}/acceptance"
    assert app.post(accept, json={}, headers=rosa).status_code == 404
    assert app.get(root, headers=killa).status_code == 403
    assert app.post(root, json={"seeker_id": sent["seeker_id"]}, headers=killa).status_code == 403
    change(app, admin, f"employers/{employer_id}", "restore")
    assert len(own(app, rosa)) == 1
    assert app.post(accept, json={}, headers=rosa).status_code == 201


def test_a_job_that_closed_is_told_and_takes_no_acceptance(
    app: TestClient, rosa: Bearer, killa: Bearer, root: str
) -> None:
    sent = invited(app, killa, root, rosa)
    app.post(root.replace("/invitations", "/close"), headers=killa)
    assert [one["is_open"] for one in own(app, rosa)] == [False]
    accept = app.post(f"/v1/me/invitations/{sent['invitation_id']}/acceptance", json={}, headers=rosa)
    assert accept.status_code == 409
    other = app.post(root, json={"seeker_id": sent["seeker_id"]}, headers=killa)
    assert (other.status_code, "están a la vista" in other.json()["detail"]) == (409, True)


def test_only_people_of_ones_own_who_agreed_are_invited(
    app: TestClient, killa: Bearer, root: str, person: Callable[..., Bearer], admin: Bearer
) -> None:
    shy, gone, unwilling = person("timida", agreed=("matching",)), person("ida"), person("eva")
    change(app, admin, f"accounts/{app.get('/v1/me', headers=gone).json()['account_id']}", "suspend")
    job_id = root.split("/")[-2]
    app.put(f"/v1/me/dismissals/{job_id}", json={"reason": "pay"}, headers=unwilling)
    app.put("/v1/seekers/de-una-app?is_findable=true", json={"text": "Diseñadora"})
    nobody = "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47"
    with services_of(app).database.connect() as connection:
        is_gone = select(SEEKER_ACCOUNTS.c.seeker_id).join(ACCOUNTS).where(ACCOUNTS.c.status != AccountStatus.ACTIVE)
        suspended = connection.execute(is_gone).scalar_one()
    for seeker_id in (seeker_of(app, shy), seeker_of(app, unwilling), suspended, nobody, "de-una-app"):
        refused = app.post(root, json={"seeker_id": seeker_id}, headers=killa)
        assert (refused.status_code, refused.json()["detail"][:25]) == (404, "nadie con ese id puede se"), refused.text
    applied = person("luz")
    app.post("/v1/me/applications", json={"job_id": job_id}, headers=applied)
    assert app.post(root, json={"seeker_id": seeker_of(app, applied)}, headers=killa).status_code == 409


def test_whoever_is_found_can_be_invited_whatever_form_their_id_has(
    app: TestClient, killa: Bearer, root: str, sign_in: SignIn, evening_designer: dict[str, Any]
) -> None:
    luz = sign_in(app, Role.SEEKER, email="luz@correo.pe", agreed=("matching", "be_found"))
    taken_over = update(SEEKER_ACCOUNTS).values(seeker_id="muestra:persona-7")  # as a profile that was nobody's
    services_of(app).write(lambda connection: connection.execute(taken_over))
    assert app.put("/v1/me/profile", json=evening_designer | {"min_pay": None}, headers=luz).status_code == 200
    found = app.post(root.replace("invitations", "candidates"), json={}, headers=killa).json()["people"]
    (person,) = [one for one in found if one["seeker_id"] == "muestra:persona-7"]
    assert person["can_be_invited"]
    assert invited(app, killa, root, luz)["state"] == "waiting"
    assert [one["employer"] for one in own(app, luz)] == ["Tienda Killa"]


def test_people_are_looked_for_once_a_job_is_shown(app: TestClient, rosa: Bearer, killa: Bearer, root: str) -> None:
    job, candidates = root.removesuffix("/invitations"), root.replace("invitations", "candidates")
    assert [one["seeker_id"] for one in app.post(candidates, json={}, headers=killa).json()["people"]] == [
        seeker_of(app, rosa)
    ]
    app.post(f"{job}/close", headers=killa)
    refused = app.post(candidates, json={}, headers=killa)
    assert (refused.status_code, "state_reasons" in refused.json()["detail"]) == (409, True)


def test_an_organisation_that_nobody_verified_and_words_of_fraud_invite_nobody(
    app: TestClient, rosa: Bearer, killa: Bearer, root: str, sign_in: SignIn
) -> None:
    body = {"seeker_id": seeker_of(app, rosa), "text": "Para empezar deposita S/ 80 por tu kit de inicio."}
    fraud = app.post(root, json=body, headers=killa)
    assert (fraud.status_code, fraud.json()["errors"][0]["field"]) == (422, "text")
    stranger = sign_in(app, Role.EMPLOYER, email="otro@tienda.pe", agreed=())
    own_id = app.post("/v1/employers", json={"name": "Otra"}, headers=stranger).json()["employer_id"]
    job_id = app.post(f"/v1/employers/{own_id}/jobs", json=JOB, headers=stranger).json()["job_id"]
    path = f"/v1/employers/{own_id}/jobs/{job_id}/invitations"
    unverified = app.post(path, json={"seeker_id": body["seeker_id"]}, headers=stranger)
    assert (unverified.status_code, "empresa verificada" in unverified.json()["detail"]) == (409, True)
    assert app.post(root, json={"seeker_id": body["seeker_id"]}, headers=stranger).status_code == 404
    assert app.get(root, headers=stranger).status_code == 404


def test_an_organisation_invites_so_many_a_day(
    app: TestClient, rosa: Bearer, killa: Bearer, root: str, employer_id: str
) -> None:
    services, seeker_id = services_of(app), seeker_of(app, rosa)
    start = services.now()
    jobs = f"/v1/employers/{employer_id}/jobs"
    batch = app.post(f"{jobs}:batch", json={"jobs": [JOB] * (MOST_A_DAY + 1)}, headers=killa).json()["items"]
    ids = [line["posting"]["job_id"] for line in batch]
    statuses = [
        app.post(f"{jobs}/{one}/invitations", json={"seeker_id": seeker_id}, headers=killa).status_code for one in ids
    ]
    assert statuses == [201] * MOST_A_DAY + [429]
    late = app.post(root, json={"seeker_id": seeker_id}, headers=killa)
    assert 86_000 < int(late.headers["Retry-After"]) <= 86_400
    services.clock = lambda: start + timedelta(days=1, minutes=5)
    log_in = {"email": "killa@tienda.pe", "password": "lluvia en Huaraz"}
    token = app.post("/v1/auth/log-in", json=log_in).json()["access_token"]
    later = {"Authorization": f"Bearer {token}"}
    assert app.post(root, json={"seeker_id": seeker_id}, headers=later).status_code == 201


def test_another_person_has_no_part_in_it(
    app: TestClient, rosa: Bearer, killa: Bearer, root: str, person: Callable[..., Bearer]
) -> None:
    sent, other = invited(app, killa, root, rosa), person("ana")
    for answer in ("acceptance", "decline"):
        path = f"/v1/me/invitations/{sent['invitation_id']}/{answer}"
        assert app.post(path, json={}, headers=other).status_code == 404

"""What was decided against an organisation, a job or an account is looked at again, by somebody else, and once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Connection

from store.audit import AuditAction, append_audit
from store.people.accounts import Role
from tests.api.moderation.parts import (
    TITLE,
    Bearer,
    SignIn,
    case_of,
    decide,
    detail,
    moderate,
    ok,
    posted,
    seen,
    waiting,
)
from tests.api.services_of import services_of

Mails = Callable[[TestClient], list[str]]

WORDS = {"text": "El taller existe: miren nuestra página"}


def subjects(app: TestClient, mails: Mails, address: str) -> list[str]:
    return [mail.split("\n")[1] for mail in mails(app) if mail.startswith(address)]


def act(app: TestClient, admin: Bearer, path: str, reason: str) -> dict[str, Any]:
    return ok(app.post(f"/v1/admin/{path}", json={"reason": reason}, headers=admin))


def own_case(app: TestClient, headers: Bearer) -> dict[str, Any]:
    found: dict[str, Any] = app.get("/v1/me/cases", headers=headers).json()["items"][0]
    return found


def test_a_job_comes_back_by_its_owner_s_appeal_which_another_administrator_decides(
    app: TestClient, inti: Bearer, employer_id: str, admin: Bearer, other_admin: Bearer, rosa: Bearer, mails: Mails
) -> None:
    job_id = posted(app, inti, employer_id)["job_id"]
    path = f"/v1/employers/{employer_id}/jobs/{job_id}/appeal"
    early = app.post(path, json=WORDS, headers=inti)
    assert (early.status_code, "no está retirado" in early.text) == (409, True)
    moderate(app, admin, job_id, "take-down")
    opened = ok(app.post(path, json=WORDS, headers=inti))
    assert ok(app.post(path, json=WORDS, headers=inti))["case_id"] == opened["case_id"]
    case_id = case_of(app, admin, "job_appeal")
    shown = detail(app, admin, case_id)
    assert (shown["text"], shown["subject"]["job"]["title"], shown["unfair"]["code"]) == (
        *(WORDS["text"], TITLE, "own_decision"),
    )
    body = {"decision": "job_shown", "reason": "Sí es suyo"}
    assert app.post(f"/v1/admin/cases/{case_id}/decision", json=body, headers=admin).status_code == 409
    assert seen(app, rosa) == set()
    decide(app, other_admin, case_id, "job_shown", "Su RUC y su página lo confirman")
    assert seen(app, rosa) == {job_id}
    assert (own_case(app, inti)["decision"], waiting(app, admin, "job_appeal")) == ("job_shown", [])
    told = subjects(app, mails, "inti@")
    assert told[-3:] == [
        f"Quitamos tu aviso «{TITLE}»",
        f"Recibimos tu pedido de revisar tu aviso «{TITLE}»",
        f"Tu aviso «{TITLE}» se muestra otra vez",
    ]


def test_a_job_that_stays_down_has_its_reason_and_one_put_back_otherwise_leaves_no_appeal(
    app: TestClient, inti: Bearer, employer_id: str, admin: Bearer, other_admin: Bearer, mails: Mails
) -> None:
    job_id = posted(app, inti, employer_id)["job_id"]
    path = f"/v1/employers/{employer_id}/jobs/{job_id}/appeal"
    moderate(app, admin, job_id, "take-down")
    ok(app.post(path, json=WORDS, headers=inti))
    decide(app, other_admin, case_of(app, admin, "job_appeal"), "job_stays_down", "Cobra el kit")
    assert own_case(app, inti)["decision_reason"] == "Cobra el kit"
    assert any("sigue retirado" in mail and "«Cobra el kit»" in mail for mail in mails(app))
    ok(app.post(path, json=WORDS, headers=inti))
    moderate(app, admin, job_id, "put-back")
    assert (own_case(app, inti)["decision"], waiting(app, admin, "job_appeal")) == ("job_shown", [])


def test_a_suspended_organisation_reads_why_and_appeals(
    app: TestClient, inti: Bearer, employer_id: str, admin: Bearer, other_admin: Bearer, rosa: Bearer, mails: Mails
) -> None:
    job_id, root = posted(app, inti, employer_id)["job_id"], f"/v1/employers/{employer_id}"
    assert app.post(f"{root}/appeal", json=WORDS, headers=inti).status_code == 409
    act(app, admin, f"employers/{employer_id}/suspend", "fraud")
    (why,) = ok(app.get(root, headers=inti))["state_reasons"]
    assert (why["code"], "Parece un fraude" in why["text"]) == ("suspended", True)
    refused = app.get(f"{root}/jobs", headers=inti)
    assert (refused.status_code, f"{root}/appeal" in refused.json()["detail"]) == (403, True)
    ok(app.post(f"{root}/appeal", json=WORDS, headers=inti))
    case_id = case_of(app, admin, "organisation_appeal")
    shown = detail(app, admin, case_id)
    assert (shown["subject"]["suspended_for"], shown["unfair"]["code"]) == ("fraud", "own_decision")
    decide(app, other_admin, case_id, "organisation_stays_suspended", "Falta la ficha RUC")
    assert (own_case(app, inti)["decision_reason"], seen(app, rosa)) == ("Falta la ficha RUC", set())
    ok(app.post(f"{root}/appeal", json=WORDS, headers=inti))
    decide(app, other_admin, case_of(app, admin, "organisation_appeal"), "organisation_restored", "Ya la mandó")
    assert (ok(app.get(root, headers=inti))["status"], seen(app, rosa)) == ("verified", {job_id})
    told = subjects(app, mails, "inti@")
    assert told[-4:] == [
        "Recibimos tu pedido de revisar la suspensión de Taller Inti",
        "Taller Inti sigue suspendida en Chamba",
        "Recibimos tu pedido de revisar la suspensión de Taller Inti",
        "Taller Inti vuelve a estar activa en Chamba",
    ]


def test_what_is_restored_otherwise_decides_the_appeals_that_wait(
    app: TestClient, inti: Bearer, employer_id: str, admin: Bearer, mails: Mails, sign_in: SignIn
) -> None:
    act(app, admin, f"employers/{employer_id}/suspend", "fraud")
    ok(app.post(f"/v1/employers/{employer_id}/appeal", json=WORDS, headers=inti))
    act(app, admin, f"employers/{employer_id}/restore", "mistake")
    own = own_case(app, inti)
    assert (own["decision"], "Lo decidido antes fue un error" in own["decision_reason"]) == (
        "organisation_restored",
        True,
    )
    sign_in(app, Role.SEEKER, email="sara@correo.pe")
    found = ok(app.post("/v1/admin/accounts:find", json={"email": "sara@correo.pe"}, headers=admin))
    act(app, admin, f"accounts/{found['account_id']}/suspend", "abuse")
    words = WORDS | {"email": "sara@correo.pe", "password": "lluvia en Huaraz"}
    assert app.post("/v1/auth/appeal", json=words).status_code == 204
    act(app, admin, f"accounts/{found['account_id']}/restore", "mistake")
    assert (waiting(app, admin, "appeal"), waiting(app, admin, "organisation_appeal")) == ([], [])
    assert subjects(app, mails, "sara@")[-1] == "Tu cuenta de Chamba está activa otra vez"


def test_the_reason_of_a_suspension_is_that_of_the_last_one(
    app: TestClient, inti: Bearer, waiting_employer: str, admin: Bearer
) -> None:
    root = f"employers/{waiting_employer}"
    decide(app, admin, case_of(app, admin, "employer"), "organisation_refused", "El RUC es de otra empresa")
    (why,) = ok(app.get(f"/v1/{root}", headers=inti))["state_reasons"]
    assert (why["code"], "El RUC es de otra empresa" in why["text"]) == ("refused", True)
    act(app, admin, f"{root}/restore", "mistake")
    decide(app, admin, case_of(app, admin, "employer"), "organisation_verified")
    act(app, admin, f"{root}/suspend", "abuse")
    (why,) = ok(app.get(f"/v1/{root}", headers=inti))["state_reasons"]
    assert (why["code"], "Hubo maltrato o mal uso" in why["text"]) == ("suspended", True)


def test_whoever_verifies_does_not_lift_a_suspension_unawares(
    app: TestClient, waiting_employer: str, admin: Bearer
) -> None:
    case_id = case_of(app, admin, "employer")
    act(app, admin, f"employers/{waiting_employer}/suspend", "fraud")
    body = {"decision": "organisation_verified", "reason": "El RUC está activo"}
    refused = app.post(f"/v1/admin/cases/{case_id}/decision", json=body, headers=admin)
    assert (refused.status_code, f"employers/{waiting_employer}/restore" in refused.text) == (409, True)
    act(app, admin, f"employers/{waiting_employer}/restore", "mistake")
    decide(app, admin, case_id, "organisation_verified")


def test_who_suspended_an_account_is_known_however_much_happened_to_it_since(
    app: TestClient, admin: Bearer, other_admin: Bearer, sign_in: SignIn
) -> None:
    sign_in(app, Role.SEEKER, email="sara@correo.pe")
    account_id = ok(app.post("/v1/admin/accounts:find", json={"email": "sara@correo.pe"}, headers=admin))["account_id"]
    act(app, admin, f"accounts/{account_id}/suspend", "abuse")
    services = services_of(app)

    def guess(connection: Connection) -> None:  # as whoever knows the address can, for days
        for _ in range(201):
            failed: dict[str, Any] = {"action": AuditAction.ACCOUNT_LOGIN_FAILED, "detail": {}, "now": services.now()}
            append_audit(connection, actor=f"account:{account_id}", subject=f"account:{account_id}", **failed)

    services.write(guess)
    words = WORDS | {"email": "sara@correo.pe", "password": "lluvia en Huaraz"}
    assert app.post("/v1/auth/appeal", json=words).status_code == 204
    shown = detail(app, admin, case_of(app, admin, "appeal"))
    assert (shown["unfair"]["code"], shown["subject"]["suspended_for"]) == ("own_decision", "abuse")
    assert detail(app, other_admin, shown["case_id"])["unfair"] is None


def test_a_stranger_appeals_for_nobody(app: TestClient, employer_id: str, admin: Bearer, sign_in: SignIn) -> None:
    stranger = sign_in(app, Role.EMPLOYER, email="otro@correo.pe", agreed=())
    act(app, admin, f"employers/{employer_id}/suspend", "fraud")
    assert app.post(f"/v1/employers/{employer_id}/appeal", json=WORDS, headers=stranger).status_code == 404
    assert waiting(app, admin, "organisation_appeal") == []

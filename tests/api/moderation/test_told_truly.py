"""What an organisation is mailed of its ads is so: why they wait, that they are shown, and when they are not."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

from store.people.accounts import Role
from tests.api.moderation.parts import SCAM, TITLE, Bearer, SignIn, case_of, codes, decide, detail, ok, posted
from tests.api.suspended.parts import join

Mails = Callable[[TestClient], list[str]]


def told(app: TestClient, mails: Mails) -> list[str]:
    """Subject and text of what Inti was mailed."""
    return [mail.replace("\r\n", "\n").partition("\n")[2] for mail in mails(app) if mail.startswith("inti@")]


def test_an_ad_that_waits_says_why_and_verifying_tells_which_are_shown(
    app: TestClient, inti: Bearer, waiting_employer: str, admin: Bearer, mails: Mails
) -> None:
    posted(app, inti, waiting_employer)
    waits = told(app, mails)[-1]
    assert waits.startswith(f"Revisaremos tu aviso «{TITLE}»")
    assert "Por qué espera:\n- Una persona todavía tiene que verificar tu empresa." in waits
    posted(app, inti, waiting_employer, title="Tejedora de fajas")
    posted(app, inti, waiting_employer, title="Ayudante de taller", description=SCAM)
    decide(app, admin, case_of(app, admin, "employer"), "organisation_verified", "El RUC está activo")
    verified, shown = told(app, mails)[-2:]
    assert verified.startswith("Taller Inti está verificada")
    assert shown.startswith("2 avisos de Taller Inti ya se muestran")
    assert TITLE in shown
    assert "Tejedora de fajas" in shown
    assert "Ayudante" not in shown


def test_who_applies_is_told_to_the_organisation_though_time_passes_within_a_request(
    app: TestClient, inti: Bearer, employer_id: str, rosa: Bearer, mails: Mails
) -> None:
    job_id = posted(app, inti, employer_id)["job_id"]
    ok(app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa))
    assert told(app, mails)[-1].startswith(f"Una persona postuló a «{TITLE}»")


def test_who_joins_an_organisation_is_told_to_those_who_were_there(
    app: TestClient, inti: Bearer, employer_id: str, sign_in: SignIn, mails: Mails
) -> None:
    luz = sign_in(app, Role.EMPLOYER, email="luz@inti.example", agreed=())
    app.patch("/v1/me", json={"name": "Luz Ramos"}, headers=luz)
    join(app, employer_id, inti, luz, "luz@inti.example")
    last = told(app, mails)[-1]
    assert last.startswith("Otra persona actúa por Taller Inti")
    assert "Se llama Luz Ramos." in last
    assert not [mail for mail in mails(app) if mail.startswith("luz@") and "Otra persona" in mail]


def test_what_still_waits_after_verifying_waits_for_the_rest_alone_and_moderators_read_it_as_themselves(
    app: TestClient, inti: Bearer, waiting_employer: str, admin: Bearer
) -> None:
    job_id = posted(app, inti, waiting_employer, description=SCAM)["job_id"]
    before = detail(app, admin, case_of(app, admin, "posting"))
    assert codes(before["waits_for"]) == ["asks_for_money", "employer_not_verified"]
    assert before["waits_for"][1]["text"] == "Su organización no está verificada."
    assert before["subject"]["state_reasons"] == before["waits_for"]
    decide(app, admin, case_of(app, admin, "employer"), "organisation_verified")
    after = detail(app, admin, case_of(app, admin, "posting"))
    assert codes(after["waits_for"]) == ["asks_for_money"]
    own = ok(app.get(f"/v1/employers/{waiting_employer}/jobs/{job_id}", headers=inti))
    assert codes(own["state_reasons"]) == ["asks_for_money"]


def test_an_organisation_under_another_name_is_told_that_it_is_looked_at_again(
    app: TestClient, inti: Bearer, employer_id: str, mails: Mails
) -> None:
    path = f"/v1/employers/{employer_id}"
    for name in ("Taller Inti", "Taller Inti Sur", "Taller Inti Sur"):
        ok(app.put(path, json={"name": name, "tax_id": "20100070970"}, headers=inti))
    changed = [mail for mail in told(app, mails) if mail.startswith("Revisaremos otra vez los datos de Taller Inti")]
    assert len(changed) == 1


def test_ads_that_wait_for_several_reasons_name_each_once(
    app: TestClient, inti: Bearer, employer_id: str, mails: Mails
) -> None:
    posted(app, inti, employer_id, description=SCAM)
    waits = told(app, mails)[-1]
    assert waits.count("- Pide") == 1
    assert "verificar tu empresa" not in waits


def test_an_ad_that_its_owner_closed_is_approved_and_not_said_to_be_shown(
    app: TestClient, inti: Bearer, employer_id: str, admin: Bearer, mails: Mails
) -> None:
    job_id = posted(app, inti, employer_id, description=SCAM)["job_id"]
    ok(app.post(f"/v1/employers/{employer_id}/jobs/{job_id}/close", headers=inti))
    decide(app, admin, case_of(app, admin, "posting"), "job_shown", "Se aclaró")
    last = told(app, mails)[-1]
    assert last.startswith(f"Aprobamos tu aviso «{TITLE}», que ahora no se muestra")
    assert "Lo cerraste: se puede volver a abrir." in last


def test_who_is_restored_without_being_verified_is_told_so(
    app: TestClient, waiting_employer: str, admin: Bearer, mails: Mails
) -> None:
    path = f"/v1/admin/employers/{waiting_employer}"
    for act in ("suspend", "restore"):
        ok(app.post(f"{path}/{act}", json={"reason": "mistake"}, headers=admin))
    last = told(app, mails)[-1]
    assert last.startswith("Taller Inti vuelve a estar activa")
    assert "Todavía falta que una persona revise sus datos" in last

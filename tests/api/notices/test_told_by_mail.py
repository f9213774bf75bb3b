"""Whatever happens is told by mail to whom it concerns: walked by HTTP, read as it is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.delivering.deliveries import Deliveries
from store.people.accounts import Role, find_account
from tests.api.services_of import services_of
from tests.api.signed_in import signed_in

Bearer = dict[str, str]
START = datetime(2027, 3, 1, 15, tzinfo=UTC)
SITE = "https://chamba.pe"
STRANGE = "Cajera\r\nBcc: todos@correo.pe — gana S/ 99 en https://estafa.example/x " + "muy " * 60
ROSA, KILLA, ANA = "rosa@correo.pe", "killa@correo.pe", "ana@correo.pe"


@dataclass
class Town:
    """An app with a person, an organisation and an administrator; what was mailed is read once."""

    app: TestClient
    sign_in: Any
    now: datetime = START
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        services_of(self.app).clock = lambda: self.now
        for email, role in ((ROSA, Role.SEEKER), (KILLA, Role.EMPLOYER), (ANA, Role.ADMINISTRATOR)):
            self.sign_in(self.app, role, email=email)

    def ask(self, who: str, method: str, path: str, body: Any = None) -> Any:
        """The answer to somebody who logs in for it."""
        services = services_of(self.app)
        account_id = services.read(partial(find_account, cipher=services.cipher, email=who))
        answer = self.app.request(method, path, json=body, headers=signed_in(services, str(account_id)))
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def later(self, **passed: float) -> None:
        """Let time pass."""
        self.now += timedelta(**passed)

    def mailed(self) -> list[Any]:
        """What was mailed since this was asked last, as messages."""
        services = services_of(self.app)
        while Deliveries(services).send_due():
            pass
        files = sorted((services.settings.data_dir / "outbox").glob("*.eml"))
        new = [file for file in files if file.name not in self._seen]
        self._seen |= {file.name for file in new}
        return [message_from_bytes(file.read_bytes(), policy=default) for file in new]

    def told(self) -> list[tuple[str, str]]:
        """To whom and with which subject."""
        return [(str(mail["To"]), str(mail["Subject"])) for mail in self.mailed()]


@pytest.fixture
def town(open_app: Any, sign_in: Any) -> Town:
    return Town(open_app(public_address=SITE), sign_in)


@pytest.fixture
def employer_id(town: Town) -> str:
    """A verified organisation."""
    made: str = town.ask(KILLA, "POST", "/v1/employers", {"name": "Tienda Killa"})["employer_id"]
    decide(town, "employer", "organisation_verified", "Tu RUC está activo")
    town.mailed()
    return made


def post(town: Town, employer_id: str, title: str = "Cajera de noche", **also: Any) -> str:
    job = {"title": title, "modality": "remote", "country": "PE"} | also
    return str(town.ask(KILLA, "POST", f"/v1/employers/{employer_id}/jobs", job)["job_id"])


def apply(town: Town, job_id: str, who: str = ROSA) -> str:
    return str(town.ask(who, "POST", "/v1/me/applications", {"job_id": job_id})["application_id"])


def decide(town: Town, kind: str, decision: str, reason: str) -> None:
    (case,) = town.ask(ANA, "GET", f"/v1/admin/cases?kind={kind}&state=open")["items"]
    town.ask(ANA, "POST", f"/v1/admin/cases/{case['case_id']}/decision", {"decision": decision, "reason": reason})


def test_an_application_is_told_to_both_sides_step_by_step(town: Town, employer_id: str) -> None:
    job_id = post(town, employer_id)
    application_id = apply(town, job_id)
    receipt, news = sorted(town.mailed(), key=lambda mail: mail["To"], reverse=True)
    assert (receipt["To"], receipt["Subject"]) == (ROSA, "Postulaste a «Cajera de noche»")
    assert "de Tienda Killa" in receipt.get_content()
    assert f"{SITE}/mis-postulaciones/{application_id}" in receipt.get_content()
    assert (news["To"], news["Subject"]) == (KILLA, "Una persona postuló a «Cajera de noche»")
    assert f"{SITE}/empresas/{employer_id}/postulaciones" in news.get_content()
    steps = f"/v1/employers/{employer_id}/applications/{application_id}/steps"
    town.ask(KILLA, "POST", steps, {"stage": "interview", "version": 1, "text": "El jueves a las 8, calle Sol 3"})
    (mail,) = town.mailed()
    assert mail["Subject"] == "Quieren entrevistarte para «Cajera de noche»"
    assert "También te dejó un mensaje" in mail.get_content()
    assert "jueves" not in mail.get_content(), "what was written is read in the account"
    town.ask(KILLA, "POST", steps, {"stage": "declined", "version": 2, "reason": "Buscamos turno de mañana"})
    (mail,) = town.mailed()
    assert mail["Subject"] == "Esta vez no fue: «Cajera de noche»"
    assert "«Buscamos turno de mañana»" in mail.get_content()


def test_who_withdraws_gets_a_receipt_and_the_organisation_the_reason(town: Town, employer_id: str) -> None:
    application_id = apply(town, post(town, employer_id))
    town.mailed()
    withdrawal = {"version": 1, "reason": "Encontré otro trabajo"}
    town.ask(ROSA, "POST", f"/v1/me/applications/{application_id}/withdrawal", withdrawal)
    mails = {str(mail["To"]): mail.get_content() for mail in town.mailed()}
    assert "Retiraste tu postulación" in mails[ROSA]
    assert "«Encontré otro trabajo»" in mails[KILLA]


def test_applications_of_an_hour_come_in_one_mail(town: Town, employer_id: str) -> None:
    night, day = post(town, employer_id), post(town, employer_id, "Cajera de día")
    apply(town, night)
    assert [subject for to, subject in town.told() if to == KILLA] == ["Una persona postuló a «Cajera de noche»"]
    town.later(minutes=1)
    for number in range(3):
        email = f"p{number}@correo.pe"
        town.sign_in(town.app, Role.SEEKER, email=email)
        apply(town, day if number else night, email)
    gone = apply(town, day)
    town.ask(ROSA, "POST", f"/v1/me/applications/{gone}/withdrawal", {"version": 1})
    town.later(minutes=58)
    assert [subject for to, subject in town.told() if to == KILLA and "postularon" in subject] == []
    town.later(minutes=2)
    (mail,) = town.mailed()
    assert (mail["To"], mail["Subject"]) == (KILLA, "3 personas postularon a tus trabajos")
    assert "- Cajera de día: 2\n- Cajera de noche\n" in mail.get_content().replace("\r\n", "\n")
    town.later(hours=2)
    assert town.told() == []


def test_messages_are_told_without_their_words_and_not_once_they_were_read(town: Town, employer_id: str) -> None:
    application_id = apply(town, post(town, employer_id))
    town.mailed()
    hers, theirs = f"/v1/me/applications/{application_id}", f"/v1/employers/{employer_id}/applications/{application_id}"
    town.ask(ROSA, "POST", f"{hers}/messages", {"text": "¿Es en Comas?"})
    (mail,) = town.mailed()
    assert (mail["To"], mail["Subject"]) == (KILLA, "Te escribieron por el trabajo «Cajera de noche»")
    assert "Comas" not in mail.get_content()
    for _ in range(2):
        town.ask(KILLA, "POST", f"{theirs}/messages", {"text": "Sí, en Comas"})
    (mail,) = town.mailed()
    assert (mail["To"], mail["Subject"]) == (ROSA, "Te escribieron por «Cajera de noche»")
    assert "Tienes 2 mensajes sin leer" in mail.get_content()
    town.ask(KILLA, "POST", f"{theirs}/messages", {"text": "¿Puedes?"})
    town.ask(ROSA, "GET", hers)
    town.later(hours=2)
    assert town.told() == [], "she has read it"


def test_an_organisation_is_told_what_becomes_of_it(town: Town) -> None:
    made = town.ask(KILLA, "POST", "/v1/employers", {"name": "Tienda Killa"})["employer_id"]
    assert town.told() == [(KILLA, "Registraste a Tienda Killa en Chamba")]
    decide(town, "employer", "organisation_verified", "Tu RUC está activo")
    (mail,) = town.mailed()
    assert (mail["Subject"], "«Tu RUC está activo»" in mail.get_content()) == ("Tienda Killa está verificada", True)
    admin = f"/v1/admin/employers/{made}"
    town.ask(ANA, "POST", f"{admin}/suspend", {"reason": "fraud"})
    town.ask(ANA, "POST", f"{admin}/suspend", {"reason": "fraud"})  # it is already
    (mail,) = town.mailed()
    assert (mail["To"], mail["Subject"]) == (KILLA, "Suspendimos a Tienda Killa en Chamba")
    assert "La razón: hay señales de engaño." in mail.get_content()
    town.ask(ANA, "POST", f"{admin}/restore", {"reason": "other"})
    assert town.told() == [(KILLA, "Tienda Killa vuelve a estar activa en Chamba")]
    town.sign_in(town.app, Role.EMPLOYER, email="inti@correo.pe")
    for _ in range(2):
        town.ask(KILLA, "POST", f"/v1/employers/{made}/members", {"email": "inti@correo.pe"})
    assert town.told() == [("inti@correo.pe", "Tienda Killa te pide actuar en su nombre en Chamba")]


def test_ads_that_wait_are_told_together_and_what_was_decided_of_each_with_its_reason(
    town: Town, employer_id: str
) -> None:
    job_id = post(town, employer_id, description="Para empezar deposita S/ 80 por tu kit de inicio.")
    assert town.told() == [(KILLA, "Revisaremos tu aviso «Cajera de noche»")]
    decide(town, "posting", "job_taken_down", "Pide dinero para empezar")
    (mail,) = town.mailed()
    assert mail["Subject"] == "No podemos mostrar tu aviso «Cajera de noche»"
    assert "«Pide dinero para empezar»" in mail.get_content()
    assert f"{SITE}/empresas/{employer_id}/trabajos/{job_id}" in mail.get_content()
    for number in range(3):
        post(town, employer_id, f"Ayudante {number}", description="Deposita S/ 80 por tu kit de inicio.")
    assert town.told() == []
    town.later(hours=1, minutes=1)
    assert town.told() == [(KILLA, "Revisaremos 3 avisos de Tienda Killa")]


def test_who_reports_an_ad_has_a_receipt_and_the_decision_and_its_owner_why(town: Town, employer_id: str) -> None:
    job_id = post(town, employer_id)
    for _ in range(2):
        town.ask(ROSA, "PUT", f"/v1/me/dismissals/{job_id}", {"reason": "looks_false"})
        town.later(minutes=1)
    (mail,) = town.mailed()
    assert (mail["To"], mail["Subject"]) == (ROSA, "Gracias por avisar del aviso «Cajera de noche»")
    assert "a más tardar el 15/03/2027" in mail.get_content()  # ten working days
    decide(town, "report", "job_taken_down", "El aviso es falso")
    mails = {str(mail["To"]): mail for mail in town.mailed()}
    assert mails[ROSA]["Subject"] == "Quitamos el aviso «Cajera de noche»: gracias"
    assert mails[KILLA]["Subject"] == "Quitamos tu aviso «Cajera de noche»"
    assert all("«El aviso es falso»" in mail.get_content() for mail in mails.values())


def test_who_asks_for_a_correction_is_told_of_it_and_of_the_answer(town: Town) -> None:
    town.ask(ROSA, "POST", "/v1/me/correction-requests", {"text": "Mi nombre está mal escrito"})
    decide(town, "correction", "data_stays", "Puedes cambiarlo en tu cuenta")
    receipt, answer = town.mailed()
    assert receipt["Subject"] == "Recibimos tu pedido de corregir tus datos"
    assert "«Puedes cambiarlo en tu cuenta»" in answer.get_content()


def test_a_suspended_account_is_told_why_and_how_to_ask_for_another_look(town: Town) -> None:
    services = services_of(town.app)
    account_id = services.read(partial(find_account, cipher=services.cipher, email=ROSA))
    for act, told in zip(("suspend", "restore"), ("Suspendimos tu cuenta", "Tu cuenta"), strict=True):
        for _ in range(2):
            town.ask(ANA, "POST", f"/v1/admin/accounts/{account_id}/{act}", {"reason": "abuse"})
        (mail,) = town.mailed()
        assert (mail["To"], mail["Subject"].startswith(told)) == (ROSA, True)
        assert "La razón: hubo maltrato o mal uso." in mail.get_content()


def test_a_consent_that_changes_is_told_and_an_erased_account_has_one_last_mail(town: Town) -> None:
    statement = {"purpose": "be_found", "text_version": "2026-11", "is_given": True}
    for is_given in (True, True, False):
        town.ask(ROSA, "POST", "/v1/me/consents", statement | {"is_given": is_given})
    assert town.told() == [(ROSA, "Diste un permiso en Chamba"), (ROSA, "Quitaste un permiso en Chamba")]
    receipt = town.ask(ROSA, "POST", "/v1/me/erasure", {"password": "lluvia en Huaraz"})
    (mail,) = town.mailed()
    assert (mail["To"], mail["Subject"]) == (ROSA, "Borramos tu cuenta de Chamba")
    assert receipt["receipt_id"] in mail.get_content()
    assert SITE not in mail.get_content(), "there is nothing left to look at"


def test_a_strange_title_leads_nowhere_and_breaks_nothing(town: Town, employer_id: str) -> None:
    apply(town, post(town, employer_id, STRANGE[:300]))
    mails = town.mailed()
    assert {str(mail["To"]) for mail in mails} == {ROSA, KILLA}
    for mail in mails:
        text = mail.get_content()
        assert mail["Bcc"] is None
        assert len(str(mail["Subject"])) <= 110
        assert not re.search(r"estafa\.example|todos@", str(mail["Subject"]) + text)
        assert set(re.findall(r"https?://[^/\s]+", text)) == {SITE}


def test_who_wants_no_such_mails_gets_none_and_a_mail_s_own_address_stops_them(town: Town, employer_id: str) -> None:
    job_id = post(town, employer_id)
    apply(town, job_id)
    (mail,) = [mail for mail in town.mailed() if mail["To"] == ROSA]
    stops = str(mail["List-Unsubscribe"])[1:-1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stops in mail.get_content()
    page = town.app.get(stops.removeprefix(SITE), headers={"Authorization": ""})
    assert (page.status_code, '<form method="post"' in page.text) == (200, True)
    assert all(choice["is_wanted"] for choice in town.ask(ROSA, "GET", "/v1/me/notices")["items"])
    forged = stops[:-1] + ("A" if stops[-1] != "A" else "B")
    assert town.app.post(forged.removeprefix(SITE)).status_code == 404
    for _ in range(2):
        one_click = {"List-Unsubscribe": "One-Click"}
        done = town.app.post(stops.removeprefix(SITE), data=one_click, headers={"Authorization": ""})
        assert (done.status_code, "Ya no te enviaremos" in done.text) == (200, True)
    choices = {one["group"]: one for one in town.ask(ROSA, "GET", "/v1/me/notices")["items"]}
    assert [group for group, one in choices.items() if not one["is_wanted"]] == ["applications"]
    assert not choices["service"]["may_be_changed"]
    town.ask(ROSA, "PUT", f"/v1/me/dismissals/{job_id}", {"reason": "looks_false"})
    apply(town, post(town, employer_id, "Cajera de día"))
    assert [subject for to, subject in town.told() if to == ROSA] == ["Gracias por avisar del aviso «Cajera de noche»"]
    assert (
        "service"
        not in town.app.get("/openapi.json").json()["components"]["schemas"]["NoticeChoicesRequest"]["properties"]
    )


def test_who_applied_is_warned_when_a_job_is_taken_down_and_told_when_it_is_put_back(
    town: Town, employer_id: str
) -> None:
    """Whatever they chose not to get: it is for their safety. Not those who withdrew, nor again for the same."""
    job_id = post(town, employer_id)
    for who in ("ines@correo.pe", "luz@correo.pe"):
        town.sign_in(town.app, Role.SEEKER, email=who)
    applied = {who: apply(town, job_id, who) for who in (ROSA, "ines@correo.pe", "luz@correo.pe")}
    town.ask("luz@correo.pe", "POST", f"/v1/me/applications/{applied['luz@correo.pe']}/withdrawal", {"version": 1})
    town.ask("ines@correo.pe", "PUT", "/v1/me/notices", {"applications": False})
    town.mailed()
    for act, cause in (("take-down", "fraud"), ("put-back", "mistake")):
        town.ask(ANA, "POST", f"/v1/admin/jobs/{job_id}/{act}", {"cause": cause, "reason": "Pide plata"})
        mails = {str(mail["To"]): mail for mail in town.mailed()}
        assert mails.keys() == {ROSA, "ines@correo.pe", KILLA}
        text = mails[ROSA].get_content()
        assert f"{SITE}/mis-postulaciones/{applied[ROSA]}" in text
        assert "Pide plata" not in text, "that is for the owner"
        if act == "take-down":
            assert mails[ROSA]["Subject"] == "Quitamos «Cajera de noche», al que postulaste"
            assert "no pagues nada ni mandes documentos" in text
            own = town.ask(ROSA, "GET", f"/v1/me/applications/{applied[ROSA]}")
            assert own["job_message"] == "Retiramos este aviso después de revisarlo. No pagues ni envíes datos por él."
        else:
            assert "Tu postulación sigue en pie" in text


def test_an_owner_who_deletes_the_ad_spares_nobody_the_warning(town: Town) -> None:
    job = {"title": "Empaquetadora", "modality": "remote"}
    town.app.put("/v1/jobs/caja-1", json=job)
    apply(town, "caja-1")
    town.ask(ROSA, "PUT", "/v1/me/dismissals/caja-1", {"reason": "looks_false"})
    town.app.delete("/v1/jobs/caja-1")
    town.mailed()
    decide(town, "report", "job_taken_down", "Pidió dinero a quienes postularon")
    subjects = [subject for to, subject in town.told() if to == ROSA]
    assert [subject for subject in subjects if "al que postulaste" in subject]

"""A mother looks for work at night: from no account to none, by HTTP, by what she is answered and mailed."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

from api.alerts.running import run_alerts
from engine.jobs import Job
from store.people.accounts import Role
from store.people.factors.totp import totp_code
from tests.api.real_things import PDF
from tests.api.services_of import services_of
from tests.api.stories.town import AGREES, SITE, Someone, Town

PASSWORD, NEW_PASSWORD = "neblina sobre Huancavelica", "tres ollas y un gato"
NIGHTS = {
    "time_zone": "America/Lima",
    "windows": [{"days": ["mon", "tue", "wed", "thu"], "start": "20:00", "end": "23:30"}],
}
JOB: dict[str, Any] = {
    "title": "Diseñadora de volantes, por las noches",
    "description": "Volantes y piezas para redes con Illustrator.",
    "skills": ["Adobe Illustrator"],
    "modality": "remote",
    "country": "PE",
    "schedule": {
        "kind": "fixed",
        "time_zone": "America/Lima",
        "windows": [{"days": ["tue"], "start": "20:00", "end": "23:00"}],
    },
}
CAREER: dict[str, Any] = {
    "portfolio": [{"url": "https://portafolio.example/nelida"}],
    "experience": [{"title": "Volantes para el mercado", "from_month": "2023-04"}],
    "education": [{"level": "secondary", "title": "Secundaria completa", "institution": "Colegio", "year": 2009}],
}


def test_a_person_looks_for_work_from_nothing_to_the_end(town: Town, tiny_jobs: list[Job]) -> None:
    nelida = begins(town)
    shop, admin, employer_id = opens_a_shop(town)
    knows_nothing_yet(nelida)
    job_id = is_told_of_a_new_job(town, nelida, shop, employer_id)
    services_of(town.app).records.put_jobs(tiny_jobs)
    services_of(town.app).follow_jobs()
    searches_saves_and_dismisses(nelida, job_id)
    application_id = applies(town, nelida, shop, employer_id, job_id)
    withdraws_and_is_invited(town, nelida, shop, employer_id, job_id, application_id)
    is_warned_and_has_a_person_look(town, nelida, admin, job_id)
    secret = guards_her_account(town, nelida)
    leaves(town, nelida, secret)


def begins(town: Town) -> Someone:
    """She reads what she agrees to, signs up, errs, and is in by the code of the mail."""
    nobody = Someone(town.app, "nelida@correo.pe")
    texts = nobody.asks("GET", "/v1/consent-texts")["texts"]
    assert [one["purpose"] for one in texts if one["is_needed"]] == ["matching"]
    assert "puedes pedir que lo revise una persona" in next(one["text"] for one in texts if one["is_needed"])
    wanted = {"email": nobody.email, "password": PASSWORD, "role": "seeker", "name": "Nélida Ccori"}
    assert "consentimiento" in nobody.asks("POST", "/v1/auth/sign-up", wanted, 422)["detail"]
    easy = nobody.asks("POST", "/v1/auth/sign-up", wanted | {"password": "nelida2024"}, 422)
    assert "tres o cuatro palabras" in str(easy)
    consents = [{"purpose": purpose} | AGREES for purpose in ("matching", "be_found")]
    asked = nobody.asks("POST", "/v1/auth/sign-up", wanted | {"consents": consents}, 202)
    given = town.confirmation(nobody, asked)
    wrong = given | {"code": "000000" if given["code"] != "000000" else "111111"}
    assert "pide otro" in nobody.asks("POST", "/v1/auth/confirm", wrong, 401)["detail"]
    nobody.tokens = nobody.asks("POST", "/v1/auth/confirm", given)
    assert nobody.asks("GET", "/v1/me")["name"] == "Nélida Ccori"
    again = {"email": nobody.email, "password": PASSWORD, "role": "seeker", "consents": consents}
    nobody.asks("POST", "/v1/auth/sign-up", again, 202)
    assert town.subjects(nobody) == ["Ya tienes una cuenta en Chamba"]
    town.people.append(nobody)
    return nobody


def opens_a_shop(town: Town) -> tuple[Someone, Someone, str]:
    """An organisation that somebody of Chamba has verified."""
    admin = town.staff("ana@chamba.pe", Role.ADMINISTRATOR)
    shop = town.somebody("sami@tienda.pe", "papel azul de despacho", "employer")
    employer_id = str(shop.asks("POST", "/v1/employers", {"name": "Imprenta Sami"}, 201)["employer_id"])
    town.decides(admin, "employer", "organisation_verified", "Revisamos su RUC")
    return shop, admin, employer_id


def knows_nothing_yet(nelida: Someone) -> None:
    """Each thing that needs another says which; her words are kept without her telephone, her hours apart."""
    for path, body in (("recommendations", {}), ("availability/calendar", None)):
        method = "GET" if body is None else "POST"
        assert "guarda primero tu perfil" in nelida.asks(method, f"/v1/me/{path}", body, 404)["detail"]
    profile = {"text": "ago volantes y logos en ilustrator, mi numero 987 654 321", "skills": ["Adobe Illustrator"]}
    saved = nelida.asks("PUT", "/v1/me/profile", profile)
    assert (saved["masked"], "987" in saved["profile"]["text"]) == (True, False)
    nelida.asks("PUT", "/v1/me/availability", NIGHTS)
    assert nelida.asks("GET", "/v1/me/profile")["profile"]["availability"] == NIGHTS


def is_told_of_a_new_job(town: Town, nelida: Someone, shop: Someone, employer_id: str) -> str:
    """A search that she keeps finds a job that comes later; the mail leads to it, and stops by its own address."""
    search = {"name": "De noche", "query": "volantes", "alert": "at_once"}
    kept = nelida.asks("POST", "/v1/me/searches", search, 201, Idempotency_Key="busqueda-1")
    assert nelida.asks("POST", "/v1/me/searches", search, 201, Idempotency_Key="busqueda-1") == kept
    town.later(minutes=20)
    posted = shop.asks("POST", f"/v1/employers/{employer_id}/jobs", JOB, 201)
    assert (posted["state"], posted["state_reasons"]) == ("open", [])
    town.later(hours=1)
    run_alerts(services_of(town.app))
    (mail,) = town.told(nelida)
    assert mail.split("\n")[1] == f"Trabajo nuevo para ti: «{JOB['title']}»"
    assert f"{SITE}/trabajos/{posted['job_id']}" in mail
    stops = next(line for line in mail.splitlines() if "/v1/unsubscribe/" in line).removeprefix(SITE)
    assert town.app.post(stops, headers={"Authorization": ""}).status_code == 200
    choices = nelida.asks("GET", "/v1/me/notices")["items"]
    assert [one["group"] for one in choices if not one["is_wanted"]] == ["alerts"]
    nelida.asks("PUT", "/v1/me/notices", {"alerts": True})
    nelida.asks("DELETE", f"/v1/me/searches/{kept['search_id']}", status=204)
    return str(posted["job_id"])


def searches_saves_and_dismisses(nelida: Someone, job_id: str) -> None:
    """She is told why each job is there and how one applies for it."""
    found = nelida.asks("POST", "/v1/me/search", {"query": "bolantes medio tienpo noches", "is_for_me": False})
    assert "que puedas tomar" not in (found["notice"] or "")
    assert "noches" in [chip["quote"] for chip in found["understood"]]
    answer = nelida.asks("POST", "/v1/me/recommendations", {"limit": 100})
    shown = {one["job_id"]: one for one in answer["recommendations"]}
    assert shown[job_id]["job"]["apply"]["how"] == "here"
    assert "Tienes libres las 3 horas que pide" in [reason["text"] for reason in shown[job_id]["reasons"]]
    other = next(one for one in shown if one != job_id)
    nelida.asks("PUT", f"/v1/me/saved-jobs/{job_id}", status=201)
    nelida.asks("PUT", f"/v1/me/dismissals/{other}", {"reason": "hours"}, 201)
    left = {one["job_id"] for one in nelida.asks("POST", "/v1/me/recommendations", {"limit": 100})["recommendations"]}
    assert other not in left
    (kept,) = nelida.asks("GET", "/v1/me/saved-jobs")["items"]
    assert (kept["job_id"], kept["state"], kept["message"]) == (job_id, "open", None)


def applies(town: Town, nelida: Someone, shop: Someone, employer_id: str, job_id: str) -> str:
    """With her file and career, which the shop reads; each side writes, and is told of it by mail without the words."""
    assert (
        "guárdalo primero"
        in nelida.asks("POST", "/v1/me/applications", {"job_id": job_id, "with_cv": True}, 409)["detail"]
    )
    file = town.app.put("/v1/me/cv", content=PDF, headers=nelida.headers | {"Content-Type": "application/pdf"})
    assert file.status_code == 200, file.text
    nelida.asks("PUT", "/v1/me/career", CAREER)
    body = {"job_id": job_id, "text": "Tengo las noches libres", "with_cv": True}
    made = nelida.asks("POST", "/v1/me/applications", body, 201)
    assert [mail.split("\n")[1] for mail in town.told(nelida)] == [f"Postulaste a «{JOB['title']}»"]
    theirs = f"/v1/employers/{employer_id}/applications/{made['application_id']}"
    seen = shop.asks("GET", theirs)
    assert (seen["contact"]["name"], seen["career"]["portfolio"][0]["url"]) == (
        "Nélida Ccori",
        CAREER["portfolio"][0]["url"],
    )
    assert town.app.get(f"{theirs}/cv", headers=shop.headers).content == PDF
    nelida.asks("POST", f"/v1/me/applications/{made['application_id']}/messages", {"text": "¿Pagan por pieza?"}, 201)
    town.later(hours=2)
    assert f"Te escribieron por el trabajo «{JOB['title']}»" in town.subjects(shop)
    step = {"stage": "interview", "version": 1, "text": "Sí. ¿Puedes el martes?"}
    shop.asks("POST", f"{theirs}/steps", step)
    (mail,) = town.told(nelida)
    assert mail.split("\n")[1] == f"Quieren entrevistarte para «{JOB['title']}»"
    assert ("martes" in mail, f"{SITE}/mis-postulaciones/{made['application_id']}" in mail) == (False, True)
    followed = nelida.asks("GET", f"/v1/me/applications/{made['application_id']}")
    assert [one["text"] for one in followed["messages"]] == ["¿Pagan por pieza?", "Sí. ¿Puedes el martes?"]
    return str(made["application_id"])


def withdraws_and_is_invited(
    town: Town, nelida: Someone, shop: Someone, employer_id: str, job_id: str, application_id: str
) -> None:
    """The shop sees nothing of her any more, until she accepts that it invites her to another job."""
    withdrawn = {"version": 2, "reason": "Me enfermé"}
    assert nelida.asks("POST", f"/v1/me/applications/{application_id}/withdrawal", withdrawn)["stage"] == "withdrawn"
    twice = nelida.asks("POST", f"/v1/me/applications/{application_id}/withdrawal", {"version": 3}, 409)
    assert twice["detail"].startswith("ya retiraste esta postulación")
    assert town.subjects(nelida) == [f"Retiraste tu postulación a «{JOB['title']}»"]
    seen = shop.asks("GET", f"/v1/employers/{employer_id}/applications/{application_id}")
    assert (seen["contact"], seen["profile"]) == (None, None)
    other = shop.asks("POST", f"/v1/employers/{employer_id}/jobs", JOB | {"title": "Diseñadora de afiches"}, 201)[
        "job_id"
    ]
    jobs = f"/v1/employers/{employer_id}/jobs/{other}"
    (person,) = shop.asks("POST", f"{jobs}/candidates", {})["people"]
    assert "Nélida" not in str(person)
    shop.asks("POST", f"{jobs}/invitations", {"seeker_id": person["seeker_id"], "text": "Nos gustó lo que haces"}, 201)
    assert town.subjects(nelida) == ["Te invitan a postular a «Diseñadora de afiches»"]
    (invited,) = nelida.asks("GET", "/v1/me/invitations")["items"]
    path = f"/v1/me/invitations/{invited['invitation_id']}/acceptance"
    accepted = nelida.asks("POST", path, {"text": "Sí, gracias"}, 201)
    assert (accepted["stage"], accepted["title"]) == ("received", "Diseñadora de afiches")
    assert town.subjects(nelida) == ["Postulaste a «Diseñadora de afiches»"]
    nelida.asks("POST", "/v1/me/applications", {"job_id": job_id}, 201)
    assert town.subjects(nelida) == [f"Postulaste a «{JOB['title']}»"]


def is_warned_and_has_a_person_look(town: Town, nelida: Someone, admin: Someone, job_id: str) -> None:
    """A report takes the ad down, of which she is warned; an answer that she contests is looked at by a person."""
    nelida.asks("PUT", f"/v1/me/dismissals/{job_id}", {"reason": "looks_false", "text": "Me pidió S/ 30"}, 201)
    assert town.subjects(nelida) == [f"Gracias por avisar del aviso «{JOB['title']}»"]
    town.decides(admin, "report", "job_taken_down", "Cobra por postular")
    assert sorted(town.subjects(nelida)) == [
        f"Quitamos el aviso «{JOB['title']}»: gracias",
        f"Quitamos «{JOB['title']}», al que postulaste",
    ]
    (kept,) = nelida.asks("GET", "/v1/me/saved-jobs")["items"]
    assert (kept["state"], "No pagues" in kept["message"]) == ("taken_down", True)
    answer = nelida.asks("POST", "/v1/me/recommendations", {})["recommendation_id"]
    path = f"/v1/me/recommendations/{answer}/review-request"
    waits = nelida.asks("POST", path, {"text": "No sale nada de diseño"}, 201)
    assert ("a más tardar el 15/03/2027" in waits["message"], waits["answer_by"]) == (True, "2027-03-15")
    town.decides(admin, "human_review", "answer_corrected", "Faltaba tu idioma")
    assert town.subjects(nelida) == [
        "Recibimos tu pedido: una persona revisará tus trabajos recomendados",
        "Revisamos tus trabajos recomendados y te damos la razón",
    ]
    for text in ("Mi apellido es Ccori", "Y nací en 1990", "Mi apellido es Ccori"):
        nelida.asks("POST", "/v1/me/correction-requests", {"text": text}, 201)
    (asked,) = admin.asks("GET", "/v1/admin/cases?kind=correction")["items"]
    words = admin.asks("GET", f"/v1/admin/cases/{asked['case_id']}")["text"]
    assert words == "Mi apellido es Ccori\n\nY nací en 1990"
    town.decides(admin, "correction", "data_corrected", "Lo corregimos")
    assert town.subjects(nelida)[-1] == "Aceptamos tu pedido de corregir tus datos"
    cases = nelida.asks("GET", "/v1/me/cases")["items"]
    assert [one["decision"] for one in cases] == ["data_corrected", "answer_corrected", "job_taken_down"]
    assert cases[1]["message"].startswith("Tenías razón")
    assert {one["answer_by"] for one in cases} == {None}


def guards_her_account(town: Town, nelida: Someone) -> str:
    """A second device, a lost password, an app of codes, whose secret it is: each is told and ends the rest."""
    elsewhere = Someone(town.app, nelida.email)
    elsewhere.logs_in(PASSWORD)
    assert len(nelida.asks("GET", "/v1/me/sessions")["items"]) == 2
    nelida.asks("DELETE", "/v1/me/sessions", status=204)
    assert "entra de nuevo" in elsewhere.asks("GET", "/v1/me", status=401)["detail"]
    town.told(nelida)
    body = {"email": nelida.email, "new_password": NEW_PASSWORD}
    asked = elsewhere.asks("POST", "/v1/auth/password-reset", body, 202)
    nelida.tokens = elsewhere.asks("POST", "/v1/auth/confirm", town.confirmation(nelida, asked))
    assert town.subjects(nelida) == ["Cambió la contraseña de tu cuenta de Chamba"]
    assert "no es correct" in elsewhere.logs_in(PASSWORD, 401)["detail"]
    secret = nelida.asks("POST", "/v1/me/totp")["secret"]
    codes = nelida.asks("POST", "/v1/me/totp/confirm", {"code": totp_code(secret, town.now)})["recovery_codes"]
    assert (len(codes), town.subjects(nelida)) == (10, ["Tu cuenta de Chamba pide ahora un código"])
    town.later(minutes=20)
    step = elsewhere.logs_in(NEW_PASSWORD, 202)
    assert step["ways"] == ["totp", "recovery_code"]
    shown = {"challenge_id": step["challenge_id"], "recovery_code": codes[0]}
    elsewhere.tokens = elsewhere.asks("POST", "/v1/auth/second-step", shown)
    assert any("Te quedan 9" in mail for mail in town.told(nelida))
    return str(secret)


def leaves(town: Town, nelida: Someone, secret: str) -> None:
    """She takes everything with her; then nothing of her is left, and she could begin anew."""
    held = nelida.asks("GET", "/v1/me/export")
    assert {one["title"] for one in held["jobs"].values()} >= {JOB["title"], "Diseñadora de afiches"}
    assert b64decode(held["cv"]["base64"]) == PDF
    assert (len(held["applications"]), len(held["cases"]), len(held["invitations"])) == (2, 3, 1)
    assert held["career"] is not None
    old = nelida.asks("POST", "/v1/me/erasure", {"password": NEW_PASSWORD}, 401)
    assert old["type"] == "/problems/step-up-needed"
    nelida.asks("POST", "/v1/me/step-up", {"code": totp_code(secret, town.now)}, 204)
    receipt = nelida.asks("POST", "/v1/me/erasure", {"password": NEW_PASSWORD})
    assert receipt["receipt_id"] in town.told(nelida)[-1]
    assert Someone(town.app).asks("GET", f"/v1/erasure-receipts/{receipt['receipt_id']}")["receipt_id"]
    nelida.asks("GET", "/v1/me", status=401)
    nelida.logs_in(NEW_PASSWORD, 401)
    town.people.remove(nelida)
    anew = {
        "email": nelida.email,
        "password": PASSWORD,
        "role": "seeker",
        "consents": [{"purpose": "matching"} | AGREES],
    }
    Someone(town.app).asks("POST", "/v1/auth/sign-up", anew, 202)
    assert town.subjects(nelida) == ["Tu código para abrir tu cuenta en Chamba"]

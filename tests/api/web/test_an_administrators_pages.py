"""The person on duty, on pages alone: a false ad from the queue to its appeal, an account, a queue of imports."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role
from store.people.phones import write_phone
from tests.api.moderation.parts import JOB, SCAM, imported
from tests.api.services_of import services_of
from tests.api.stories.town import SITE, Someone, Town
from tests.api.web.browser import Reader

WORKSHOP = {"name": "Taller Inti", "tax_id": "20100070970", "contact": "taller@inti.example"}
PASSWORD = "tambor de hojalata 8"
_CASE = re.compile(r"/administracion/casos/([0-9a-f-]{36})")
_ONCE = re.compile(r'name="_once" value="([^"]+)"')


@pytest.fixture
def town(
    open_app: Callable[..., TestClient],
    tiny_bundles: Path,
    mails: Callable[[TestClient], list[str]],
    sign_in: Callable[..., dict[str, str]],
) -> Town:
    return Town(open_app(tiny_bundles, public_address=SITE), mails, sign_in)


@pytest.fixture
def ana(town: Town) -> Reader:
    return on_duty(town, "ana@chamba.pe")


@pytest.fixture
def inti(town: Town) -> Someone:
    return town.somebody("inti@inti.example", PASSWORD, "employer")


def on_duty(town: Town, email: str, role: Role = Role.ADMINISTRATOR) -> Reader:
    """Somebody of Chamba at a browser, who has just logged in."""
    someone = town.staff(email, role)
    return Reader(town.app, someone.asks("GET", "/v1/me")["account_id"])


def cases_on(reader: Reader) -> list[str]:
    """The cases that the page names, in its order."""
    assert reader.page is not None
    return list(dict.fromkeys(_CASE.findall(reader.page.text)))


def posts(inti: Someone, **also: Any) -> tuple[str, str]:
    """An organisation and its ad."""
    root = "/v1/employers/" + inti.asks("POST", "/v1/employers", WORKSHOP, 201)["employer_id"]
    return root, inti.asks("POST", f"{root}/jobs", JOB | also, 201)["job_id"]


def decides(reader: Reader, case_id: str, decision: str, reason: str) -> None:
    reader.sends(f"/administracion/casos/{case_id}/decidir", decision=decision, reason=reason)


def test_a_false_ad_is_seen_taken_down_contested_and_decided_by_another(town: Town, ana: Reader, inti: Someone) -> None:
    root, job_id = posts(inti, description=f"Bordamos en casa.\n{SCAM}")
    ana.opens("/administracion")
    assert "Organización por verificar" in ana.words
    assert "Todo llega" in ana.words
    ana.opens("/administracion/casos?tipo=employer")
    (firm,) = cases_on(ana)
    ana.opens(f"/administracion/casos/{firm}?tipo=employer")
    assert WORKSHOP["tax_id"] in ana.words
    assert "su dígito es correcto" in ana.words
    assert WORKSHOP["contact"] in ana.words
    decides(ana, firm, "organisation_verified", "El RUC está activo y el taller responde")
    assert "Decidido." in ana.words
    ana.opens("/administracion/casos")
    (held,) = cases_on(ana)
    page = ana.opens(f"/administracion/casos/{held}")
    assert "<mark>" in page.text
    assert "abona S/ 65" in unescape(page.text.split("<mark>")[1].split("</mark>")[0])
    assert "Retirar el aviso" in ana.words
    assert "nadie más que un administrador lo devuelve" in ana.words
    once = _ONCE.findall(page.text)[0]
    for _ in range(2):
        ana.sends(f"/administracion/casos/{held}/notas", text="Llamé: no cobran por hilos", _once=once)
    assert ana.words.count("Llamé: no cobran por hilos") == 1
    decides(ana, held, "job_taken_down", "Cobra el kit antes de empezar")
    assert "No queda ninguno" in ana.words
    assert "Cobra el kit" in " ".join(town.told(inti))

    inti.asks("POST", f"{root}/jobs/{job_id}/appeal", {"text": "El kit es regalado, fue un error"}, 201)
    (appeal,) = cases_on_queue(ana, "job_appeal")
    ana.opens(f"/administracion/casos/{appeal}")
    assert "Tú tomaste la decisión que se apela" in ana.words
    beto = on_duty(town, "beto@chamba.pe")
    decides(ana, appeal, "job_shown", "Me equivoqué")
    assert ana.page is not None
    assert ana.page.status_code == 409
    assert "Me equivoqué" in ana.words
    assert cases_on_queue(beto, "job_appeal") == [appeal]
    beto.opens(f"/administracion/casos/{appeal}")
    assert "El kit es regalado" in beto.words
    assert "Cobra el kit antes de empezar" in beto.words
    decides(beto, appeal, "job_shown", "El kit es regalado")
    assert "Decidido." in beto.words
    assert inti.asks("GET", f"{root}/jobs/{job_id}")["state"] == "open"


def cases_on_queue(reader: Reader, kind: str) -> list[str]:
    reader.opens(f"/administracion/casos?tipo={kind}")
    return cases_on(reader)


def test_what_somebody_else_took_is_said_plainly(town: Town, ana: Reader, inti: Someone) -> None:
    posts(inti)
    beto = on_duty(town, "beto@chamba.pe")
    (case_id,) = cases_on_queue(ana, "employer")
    ana.opens(f"/administracion/casos/{case_id}")
    beto.sends(f"/administracion/casos/{case_id}/tomar")
    assert "El caso es tuyo" in beto.words
    decides(ana, case_id, "organisation_verified", "El RUC está activo")
    assert ana.page is not None
    assert ana.page.status_code == 409
    assert "Tomarlo aunque lo tenga otra persona" in ana.words
    assert "otro administrador" in ana.words
    assert cases_on_queue(ana, "employer&cuales=libres") == []
    assert cases_on_queue(beto, "employer&cuales=mios") == [case_id]
    ana.sends(f"/administracion/casos/{case_id}/tomar", aunque="1")
    assert "El caso es tuyo" in ana.words
    ana.sends(f"/administracion/casos/{case_id}/dejar")
    assert "Dejaste el caso" in ana.words
    decides(beto, case_id, "organisation_verified", "El RUC está activo")
    decides(ana, case_id, "organisation_refused", "No está activo")
    assert ana.page.status_code == 409
    assert "Verificar la organización" in ana.words


def test_several_imports_of_one_sign_are_decided_together(town: Town, ana: Reader) -> None:
    for number in range(3):
        imported(town.app, f"taller:x{number}", title=f"Bordadora {number}", description=SCAM)
    assert cases_on_queue(ana, "") == []
    assert "3 avisos importados esperan aparte" in ana.words
    found = cases_on_queue(ana, "import&motivo=asks_for_money")
    assert len(found) == 3
    assert "Bordadora 2" in ana.words
    assert "abona S/ 65" in ana.words
    wanted = {"tipo": "import", "motivo": "asks_for_money", "decision": "job_taken_down"}
    ana.sends("/administracion/casos/decidir", case_ids=found[:2], reason="", **wanted)
    assert ana.page is not None
    assert ana.page.status_code == 422
    assert ana.page.text.count(" checked") == 3
    ana.sends("/administracion/casos/decidir", case_ids=found[:2], reason="Cobran por empezar", **wanted)
    assert "todos quedaron decididos" in ana.words
    assert cases_on(ana) == found[2:]
    ana.sends("/administracion/casos/decidir", case_ids=found, reason="Cobran por empezar", **wanted)
    assert ana.words.count("no se decidió") == 2


def test_who_comes_to_decide_proves_first_who_they_are(town: Town, ana: Reader, inti: Someone) -> None:
    posts(inti)
    (case_id,) = cases_on_queue(ana, "employer")
    assert ana.client.get(f"/administracion/casos/{case_id}").status_code == 200
    town.later(minutes=12)
    asked = ana.client.get(f"/administracion/casos/{case_id}")
    assert asked.headers["location"] == f"/confirmar?sigue=/administracion/casos/{case_id}"
    asked = ana.client.get(f"/administracion/casos/{case_id}?tipo=employer")
    assert asked.headers["location"] == f"/confirmar?sigue=/administracion/casos/{case_id}%3Ftipo%3Demployer"
    town.later(minutes=4)
    late = ana.client.post(f"/administracion/casos/{case_id}/decidir", data={"_token": ana.token()})
    assert late.headers["location"].startswith("/confirmar")


def test_an_account_is_found_suspended_and_restored_by_another(town: Town, ana: Reader) -> None:
    rosa = town.somebody("rosa@correo.pe", PASSWORD, "seeker", "matching")
    rosa.asks("PUT", "/v1/me/private-details", {"national_id": "45781236"})
    account_id = rosa.asks("GET", "/v1/me")["account_id"]
    services = services_of(town.app)
    services.write(lambda each: write_phone(each, services.cipher, account_id, "+51987111222", services.now()))
    for known in ("ROSA@correo.pe", "4578 1236", "987 111 222", "+51 987-111-222", account_id):
        ana.opens("/administracion/cuentas")
        page = ana.sends("/administracion/cuentas", text=known)
        assert str(page.url).endswith(f"/administracion/cuentas/{account_id}")
        assert "rosa@" not in page.text
    nobody = ana.sends("/administracion/cuentas", text="nadie@correo.pe")
    assert (nobody.status_code, "ninguna cuenta tiene ese dato" in ana.words) == (404, True)
    at = f"/administracion/cuentas/{account_id}"
    ana.opens(at)
    assert "Puede apelar" in ana.words
    ana.sends(f"{at}/cerrar-sesiones", why="security")
    assert "Se cerraron sus sesiones" in ana.words
    rosa.asks("GET", "/v1/me", status=401)
    town.people.remove(rosa)
    assert ana.sends(f"{at}/suspender", why="").status_code == 422
    ana.sends(f"{at}/suspender", why="abuse")
    assert "La cuenta quedó suspendida" in ana.words
    assert "Maltrato o mal uso" in ana.words
    subjects = [mail.split("\n")[1] for mail in town.told(rosa)]
    assert "Cerramos las sesiones de tu cuenta de Chamba" in subjects
    rosa.tokens = {}
    rosa.asks("POST", "/v1/auth/appeal", {"email": rosa.email, "password": PASSWORD, "text": "No fui yo"}, 204)
    (appeal,) = cases_on_queue(ana, "appeal")
    beto = on_duty(town, "beto@chamba.pe")
    beto.opens(f"/administracion/casos/{appeal}")
    assert "No fui yo" in beto.words
    decides(beto, appeal, "account_restored", "Era otra persona")
    assert rosa.logs_in(PASSWORD)
    ana.opens(at)
    assert "Activa" in ana.words
    ana.sends(f"{at}/roles", dar="analyst")
    assert "Quitar: Analiza" in ana.words
    ana.sends(f"{at}/roles", quitar="analyst")
    assert "Dar: Analiza" in ana.words
    refused = ana.sends(f"{at}/roles", dar="seeker")
    assert refused.status_code == 422
    says_what_was_done(ana, beto, at)


def says_what_was_done(ana: Reader, beto: Reader, at: str) -> None:
    """The log, by who, what, about whom and when; and that nobody touched it."""
    account_id = at.rpartition("/")[2]
    ana_id = re.findall(r"/administracion/cuentas/([0-9a-f-]{36})", beto.opens(at).text)[0]
    ana.opens(f"/administracion/registro?sobre=account:{account_id}")
    for act in ("Quitó un permiso", "Dio un permiso", "Suspendió una cuenta", "Cerró sesiones"):
        assert f"tú {act}" in ana.words
    log = f"/administracion/registro?sobre=account:{account_id}"
    ana.opens(f"{log}&desde=2027-03-01&hasta=2027-03-01&que=account.suspended&quien={ana_id}")
    assert "tú Suspendió una cuenta" in ana.words
    assert "tú Dio un permiso" not in ana.words
    for nothing in ("&desde=2027-03-02", "&hasta=2027-02-28", "&quien=account:nadie"):
        ana.opens(log + nothing)
        assert "Nada de eso está en el registro" in ana.words
    assert beto.opens("/administracion/registro/cadena").status_code == 200
    assert "nadie cambió ni quitó nada" in beto.words


def test_ads_and_organisations_are_found_and_hidden_with_their_owner(town: Town, ana: Reader, inti: Someone) -> None:
    root, job_id = posts(inti)
    imported(town.app, "taller:uno", title="Costurera de polos")
    employer_id = root.rpartition("/")[2]
    found = ana.opens("/administracion/trabajos?texto=COSTURERA+polos").text
    assert "Costurera de polos" in found
    assert job_id not in found
    assert "Costurera de polos" in ana.opens("/administracion/trabajos?de=taller&estado=open").text
    assert ana.opens("/administracion/trabajos?texto=zapatero").text.count("<tr>") == 0
    one = ana.opens("/administracion/trabajos?texto=taller:uno")
    assert str(one.url).endswith("/administracion/trabajos/taller:uno")
    ana.sends("/administracion/trabajos/taller:uno/retirar", cause="fraud", reason="")
    assert ana.page is not None
    assert ana.page.status_code == 422
    ana.sends("/administracion/trabajos/taller:uno/retirar", cause="fraud", reason="La empresa dice que no es suyo")
    assert "El aviso quedó retirado" in ana.words
    assert "La empresa dice que no es suyo" in ana.words
    assert "Costurera de polos" in ana.opens("/administracion/trabajos?estado=taken_down").text
    ana.sends("/administracion/trabajos/taller:uno/devolver", cause="mistake", reason="Sí es suyo")
    assert "vuelve a mostrarse" in ana.words

    assert "Taller Inti" in ana.opens("/administracion/organizaciones?nombre=táller").text
    page = ana.sends("/administracion/organizaciones", tax_id=WORKSHOP["tax_id"])
    assert str(page.url).endswith(employer_id)
    at = f"/administracion/organizaciones/{employer_id}"
    assert job_id in ana.opens(f"/administracion/trabajos?estado=waiting&de={employer_id}").text
    ana.opens(at)
    ana.sends(f"{at}/verificar", reason="El RUC está activo")
    assert "Verificada" in ana.words
    assert job_id in ana.opens("/administracion/trabajos?estado=open&de=" + employer_id).text
    ana.opens(at)
    ana.sends(f"{at}/suspender", why="fraud")
    assert "sus avisos ya no se muestran" in ana.words
    assert job_id not in ana.opens("/administracion/trabajos?estado=open&de=" + employer_id).text
    assert job_id in ana.opens(f"/administracion/trabajos?estado=closed&de={employer_id}").text
    ana.opens(at)
    ana.sends(f"{at}/restaurar", why="mistake")
    assert "se muestran otra vez" in ana.words
    assert ana.sends(f"{at}/restaurar", why="porque sí").status_code == 422


def test_a_partner_gets_limits_keys_and_people(ana: Reader, inti: Someone) -> None:
    ana.opens("/administracion/socios")
    assert ana.page is not None
    once = _ONCE.findall(ana.page.text)[0]
    made = ana.sends("/administracion/socios", name="Bolsa Wayra", requests_per_day="50,000", _once=once)
    at = str(made.url).partition("testserver")[2]
    assert "50,000" in ana.opens("/administracion/socios").text
    key = ana.sends(f"{at}/claves", scopes=["recommend", "jobs"], expires_on="2028-01-31", _once="clave1")
    assert "chamba_" in key.text
    assert "31 de enero de 2028" in ana.words
    again = ana.sends(f"{at}/claves", scopes=["recommend", "jobs"], expires_on="2028-01-31", _once="clave1")
    assert (again.status_code, "chamba_" in again.text.split("<main")[1]) == (409, False)
    ana.opens(at)
    ana.sends(f"{at}{re.findall(r'/claves/[0-9a-f-]{36}/anular', ana.page.text)[0]}")
    assert "ya no abre nada" in ana.words
    assert ana.sends(f"{at}/claves", scopes=["todo"]).status_code == 422
    ana.sends(at, status="suspended")
    assert "Restaurarla" in ana.words
    ana.sends(f"{at}/personas", account_id=inti.asks("GET", "/v1/me")["account_id"])
    assert "Cambiado" in ana.words
    assert ana.sends(f"{at}/personas", account_id="inti").status_code == 422


def test_a_programme_is_added_and_somebody_runs_it(town: Town, ana: Reader) -> None:
    facts = {"name": "Conectados", "organisation": "Ministerio", "appeal_to": "Mesa de partes"}
    assert ana.sends("/administracion/programas", **facts, description="").status_code == 422
    ana.sends("/administracion/programas", **facts, description="Una computadora prestada", ends_on="2028-12-31")
    assert "Conectados" in ana.words
    assert ana.page is not None
    at = re.findall(r'action="(/administracion/programas/[0-9a-f-]{36})/personas"', ana.page.text)[0]
    nora = town.staff("nora@ministerio.example", Role.OFFICER).asks("GET", "/v1/me")["account_id"]
    ana.sends(f"{at}/personas", account_id=nora)
    assert nora[:8] in ana.words
    ana.sends(f"{at}/personas", quitar=nora)
    assert nora[:8] not in ana.words
    ana.sends(at, **facts, description="Una tableta prestada")
    assert "Una tableta prestada" in ana.words


def test_a_contested_answer_is_read_as_it_was_given_beside_the_same_given_again(town: Town, ana: Reader) -> None:
    rosa = town.somebody("rosa@correo.pe", PASSWORD, "seeker", "matching")
    rosa.asks("PUT", "/v1/me/profile", {"text": "Diseño logos y bordo mantas"})
    answer = rosa.asks("POST", "/v1/me/recommendations", {"limit": 3})
    at = f"/v1/me/recommendations/{answer['recommendation_id']}/review-request"
    rosa.asks("POST", at, {"text": "No sale nada de bordado"}, 201)
    (case_id,) = cases_on_queue(ana, "human_review")
    ana.opens(f"/administracion/casos/{case_id}")
    assert "No sale nada de bordado" in ana.words
    assert "Diseño logos y bordo mantas" in ana.words
    shown = [one["job_id"] for one in answer["recommendations"]]
    assert [job_id for job_id in shown if job_id not in ana.words] == []  # a bundle of other jobs than the database's
    assert "dadas otra vez" not in ana.words
    ana.opens(f"/administracion/casos/{case_id}/respuesta")
    assert "es idéntica" in ana.words
    titles = [one["job"]["title"] for one in answer["recommendations"]]
    assert [title for title in titles if title not in ana.words] == []
    reason = answer["recommendations"][0]["reasons"][0]["text"]
    assert reason in ana.words
    decides(ana, case_id, "answer_stands", "Su perfil dice diseño")
    assert "Decidido." in ana.words
    (told,) = rosa.asks("GET", "/v1/me/cases")["items"]
    assert (told["decision"], told["decision_reason"]) == ("answer_stands", "Su perfil dice diseño")


def test_data_that_somebody_asks_to_correct_are_decided_with_words(town: Town, ana: Reader) -> None:
    rosa = town.somebody("rosa@correo.pe", PASSWORD, "seeker", "matching")
    rosa.asks("POST", "/v1/me/correction-requests", {"text": "Mi nombre es <Rosa>"}, 201)
    (case_id,) = cases_on_queue(ana, "correction")
    page = ana.opens(f"/administracion/casos/{case_id}")
    assert "&lt;Rosa&gt;" in page.text
    decides(ana, case_id, "job_shown", "x")
    assert ana.page is not None
    assert ana.page.status_code == 422
    decides(ana, case_id, "data_corrected", "Ya está")
    assert "No queda ninguno" in ana.words
    ana.opens("/administracion/casos?tipo=correction&cuales=decididos")
    assert cases_on(ana) == [case_id]
    ana.opens(f"/administracion/casos/{case_id}")
    assert "Los datos se corrigieron" in ana.words
    assert "Decidir y ver el siguiente" not in ana.words

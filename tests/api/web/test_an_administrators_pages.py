"""The person on duty, on pages alone: a false ad from the queue to its appeal, an account, a queue of imports."""

from __future__ import annotations

import re
from html import unescape

from store.people.phones import write_phone
from tests.api.moderation.parts import SCAM, imported
from tests.api.services_of import services_of
from tests.api.stories.town import Someone, Town
from tests.api.web.browser import Reader
from tests.api.web.on_duty import ONCE, PASSWORD, WORKSHOP, cases_on, cases_on_queue, decides, on_duty, posts


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
    once = ONCE.findall(page.text)[0]
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

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
from tests.api.moderation.parts import JOB, SCAM, imported
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
    town.later(minutes=4)
    late = ana.client.post(f"/administracion/casos/{case_id}/decidir", data={"_token": ana.token()})
    assert late.headers["location"].startswith("/confirmar")

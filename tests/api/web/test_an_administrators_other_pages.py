"""The person on duty beside ads: partner apps, programmes, contested answers and data to correct, on pages alone."""

from __future__ import annotations

import re

from store.people.accounts import Role
from tests.api.stories.town import Someone, Town
from tests.api.web.browser import Reader
from tests.api.web.on_duty import ONCE, PASSWORD, cases_on, cases_on_queue, decides


def adds_partner(ana: Reader, name: str, requests_per_day: str) -> str:
    """The page of a new partner app."""
    page = ana.opens("/administracion/socios")
    once = ONCE.findall(page.text)[0]
    made = ana.sends("/administracion/socios", name=name, requests_per_day=requests_per_day, _once=once)
    return str(made.url).partition("testserver")[2]


def test_a_partner_gets_limits_keys_and_people(ana: Reader, inti: Someone) -> None:
    at = adds_partner(ana, "Bolsa Wayra", "50,000")
    assert ana.page is not None
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


def test_a_new_key_opens_at_once(town: Town, ana: Reader) -> None:
    """Nobody waits until the keys are read again."""
    at = adds_partner(ana, "Bolsa Rimay", "50")
    page = ana.sends(f"{at}/claves", scopes=["jobs"], _once="clave2").text
    key = re.search(r"chamba_[0-9A-Za-z_-]{40,}", page)
    assert key is not None
    asked = town.app.get("/v1/partner", headers={"Authorization": f"Bearer {key[0]}"})
    assert (asked.status_code, asked.json()["name"]) == (200, "Bolsa Rimay")


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

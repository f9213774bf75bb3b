"""Where a phone runs no script, or none has come yet, everything still works: pages are links and forms."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from benchmarks.pages.devices import PHONE
from benchmarks.pages.journey import applies, signs_up, tells_what_she_can, tells_when, tells_with_what
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp
from tests.pages.conftest import Visits
from tests.pages.mailbox import mailed_code

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]


TITLE = "Diseñadora gráfica, de noche"


def test_somebody_without_scripts_searches_applies_and_changes_her_profile(
    visits: Visits, served: ServedApp, real: RealThings
) -> None:
    assert real.employers_job
    visit = visits(PHONE, served.url, java_script_enabled=False)
    person, email = visit.person, "sin.guiones@correo.pe"
    tells_what_she_can(person, "Diseño logos y volantes para redes sociales", "Photoshop")
    tells_when(person, "Noches, de 7 a 11")
    tells_with_what(person, "Solo celular", "Los datos del celular")
    person.press(visit.page.get_by_role("link", name=TITLE).first, visit.page.get_by_role("link", name="Postular"))
    person.presses("Postular", "Crear una cuenta", role="link")
    signs_up(person, "Yeni Rojas", email, lambda: mailed_code(served.services, email), "Postular")
    applies(person, "Puedo los martes", TITLE)
    expect(visit.page.get_by_text("Listo: la empresa ya tiene tu postulación.")).to_be_visible()
    person.goes("/mi-perfil")
    person.presses("Cambiar lo demás", "Con qué trabajas")
    person.chooses("Una computadora")
    person.press(visit.page.get_by_role("main").get_by_role("button").first, visit.page.get_by_text("Mi perfil"))
    expect(visit.page.get_by_text("Una computadora")).to_be_visible()
    assert visit.traffic.script_bytes == 0

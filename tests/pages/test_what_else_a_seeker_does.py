"""Somebody with an account keeps at it, in a real browser: filters, a saved search, a person who looks again at what
she was shown, her calendar, a company that invites her."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from benchmarks.pages.journey import JOBS, WHEN
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp
from tests.api.signed_in import page_cookie
from tests.pages.axe import findings
from tests.pages.conftest import Visits
from tests.pages.visits import WAYS, Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

SEARCHES, SEARCH, INVITATIONS, REVIEW = (
    "Mis búsquedas guardadas",
    "Costura de noche",
    "Invitaciones de empresas",
    "Que lo vea una persona",
)
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Calendario de prueba//ES
BEGIN:VEVENT
UID:colegio
DTSTAMP:20261101T000000Z
DTSTART;TZID=America/Lima:20261102T080000
DTEND;TZID=America/Lima:20261102T130000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
SUMMARY:Colegio del niño
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(params=list(WAYS))
def visit(request: pytest.FixtureRequest, visits: Visits, served: ServedApp, real: RealThings) -> Visit:
    """Somebody with a profile, who is logged in."""
    return visits(site=served.url, cookie=page_cookie(served.services, real.seeker), **WAYS[request.param])


def test_somebody_keeps_at_it(visit: Visit, real: RealThings) -> None:
    narrows_the_list(visit)
    saves_a_search(visit)
    has_a_person_look(visit)
    brings_her_calendar(visit)
    accepts_an_invitation(visit, real)


def narrows_the_list(visit: Visit) -> None:
    """Filters are chips that go by one press."""
    person, page = visit.person, visit.page
    person.goes("/")
    person.sees(JOBS)
    person.press(page.locator("summary", has_text="Filtros"), page.get_by_label("Remoto", exact=True))
    person.chooses("Remoto")
    person.presses("Aplicar filtros", JOBS)
    chip = page.get_by_role("button", name=re.compile("Remoto.*quitar"))
    expect(chip).to_be_visible()
    assert findings(page) == []
    person.press(chip, page.get_by_role("heading", level=1, name=JOBS))
    expect(chip).to_have_count(0)


def saves_a_search(visit: Visit) -> None:
    """What is new comes once a day; then she wants it no more."""
    person, page = visit.person, visit.page
    person.presses("Guardar esta búsqueda", "Guardar una búsqueda", role="link")
    person.writes("Ponle un nombre", SEARCH)
    person.chooses("Una vez al día")
    person.presses("Guardar", SEARCHES)
    expect(page.get_by_role("heading", level=2, name=SEARCH)).to_be_visible()
    visit.shows("10-busquedas")
    assert findings(page) == []
    person.presses("Ver qué hay ahora", JOBS)
    person.goes("/mis-busquedas")
    person.presses("Cambiar", "Guardar una búsqueda", role="link")
    person.chooses("No avisarme")
    person.presses("Guardar", SEARCHES)
    expect(page.get_by_text("No avisarme")).to_be_visible()
    person.presses("Borrar", SEARCHES)
    expect(page.get_by_role("heading", level=2, name=SEARCH)).to_have_count(0)


def has_a_person_look(visit: Visit) -> None:
    """What she was shown misses what she can do; a person takes it up."""
    person, page = visit.person, visit.page
    person.presses("Ver trabajos", JOBS, role="link")
    person.presses("¿Algo no está bien en estos resultados? Que lo vea una persona", REVIEW, role="link")
    assert findings(page) == []
    person.writes("¿Qué no está bien?", "No me sale nada de bordado")
    visit.shows("11-que-lo-vea-una-persona")
    person.press(page.get_by_role("button", name="Pedir que lo vean"), page.get_by_role("status"))
    expect(page.get_by_text("No me sale nada de bordado")).to_be_visible()
    assert findings(page) == []


def brings_her_calendar(visit: Visit) -> None:
    """The hours at which her calendar has something are not free."""
    person, page = visit.person, visit.page
    person.goes("/mi-perfil")
    person.presses("Cambiar mis horas o subir mi calendario", WHEN)
    file = page.get_by_label("Archivo del calendario (.ics)")
    person.press(page.locator("summary", has_text="Tengo un calendario en mi celular"), file)
    file.set_input_files({"name": "mio.ics", "mimeType": "text/calendar", "buffer": CALENDAR.encode()})
    person.press(page.get_by_role("button", name="Leer mi calendario"), page.get_by_role("status"))
    expect(page.get_by_role("status")).to_contain_text("Leímos tu calendario.")
    expect(page.locator("#c0-9")).not_to_be_checked()
    person.presses("Guardar", "Mi perfil")
    expect(page.get_by_role("status")).to_contain_text("Guardamos tu perfil.")


def accepts_an_invitation(visit: Visit, real: RealThings) -> None:
    """A company that saw what she can do asks her to apply; she decides."""
    person, page = visit.person, visit.page
    assert real.invitation_id
    person.goes("/mis-invitaciones")
    person.sees(INVITATIONS)
    button = page.get_by_role("button", name="Aceptar y postular")
    person.press(page.locator("summary", has_text="Aceptar y postular"), button)
    person.write(page.locator("details[open]").get_by_label("Un mensaje para la empresa, si quieres"), "Desde el lunes")
    visit.shows("12-invitacion")
    assert findings(page) == []
    person.press(button, page.get_by_role("status"))
    expect(page.get_by_role("status")).to_contain_text("Listo: la empresa ya tiene tu postulación.")

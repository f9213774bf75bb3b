"""Somebody looks for work by pages alone, in a real browser: with a thumb on a slow phone, at a desk, by keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from api.accounts.pages.own_data import WORD
from api.web.cookies import Cookie
from benchmarks.pages.journey import (
    JOBS,
    PASSPHRASE,
    WHEN,
    applies,
    signs_up,
    tells_what_she_can,
    tells_when,
    tells_with_what,
)
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp
from tests.pages.axe import findings
from tests.pages.conftest import Visits
from tests.pages.mailbox import mailed_code
from tests.pages.visits import WAYS, Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

TITLE = "Diseñadora gráfica, de noche"


@pytest.fixture(params=list(WAYS))
def visit(request: pytest.FixtureRequest, visits: Visits, served: ServedApp, real: RealThings) -> Visit:
    """Somebody with nothing yet; a job that fits her was posted."""
    assert real.employers_job
    return visits(site=served.url, **WAYS[request.param])


@pytest.fixture
def email(request: pytest.FixtureRequest) -> str:
    """Her address, another on each way."""
    return f"nelida.{request.node.callspec.params['visit']}@correo.pe"


def test_somebody_finds_work_and_applies(visit: Visit, served: ServedApp, real: RealThings, email: str) -> None:
    finds_jobs(visit)
    reads_why(visit)
    gets_an_account_and_applies(visit, served, email)
    is_written_to(visit, served, real)
    takes_it_back(visit)
    saves_and_dismisses(visit)
    looks_for_words(visit)
    reads_her_profile(visit)
    chooses_what_her_data_is_for(visit)
    takes_everything_along_and_leaves(visit)


def finds_jobs(visit: Visit) -> None:
    """Three steps, before an account."""
    person = visit.person
    person.goes("/")
    visit.shows("1-inicio")
    tells_what_she_can(person, "Diseño logos y volantes para redes sociales", "Photoshop, Illustrator")
    person.presses("Noches, de 7 a 11", WHEN)
    visit.shows("1-horas")
    tells_when(person, "Noches, de 7 a 11")
    tells_with_what(person, "Solo celular", "Los datos del celular")
    visit.shows("2-trabajos")
    visit.shows("2-trabajos-escritorio", is_wide=True)
    assert findings(visit.page) == []


def reads_why(visit: Visit) -> None:
    """A job that she may apply for here, and why it is shown."""
    person, page = visit.person, visit.page
    person.press(page.get_by_role("link", name=TITLE).first, page.get_by_role("heading", level=1, name=TITLE))
    expect(page.get_by_role("heading", name="Por qué te lo mostramos")).to_be_visible()
    visit.shows("3-aviso")
    assert findings(page) == []


def gets_an_account_and_applies(visit: Visit, served: ServedApp, email: str) -> None:
    """What applying needs; what she said before is her profile then."""
    person = visit.person
    person.presses("Postular", "Crear una cuenta", role="link")
    signs_up(person, "Nélida Ccori", email, lambda: mailed_code(served.services, email), "Postular")
    visit.shows("4-postular")
    assert findings(visit.page) == []
    applies(person, "Puedo los martes desde el 3", TITLE)
    said(visit, "Listo: la empresa ya tiene tu postulación.")
    assert findings(visit.page) == []


def is_written_to(visit: Visit, served: ServedApp, real: RealThings) -> None:
    """The employer asks her to come, which she reads in her list."""
    person, page = visit.person, visit.page
    application_id = page.url.rpartition("/")[2]
    step = {"stage": "interview", "version": 1, "text": "¿Puedes el jueves a las 8?"}
    theirs = f"/v1/employers/{real.employer_id}/applications/{application_id}/steps"
    served.ask("POST", theirs, real.headers(real.employer), step)
    person.presses("Mis postulaciones", "Mis postulaciones", role="link")
    expect(page.get_by_text("1 mensaje sin leer")).to_be_visible()
    visit.shows("5-mis-postulaciones")
    assert findings(page) == []
    person.press(page.get_by_role("link", name=TITLE), page.get_by_text("¿Puedes el jueves a las 8?"))
    person.writes("Escribir a la empresa", "Sí, a las 8")
    person.presses("Enviar mensaje", TITLE)
    said(visit, "Mensaje enviado.")


def takes_it_back(visit: Visit) -> None:
    """The employer sees nothing of her any more."""
    person, page = visit.person, visit.page
    button = page.get_by_role("button", name="Retirar mi postulación")
    person.press(page.locator("summary", has_text="Retirar mi postulación"), button)
    person.writes("¿Por qué? Solo si quieres decirlo", "Ya encontré")
    person.press(button, page.get_by_role("status"))
    said(visit, "La retiraste. La empresa ya no ve tus datos.")


def saves_and_dismisses(visit: Visit) -> None:
    """An ad among the saved ones, and not for her after all."""
    person = visit.person
    person.presses("Leer el aviso", TITLE, role="link")
    person.presses("Guardar", TITLE)
    said(visit, "Guardado. Está en «Guardados».")
    person.presses("Guardados", "Guardados", role="link")
    person.press(visit.page.get_by_role("link", name=TITLE), visit.page.get_by_role("link", name="No es para mí"))
    person.presses("No es para mí", "No es para mí, porque…", role="link")
    person.chooses("No son mis horas")
    visit.shows("6-no-es-para-mi")
    person.presses("Enviar", JOBS)
    said(visit, "Listo: no te lo mostramos más.")
    expect(visit.page.get_by_role("link", name=TITLE, exact=True)).to_have_count(0)


def looks_for_words(visit: Visit) -> None:
    """Jobs by her words."""
    visit.person.goes("/trabajos/buscar")
    visit.person.write(visit.page.get_by_role("searchbox"), "diseño")
    visit.person.press(visit.page.get_by_role("button", name="Buscar", exact=True), visit.page.locator(".card"))
    assert findings(visit.page) == []


def reads_her_profile(visit: Visit) -> None:
    """What she said at first."""
    visit.person.goes("/mi-perfil")
    visit.person.sees("Mi perfil")
    expect(visit.page.get_by_text("Diseño logos y volantes")).to_be_visible()
    visit.shows("7-mi-perfil")


def chooses_what_her_data_is_for(visit: Visit) -> None:
    """A consent is given by one press, and taken back by another."""
    visit.person.goes("/mi-cuenta/permisos")
    assert findings(visit.page) == []
    for what in ("Dar", "Quitar"):
        button = visit.page.get_by_role("button", name=re.compile(f"{what} mi permiso.*Que las empresas me encuentren"))
        visit.person.press(button, visit.page.get_by_role("status"))
    visit.shows("8-permisos")


def takes_everything_along_and_leaves(visit: Visit) -> None:
    """A file of all that is kept of her; then nothing is, and she has a receipt."""
    person, page = visit.person, visit.page
    person.goes("/mi-cuenta/datos")
    person.presses("Pedir mi copia", "Mi copia de mis datos", role="link")
    with page.expect_download() as downloading:
        person.presses("Bajar el archivo", "Mi copia de mis datos")
    assert "Puedo los martes desde el 3" in downloading.value.path().read_text("utf-8")
    person.goes("/mi-cuenta/datos/borrar")
    assert findings(page) == []
    person.writes("Para estar seguros", WORD)
    person.writes("Tu contraseña", PASSPHRASE)
    visit.shows("9-borrar-todo")
    person.presses("Borrar todo para siempre", "Constancia de borrado")
    assert [cookie for cookie in page.context.cookies() if cookie["name"] == Cookie.SESSION] == []


def said(visit: Visit, words: str) -> None:
    """The page says what was done."""
    expect(visit.page.get_by_role("status").filter(has_text=words)).to_be_visible()

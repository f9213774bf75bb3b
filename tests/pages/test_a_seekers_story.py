"""Somebody looks for work by pages alone, in a real browser: with a thumb on a slow phone, at a desk, by keys alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from benchmarks.pages.devices import DESK, PHONE
from benchmarks.pages.journey import JOBS, signs_up, tells_what_she_can, tells_when, tells_with_what
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp
from tests.pages.axe import findings
from tests.pages.conftest import Visits
from tests.pages.mailbox import mailed_code
from tests.pages.visits import Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

WAYS: dict[str, dict[str, Any]] = {
    "phone": {"device": PHONE},
    "desk": {"device": DESK},
    "keys": {"device": DESK, "by_keys": True},
}


@pytest.fixture(params=list(WAYS))
def visit(request: pytest.FixtureRequest, visits: Visits, served: ServedApp, real: RealThings) -> Visit:
    """Somebody with nothing yet; a job that fits her was posted."""
    assert real.employers_job
    return visits(site=served.url, **WAYS[request.param])


@pytest.fixture
def email(request: pytest.FixtureRequest) -> str:
    """Her address, another on each way."""
    return f"nelida.{request.node.callspec.params['visit']}@correo.pe"


def test_somebody_finds_work_and_applies(visit: Visit, served: ServedApp, email: str) -> None:
    finds_jobs(visit)
    reads_why(visit)
    gets_an_account(visit, served, email)


def finds_jobs(visit: Visit) -> None:
    """Three steps, before an account."""
    person = visit.person
    tells_what_she_can(person, "Diseño logos y volantes para redes sociales", "Photoshop, Illustrator")
    tells_when(person, "Noches, de 7 a 11")
    tells_with_what(person, "Solo celular", "Los datos del celular")
    visit.shows("busca-trabajos")
    assert findings(visit.page) == []


def reads_why(visit: Visit) -> None:
    """A job that she may apply for here, and why it is shown."""
    person, title = visit.person, "Diseñadora gráfica, de noche"
    person.press(visit.page.get_by_role("link", name=title).first, visit.page.get_by_role("heading", name=title))
    visit.shows("busca-aviso")
    expect(visit.page.get_by_role("heading", name="Por qué te lo mostramos")).to_be_visible()
    assert findings(visit.page) == []


def gets_an_account(visit: Visit, served: ServedApp, email: str) -> None:
    """What saving needs; what she said before is her profile then."""
    person = visit.person
    person.presses("Guardar", "Entrar")
    person.presses("Crear una cuenta", "Crear una cuenta", role="link")
    signs_up(person, "Nélida Ccori", email, lambda: mailed_code(served.services, email), JOBS)
    visit.shows("cuenta-lista")

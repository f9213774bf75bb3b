"""Without a connection the last answers are still read, and nothing that was typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from benchmarks.pages.devices import DESK, PHONE
from benchmarks.pages.journey import HOME, JOBS
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp
from tests.api.signed_in import page_cookie
from tests.pages.conftest import Visits
from tests.pages.visits import Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

HAS_WORKER = "async () => { await navigator.serviceWorker.ready; return navigator.serviceWorker.controller !== null; }"


@pytest.fixture
def seeker(visits: Visits, served: ServedApp, real: RealThings) -> Visit:
    """Somebody with a profile, whose phone has kept what it keeps."""
    visit = visits(PHONE, served.url, cookie=page_cookie(served.services, real.seeker))
    visit.person.goes("/trabajos")
    waits_for_worker(visit.page)
    return visit


def waits_for_worker(page: Page) -> None:
    """Until the service worker answers for the page."""
    page.wait_for_function(HAS_WORKER)


def test_the_last_answers_are_read_without_a_connection(seeker: Visit) -> None:
    seeker.person.goes("/trabajos")
    cards = seeker.page.locator(".card h2")
    titles = cards.all_inner_texts()
    assert titles
    with seeker.watch.no_network():
        seeker.page.context.set_offline(True)
        seeker.person.goes("/trabajos")
        seeker.person.sees(JOBS)
        assert cards.all_inner_texts() == titles
        seeker.person.goes("/privacidad")
        seeker.person.sees("No hay conexión")
        seeker.shows("sin-conexion")
        seeker.page.context.set_offline(False)


def test_a_lost_connection_loses_no_word(visits: Visits, served: ServedApp) -> None:
    words = "Atiendo por teléfono y manejo Excel"
    visit = visits(PHONE, served.url)
    visit.person.goes("/")
    waits_for_worker(visit.page)
    visit.person.writes("¿Qué sabes hacer?", words)
    with visit.watch.no_network():
        visit.page.context.set_offline(True)
        visit.person.presses("Seguir", "No hay conexión")
        visit.page.context.set_offline(False)
    visit.person.goes("/")
    visit.person.sees(HOME)
    expect(visit.page.get_by_label("¿Qué sabes hacer?")).to_have_value(words)


def test_where_there_is_no_worker_yet_no_word_is_lost_either(visits: Visits, served: ServedApp) -> None:
    words = "Atiendo por teléfono y manejo Excel"
    visit = visits(DESK, served.url, service_workers="block")
    page, context = visit.page, visit.page.context
    visit.person.goes("/")
    visit.person.writes("¿Qué sabes hacer?", words)
    with visit.watch.no_network():
        context.set_offline(True)
        page.get_by_role("button", name="Seguir").click()
        page.wait_for_url("chrome-error://**")
        context.set_offline(False)
    page.go_back()
    expect(page.get_by_label("¿Qué sabes hacer?")).to_have_value(words)
    visit.person.presses("Seguir", "Cuándo puedes trabajar")


def test_what_was_taken_is_kept_no_longer(visits: Visits, served: ServedApp) -> None:
    visit = visits(PHONE, served.url)
    visit.person.goes("/")
    visit.person.writes("¿Qué sabes hacer?", "Coso a máquina")
    visit.person.presses("Seguir", "Cuándo puedes trabajar")
    visit.page.wait_for_function("() => !JSON.stringify({...sessionStorage}).includes('Coso')")

"""Somebody who acts for a partner gets a key, tries it out, and is told what happens, in a real browser."""

from __future__ import annotations

import re
from threading import Thread

import pytest
import requests
from playwright.sync_api import expect

from api.delivering.deliveries import Deliveries
from benchmarks.pages.devices import DESK
from tests.api.partners.web_receiver import Receiver, web_receiver
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp
from tests.api.signed_in import page_cookie
from tests.pages.axe import findings
from tests.pages.conftest import Visits
from tests.pages.visits import WAYS, Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

NO_SCRIPTS = "without scripts"
ALL_WAYS = WAYS | {NO_SCRIPTS: {"device": DESK, "java_script_enabled": False}}


@pytest.fixture(params=list(ALL_WAYS))
def visit(request: pytest.FixtureRequest, visits: Visits, served: ServedApp, real: RealThings) -> Visit:
    """Somebody who is logged in with two factors and acts for the partner; a job of somebody's fits."""
    assert real.employers_job
    cookie = page_cookie(served.services, real.developer)
    return visits(site=served.url, cookie=cookie, **ALL_WAYS[request.param])


def test_a_developer_gets_a_key_tries_and_is_told(
    visit: Visit, served: ServedApp, request: pytest.FixtureRequest
) -> None:
    reads_the_first_call(visit)
    key = makes_a_key(visit)
    assert requests.get(f"{served.url}/v1/jobs", headers={"Authorization": f"Bearer {key}"}, timeout=10).ok
    tries(visit)
    if request.node.callspec.params["visit"] != NO_SCRIPTS:  # axe is one, and never ends there
        assert findings(visit.page) == []
    sees_the_use(visit)
    with web_receiver([204], None, "127.0.0.1") as receiver:
        is_told(visit, served, receiver)


def reads_the_first_call(visit: Visit) -> None:
    """What everybody may read, and the way in."""
    visit.person.goes("/desarrolladores")
    visit.person.sees("Para desarrolladores")
    expect(visit.page.get_by_text("curl -s")).to_be_visible()
    visit.shows("desarrolladores")


def makes_a_key(visit: Visit) -> str:
    """It is shown once: who opens the list again sees its beginning."""
    person, page = visit.person, visit.page
    person.press(page.get_by_role("link", name="Claves", exact=True), page.get_by_role("heading", name="Claves de"))
    person.presses("Crear una clave", "Crear una clave", role="link")
    person.chooses("Publicar tus trabajos y leer sus postulaciones")
    person.presses("Crear la clave", "Cópiala ahora")
    key = page.locator("pre").inner_text().strip()
    assert re.fullmatch(r"chamba_[0-9a-f-]{36}_[\w-]+", key)
    person.press(page.get_by_role("link", name="Ya la copié"), page.get_by_role("heading", name="Claves de"))
    visit.shows("desarrolladores-claves")
    assert key not in page.content()
    return key


def tries(visit: Visit) -> None:
    """A question as an app puts it, with its answer."""
    person, page = visit.person, visit.page
    person.presses("Probar", "Probar", role="link")
    person.writes("Qué sabe hacer la persona", "Diseño logos y volantes para redes sociales")
    person.writes("Habilidades", "Photoshop")
    person.press(page.get_by_role("button", name="Pedir"), page.get_by_role("heading", name="Lo que se respondió"))
    expect(page.get_by_text("HTTP 200")).to_be_visible()
    visit.shows("desarrolladores-probar")


def sees_the_use(visit: Visit) -> None:
    """What was asked stands among the requests of today."""
    person, page = visit.person, visit.page
    person.press(page.get_by_role("link", name="Uso", exact=True), page.get_by_role("heading", name="Uso de"))
    visit.shows("desarrolladores-uso")


def is_told(visit: Visit, served: ServedApp, receiver: Receiver) -> None:
    """An address of theirs gets a signed event, once more when they ask for it, and then none."""
    person, page = visit.person, visit.page
    person.presses("Webhooks", "Webhooks", role="link")
    person.presses("Agregar un webhook", "Agregar un webhook", role="link")
    person.writes("Dirección de tu servidor", receiver.url)
    person.chooses("Un trabajo tuyo se cerró")
    person.presses("Agregar", "Cópialo ahora")
    person.presses("Ya lo copié", "Webhooks", role="link")
    person.presses(receiver.url, receiver.url, role="link")
    person.press(page.get_by_role("button", name="Enviar un aviso de prueba"), page.get_by_text("Espera", exact=True))
    send_due(served)
    page.reload()
    expect(page.get_by_text("Entregado", exact=True)).to_be_visible()
    visit.shows("desarrolladores-webhook")
    person.press(page.get_by_role("button", name="Enviar otra vez"), page.get_by_text("va en camino otra vez"))
    send_due(served)
    assert len(receiver.received) == 2
    person.presses("Quitar el webhook", "Webhooks")
    expect(page.get_by_text("Quitaste el webhook.")).to_be_visible()


def send_due(served: ServedApp) -> None:
    """What waits is sent; on a thread of its own, since the browser's asyncio runs on this one."""
    worker = Deliveries(served.services)
    thread = Thread(target=worker.send_due)
    thread.start()
    thread.join()
    worker.close()

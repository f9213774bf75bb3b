"""Somebody makes an account by her number alone, guards it, takes her data along and leaves, in a real browser."""

from __future__ import annotations

import re
from dataclasses import dataclass

import orjson
import pytest
from playwright.sync_api import Locator, expect

from api.accounts.pages.own_data import WORD
from api.web.cookies import Cookie
from benchmarks.pages.journey import PASSPHRASE
from store.notices.texts import NoticeGroup
from store.notices.unsubscribing import Unsubscription, unsubscribe_url
from store.notices.writing import Site
from store.people.accounts import find_account
from tests.api.served_app import ServedApp
from tests.api.signed_in import page_cookie
from tests.pages.authenticator_app import AuthenticatorApp
from tests.pages.axe import findings
from tests.pages.conftest import Visits
from tests.pages.device_lock import gives_a_lock, recognises
from tests.pages.mailbox import mailed_code, texted_code
from tests.pages.visits import WAYS, Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

ACCOUNT, SECURITY, SESSIONS = "Mi cuenta", "Seguridad de mi cuenta", "Dónde está abierta mi cuenta"
STEP_UP = "Confirma que eres tú"


@dataclass(frozen=True)
class Owner:
    """Whose account it is: a number, as its owner writes it, and an address that is added later."""

    number: str
    email: str


@pytest.fixture(params=list(WAYS))
def visit(request: pytest.FixtureRequest, visits: Visits, served: ServedApp) -> Visit:
    """Somebody with nothing yet."""
    return visits(site=served.named_url, **WAYS[request.param])


@pytest.fixture
def owner(request: pytest.FixtureRequest) -> Owner:
    """Somebody else on each way."""
    way = request.node.callspec.params["visit"]
    return Owner(f"987 654 32{list(WAYS).index(way)}", f"justina.{way}@correo.pe")


def test_an_account_is_made_guarded_taken_along_and_erased(visit: Visit, served: ServedApp, owner: Owner) -> None:
    signs_up_by_her_number(visit, served, owner)
    app = adds_an_app(visit, served)
    logs_out(visit)
    logs_in_by_two_factors(visit, owner, app)
    adds_a_passkey(visit)
    logs_out(visit)
    logs_in_by_the_passkey(visit)
    adds_an_address(visit, served, owner)
    ends_sessions(visit, served, owner)
    chooses_what_is_written_to_her(visit, served, owner)
    takes_her_data_along(visit, owner)
    erases_everything(visit)


def signs_up_by_her_number(visit: Visit, served: ServedApp, owner: Owner) -> None:
    """The first code does not come; another takes its place."""
    person, page = visit.person, visit.page
    person.goes("/")
    menu(visit, "Entrar", "Entrar")
    person.presses("Crear una cuenta", "Crear una cuenta", role="link")
    person.writes("Tu nombre", "Justina Mamani")
    person.writes("Celular o correo", owner.number)
    person.writes("Contraseña", PASSPHRASE)
    person.chooses("Recomendarme trabajos (hace falta)")
    assert findings(page) == []
    person.presses("Crear mi cuenta", "Escribe el código")
    expect(page.get_by_text("te llega un mensaje de texto")).to_be_visible()
    first = texted_code(served.services, digits(owner.number))
    person.presses("Enviar otro código", "Escribe el código")
    said(visit, "Te enviamos otro código. El de antes ya no vale.")
    visit.shows("cuenta-codigo")
    assert findings(page) == []
    second = texted_code(served.services, digits(owner.number))
    if first != second:
        person.writes("Código", first)
        with visit.watch.refusals(400, 401, 403, 422):
            person.press(page.get_by_role("button", name="Seguir"), page.get_by_role("alert"))
    person.writes("Código", second)
    person.press(page.get_by_role("button", name="Seguir"), page.get_by_role("link", name="Mi cuenta"))
    menu(visit, ACCOUNT, ACCOUNT)
    expect(page.get_by_text(owner.number).first).to_be_visible()
    visit.shows("cuenta")
    assert findings(page) == []


def adds_an_app(visit: Visit, served: ServedApp) -> AuthenticatorApp:
    """The key is what the page says; recovery codes stand there this once."""
    person, page = visit.person, visit.page
    person.presses("Seguridad: segundo paso y llaves de acceso", SECURITY, role="link")
    assert findings(page) == []
    person.presses("Agregar una aplicación de códigos", "Agregar una aplicación de códigos", role="link")
    person.presses("Ya la tengo: mostrar la clave", "La clave de tu aplicación")
    visit.shows("cuenta-aplicacion")
    assert findings(page) == []
    app = AuthenticatorApp(served, "".join(page.locator(".secret").inner_text().split()))
    person.writes("El código que muestra la aplicación", app.next_code())
    person.presses("Confirmar", "Tus códigos de recuperación")
    expect(page.locator(".codes li")).to_have_count(10)
    assert findings(page) == []
    person.presses("Ya los guardé", SECURITY, role="link")
    expect(page.get_by_text("Te quedan 10.")).to_be_visible()
    return app


def logs_out(visit: Visit) -> None:
    """Nothing of her is left in the browser."""
    menu(visit, ACCOUNT, ACCOUNT)
    button = visit.page.get_by_role("main").get_by_role("button", name="Salir de mi cuenta")
    visit.person.press(button, visit.page.get_by_text("Saliste. En este equipo no quedó nada tuyo."))
    assert [one for one in visit.page.context.cookies() if one["name"] == Cookie.SESSION] == []


def logs_in_by_two_factors(visit: Visit, owner: Owner, app: AuthenticatorApp) -> None:
    """Her number, her password, and the code of the moment."""
    person = visit.person
    menu(visit, "Entrar", "Entrar")
    person.writes("Celular o correo", f"+51 {owner.number}")
    person.writes("Contraseña", PASSPHRASE)
    person.presses("Entrar", "Segundo paso")
    expect(page_button(visit, "Usar mi llave de acceso")).to_have_count(0)  # she has none yet
    assert findings(visit.page) == []
    person.writes("Código", app.next_code())
    person.press(visit.page.get_by_role("button", name="Entrar", exact=True), menu_link(visit, ACCOUNT))


def adds_a_passkey(visit: Visit) -> None:
    """It stays in this device, under a name that she gives it; a finger of somebody else makes none."""
    person, page = visit.person, visit.page
    lock = gives_a_lock(visit)
    menu(visit, ACCOUNT, ACCOUNT)
    person.presses("Seguridad: segundo paso y llaves de acceso", SECURITY, role="link")
    person.presses("Agregar una llave de acceso", "Agregar una llave de acceso", role="link")
    person.writes("¿Cómo la llamas?", "Mi celular")
    recognises(visit, lock, is_owner=False)
    person.press(page.get_by_role("button", name="Crear la llave"), page.get_by_text("No se creó la llave."))
    recognises(visit, lock, is_owner=True)
    person.presses("Crear la llave", SECURITY)
    said(visit, "Agregaste una llave de acceso.")
    expect(page.get_by_role("heading", name="Mi celular")).to_be_visible()
    page.get_by_role("heading", name="Llaves de acceso").evaluate("one => one.scrollIntoView()")
    visit.shows("cuenta-llave")
    assert findings(page) == []


def logs_in_by_the_passkey(visit: Visit) -> None:
    """Without a password, by one press."""
    menu(visit, "Entrar", "Entrar")
    button = visit.page.get_by_role("button", name="Entrar con una llave de acceso")
    visit.person.press(button, menu_link(visit, ACCOUNT))
    menu(visit, ACCOUNT, ACCOUNT)


def adds_an_address(visit: Visit, served: ServedApp, owner: Owner) -> None:
    """An hour later she proves first who she is, by her passkey; the code of the mail makes the address hers."""
    person, page = visit.person, visit.page
    served.clock.move(hours=1)
    person.presses("Agregar un correo", STEP_UP, role="link")
    visit.shows("cuenta-confirmar")
    assert findings(page) == []
    person.presses("Confirmar con mi llave de acceso", "Agregar un correo")
    person.writes("Correo", owner.email)
    person.writes("Tu contraseña", PASSPHRASE)
    person.presses("Pedir el código", "Escribe el código")
    person.writes("Código", mailed_code(served.services, owner.email))
    person.presses("Seguir", "Segundo paso")
    said(visit, "El cambio ya vale. Por tu seguridad, muestra otra vez que eres tú.")
    person.presses("Usar mi llave de acceso", ACCOUNT)
    expect(page.get_by_text(owner.email)).to_be_visible()


def ends_sessions(visit: Visit, served: ServedApp, owner: Owner) -> None:
    """One elsewhere by its own button, then all others at once; this one goes on."""
    person, page = visit.person, visit.page
    account_id = account_of(served, owner)
    for _ in range(3):
        page_cookie(served.services, account_id)
    person.presses(SESSIONS, SESSIONS, role="link")
    visit.shows("cuenta-sesiones")
    assert findings(page) == []
    expect(page.get_by_role("button", name="Cerrar en este equipo")).to_have_count(3)
    person.press(page.get_by_role("button", name="Cerrar en este equipo").first, page.get_by_role("status"))
    said(visit, "Cerramos tu cuenta en ese equipo.")
    person.press(page.get_by_role("button", name="Cerrar en todos los demás equipos"), page.get_by_role("status"))
    said(visit, "Cerramos tu cuenta en todos los demás equipos.")
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
    person.presses("Volver a mi cuenta", ACCOUNT, role="link")


def chooses_what_is_written_to_her(visit: Visit, served: ServedApp, owner: Owner) -> None:
    """A group by text message; a mail's own address stops its kind, and says so."""
    person, page = visit.person, visit.page
    person.presses("Qué me escribe Chamba", "Qué me escribe Chamba", role="link")
    visit.shows("cuenta-avisos")
    assert findings(page) == []
    person.select(page.locator("select").first, "Por mensaje de texto")
    person.press(page.get_by_role("button", name="Guardar"), page.get_by_role("status"))
    said(visit, "Guardamos qué avisos quieres.")
    expect(page.locator("select").first.locator("option:checked")).to_have_text("Por mensaje de texto")
    wanted = Unsubscription(account_of(served, owner), NoticeGroup.MESSAGES)
    mailed = str(unsubscribe_url(served.services.cipher, wanted, Site(served.named_url)))
    person.goes(mailed.removeprefix(served.named_url))
    visit.shows("cuenta-no-mas-correos")
    assert findings(page) == []
    person.press(page.get_by_role("main").get_by_role("button"), page.get_by_role("status"))
    assert findings(page) == []
    person.presses("Elegir qué avisos quiero", "Qué me escribe Chamba", role="link")
    expect(page.locator(f"#{NoticeGroup.MESSAGES} option:checked")).to_have_text("No me lo envíen")
    person.presses("Volver a mi cuenta", ACCOUNT, role="link")


def takes_her_data_along(visit: Visit, owner: Owner) -> None:
    """One file with all of it, which another program can read."""
    person, page = visit.person, visit.page
    person.presses("Llevarme mis datos, o borrarlo todo", "Llevarme mis datos, o borrarlo todo", role="link")
    assert findings(page) == []
    person.presses("Pedir mi copia", "Mi copia de mis datos", role="link")
    assert findings(page) == []
    with page.expect_download() as downloading:
        person.presses("Bajar el archivo", "Mi copia de mis datos")
    assert downloading.value.suggested_filename == "mis-datos-chamba.json"
    account = orjson.loads(downloading.value.path().read_bytes())["account"]
    assert (account["name"], account["email"]) == ("Justina Mamani", owner.email)
    assert account["log_in_phone"] == f"+51{digits(owner.number)}"
    person.presses("Volver", "Llevarme mis datos, o borrarlo todo", role="link")


def erases_everything(visit: Visit) -> None:
    """To the last page, which says what to keep, and back to the beginning."""
    person, page = visit.person, visit.page
    person.presses("Ver qué se borra", "Borrar mi cuenta y mis datos", role="link")
    person.writes("Para estar seguros", WORD)
    person.writes("Tu contraseña", PASSPHRASE)
    person.presses("Borrar todo para siempre", "Constancia de borrado")
    visit.shows("cuenta-constancia")
    assert findings(page) == []
    person.press(page.get_by_role("link", name="Volver al inicio"), menu_link(visit, "Entrar"))


def menu(visit: Visit, words: str, heading: str) -> None:
    """Go somewhere by the menu of every page."""
    visit.person.press(menu_link(visit, words), visit.page.get_by_role("heading", level=1, name=heading, exact=True))


def menu_link(visit: Visit, words: str) -> Locator:
    """What the menu has."""
    return visit.page.get_by_role("navigation", name="Principal").get_by_role("link", name=words, exact=True)


def page_button(visit: Visit, words: str) -> Locator:
    """A button of the page that is open."""
    return visit.page.get_by_role("button", name=words, exact=True)


def said(visit: Visit, words: str) -> None:
    """The page says what was done."""
    expect(visit.page.get_by_role("status").filter(has_text=words)).to_be_visible()


def digits(number: str) -> str:
    """A number without its spaces."""
    return re.sub(r"\D", "", number)


def account_of(served: ServedApp, owner: Owner) -> str:
    """The id of her account."""
    found = served.services.read(lambda connection: find_account(connection, served.services.cipher, owner.email))
    assert found is not None
    return found

"""A shop owner finds somebody by pages alone, in a real browser: with a thumb on a slow phone, at a desk, by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from benchmarks.pages.devices import DESK
from benchmarks.pages.journey import PASSPHRASE
from tests.api.real_things import RealThings, another_ruc
from tests.api.served_app import ServedApp
from tests.pages.axe import findings
from tests.pages.keyboard import Keyboard
from tests.pages.mailbox import mailed_code
from tests.pages.people_beside import PeopleBeside
from tests.pages.visits import Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

SHOP, TITLE = "Telas Wari", "Diseño de volantes para tienda de telas"
BOARD, ADS, MINE = "Postulaciones", "Mis avisos", "Mis empresas"
FILE = "Avisos desde un archivo"
SHEET_TITLES = ("Vendedora o vendedor de telas", "Cortadora o cortador de telas")
SHEET = (
    "Puesto;Horario;Sueldo;Modalidad",
    f"{SHEET_TITLES[0]};sábado de 9 am a 6 pm;80 al día;En la tienda",
    ";lunes a viernes de 2 pm a 6 pm;S/ 10 por hora;En el taller",
)
WHAT = "Volantes y fotos de telas para redes sociales, con Photoshop."
UNLAWFUL = f"{WHAT} Señoritas de 18 a 25 años."


@pytest.fixture
def email(request: pytest.FixtureRequest) -> str:
    """Her address, another on each way."""
    return f"gladys.{request.node.callspec.params['visit']}@correo.pe"


@pytest.fixture
def beside(real: RealThings) -> PeopleBeside:
    """Everybody else."""
    return PeopleBeside(real)


@pytest.fixture
def rosa(beside: PeopleBeside) -> Iterator[str]:
    """The only one who may be found."""
    account_id = beside.seeker("Rosa Quispe", is_findable=True)
    yield account_id
    beside.wants_to_be_found_no_more(account_id)


def test_a_shop_owner_finds_somebody_for_her_evenings(
    visit: Visit, served: ServedApp, beside: PeopleBeside, rosa: str, email: str
) -> None:
    gets_an_account(visit, served, email)
    employer_id = registers(visit)
    posts_an_ad(visit)
    is_verified(visit, beside, employer_id)
    invites(visit)
    beside.accepts_the_invitation(rosa)
    beside.applies(beside.seeker("Luz Mamani"), job_of_page(visit), "Vendo telas y diseño mis propios volantes.")
    beside.applies(beside.seeker("Hugo Ccori"), job_of_page(visit), "Aprendo rápido.")
    keeps_a_message(visit)
    moves_two_along(visit)
    answers_one(visit)
    hires(visit)
    brings_ads_of_a_file(visit)
    changes_and_closes_the_ad(visit)


def gets_an_account(visit: Visit, served: ServedApp, email: str) -> None:
    """By mail, from the page for employers."""
    person = visit.person
    person.goes("/empresas")
    visit.shows("empresas-1-inicio")
    is_open_to_all(visit)
    person.presses("Crear una cuenta de empresa", "Crear una cuenta", role="link")
    person.writes("Tu nombre", "Gladys Huamán")
    person.writes("Correo", email)
    person.writes("Contraseña", PASSPHRASE)
    person.presses("Crear mi cuenta", "Escribe el código")
    person.writes("Código", mailed_code(served.services, email))
    person.presses("Seguir", MINE)


def registers(visit: Visit) -> str:
    """A digit is wrong at first; what else was typed stays. The organisation's id."""
    person, page, tax_id = visit.person, visit.page, another_ruc()
    person.presses("Registrar mi empresa", "Registrar mi empresa", role="link")
    person.writes("Nombre", SHOP)
    person.writes("Tu contacto", "987 111 222")
    person.writes("Qué hace la empresa", "Vendemos telas en Gamarra.")
    person.writes("RUC", f"{tax_id[:-1]}{(int(tax_id[-1]) + 1) % 10}")
    expect(page.get_by_text("Ese RUC no está bien")).to_be_visible()  # while she types
    with visit.watch.refusals(422):
        person.presses("Registrar", "Registrar mi empresa")
    expect(page.get_by_text("Ese RUC no está bien")).to_be_visible()
    visit.shows("empresas-2-ruc")
    is_open_to_all(visit, in_a_hand=True)
    expect(page.get_by_label("Nombre")).to_have_value(SHOP)
    expect(page.get_by_label("Tu contacto")).to_have_value("987 111 222")
    expect(page.get_by_label("Qué hace la empresa")).to_have_value("Vendemos telas en Gamarra.")
    person.writes("RUC", tax_id)
    expect(page.get_by_text("Está bien escrito.")).to_be_visible()
    person.presses("Registrar", SHOP)
    said(visit, "Listo: tu empresa está registrada.")
    is_open_to_all(visit)
    return page.url.rpartition("/")[2]


def posts_an_ad(visit: Visit) -> None:
    """The preview follows her; what the law forbids is said before it is posted, and mended."""
    person, page = visit.person, visit.page
    person.presses("Publicar un trabajo", "Publicar un trabajo", role="link")
    person.writes("Qué trabajo es", TITLE)
    person.writes("Qué se hace", UNLAWFUL)
    person.press(page.get_by_role("button", name="Noches, de 7 a 10"), page.locator("table.grid"))
    expect(page.get_by_label("viernes 21:00")).to_be_checked()
    person.writes("Pago en soles", "1,200")
    person.chooses("Desde su casa")
    person.writes("Qué tiene que saber usar", "Photoshop")
    expect(page.get_by_text("Quita la edad")).to_be_visible()  # while she types
    expect(page.get_by_role("heading", name="Quién podría hacerlo")).to_be_visible()
    is_open_to_all(visit)
    person.presses("Publicar", "Publicar un trabajo")
    expect(page.get_by_role("button", name="Publicar así")).to_be_visible()
    visit.shows("empresas-3-advertencias")
    person.writes("Qué se hace", WHAT)
    person.presses("Ver cómo queda", "Publicar un trabajo")
    shown = page.locator("#vista")
    expect(shown.get_by_text("S/ 1,200")).to_be_visible()
    shown.scroll_into_view_if_needed()
    visit.shows("empresas-4-vista")
    visit.shows("empresas-4-vista-escritorio", is_wide=True)
    is_open_to_all(visit, in_a_hand=True)
    person.presses("Publicar", TITLE)
    said(visit, "Guardamos tu aviso. Una persona lo mira antes de que se muestre.")


def is_verified(visit: Visit, beside: PeopleBeside, employer_id: str) -> None:
    """Somebody of Chamba looked at the shop: the ad is shown."""
    beside.verifies(employer_id)
    visit.page.reload()
    expect(visit.page.get_by_text("Se muestra", exact=True)).to_be_visible()
    visit.shows("empresas-5-aviso")


def invites(visit: Visit) -> None:
    """Somebody who agreed to be found, with why, and without a name."""
    person, page = visit.person, visit.page
    person.presses("Ver a quién puedes invitar", "A quién puedes invitar", role="link")
    expect(page.get_by_text("Tiene libres las 15 horas que pide el aviso")).to_be_visible()
    assert "Rosa" not in page.content()
    visit.shows("empresas-6-personas")
    is_open_to_all(visit)
    send = page.get_by_role("button", name="Enviar la invitación")
    person.press(page.locator("summary", has_text="Invitar"), send)
    person.writes("Unas palabras para esta persona", "Nos gustó lo que haces.")
    person.press(send, page.get_by_role("status"))
    said(visit, "Le avisamos. Verás su nombre y sus datos solo si acepta.")
    person.presses("Invitaciones enviadas", "Invitaciones enviadas", role="link")
    expect(page.get_by_text("Todavía no responde")).to_be_visible()
    is_open_to_all(visit)
    person.presses(TITLE, TITLE, role="link")


def keeps_a_message(visit: Visit) -> None:
    """Words that she sends often."""
    person = visit.person
    person.presses("Mensajes guardados", "Mensajes guardados", role="link")
    person.writes("Cómo se llama", "Cita")
    person.writes("Qué dice", "Hola, {nombre}. ¿Hablamos de «{aviso}» el jueves a las 8?")
    person.presses("Guardar", "Mensajes guardados")
    said(visit, "Guardamos el mensaje.")
    visit.shows("empresas-7-mensajes")
    is_open_to_all(visit)


def moves_two_along(visit: Visit) -> None:
    """Everybody by stage, with names and how they fit; two of them come to an interview, with her kept words."""
    person, page = visit.person, visit.page
    person.presses("Postulaciones", BOARD, role="link")
    for name in ("Rosa Quispe", "Luz Mamani", "Hugo Ccori"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    assert page.get_by_text("de 100").count() == 3
    visit.shows("empresas-8-postulaciones")
    is_open_to_all(visit)
    for name in ("Rosa Quispe", "Luz Mamani"):
        person.chooses(f"Marcar {name}")
    person.chooses("Invitar a una entrevista")
    page.get_by_label("Mensaje guardado").select_option("Cita")
    person.press(page.get_by_role("button", name="Mover las marcadas"), page.get_by_role("status"))
    said(visit, "Movimos 2 postulaciones. Les avisamos por correo.")
    visit.shows("empresas-8-postulaciones-escritorio", is_wide=True)
    is_open_to_all(visit, in_a_hand=True)


def answers_one(visit: Visit) -> None:
    """Who does not go on is told why: without a reason it is not done."""
    person, page = visit.person, visit.page
    person.presses("Hugo Ccori", "Hugo Ccori", role="link")
    expect(page.get_by_text("Aprendo rápido.")).to_be_visible()
    visit.shows("empresas-9-postulacion")
    is_open_to_all(visit)
    person.chooses("Decirle que no sigue")
    with visit.watch.refusals(422):
        person.presses("Guardar y avisarle", "Hugo Ccori")
    expect(page.get_by_text("Escribe la razón: la persona la va a leer.")).to_be_visible()
    is_open_to_all(visit, in_a_hand=True)
    person.writes("La razón", "Buscamos a alguien que ya haya diseñado para tiendas.")
    person.presses("Guardar y avisarle", "Hugo Ccori")
    said(visit, "Le avisamos con la razón que escribiste.")


def hires(visit: Visit) -> None:
    """A question, an offer, and then the work is Rosa's."""
    person, page = visit.person, visit.page
    person.presses("Postulaciones", BOARD, role="link")
    person.presses("Rosa Quispe", "Rosa Quispe", role="link")
    expect(
        page.get_by_text("¿Hablamos de «Diseño de volantes para tienda de telas» el jueves a las 8?")
    ).to_be_visible()
    person.writes("Escríbele", "¿Tienes un volante que nos muestres?")
    person.presses("Enviar", "Rosa Quispe")
    said(visit, "Mensaje enviado.")
    for step, reason in (("Hacerle una oferta", "Tus volantes son claros."), ("Contratar", "Empiezas el lunes.")):
        person.chooses(step)
        person.writes("La razón", reason)
        person.presses("Guardar y avisarle", "Rosa Quispe")
    said(visit, "Listo: contratación hecha. Le avisamos por correo.")
    expect(page.get_by_text("Empiezas el lunes.")).to_be_visible()
    is_open_to_all(visit)


def brings_ads_of_a_file(visit: Visit) -> None:
    """Of her spreadsheet, where one row does not say which job it is: it is mended in place, and posted after."""
    person, page = visit.person, visit.page
    person.presses(ADS, ADS, role="link")
    person.presses("Desde un archivo", FILE, role="link")
    is_open_to_all(visit)
    content = "\n".join(SHEET).encode("cp1252")
    page.get_by_label("Tu archivo CSV").set_input_files(
        {"name": "avisos.csv", "mimeType": "text/csv", "buffer": content}
    )
    person.press(page.get_by_role("button", name="Leer mi archivo"), page.get_by_text("Fila 3: no se puede publicar"))
    expect(page.get_by_text("No dice qué trabajo es.")).to_be_visible()
    visit.shows("empresas-11-archivo")
    is_open_to_all(visit, in_a_hand=True)
    posts = page.get_by_role("button", name="Publicar los marcados")
    person.press(posts, page.get_by_role("link", name=SHEET_TITLES[0]))
    expect(page.get_by_text("Quedan estas filas")).to_be_visible()
    is_open_to_all(visit)
    mends = page.get_by_role("button", name="Leer la tabla corregida")
    person.press(page.locator("summary", has_text="Corregir la tabla aquí"), mends)
    person.writes("Tu tabla", f"{SHEET[0]}\n{SHEET_TITLES[1]}{SHEET[2]}")
    person.press(mends, page.get_by_label(SHEET_TITLES[1]))
    person.press(posts, page.get_by_role("link", name=SHEET_TITLES[1]))


def changes_and_closes_the_ad(visit: Visit) -> None:
    """Other hours from now on; then nobody else is looked for."""
    person, page = visit.person, visit.page
    person.presses(ADS, ADS, role="link")
    visit.shows("empresas-10-mis-avisos")
    is_open_to_all(visit)
    person.presses(TITLE, TITLE, role="link")
    person.presses("Cambiar el aviso", "Cambiar el aviso", role="link")
    expect(page.get_by_label("lunes 19:00")).to_be_checked()
    person.writes("Pago en soles", "1,300")
    person.presses("Guardar", TITLE)
    said(visit, "Listo: tu aviso ya se muestra.")
    expect(page.get_by_text("1,300")).to_be_visible()
    person.presses("Cerrar el aviso", TITLE)
    said(visit, "Cerramos el aviso: ya no se muestra. Las postulaciones siguen aquí.")
    is_open_to_all(visit)


def job_of_page(visit: Visit) -> str:
    """The id of the ad that is open."""
    found = re.search(r"/trabajos/([^/?#]+)", visit.page.url)
    assert found is not None
    return found[1]


def said(visit: Visit, words: str) -> None:
    """The page says what was done."""
    expect(visit.page.get_by_role("status").filter(has_text=words)).to_be_visible()


def is_open_to_all(visit: Visit, *, in_a_hand: bool = False) -> None:
    """Nothing keeps anybody out of what the page shows now.

    Every page as it is opened is looked at elsewhere, on a phone too; here, at a desk what a story makes of it, and on
    a phone where that is `in_a_hand`.
    """
    is_looked_at = visit.device == DESK.name or in_a_hand
    if is_looked_at and not isinstance(visit.person, Keyboard):
        assert findings(visit.page) == []

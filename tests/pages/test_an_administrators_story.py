"""Somebody on duty, in a real browser: from a log-in by two factors to the log of what was done."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from store.people.accounts import Role
from tests.api.real_things import RealThings
from tests.pages.axe import findings
from tests.pages.before_duty import (
    PLACES,
    SCAM_QUOTE,
    Known,
    Staff,
    Workshop,
    contested_answer,
    false_ad,
    known_person,
    logs_in,
    shown_ad,
    staff,
)
from tests.pages.visits import Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

WAITS, LOG = "Lo que espera", "Registro de lo que se hizo"
VERIFIED, TAKEN_DOWN = "El RUC está activo y contestaron en su teléfono", "Cobra el kit antes de empezar"


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """What this way's things are called by: all three are in one app."""
    return PLACES[request.node.callspec.params["visit"]]


def test_somebody_on_duty_decides_and_reads_what_was_done(visit: Visit, real: RealThings, name: str) -> None:
    ana = staff(real, f"ana.{name.lower()}@chamba.pe", Role.ADMINISTRATOR)
    workshop, doubt = false_ad(real, name), contested_answer(real, "No sale nada de bordado")
    title = f"Ordenar fotos por color {name}"
    shop, known = shown_ad(real, title, name), known_person(real)
    logs_in(visit, ana, WAITS)
    reads_what_waits(visit)
    decides_an_organisation(visit, workshop)
    decides_an_ad(visit, workshop)
    decides_an_answer(visit, doubt)
    takes_down_and_puts_back(visit, title)
    suspends_and_restores(visit, real, shop)
    finds_accounts(visit, known)
    proves_again(visit, real, ana, known)
    reads_the_log(visit)


def reads_what_waits(visit: Visit) -> None:
    """How much of each kind, what is broken, and how the weeks went."""
    page = visit.page
    expect(page.get_by_text("Todo llega: correos, avisos a otras aplicaciones y fuentes.")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Casos que llegaron")).to_be_visible()
    visit.shows("guardia-1-resumen")
    visit.shows("guardia-resumen-escritorio", is_wide=True)
    assert findings(page) == []


def decides_an_organisation(visit: Visit, workshop: Workshop) -> None:
    """The queue says whose each case is and since when; the oldest is opened, and decided with what it shows."""
    person, page = visit.person, visit.page
    person.presses("Ver los que nadie tiene", "Casos", role="link")
    row = page.get_by_role("row").filter(has_text=workshop.ad)
    expect(row).to_contain_text(f"«{SCAM_QUOTE}»")
    expect(row).to_contain_text("menos de una hora")
    expect(page.get_by_role("row").filter(has_text="Reclamo por una respuesta")).to_contain_text("«No sale nada")
    visit.shows("guardia-2-casos")
    assert findings(page) == []
    person.presses(workshop.name, "Organización por verificar", role="link")
    expect(page.get_by_text(f"{workshop.tax_id} · su dígito es correcto")).to_be_visible()
    expect(page.get_by_text(workshop.contact)).to_be_visible()
    person.presses("Tomarlo", "Organización por verificar")
    said(visit, "El caso es tuyo.")
    decides(visit, "Verificar la organización", VERIFIED)


def decides_an_ad(visit: Visit, workshop: Workshop) -> None:
    """The next of the queue: the ad with its words marked, its sign in a sentence, whose it is, what was decided."""
    person, page = visit.person, visit.page
    said(visit, "Decidido. Este es el siguiente.")
    person.sees("Aviso publicado aquí")
    expect(page.get_by_role("heading", name=workshop.ad)).to_be_visible()
    expect(page.locator("mark")).to_have_text(SCAM_QUOTE)
    expect(page.get_by_text("S/ 12 por hora")).to_be_visible()
    expect(page.locator("li").filter(has_text="Pide dinero para postular o empezar")).to_contain_text(SCAM_QUOTE)
    expect(page.get_by_text(workshop.tax_id)).to_be_visible()
    expect(page.get_by_text(VERIFIED)).to_be_visible()
    visit.shows("guardia-3-aviso")
    assert findings(page) == []
    person.writes("Una nota para las demás personas de turno", "Llamé: dicen que el kit se devuelve")
    person.presses("Anotar", "Aviso publicado aquí")
    said(visit, "Anotado.")
    decides(visit, "Retirar el aviso", TAKEN_DOWN)


def decides_an_answer(visit: Visit, words: str) -> None:
    """An answer as it was given, then the same given again beside it, without leaving the page."""
    person, page = visit.person, visit.page
    person.sees("Reclamo por una respuesta")
    expect(page.get_by_role("blockquote")).to_have_text(words)
    person.press(page.locator("summary", has_text="El perfil y lo que se preguntó"), page.get_by_text("Photoshop"))
    expect(page.get_by_text("español (lengua materna)")).to_be_visible()
    again = page.get_by_role("link", name="Darla otra vez y compararla")
    person.press(again, page.get_by_text("Dada otra vez con las mismas versiones, es idéntica."))
    visit.shows("guardia-4-respuesta")
    assert findings(page) == []
    decides(visit, "La respuesta era correcta", "Su perfil dice diseño; que agregue bordado")


def takes_down_and_puts_back(visit: Visit, title: str) -> None:
    """An ad that nobody reported, found by two of its words; who takes it down is asked why."""
    person, page = visit.person, visit.page
    person.presses("Avisos", "Avisos", role="link")
    finds_ads(visit, f"FOTOS cólor {title.split()[-1]}")
    person.presses(title, title, role="link")
    visit.shows("guardia-5-retirar")
    for button, said_then, why in (
        ("Retirar el aviso", "El aviso quedó retirado.", "Lo que decía ya no es cierto"),
        ("Devolver el aviso", "El aviso vuelve a mostrarse.", "Su dueño lo corrigió"),
    ):
        selects(visit, "Causa", "Promete lo que no es")
        gives(visit, why)
        person.presses(button, title)
        said(visit, said_then)
        expect(page.get_by_role("cell").filter(has_text=why)).to_be_visible()


def finds_ads(visit: Visit, words: str) -> None:
    """By the field on the page of ads."""
    page = visit.page
    visit.person.write(page.get_by_role("searchbox"), words)
    visit.person.press(page.get_by_role("button", name="Buscar"), page.get_by_role("table"))


def suspends_and_restores(visit: Visit, real: RealThings, shop: Workshop) -> None:
    """An organisation found by its RUC: its ads go with it, and come back with it."""
    person, page = visit.person, visit.page
    person.presses("Organizaciones", "Organizaciones", role="link")
    person.writes("O su RUC", shop.tax_id)
    person.presses("Buscar por RUC", shop.name)
    for button, said_then, shown in (
        ("Suspender la organización y sus avisos", "Suspendida: sus avisos ya no se muestran.", False),
        ("Restaurar la organización", "Restaurada: sus avisos abiertos se muestran otra vez.", True),
    ):
        selects(visit, "Motivo", "Fue un error" if shown else "Fraude")
        person.presses(button, shop.name)
        said(visit, said_then)
        assert real.services.records.get_job(shop.job_id).is_open is shown
    assert findings(page) == []


def finds_accounts(visit: Visit, known: Known) -> None:
    """By whatever somebody on the telephone says of themselves."""
    person, page = visit.person, visit.page
    for value in (known.email.upper(), f"{known.phone[3:6]} {known.phone[6:]}", known.national_id, known.account_id):
        person.presses("Cuentas", "Cuentas", role="link")
        person.writes("Su correo, su celular, su DNI o el código de su cuenta", value)
        person.presses("Buscar la cuenta", "Una cuenta")
        assert page.url.endswith(known.account_id)
    visit.shows("guardia-6-cuenta")
    assert findings(page) == []


def proves_again(visit: Visit, real: RealThings, ana: Staff, known: Known) -> None:
    """What she opened long ago asks for her app's code before it takes anything; then it is done."""
    person, page = visit.person, visit.page
    real.served.clock.move(minutes=20)
    page.reload()
    person.presses("Confirma que eres tú para poder cambiarlo", "Confirma que eres tú", role="link")
    visit.shows("guardia-7-confirmar")
    assert findings(page) == []
    person.writes("Código de tu aplicación, o uno de recuperación", ana.app.next_code())
    person.presses("Confirmar", "Una cuenta")
    assert page.url.endswith(known.account_id)
    selects(visit, "Motivo", "Maltrato o mal uso")
    person.presses("Suspender la cuenta", "Una cuenta")
    said(visit, "La cuenta quedó suspendida y sus sesiones, cerradas.")


def reads_the_log(visit: Visit) -> None:
    """The newest first, in words; one kind of act alone, of one day; and whether anybody touched it."""
    person, page = visit.person, visit.page
    person.presses("Registro", LOG, role="link")
    first = page.get_by_role("row").nth(1)
    expect(first).to_contain_text("Suspendió una cuenta")
    expect(first).to_contain_text("motivo: Maltrato o mal uso")
    assert not re.search(r"[a-z]_[a-z]", page.get_by_role("table").inner_text())
    visit.shows("guardia-8-registro")
    assert findings(page) == []
    person.press(page.locator("summary", has_text="Buscar en el registro"), page.get_by_label("Desde el día"))
    selects(visit, "Qué", "Retiró un aviso")
    person.write(page.get_by_label("Desde el día"), "2026-11-25")
    person.press(page.get_by_role("button", name="Buscar"), page.get_by_text("causa: Promete lo que no es"))
    expect(page.get_by_role("row")).not_to_contain_text(["Suspendió una cuenta"])
    person.presses("Comprobar que nadie lo tocó", "¿Alguien tocó el registro?", role="link")
    expect(page.get_by_text("Está completa: nadie cambió ni quitó nada")).to_be_visible()


def decides(visit: Visit, decision: str, reason: str) -> None:
    """The decision whose words begin so, with a reason."""
    person, page = visit.person, visit.page
    person.choose(page.get_by_role("radio", name=re.compile(f"^{decision}")))
    gives(visit, reason)
    person.press(page.get_by_role("button", name="Decidir y ver el siguiente"), page.get_by_text("Decidido."))


def gives(visit: Visit, reason: str) -> None:
    """A reason, in one's own words."""
    visit.person.write(visit.page.get_by_role("textbox", name="Motivo", exact=True), reason)


def selects(visit: Visit, label: str, words: str) -> None:
    """Choose one of a list by its words."""
    visit.person.select(visit.page.get_by_label(label, exact=True), words)


def said(visit: Visit, words: str) -> None:
    """The page says what was done."""
    expect(visit.page.get_by_role("status").filter(has_text=words)).to_be_visible()

"""Whoever runs a programme, in a real browser: rules tried, published and withdrawn, and what people contest."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from store.people.accounts import Role
from tests.api.real_things import RealThings
from tests.pages.axe import findings
from tests.pages.before_duty import PLACES, Staff, contested_screening, logs_in, programme, staff
from tests.pages.visits import Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

TODAY, LATER = "2026-11-25", "2027-01-15"
BORN = "Nací en 1992, no en 2012"
ANSWER, REQUESTS = "Una respuesta del programa", "Pedidos que esperan"


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """What this way's programme is called: all three are in one app."""
    return f"Conectados {PLACES[request.node.callspec.params['visit']]}"


def test_whoever_runs_a_programme_publishes_rules_and_decides(visit: Visit, real: RealThings, name: str) -> None:
    nora = staff(real, f"nora.{name.split()[-1].lower()}@ministerio.example", Role.OFFICER)
    programme_id = programme(real, nora, name)
    logs_in(visit, nora, "Los programas que llevas")
    publishes_rules(visit, name)
    email = contested_screening(real, programme_id, "Rosa Ccori", BORN)
    contested_screening(real, programme_id, "Elmer Huanca", "Soy mayor de edad")
    decides(visit, name)
    sees_who_may_enter(visit, name, email)
    withdraws_rules(visit, name)
    proves_again(visit, real, nora)


def publishes_rules(visit: Visit, name: str) -> None:
    """By fields; who would pass is seen before anything holds."""
    person, page = visit.person, visit.page
    expect(page.get_by_text("sin reglas que valgan hoy")).to_be_visible()
    visit.shows("programa-1-mis-programas")
    assert findings(page) == []
    person.presses(name, name, role="link")
    person.presses("Escribir reglas nuevas", f"Reglas nuevas de {name}", role="link")
    person.writes("Valen desde el día", TODAY)
    person.writes("Edad mínima", "18")
    visit.shows("programa-2-reglas")
    assert findings(page) == []
    person.press(
        page.get_by_role("button", name="Probarlas sin publicar"), page.get_by_text("Lo que pasaría con ellas")
    )
    expect(page.get_by_role("rowheader", name="Todas las personas")).to_be_visible()
    visit.shows("programa-3-probar")
    assert findings(page) == []
    person.presses("Publicar las reglas", name)
    said(visit, "Publicadas: valen desde su día.")
    expect(page.get_by_text("18 años o más")).to_be_visible()
    expect(page.get_by_text("desde el 25 de noviembre de 2026")).to_be_visible()


def decides(visit: Visit, name: str) -> None:
    """One after the other: what the rules said, what the person says, and a reason that she reads."""
    person, page = visit.person, visit.page
    visit.page.reload()
    visit.shows("programa-4-programa")
    assert findings(page) == []
    person.presses(REQUESTS, REQUESTS, role="link")
    expect(page.get_by_role("blockquote").first).to_have_text(BORN)
    visit.shows("programa-5-pedidos")
    assert findings(page) == []
    person.press(page.get_by_role("link", name="Pedido del 25 de noviembre").first, heading(visit, ANSWER))
    expect(page.get_by_role("blockquote")).to_have_text(BORN)
    expect(page.get_by_text("No puede entrar").first).to_be_visible()
    assert "2012" not in page.get_by_role("main").inner_text().replace(BORN, "")
    person.chooses("Puede entrar, aunque las reglas digan otra cosa")
    person.writes("Motivo", "Trajo su DNI: tiene la edad")
    visit.shows("programa-6-decidir")
    assert findings(page) == []
    person.press(page.get_by_role("button", name="Decidir y ver el siguiente"), page.get_by_text("Soy mayor de edad"))
    said(visit, "Decidido. Este es el siguiente.")
    person.presses("Volver a los pedidos", REQUESTS, role="link")
    person.presses("Volver al programa", name, role="link")


def sees_who_may_enter(visit: Visit, name: str, email: str) -> None:
    """Those who agreed to be known, with name and contact; what was decided of one is a press away."""
    person, page = visit.person, visit.page
    person.presses("Quién puede entrar", f"Quién puede entrar a {name}", role="link")
    expect(page.get_by_text(email)).to_be_visible()
    visit.shows("programa-7-personas")
    assert findings(page) == []
    person.presses("Rosa Ccori", ANSWER, role="link")
    expect(page.get_by_text("Trajo su DNI: tiene la edad")).to_be_visible()
    person.presses("Volver al programa", name, role="link")


def withdraws_rules(visit: Visit, name: str) -> None:
    """The next rules begin as the last ones were; before their day they are taken back."""
    person, page = visit.person, visit.page
    person.presses("Escribir reglas nuevas", f"Reglas nuevas de {name}", role="link")
    expect(page.get_by_label("Edad mínima")).to_have_value("18")
    person.writes("Valen desde el día", LATER)
    person.writes("Edad mínima", "21")
    person.presses("Publicar las reglas", name)
    expect(page.get_by_text("21 años o más")).to_be_visible()
    person.presses("Retirarlas antes de su día", name)
    said(visit, "Retiradas: no llegaron a valer.")
    expect(page.get_by_text("21 años o más")).to_have_count(0)


def proves_again(visit: Visit, real: RealThings, nora: Staff) -> None:
    """After a while a request asks first for the code of her app, so that no reason is typed in vain."""
    person, page = visit.person, visit.page
    real.served.clock.move(minutes=20)
    person.presses(REQUESTS, REQUESTS, role="link")
    request = page.get_by_role("link", name="Pedido del 25 de noviembre")
    person.press(request, heading(visit, "Confirma que eres tú"))
    person.writes("Código de tu aplicación, o uno de recuperación", nora.app.next_code())
    person.presses("Confirmar", ANSWER)
    person.chooses("No puede entrar")
    person.writes("Motivo", "Todavía no cumple 18")
    person.presses("Decidir y ver el siguiente", REQUESTS)
    said(visit, "Decidido. No queda ninguno.")
    expect(page.get_by_text("No espera ninguno.")).to_be_visible()


def heading(visit: Visit, name: str) -> Any:
    """That of a page."""
    return visit.page.get_by_role("heading", level=1, name=name, exact=True)


def said(visit: Visit, words: str) -> None:
    """The page says what was done."""
    expect(visit.page.get_by_role("status").filter(has_text=words)).to_be_visible()

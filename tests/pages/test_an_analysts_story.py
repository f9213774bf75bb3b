"""Somebody at a ministry studies the market: takes the data, opens every question, and takes tables along."""

from __future__ import annotations

import csv
import io
import shutil

import pytest
from playwright.sync_api import Locator, Page, expect

from api.analysts.pages.topics import TOPICS
from sample.world import World
from store.analytics.rows import lima_day
from store.people.accounts import NewAccount, Role, create_account
from tests.api.real_things import PASSWORD, RealThings, hashed_password
from tests.api.served_app import ServedApp
from tests.api.web.market import fill
from tests.pages.authenticator_app import AuthenticatorApp
from tests.pages.axe import findings
from tests.pages.conftest import Visits
from tests.pages.visits import WAYS, Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

TAKES_MS = 30_000
USAGE = TOPICS["uso"].title
# What an axe run on each page would cost is spared: `test_accessibility.py` has every page.
# A question, how its picture is called, and whether it is of a desk.
PICTURED = {
    "uso": ("analisis-uso", False),
    "horas": ("analisis-horas-escritorio", True),
    "que-se-abriria": ("analisis-que-se-abriria-escritorio", True),
}


@pytest.fixture(scope="module")
def market(served: ServedApp, tiny_world: World) -> ServedApp:
    """The app with people, jobs, and what they saw and did; a programme, which some agreed to be counted for."""
    fill(served.services, tiny_world)
    real = RealThings(served)
    adds_a_programme(served, real)
    for number in range(12):
        details = {"birth_date": "1990-05-01" if number < 7 else "2012-05-01", "region": "Puno"}
        served.ask("PUT", "/v1/me/private-details", real.headers(real.leaver), details)
    return served


@pytest.fixture(params=list(WAYS))
def visit(request: pytest.FixtureRequest, visits: Visits, market: ServedApp) -> Visit:
    """Somebody who is not logged in, where no data were taken yet."""
    shutil.rmtree(market.services.settings.analytics, ignore_errors=True)
    return visits(site=market.url, **WAYS[request.param])


@pytest.fixture
def email(request: pytest.FixtureRequest) -> str:
    """The analyst's address, another on each way."""
    return f"lucia.{request.node.callspec.params['visit']}@ministerio.example"


def test_an_analyst_takes_the_data_asks_and_takes_tables_along(visit: Visit, market: ServedApp, email: str) -> None:
    logs_in(visit, market, email)
    takes_the_data(visit)
    opens_every_question(visit)
    takes_a_table_along(visit)
    asks_of_a_period_and_a_group(visit)
    looks_for_a_skill(visit)
    tries_rules(visit)


def logs_in(visit: Visit, market: ServedApp, email: str) -> None:
    """By password and the code of an app; the way to the questions stands in the menu."""
    person, page = visit.person, visit.page
    app = AuthenticatorApp.of(market, analyst(market, email))
    person.goes("/")
    menu = page.get_by_role("navigation", name="Principal")
    person.press(menu.get_by_role("link", name="Entrar"), page.get_by_role("heading", level=1, name="Entrar"))
    person.writes("Celular o correo", email)
    person.writes("Contraseña", PASSWORD)
    person.presses("Entrar", "Segundo paso")
    person.writes("Código", app.next_code())
    person.press(page.get_by_role("button", name="Entrar", exact=True), menu.get_by_role("link", name="Análisis"))
    person.press(menu.get_by_role("link", name="Análisis"), page.get_by_role("heading", level=1, name="Análisis"))


def takes_the_data(visit: Visit) -> None:
    """Nothing can be asked before; the page says when they are there."""
    person, page = visit.person, visit.page
    expect(page.get_by_text("Todavía no hay datos")).to_be_visible()
    person.presses("Tomar los datos de ahora", "Análisis")
    expect(page.get_by_text("La última toma tardó")).to_be_visible(timeout=TAKES_MS)
    expect(page.get_by_text("que se tomó hoy")).to_be_visible()
    visit.shows("analisis")
    assert findings(page) == []


def opens_every_question(visit: Visit) -> None:
    """Each has a plot, a table, its files, and what has to be said of it."""
    person, page = visit.person, visit.page
    for name, topic in TOPICS.items():
        person.presses(topic.title, topic.title, role="link")
        expect(page.locator("figure svg").first).to_be_visible()
        expect(page.get_by_role("table")).to_be_visible()
        expect(page.get_by_role("heading", name="Cómo se calcula y qué se oculta")).to_be_visible()
        if name in PICTURED:
            picture, is_wide = PICTURED[name]
            page.locator("figcaption").first.evaluate("one => one.scrollIntoView()")
            visit.shows(picture, is_wide=is_wide)
        person.presses("Todas las preguntas", "Análisis", role="link")


def takes_a_table_along(visit: Visit) -> None:
    """The file for spreadsheets says what the page's table says, row by row."""
    person, page = visit.person, visit.page
    person.presses(USAGE, USAGE, role="link")
    shown = [row.locator("th, td").all_inner_texts() for row in page.get_by_role("row").all()]
    link = page.get_by_role("link", name="CSV, para hojas de cálculo")
    with page.expect_download() as downloading:
        person.press(link, page.get_by_role("table"))
    assert downloading.value.suggested_filename == "chamba-uso.csv"
    rows = list(csv.reader(io.StringIO(downloading.value.path().read_text("utf-8-sig"))))
    heads = [" ".join(text.split("\n")) for text in shown[0]]
    assert [head.replace("(", "").replace(")", "") for head in rows[0]] == heads
    assert [[said(text) for text in row] for row in shown[1:]] == rows[1 : len(shown)]
    assert any("oculto" in row for row in rows)


def asks_of_a_period_and_a_group(visit: Visit) -> None:
    """The weeks of two days, then what stands in the table by week alone; searches without result beside them."""
    person, page = visit.person, visit.page
    person.writes("Desde la semana del", "2026-11-04")
    person.writes("Hasta la semana del", "2026-11-18")
    person.press(button(page, "Ver"), page.get_by_text("Semanas enteras: del 2 de nov"))
    expect(page.get_by_text("al 22 de noviembre de 2026")).to_be_visible()
    person.select(page.get_by_label("En la tabla, solo", exact=True), "Semana")
    person.press(button(page, "Ver"), page.get_by_role("table"))
    rows = page.get_by_role("rowheader")
    expect(rows.first).to_have_text("Semana")
    assert set(rows.all_inner_texts()) == {"Semana"}
    for head in ("Personas activas", "Búsquedas sin resultado", "Clics"):
        expect(page.get_by_role("columnheader", name=head).first).to_be_visible()
    assert findings(page) == []


def looks_for_a_skill(visit: Visit) -> None:
    """One of hundreds, by its name; and what is told where there is none of it."""
    person, page = visit.person, visit.page
    person.presses("Todas las preguntas", "Análisis", role="link")
    skills = TOPICS["habilidades"].title
    person.presses(skills, skills, role="link")
    person.writes("Buscar una habilidad", "excel")
    person.press(button(page, "Ver"), page.get_by_role("rowheader", name="Excel").first)
    visit.shows("analisis-habilidades")
    person.writes("Buscar una habilidad", "zapatería fina")
    person.press(button(page, "Ver"), page.get_by_text("Ninguna habilidad dice eso"))


def tries_rules(visit: Visit) -> None:
    """Other rules of a programme, before they hold: who would pass, by group, and the same as a file."""
    person, page = visit.person, visit.page
    person.presses("Todas las preguntas", "Análisis", role="link")
    person.presses("Probar reglas antes de que valgan", "Probar reglas de programas", role="link")
    person.presses("Aprende en casa", "Probar reglas de Aprende en casa", role="link")
    person.writes("Edad mínima, en años", "18")
    person.press(button(page, "Probar estas reglas"), page.get_by_role("heading", name="Lo que pasaría"))
    expect(page.locator("figure svg").first).to_be_visible()
    page.locator("figcaption").first.evaluate("one => one.scrollIntoView()")
    visit.shows("analisis-reglas")
    assert findings(page) == []
    shown = [row.locator("th, td").all_inner_texts() for row in page.get_by_role("row").all()]
    expect(page.get_by_label("Edad mínima, en años")).to_have_value("18")
    with page.expect_download() as downloading:
        person.press(button(page, "Probarlas y bajar la tabla"), page.get_by_role("table"))
    rows = list(csv.reader(io.StringIO(downloading.value.path().read_text("utf-8-sig"))))
    assert [row[:6] for row in rows[1:]] == [row[:6] for row in shown[1:]]


def adds_a_programme(served: ServedApp, real: RealThings) -> None:
    """With rules that hold from today on."""
    facts = {"name": "Aprende en casa", "organisation": "Ministerio", "description": "Un curso", "appeal_to": "Mesa"}
    made = served.ask("POST", "/v1/admin/programmes", real.headers(real.administrator), facts)
    at = f"/programmes/{made['programme_id']}"
    served.ask("PUT", f"/v1/admin{at}/officers/{real.officer}", real.headers(real.administrator))
    day = lima_day(served.services.now()).isoformat()
    rules = {"version": 1, "in_force_from": day, "rules": [{"kind": "age", "at_least": 10}]}
    served.ask("POST", f"/v1/officers{at}/versions", real.headers(real.officer), rules)


def button(page: Page, words: str) -> Locator:
    """A button of the page."""
    return page.get_by_role("button", name=words, exact=True)


def analyst(served: ServedApp, email: str) -> str:
    """A new account with a password and no second factor yet."""
    new, now = NewAccount(email, hashed_password(), frozenset({Role.ANALYST})), served.services.now()
    return served.services.write(lambda each: create_account(each, served.services.cipher, new, now))


def said(text: str) -> str:
    """A cell of the page as the file has it: numbers bare, nothing where there is none."""
    plain = text.removesuffix(" %").replace(",", "")
    return "" if plain == "–" else plain.removesuffix(".0") if plain.replace(".", "", 1).isdigit() else text

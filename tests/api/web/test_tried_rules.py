"""An analyst tries rules of a programme on pages: what would pass, what is hidden, and the same as a file."""

from __future__ import annotations

import csv
import io
import re

import pytest

from api.programmes import simulating
from store.people.accounts import Role
from store.requests.attempts import Limit
from tests.api.stories.town import Someone, Town
from tests.api.web.browser import Reader

FACTS = {"name": "Conectados", "organisation": "Ministerio", "description": "Un curso", "appeal_to": "Mesa de partes"}
AGREED = ("seeker", "matching", "sensitive", "screening")


@pytest.fixture
def lucia(town: Town) -> Reader:
    """The analyst; twelve people agreed to be counted, seven of them grown up, two of those in Puno."""
    ana = town.staff("ana@chamba.pe", Role.ADMINISTRATOR)
    ana.asks("POST", "/v1/admin/programmes", FACTS, 201)
    for number in range(12):
        one = town.somebody(f"p{number}@correo.pe", f"tambor de hojalata {number}", *AGREED)
        details = {
            "birth_date": "1990-05-01" if number < 7 else "2012-05-01",
            "region": "Puno" if number < 2 else "Cusco",
        }
        one.asks("PUT", "/v1/me/private-details", details)
    analyst: Someone = town.staff("lucia@ministerio.example", Role.ANALYST)
    return Reader(town.app, analyst.asks("GET", "/v1/me")["account_id"])


def test_rules_are_tried_drawn_and_taken_along(lucia: Reader) -> None:
    lucia.opens("/analisis")
    assert "Probar reglas antes de que valgan" in lucia.words
    lucia.opens("/analisis/programas")
    found = re.search(r'href="(/analisis/programas/[^"]+)"', lucia.text)
    assert found is not None
    at = found[1]
    lucia.opens(at)
    assert "Puedes probar 30 veces al día" in lucia.words
    lucia.sends(at, age_at_least="dieciocho")
    assert lucia.page is not None
    assert lucia.page.status_code == 422
    assert 'value="dieciocho"' in lucia.text
    lucia.sends(at, age_at_least="18")
    assert "Hoy no vale ninguna regla" in lucia.words
    assert "según la edad" in lucia.words
    assert lucia.text.count('<svg class="plot"') >= 2
    assert "oculto" in lucia.words
    sheet = lucia.sends(f"{at}/tabla", age_at_least="18")
    assert sheet.headers["content-disposition"] == 'attachment; filename="chamba-reglas.csv"'
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Grupo", "Personas", "Pasarían (personas)"]
    groups = {row[0]: row[1:] for row in rows[1:]}
    assert groups["Todas las personas"][:4] == ["10", "5", "5", "0"]
    assert set(groups) >= {"Edad: 0-17", "Edad: 30-44", "Equipo: no se sabe"}
    assert all(value in {"", "oculto"} or float(value) % 5 == 0 for row in groups.values() for value in row[:5])
    assert lucia.opens(f"{at}/tabla").status_code == 200
    assert lucia.path == at


def test_more_than_may_be_tried_in_a_day_is_told(lucia: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    few = Limit("simulations-few", 1, simulating.SIMULATIONS_BY_ACCOUNT.period)
    monkeypatch.setattr(simulating, "SIMULATIONS_BY_ACCOUNT", few)
    found = re.search(r'href="(/analisis/programas/[^"]+)"', lucia.opens("/analisis/programas").text)
    assert found is not None
    lucia.opens(found[1])
    assert lucia.sends(found[1], age_at_least="18").status_code == 200
    assert lucia.sends(f"{found[1]}/tabla", age_at_least="19").status_code == 429
    assert 'value="19"' in lucia.text


def test_a_programme_that_is_none_is_no_page(lucia: Reader) -> None:
    none = "/analisis/programas/01890000-0000-7000-8000-000000000000"
    assert lucia.opens(none).status_code == 404
    assert lucia.sends(none, age_at_least="18").status_code == 404

"""A person's own words tell the hours they are free in, whole weeks among them; other words tell none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reading.schedules.free_hours import free_hours
from engine.schedules import parse_window

LIMA = "America/Lima"


@pytest.mark.parametrize(
    ("text", "windows", "hours"),
    [
        ("digitadora, 20 horas a la semana por las mañanas de lunes a viernes", ["mon-fri 07:00-13:00"], 20),
        ("DIGITADORA 20 HORAS A LA SEMANA POR LAS MAÑANAS DE LUNES A VIERNES", ["mon-fri 07:00-13:00"], 20),
        ("puedo trabajar de 8 a 12 de lunes a viernes", ["mon-fri 08:00-12:00"], None),
        ("8 de la mañana a 12 lunes a viernes", ["mon-fri 08:00-12:00"], None),
        ("soy enfermera, tengo libre de 2 a 6", ["mon-sun 14:00-18:00"], None),
        ("solo sábados y domingos", ["sat,sun 07:00-22:00"], None),
        ("fines de semana", ["sat,sun 07:00-22:00"], None),
        ("todos los días menos domingo", ["mon-sat 07:00-22:00"], None),
        ("no puedo los sábados, mañanas libres", ["mon,tue,wed,thu,fri,sun 07:00-13:00"], None),
        ("por las noches, contadora", ["mon-sun 19:00-24:00"], None),
        ("tardes o noches", ["mon-sun 13:00-19:00", "mon-sun 19:00-24:00"], None),
        ("libre de lunes a viernes despues de las 6pm", ["mon-fri 18:00-22:00"], None),
        ("desde las 2 de la tarde", ["mon-sun 14:00-22:00"], None),
        ("hasta la 1 pm", ["mon-sun 07:00-13:00"], None),
        ("4 horas en las mañanas", ["mon-sun 07:00-13:00"], 20),
        ("4 horas diarias de lunes a sábado por las tardes", ["mon-sat 13:00-19:00"], 24),
        ("mamá con 4 horas libres", [], 20),
        ("20 horas semanales", [], 20),
        ("Mornings, Monday to Friday, 20 hours a week", ["mon-fri 07:00-13:00"], 20),
    ],
)
def test_the_hours_a_person_tells(text: str, windows: list[str], hours: float | None) -> None:
    found = free_hours(text, LIMA)
    assert found is not None
    assert (list(found.windows), found.hours_per_week) == (list(map(parse_window, windows)), hours)


@pytest.mark.parametrize(
    "text",
    [
        "Diseñadora gráfica, Illustrator",
        "contadora con 5 años de experiencia",
        "Ingeniero de control de calidad",
        "cocinera con experiencia en desayunos y cenas",
        "de 2 a 3 años de experiencia",
        "",
    ],
)
def test_other_words_tell_no_hours(text: str) -> None:
    assert free_hours(text, LIMA) is None


def test_another_clock_is_kept() -> None:
    found = free_hours("lunes a viernes de 9 a 13 hora de Madrid", LIMA)
    assert found is not None
    assert found.time_zone == "Europe/Madrid"


@given(st.text() | st.text("lunes aviernes0123456789:-,.h mañtdoc", max_size=80))
def test_no_text_raises(text: str) -> None:
    free_hours(text, LIMA)

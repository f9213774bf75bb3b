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
        ("digitadora, de 8 a 12", ["mon-sun 08:00-12:00"], None),
        ("L-V mañanas", ["mon-fri 07:00-13:00"], None),
        ("lunes miércoles y viernes 3 a 6 pm", ["mon,wed,fri 15:00-18:00"], None),
        ("mientras mi hijo está en el colegio", ["mon-fri 08:00-13:00"], None),
        ("cuando mis hijos van a la escuela, de 9 a 12", ["mon-fri 09:00-12:00"], None),
        ("en horario escolar", ["mon-fri 08:00-13:00"], None),
        ("while my kids are at school", ["mon-fri 08:00-13:00"], None),
        ("libre los fines de semana y las noches", ["sat,sun 07:00-22:00", "mon-sun 19:00-24:00"], None),
        ("por las tardes después de las 4", ["mon-sun 16:00-19:00"], None),
        ("después del trabajo, a partir de las 7", ["mon-sun 19:00-22:00"], None),
        ("salgo de la oficina a las 6", ["mon-sun 18:00-22:00"], None),
        ("dos horas al día", [], 10),
        ("tres horas por las noches", ["mon-sun 19:00-24:00"], 15),
        ("entre 10 y 20 horas a la semana", [], 20),
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
        "Buenas tardes, soy contadora",
        "de 2 a 3 años de experiencia",
        "",
    ],
)
def test_other_words_tell_no_hours(text: str) -> None:
    assert free_hours(text, LIMA) is None


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("no puedo domingos", ["mon-sat 07:00-22:00"]),
        ("los domingos no puedo", ["mon-sat 07:00-22:00"]),
        ("de lunes a sábado menos los miércoles", ["mon,tue,thu,fri,sat 07:00-22:00"]),
        ("not available on mondays", ["tue-sun 07:00-22:00"]),
        ("trabajo de 8 a 5, libre en las noches", ["mon-sun 19:00-24:00"]),
        ("Trabajo de lunes a viernes de 9 a 6 pero puedo los sábados", ["sat 07:00-22:00"]),
        ("libre en las noches, trabajo de 8 a 5", ["mon-sun 19:00-24:00"]),
        ("estudio de 8 a 1 y estoy libre en la tarde", ["mon-sun 13:00-19:00"]),
        ("estudio en las mañanas, puedo por las tardes", ["mon-sun 13:00-19:00"]),
        ("estudio enfermería por las noches", ["mon-sun 07:00-19:00"]),
        ("estoy ocupada de 9 a 6", ["mon-sun 07:00-09:00", "mon-sun 18:00-22:00"]),
        ("ocupado hasta las 6", ["mon-sun 18:00-22:00"]),
        ("cuido a mi mamá por las mañanas, libre de 3 a 7 pm", ["mon-sun 15:00-19:00"]),
        ("libre de 8 a 1, no puedo los viernes", ["mon,tue,wed,thu,sat,sun 08:00-13:00"]),
        ("no tengo experiencia, puedo por las mañanas", ["mon-sun 07:00-13:00"]),
        ("sin experiencia por las mañanas", ["mon-sun 07:00-13:00"]),
    ],
)
def test_hours_in_which_a_person_is_not_free_are_taken_off(text: str, windows: list[str]) -> None:
    found = free_hours(text, LIMA)
    assert found is not None
    assert set(found.windows) == set(map(parse_window, windows))


@pytest.mark.parametrize("text", ["Trabajo de noche como vigilante", "trabajo de lunes a viernes de 9 a 6"])
def test_work_that_somebody_has_or_looks_for_tells_no_free_hours(text: str) -> None:
    assert free_hours(text, LIMA) is None


def test_another_clock_is_kept() -> None:
    found = free_hours("lunes a viernes de 9 a 13 hora de Madrid", LIMA)
    assert found is not None
    assert found.time_zone == "Europe/Madrid"


@given(st.text() | st.text("lunes aviernes0123456789:-,.h mañtdoc", max_size=80))
def test_no_text_raises(text: str) -> None:
    free_hours(text, LIMA)

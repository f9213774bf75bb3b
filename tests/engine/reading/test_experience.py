"""Years of experience as ads ask for them, in words of our own."""

from __future__ import annotations

import pytest

from engine.jobs import UNCOUNTED_EXPERIENCE_YEARS
from engine.reading.experience import read_experience

ASKED = [
    ("Se requiere experiencia comprobable de dos años en ventas.", 2),
    ("experiencia comprobada de 2 años", 2),
    ("Educación mínima: Técnico, 1 año de experiencia", 1),
    ("Experiencia mínima de 06 meses en call center", 0.5),
    ("De 6 meses a 1 año de experiencia en cargos similares", 0.5),
    ("Un año y medio de experiencia", 1.5),
    ("Mínimo 02 (dos) años de experiencia laboral", 2),
    ("Experiencia: 1 a 2 años", 1),
    ("Con experiencia en ventas (mínimo 1 año)", 1),
    ("Dos años de experiencia general y cuatro años de experiencia como jefa", 4),
    ("EXPERIENCIA DE 3 AÑOS A MÁS", 3),
    ("3+ years of experience with Python", 3),
    ("at least two years' experience", 2),
    ("3 - 5 years experience in sales", 3),
    ("Empresa textil requiere costurera con 1 año de experiencia", 1),
    ("Somos una empresa con 20 años de experiencia. Buscamos asesora con 1 año de experiencia.", 1),
]
NONE_NEEDED = [
    "Sin experiencia. Te capacitamos.",
    "SIN EXPERIENCIA PREVIA",
    "Con o sin experiencia",
    "No se requiere experiencia",
    "no es necesario tener experiencia",
    "No necesitas experiencia ni CV",
    "Experiencia no indispensable",
    "Técnico, Menos de 1 año de experiencia",
    "No experience needed",
    "No prior experience required",
]
UNCOUNTED = ["Requisitos:\n- Experiencia en atención al cliente", "Contar con experiencia previa", "con experiencia"]
UNSAID = [
    "",
    "Diseñadora gráfica con portafolio",
    "Somos una empresa con 20 años de experiencia en el mercado.",
    "Nuestra consultora tiene 12 años de experiencia",
    "Experiencia deseable de 1 año",
    "De preferencia con experiencia de 1 año",
    "Mejorar la experiencia del cliente",
    "Diseñador de experiencia de usuario",
    "Personas sin experiencia abstenerse de postular",
    "Edad: 25 a 35 años",
    "Sin experiencia. Requisitos: 1 año de experiencia",  # it says two things
]


@pytest.mark.parametrize(("text", "years"), ASKED)
def test_years_that_an_ad_asks_for_are_read(text: str, years: float) -> None:
    found = read_experience(text)
    assert found is not None
    assert found.value == years


@pytest.mark.parametrize("text", NONE_NEEDED)
def test_no_experience_is_read_as_none(text: str) -> None:
    found = read_experience(text)
    assert found is not None
    assert found.value == 0


@pytest.mark.parametrize("text", UNCOUNTED)
def test_experience_without_years_is_some(text: str) -> None:
    found = read_experience(text)
    assert found is not None
    assert found.value == UNCOUNTED_EXPERIENCE_YEARS


@pytest.mark.parametrize("text", UNSAID)
def test_what_is_no_requirement_says_nothing(text: str) -> None:
    assert read_experience(text) is None


def test_the_sentence_that_tells_it_comes_along() -> None:
    found = read_experience("Buscamos cajera. Experiencia mínima de 1 año en caja. Pagamos puntual.")
    assert found is not None
    assert found.sentence == "Experiencia mínima de 1 año en caja"

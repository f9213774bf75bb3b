"""Age limits go; every other year stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reading.age_limits import without_age_limits


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Edad hasta 28 años\nBachiller", "Bachiller"),
        ("Requisitos\n- edad: 20 a 35 años\n- Bachiller", "Requisitos\n- Bachiller"),
        ("Jóvenes de 18 a 45 años con ganas", "Jóvenes con ganas"),
        ("Busco persona menor a 25 años trabajadora", "Busco persona trabajadora"),
        ("No mayores de 30 años", ""),
        ("Ventas (18 - 30 años)", "Ventas"),
        ("We look for people between 25 and 35 years old.", "We look for people."),
        ("Age range: 18 to 30. Typing", "Typing"),
        ("Técnico, 2 años de experiencia, Edad: A partir de 20 años", "Técnico, 2 años de experiencia"),
        ("Edad: entre 1 8 y 5 0 años. Disponible", "Disponible"),
        ("Hombre hasta 50 años, con moto", "Hombre, con moto"),
        ("ZárateEdad: 25 a 50 añosSexo: indistinto", "ZárateSexo: indistinto"),
        ("Entre 18 y 99 años. Ventas", "Ventas"),
        ("35 años máximo\nBachiller", "Bachiller"),
        ("Tope 40 años\nBachiller", "Bachiller"),
        ("Edad: 35 max\nBachiller", "Bachiller"),
        ("Buscamos hombre de 25 a 35.", "Buscamos hombre."),
        ("Mayores de 40 abstenerse. Ventas", "Ventas"),
        ("Must be 25 or older. Typing", "Typing"),
        ("Not older than 35. Typing", "Typing"),
        ("Over 21 only. Typing", "Typing"),
        ("Women under 30. Typing", "Women. Typing"),
        ("Idade entre 20 e 30 anos\nVendas", "Vendas"),
        ("Maiores de 25 anos\nVendas", "Vendas"),
        ("Ser mayor de edad, entre 25 y 45 años. Responsable", "Ser mayor de edad. Responsable"),
    ],
)
def test_an_age_limit_is_removed_with_its_punctuation(text: str, kept: str) -> None:
    assert without_age_limits(text).replace(" Sexo", "Sexo") == kept


@pytest.mark.parametrize(
    "text",
    [
        "Mínimo 5 años de experiencia",
        "De 15 a 20 años de experiencia",
        "Empresa con 17 años en el mercado",
        "Más de 40 años de trayectoria",
        "Ser mayor de edad",
        "Sin límite de edad",
        "Experiencia no menor de 15 años",
        "Beneficios a los 5, 10, 15, 20, 25 y 30 años",
        "Seguro para hijos menores de 18 años",
        "Niños con edad entre 14 y 16 años a cargo",
        "Sueldo de 1500 a 2500 soles, 20 a 25 horas semanales",
        "Edad: indistinta",
        "Reports not older than 30 days",
        "Teams of 25 people or more",
        "25 años mínimo de experiencia",
    ],
)
def test_other_years_stay(text: str) -> None:
    assert without_age_limits(text) == text


@given(st.integers(18, 45), st.integers(46, 70), st.sampled_from(["a", "y", "-", "hasta"]), st.booleans())
def test_no_stated_range_survives(youngest: int, oldest: int, link: str, labelled: bool) -> None:
    limit = f"{'Edad: ' if labelled else ''}entre {youngest} {link} {oldest} años"
    assert without_age_limits(f"Se busca cajera. {limit}. Turno tarde.") == "Se busca cajera. Turno tarde."


@given(st.text())
def test_any_text_is_read_without_an_error_and_never_grows(text: str) -> None:
    assert len(without_age_limits(text)) <= len(text)

"""Who pays internet and power at home, where an ad says so."""

from __future__ import annotations

import pytest

from engine.reading.home_costs import read_home_costs


@pytest.mark.parametrize(
    ("text", "is_employer"),
    [
        ("Beneficios:\n- Bono de internet y luz\n- Seguro", True),
        ("Cubrimos tu internet en casa", True),
        ("Monthly internet stipend", True),
        ("La empresa reembolsa la energía eléctrica", True),
        ("Requisitos: contar con internet propio de 20 Mbps", False),
        ("You must have a reliable internet connection", False),
        ("Buena conexión a internet en casa", False),
        (
            "Requisitos: internet fijo estable.\nOfrecemos: ambiente respetuoso y sin gritos, una persona de contacto "
            "para cualquier problema, equipo de mamás y papás, apoyo para el recibo de internet.",
            True,
        ),
        ("Contar con laptop e internet estable. Te damos un bono de conectividad", True),
    ],
)
def test_the_clause_that_says_who_pays_is_found(text: str, is_employer: bool) -> None:
    found = read_home_costs(text)
    assert found is not None
    assert found.value is is_employer
    assert found.sentence in text


@pytest.mark.parametrize(
    "text",
    [
        "Venta de planes de internet y telefonía",
        "Instalador de redes wifi",
        "Trabajo remoto",
        "A plena luz del día",
        "",
    ],
)
def test_other_words_say_nothing_of_it(text: str) -> None:
    assert read_home_costs(text) is None


def test_the_words_are_quoted_without_the_marks_of_a_list() -> None:
    found = read_home_costs("Requisitos:\n– Internet fijo estable\n* Laptop")
    assert found is not None
    assert found.sentence == "Internet fijo estable"

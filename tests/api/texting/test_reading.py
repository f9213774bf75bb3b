"""What people write to a short number: read generously, and never acted on where it may mean something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.texting.reading import Ask, Command, read_command

SEE, APPLY, MAY_APPLY = Ask.SEE, Ask.APPLY, Ask.MAY_APPLY


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1", (1,)),
        (" 2 ", (2,)),
        ("1 2 3", (1, 2, 3)),
        ("1,2 y 3", (1, 2, 3)),
        ("123", (1, 2, 3)),
        ("1-3", (1, 3)),
        ("2️⃣", (2,)),
        ("２", (2,)),
        ("el 3 porfa 🙏", (3,)),
        ("Quiero ver el 2do", (2,)),
        ("me interesa el 1", (1,)),
        ("dos", (2,)),
        ("La segunda por favor", (2,)),
        ("ok 1", (1,)),
        ("2?", (2,)),
        ("9", (9,)),
        ("3 3 3", (3,)),
        ("hola, info del 1 y del 2", (1, 2)),
        ("para el 2", (2,)),
    ],
)
def test_a_number_shows_its_job(text: str, numbers: tuple[int, ...]) -> None:
    assert read_command(text) == Command(SEE, numbers)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("POSTULAR 2", 2),
        ("postular2", 2),
        ("Postulo al 2", 2),
        ("  PÓSTULAR   2!!! 😀", 2),
        ("quiero postular al 1 por favor", 1),
        ("Hola buenos días, postular 3 gracias", 3),
        ("me gustaría postularme al trabajo número 2", 2),
        ("2 postular", 2),
        ("postullar 2", 2),
        ("postular a la 1ra", 1),
        ("aplicar 12", 12),
        ("postular.2", 2),
        ("postular N° 2", 2),
    ],
)
def test_applying_is_read_however_it_is_written(text: str, number: int) -> None:
    assert read_command(text) == Command(APPLY, (number,))


@pytest.mark.parametrize(
    "text",
    [
        "no quiero postular al 2",
        "postular no 2",
        "ya postulé al 2",
        "¿puedo postular al 2?",
        "postular 2?",
        "como postulo al 2",
        "postular 1 y 2",
        "postular a uno",
        "postular dos",
        "postular",
        "postular 987654321",
        "postular 2 o 3 pm",
        "todavia no postular 2",
        "mi hermana postula al 2",
        "retirar mi postulacion 2",
        "cancelar postular 2",
        "postularia al 2 si pagan mas",
        "postular 1.5",
        "nunca postular 2",
        "apuntame al 2",
        "si postulo al 2",
        "ya postulo al 2",
        "n postular 2",
    ],
)
def test_what_may_not_mean_applying_is_asked_back(text: str) -> None:
    assert read_command(text).ask is MAY_APPLY


@pytest.mark.parametrize(
    "text",
    [
        "PARAR",
        "parar",
        "Parar x favor",
        "¡¡PARAR!!",
        "pararrr",
        "Alto",
        "STOP",
        "stop ya por favor",
        "BAJA",
        "baja 😡",
        "darme de baja por favor",
        "quiero parar los mensajes",
        "no más mensajes",
        "ya no me escriban",
        "Buenas tardes, parar todo gracias",
        "no quiero mas mensajes",
    ],
)
def test_stopping_is_read_however_it_is_written(text: str) -> None:
    assert read_command(text) == Command(Ask.STOP)


@pytest.mark.parametrize(
    "text",
    ["para", "cancelar", "parar 2", "no parar", "¿parar?", "cuando para", "alto sueldo", "basta", "salir", "baja el 2"],
)
def test_what_may_not_mean_stopping_stops_nothing(text: str) -> None:
    assert read_command(text).ask is not Ask.STOP


@pytest.mark.parametrize("text", ["para", "cancelar", "parar 2", "no parar", "¿parar?", "basta"])
def test_what_may_mean_stopping_is_asked_back(text: str) -> None:
    assert read_command(text) == Command(Ask.MAY_STOP)


@pytest.mark.parametrize("text", ["AYUDA", "ayuda!", "Ayúdame por favor", "help", "?", "info"])
def test_help_is_read(text: str) -> None:
    assert read_command(text) == Command(Ask.HELP)


@pytest.mark.parametrize("text", ["EMPEZAR", "empezar por favor", "start"])
def test_starting_again_is_read(text: str) -> None:
    assert read_command(text) == Command(Ask.START)


@pytest.mark.parametrize(
    "text",
    [
        "hola",
        "gracias",
        "",
        "   ",
        "😀😀",
        "quién eres",
        "llámame al 987654321",
        "pago 1500",
        "для 2" * 99,
        "1 " * 99,
        "trabajo en la pagada de para arriba",
        "mi dni es 40123456",
        "1" * 5000,
    ],
)
def test_all_else_is_not_read(text: str) -> None:
    assert read_command(text).ask is Ask.UNREAD


@given(st.text(max_size=300))
def test_no_text_applies_or_stops_without_the_word_for_it(text: str) -> None:
    command = read_command(text)
    assert command.ask not in (APPLY, Ask.STOP) or len(text) >= 4
    assert all(0 <= number <= 99 for number in command.numbers)

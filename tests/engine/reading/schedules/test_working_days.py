"""The days of work are told where an ad names them without hours."""

from __future__ import annotations

import pytest

from engine.reading.schedules.working_days import read_working_days
from engine.schedules import Weekday

MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY = tuple(Weekday)[:5], tuple(Weekday)[:6]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Disponibilidad para trabajar de lunes a sábado en Lince", MONDAY_TO_SATURDAY),
        ("Horario laboral: lunes a viernes en horario de oficina", MONDAY_TO_FRIDAY),
        ("HORARIO: LUNES A SABADO", MONDAY_TO_SATURDAY),
        ("Full time, Monday to Friday", MONDAY_TO_FRIDAY),
    ],
)
def test_days_of_work_without_hours(text: str, days: tuple[Weekday, ...]) -> None:
    assert read_working_days(f"Buscamos cajera.\n{text}.\nPlanilla desde el primer día.") == days


@pytest.mark.parametrize(
    "text",
    [
        "Horario: lunes a viernes de 9 a 18",
        "Horarios rotativos de lunes a domingo",
        "Disponibilidad de lunes a viernes - sábado hasta la 1 pm",
        "Entrevistas de lunes a viernes",
        "Atención de lunes a sábado",
        "Reuniones los martes y jueves",
        "Tienda abierta de lunes a domingo",
        "Descanso sábados y domingos",
        "Disponibilidad para trabajar fines de semana",
        "Disponibilidad para laborar de lunes a domingo con un descanso",
        "Trabajo de lunes a viernes. Jornada de lunes a sábado",
        "",
    ],
)
def test_hours_rest_and_other_days_are_no_days_of_work(text: str) -> None:
    assert read_working_days(f"Buscamos cajera.\n{text}.\nPlanilla.") == ()

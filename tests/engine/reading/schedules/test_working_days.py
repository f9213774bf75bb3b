"""The days of work are told where an ad names them without hours."""

from __future__ import annotations

import pytest

from engine.reading.schedules.working_days import read_working_days
from engine.schedules import Weekday

MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY = tuple(Weekday)[:5], tuple(Weekday)[:6]
WEEKEND = (Weekday.SAT, Weekday.SUN)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Disponibilidad para trabajar de lunes a sábado en Lince", MONDAY_TO_SATURDAY),
        ("Horario laboral: lunes a viernes en horario de oficina", MONDAY_TO_FRIDAY),
        ("HORARIO: LUNES A SABADO", MONDAY_TO_SATURDAY),
        ("Full time, Monday to Friday", MONDAY_TO_FRIDAY),
        ("Se trabaja de martes a domingo", tuple(Weekday)[1:]),
        ("Trabajarás lunes, martes y jueves", (Weekday.MON, Weekday.TUE, Weekday.THU)),
        ("Horario: sábados y domingos", WEEKEND),
        ("Solo fines de semana, presencial", WEEKEND),
        ("LUNES A SABADO", MONDAY_TO_SATURDAY),
        ("Turno mañana de lunes a sábado", MONDAY_TO_SATURDAY),
        ("Trabajo de lunes a sábado, 6 días a la semana. Descanso fijo los domingos", MONDAY_TO_SATURDAY),
        ("Disponibilidad para trabajar de lunes a viernes, 3 días presencial y 2 remoto", MONDAY_TO_FRIDAY),
        ("Jornada de lunes a sábado. Los sábados se cuadra caja", MONDAY_TO_SATURDAY),
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
        "Trabajo de lunes a sábado (rotativo)",
        "Trabajo de lunes a sábado con un día de descanso a la semana",
        "Horario: de martes a domingo con 1 día libre",
        "Trabajas uno de estos días: lunes, martes y jueves",
        "Trabajarás dos días de lunes a viernes",
        "Trabajo 3 días a la semana, de lunes a viernes",
        "Jornada de lunes a sábado. Sábados libres por metas cumplidas",
        "Jornada de lunes a viernes, a tu elección",
        "Trabajo sábados y domingos intercalados",
        "Trabajo en tiempo completo o fines de semana",
        "5 días de trabajo incluidos los fines de semana",
        "Trabajo un sábado al mes",
        "Trabajo remoto martes y jueves",
        "Trabajo de lunes o de viernes",
        "",
    ],
)
def test_hours_rest_and_other_days_are_no_days_of_work(text: str) -> None:
    assert read_working_days(f"Buscamos cajera.\n{text}.\nPlanilla.") == ()


def test_a_title_tells_days_without_saying_that_they_are_worked() -> None:
    assert read_working_days("Asesor // de lunes a sábado // comisiones\nBuscamos asesor.") == MONDAY_TO_SATURDAY
    assert read_working_days("Buscamos asesor.\nLlama a clientes de lunes a sábado sin parar.") == ()

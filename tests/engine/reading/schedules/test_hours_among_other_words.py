"""Hours are read among pay, benefits, breaks, extra work and other clocks, and as people write them in a chat."""

from __future__ import annotations

import pytest

from engine.reading.schedules.schedule_text import read_schedule
from engine.reading.schedules.weekly_hours import read_hours_per_week
from engine.schedules import ScheduleKind, Window, parse_window

LIMA = "America/Lima"


def windows(*texts: str) -> tuple[Window, ...]:
    """Windows by their words."""
    return tuple(map(parse_window, texts))


def fixed_in(text: str) -> tuple[Window, ...] | None:
    """The windows of the fixed schedule that a text states."""
    found = read_schedule(text, LIMA)
    return found.schedule.windows if found is not None and found.kind is ScheduleKind.FIXED else None


@pytest.mark.parametrize(
    "beside",
    [
        "lunes a viernes de 8 a 17 hs. Sueldo fijo más incentivo variable",
        "lunes a viernes de 8 a 17 hs. Zona: Surco Sueldo: a convenir",
        "lunes a viernes de 8 a 17 hs (almuerzo incluido)",
        "lunes a viernes de 8 a 17 hs (horario de almuerzo flexible)",
        "lunes a viernes - de 8:00 a 17:00hs. Capacitación completa y constante",
        "lunes a viernes de 8 a 17 hs, con posibilidad de algún sábado",
        "lunes a viernes 8 a 17hs (eventualmente sábados)",
        "lunes a viernes de 8 a 17 hs.\nDisponibilidad para extender jornada por eventos, sábados y domingos",
        "lunes a viernes de 8 a 17 hs (y carnet B1 al día)",
        "lunes a jueves presencial y viernes home office. Jornada de 8:00 a 17:00",
        "lunes a viernes 8 a 17 hs y flexibilidad para quedarse más si se requiere",
    ],
)
def test_what_stands_beside_hours_leaves_them(beside: str) -> None:
    assert fixed_in(f"Horario: {beside}") == windows("mon-fri 08:00-17:00")


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("horario de 9 a 18:30 y sábado de 9 a 13", ("mon-fri 09:00-18:30", "sat 09:00-13:00")),
        ("inicia a las 8 am y termina a las 5 pm", ("mon-fri 08:00-17:00",)),
        ("Horario: 07,30 a 16,30", ("mon-fri 07:30-16:30",)),
        ("Lunes a viernes, full time (09 a 18,30hs)", ("mon-fri 09:00-18:30",)),
        ("Horario: lunes a viernes 8.: 30 a 18 hs", ("mon-fri 08:30-18:00",)),
        ("Lunes a viernes de 08.30 a 13 00hs. 15.30 a 19.00hs", ("mon-fri 08:30-13:00", "mon-fri 15:30-19:00")),
        ("lunes a viernes de 7 a 16hr y sabados de 7 a 12 hrSueldo fijo", ("mon-fri 07:00-16:00", "sat 07:00-12:00")),
        ("SMS 210Horario de trabajo: 9 a 17 hs", ("mon-fri 09:00-17:00",)),
        ("martes. jueves. y sabados de 9 a 13", ("tue,thu,sat 09:00-13:00",)),
        ("lun mie vie 3pm-7pm", ("mon,wed,fri 15:00-19:00",)),
        ("vie sab dom 6pm-2am", ("fri,sat,sun 18:00-02:00",)),
        ("L-M-V de 9 a 1pm", ("mon,wed,fri 09:00-13:00",)),
        ("M/W/F 9am-1pm", ("mon,wed,fri 09:00-13:00",)),
        ("lun a vie 9a6", ("mon-fri 09:00-18:00",)),
        ("d lunes a viernes d 8 a 5", ("mon-fri 08:00-17:00",)),
        ("L a S de 8am a 6pm dom 8-1", ("mon-sat 08:00-18:00", "sun 08:00-13:00")),
        ("lunes a jueves de 8:30 a 17:30 (presencial) y viernes home office de 8:30 a 14",
         ("mon-thu 08:30-17:30", "fri 08:30-14:00")),
        ("turno noche, lunes a viernes de 20 a 6 hs", ("mon-fri 20:00-06:00",)),
    ],
)  # fmt: skip
def test_hours_however_they_are_written(text: str, worked: tuple[str, ...]) -> None:
    assert fixed_in(f"Asistente.\n{text}") == windows(*worked)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("horario español (7:00 a 15:00, hora Argentina)", "America/Argentina/Buenos_Aires"),
        ("9am EST a 5pm EST de lunes a viernes", "America/New_York"),
        ("Night shift, Monday to Friday (10pm - 6am PH time)", "Asia/Manila"),
        ("lunes a viernes de 9 a 5 hora de NY", "America/New_York"),
    ],
)
def test_the_clock_told_by_the_hours_is_theirs(text: str, zone: str) -> None:
    found = read_schedule(text, LIMA)
    assert found is not None
    assert found.schedule.time_zone == zone


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("lunes a viernes de 9 a 15 y de 11 a 17", ("mon-fri 09:00-15:00", "mon-fri 11:00-17:00")),
        ("turno am (8 a 13) y turno pm (16 a 21)", ("mon-fri 08:00-13:00", "mon-fri 16:00-21:00")),
        ("turnos matutinos y nocturnos", ("mon-sun 06:00-14:00", "mon-sun 22:00-06:00")),
    ],
)
def test_shifts_that_nobody_works_both_of_are_several(text: str, shifts: tuple[str, ...]) -> None:
    found = read_schedule(f"Operario. {text}", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.shifts) == (ScheduleKind.ONE_OF, tuple(windows(shift) for shift in shifts))


def test_a_row_of_shifts_is_read_to_its_end() -> None:
    found = read_schedule("Horarios rotativos: 6 a 14 / 7 a 15 / 8 a 16 / 9 a 17 / 12 a 20 hs", LIMA)
    assert found is not None
    assert (found.kind, len(found.schedule.shifts)) == (ScheduleKind.ROTATING, 5)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("8 a 19 hs, 6 días por semana", "mon-sun 08:00-19:00"),
        ("8 hour shifts between 6am and 10pm", "mon-sun 06:00-22:00"),
        ("Horario de 17 a 01 hs, con un franco", "mon-sun 17:00-01:00"),
        ("8 horas diarias más la hora de almuerzo en el rango de 10am a 10pm", "mon-sun 10:00-22:00"),
        ("Lunes a viernes por la tarde, con posibilidad de cubrir algún sábado por la mañana", "mon-fri 14:00-22:00"),
        ("OPERARIA TURNO TARDENos ubicamos en Ate", "mon-sun 14:00-22:00"),
    ],
)
def test_days_off_and_parts_of_the_day(text: str, inside: str) -> None:
    found = read_schedule(f"Jornada: {text}", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.windows) == (ScheduleKind.WITHIN, windows(inside))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lunes a viernes de 6 a 14 hs / de 14 a 22 hs (rotación semanal)", ScheduleKind.ROTATING),
        ("en horario y días a elección", ScheduleKind.FLEXIBLE),
        ("turnos flexibles para estudiantes", ScheduleKind.FLEXIBLE),
        ("Línea de carrera\n- Flexibilidad de horario\n- Buen ambiente laboral", ScheduleKind.FLEXIBLE),
    ],
)
def test_other_kinds(text: str, kind: ScheduleKind) -> None:
    found = read_schedule(f"Cajera.\n- {text}", LIMA)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "Turnos rotativos o fijos según la planta",
        "turnos fijos y rotativos",
        "Ayudante para rotar funciones. horario a tiempo completo",
        "Entrevista el día lunes 26 de agosto, presentarse con CV.\nHorario: 8:30 a 12:00",
        "Trabajo de campo en horario diurno y nocturno en algunas ocasiones",
        "Manejo de Office\n- Flexibilidad de horario\n- Buena comunicación",
        "Turno: mañana y tarde (horario a convenir)",
        "Turno 1: lunes a sábado de 9:00 a.m. a 6:00 p...\nEducación mínima: secundaria",
        "de 6:00 a 15:30 hs en verano y de 7:00 a 16:30 hs en invierno",
        "Lunes a viernes de 9 a 18 y sábados de 9 a 13 (rotativo)",
        "Horario: lunes viernes 9 a 6",
    ],
)
def test_what_is_not_told_in_one_way_is_nothing(text: str) -> None:
    assert read_schedule(text, LIMA) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Jornada de 4 hs, entre las 9 y las 18", None),
        ("4hrs diarias d lun a vie", 20),
        ("6 horas por día, lun-sab", 36),
        ("lunes a viernes, carnet B 1 al día", None),
    ],
)
def test_hours_of_a_day_times_the_days(text: str, hours: float | None) -> None:
    found = read_hours_per_week(text)
    assert (found and found.hours) == hours

"""Shifts to choose from, shifts that rotate, parts of the day and other clocks are told apart, and so is what is
nobody's schedule."""

from __future__ import annotations

import pytest

from engine.reading.schedules.schedule_text import read_schedule
from engine.schedules import ScheduleKind, Window, parse_window

LIMA = "America/Lima"


def windows(*texts: str) -> tuple[Window, ...]:
    """Windows by their words."""
    return tuple(map(parse_window, texts))


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("Turnos: mañana 6-14, tarde 14-22, noche 22-6",
         ("mon-fri 06:00-14:00", "mon-fri 14:00-22:00", "mon-fri 22:00-06:00")),
        ("Lunes a viernes de 9 a 18 o de 10 a 19", ("mon-fri 09:00-18:00", "mon-fri 10:00-19:00")),
        ("lunes a viernes 6 a 14 hs / lunes a viernes 14 a 22 hs", ("mon-fri 06:00-14:00", "mon-fri 14:00-22:00")),
        ("Dos turnos disponibles: turno mañana: 9:00 a 15:00, turno tarde: 12:00 a 18:00 de lunes a viernes",
         ("mon-fri 09:00-15:00", "mon-fri 12:00-18:00")),
        ("turno mañana o tarde", ("mon-sun 06:00-14:00", "mon-sun 14:00-22:00")),
        ("TURNO AM Y PM", ("mon-sun 06:00-14:00", "mon-sun 14:00-22:00")),
        ("Turno AM de 9:00 a 15:00 y PM de 15:00 a 21:00", ("mon-fri 09:00-15:00", "mon-fri 15:00-21:00")),
        ("Morning shift 8am to 2pm or afternoon shift 2pm to 8pm, Monday to Friday",
         ("mon-fri 08:00-14:00", "mon-fri 14:00-20:00")),
    ],
)  # fmt: skip
def test_one_of_several_shifts(text: str, shifts: tuple[str, ...]) -> None:
    found = read_schedule(f"Operario. {text}. Se ofrece planilla.", LIMA)
    assert found is not None
    assert found.kind is ScheduleKind.ONE_OF
    assert found.schedule.shifts == tuple(windows(shift) for shift in shifts)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Disponibilidad para turnos rotativos", 0),
        ("Horarios rotativos de lunes a sábado", 0),
        ("Rotating shifts", 0),
        ("Turnos rotativos: mañana 6-14, tarde 14-22, noche 22-6", 3),
        ("Lunes a viernes 6 a 14hs / 14 a 22hs. Turnos rotativos", 2),
        ("Lunes a sábado 7am-3pm / 3pm-11pm (rotativo)", 2),
        ("De 6:00 a 14:00 y de 14:00 a 22:00, rotativo", 2),
        ("Sistema de trabajo: 20 x 10", 0),
        ("Régimen 14x7 en Cusco", 0),
        ("Disponibilidad tanto en turno diurno como nocturno", 0),
        ("Available for both day and night shifts", 0),
    ],
)
def test_shifts_that_rotate(text: str, count: int) -> None:
    found = read_schedule(f"Operario. {text}. Se ofrece planilla.", LIMA)
    assert found is not None
    assert found.kind is ScheduleKind.ROTATING
    assert len(found.schedule.shifts) == count


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("turno noche", ("mon-sun 22:00-06:00",)),
        ("Turno AM 6 hrs / Cobranzas / Lunes a Viernes", ("mon-fri 06:00-14:00",)),
        ("Asesor en turno PM de lunes a sábado", ("mon-sat 14:00-22:00",)),
        ("AM shift", ("mon-sun 06:00-14:00",)),
        ("turno tarde/noche", ("mon-sun 14:00-06:00",)),
        ("Disponibilidad para trabajar por las mañanas de lunes a viernes", ("mon-fri 06:00-14:00",)),
        ("Lunes a viernes de 9:00 a 20:00, 6 horas diarias", ("mon-fri 09:00-20:00",)),
        ("Lunes a domingo de 9 a 18, un día de descanso rotativo", ("mon-sun 09:00-18:00",)),
    ],
)
def test_work_that_lies_somewhere_inside(text: str, inside: tuple[str, ...]) -> None:
    found = read_schedule(f"Operario. {text}. Se ofrece planilla.", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.windows) == (ScheduleKind.WITHIN, windows(*inside))


@pytest.mark.parametrize(
    "text",
    [
        "Horario flexible",
        "Flexible working hours",
        "arma tu propio horario",
        "Work remotely, make your own schedule",
        "El horario lo decides tú",
        "Desde casa y eligiendo tu propio horario",
        "trabaja en el horario que quieras",
        "Días y horarios a tu elección",
    ],
)
def test_hours_at_any_time_are_flexible(text: str) -> None:
    found = read_schedule(f"Diseñadora. {text}. Pago puntual", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.hours_per_week) == (ScheduleKind.FLEXIBLE, None)


def test_what_the_applicant_has_to_be_ready_for_is_no_offer_of_flexible_hours() -> None:
    assert read_schedule("Disponibilidad para trabajar en horarios flexibles", LIMA) is None
    assert read_schedule("Organizar horarios del equipo y presupuesto flexible", LIMA) is None
    assert read_schedule("Postula cuando quieras; cursos a tu ritmo", LIMA) is None
    assert read_schedule("Persona organizada, capaz de manejar su tiempo", LIMA) is None
    assert read_schedule("Habilidad para organizar sus tiempos; turno a coordinar", LIMA) is None


def test_a_teams_hours_are_shared_and_the_rest_is_free() -> None:
    found = read_schedule("We ask for availability during our core hours (11am - 3pm UTC-5).", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.core_hours) == (ScheduleKind.CORE_OVERLAP, 20)


@pytest.mark.parametrize(
    "text",
    [
        "Lunes a viernes de 9 a 18. Disponibilidad para fines de semana según necesidad",
        "Lunes a viernes de 9 a 18. Break: 1:00 pm a 2:00 pm. Sábados y domingos: descansos",
        "Lunes a viernes de 9 a 18, trabajo remoto los viernes",
        "Lunes a viernes de 9 a 18 (1 hora de refrigerio)",
        "LUNES A VIERNES DE 9:00 A.M. A 6:00 P.M. HORARIO SUJETO A MODIFICACIONES",
        "lunes de viernes de 9 a 18 hs",
        "EquipoLunes a viernesHorario de 9 a 18hsModalidad híbrida",
        "Todos los días cuidamos a la gente. Lunes a viernes de 9 a 18",
    ],
)
def test_what_stands_beside_a_schedule_leaves_it(text: str) -> None:
    found = read_schedule(f"Asistente. {text}.", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.windows) == (ScheduleKind.FIXED, windows("mon-fri 09:00-18:00"))


@pytest.mark.parametrize("text", ["9:00 am 06:00 pm", "de 9:00 am a 6:00 pm", "Horario: 9 a 18 hs"])
def test_days_that_are_not_told_are_supposed_and_said_to_be(text: str) -> None:
    found = read_schedule(f"Asistente. {text}. Planilla", LIMA)
    assert found is not None
    assert found.schedule.windows == windows("mon-fri 09:00-18:00")
    assert found.confidence <= 0.5


@pytest.mark.parametrize(
    ("clock", "zone"),
    [
        ("hora CDMX", "America/Mexico_City"),
        ("hora mexicana", "America/Mexico_City"),
        ("hora Miami", "America/New_York"),
        ("hora de Nueva York", "America/New_York"),
        ("(EST)", "America/New_York"),
        ("Eastern Time", "America/New_York"),
        ("Central Time", "America/Chicago"),
        ("hora del Pacífico", "America/Los_Angeles"),
        ("hora española", "Europe/Madrid"),
        ("horario de Madrid", "Europe/Madrid"),
        ("London time", "Europe/London"),
        ("Eastern", "America/New_York"),
        ("(Pacific)", "America/Los_Angeles"),
        ("hora de la costa este", "America/New_York"),
        ("AEST", "Australia/Sydney"),
        ("BRT", "America/Sao_Paulo"),
        ("ART", "America/Argentina/Buenos_Aires"),
        ("hora peruana", LIMA),
    ],
)
def test_another_clock_is_its_zone(clock: str, zone: str) -> None:
    found = read_schedule(f"Lunes a viernes de 9 a 18 {clock}", LIMA)
    assert found is not None
    assert found.schedule.time_zone == zone


@pytest.mark.parametrize("clock", ["hora central", "IST", "CST", "BST", "hora Tijuana", "US business hours"])
def test_a_clock_that_is_not_clear_is_not_the_places(clock: str) -> None:
    assert read_schedule(f"Lunes a viernes de 9 a 18 {clock}", LIMA) is None


def test_letters_of_several_clocks_are_read_by_what_stands_around() -> None:
    found = read_schedule("Our team in Bangalore works Monday to Friday 9am to 6pm IST", LIMA)
    assert found is not None
    assert found.schedule.time_zone == "Asia/Kolkata"


@pytest.mark.parametrize(
    "text",
    [
        "Entrega de CV de lunes a viernes de 9 a 12",
        "Drop off your resume Mon-Fri 9am-5pm",
        "Capacitación de lunes a viernes de 9 a 13",
        "Entrevistas el lunes 26 de agosto de 8:30 a 12:00",
        "Presentarse LUNES 20/10 de 9 a 11hs",
        "Horario de atención: lunes a viernes de 9 a 18",
        "Lunes a viernes de 9 a 18 + 1 sábado al mes",
        "De lunes a sábado, domingos medio día",
        "Turnos médicos y gestión de turnos",
        "Experiencia de 2 a 3 años en ventas",
    ],
)
def test_hours_of_something_else_are_nobodys_schedule(text: str) -> None:
    assert read_schedule(f"{text}.", LIMA) is None


def test_the_sentence_is_the_ads_own() -> None:
    found = read_schedule("¡Únete! Somos líderes.\nHorario: Lunes a Sábado de 8 AM a 2 PM.\nPlanilla completa", LIMA)
    assert found is not None
    assert found.sentence == "Horario: Lunes a Sábado de 8 AM a 2 PM."


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("Lunes a viernes, entrada 8 am salida 5 pm", ("mon-fri 08:00-17:00",)),
        ("Lunes a viernes de 9 a 6 y sábados hasta la 1", ("mon-fri 09:00-18:00", "sat 09:00-13:00")),
        ("Lunes, miércoles y viernes 3pm-7pm; martes y jueves 9am-1pm",
         ("mon,wed,fri 15:00-19:00", "tue,thu 09:00-13:00")),
        ("9 a 18 de lunes a viernes, sábado 8 a 12", ("mon-fri 09:00-18:00", "sat 08:00-12:00")),
        ("L-V de 9 a 6, S 9 a 1", ("mon-fri 09:00-18:00", "sat 09:00-13:00")),
        ("Lunes a viernes de 2 a 8", ("mon-fri 14:00-20:00",)),
        ("horario cortado 9 a 13 / 17 a 21 lunes a sábados", ("mon-sat 09:00-13:00", "mon-sat 17:00-21:00")),
        ("Lunes a sábado. Horario: 9 a 18 hs", ("mon-sat 09:00-18:00",)),
        ("LV de 9:00 am a 6:00 pm y Sabados 9:00 am a 12:00 pm", ("mon-fri 09:00-18:00", "sat 09:00-12:00")),
        ("Sábados y Feriados de 9 a 14hs", ("sat 09:00-14:00",)),
        ("sábados domingos y feriados de 8 am a 6 pm", ("sat,sun 08:00-18:00",)),
        ("Mon–Fri 9–5", ("mon-fri 09:00-17:00",)),
        ("M-F 8am to 4pm", ("mon-fri 08:00-16:00",)),
    ],
)  # fmt: skip
def test_hours_as_people_write_them(text: str, worked: tuple[str, ...]) -> None:
    found = read_schedule(f"Asistente. {text}. Planilla.", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.windows) == (ScheduleKind.FIXED, windows(*worked))


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("Lunes a Virnes, de 9:00am a 18:00pm", "mon-fri 09:00-18:00"),
        ("lunes a sabdo de 9 a 6", "mon-sat 09:00-18:00"),
        ("lunea a viernes de 9 a 6", "mon-fri 09:00-18:00"),
    ],
)
def test_misspelt_days_of_a_range_are_those_that_are_meant(text: str, worked: str) -> None:
    found = read_schedule(f"Asistente. {text}.", LIMA)
    assert found is not None
    assert found.schedule.windows == windows(worked)


@pytest.mark.parametrize(
    "text",
    [
        "Lunes a campaña de 9 a 6",
        "Amplia disponibilidad horaria (incluidos fines de semana y turno noche)",
        "Ideal para que puedas tener las tardes libres",
        "Lunes a viernes 5 a 13 hs y domingo por medio 5 a 13 hs",
    ],
)
def test_days_that_are_not_known_are_not_supposed(text: str) -> None:
    assert read_schedule(f"Asistente. {text}.", LIMA) is None


@pytest.mark.parametrize("text", ["Turnos rotativos: mañana 6-14, tarde 14-22", "Turnos rotativos", "TURNOS ROTATIBOS"])
def test_shifts_rotate_whoever_the_clock_belongs_to(text: str) -> None:
    found = read_schedule(text, None)
    assert found is not None
    assert (found.kind, found.schedule.shifts) == (ScheduleKind.ROTATING, ())


@pytest.mark.parametrize("text", ["Lunes a viernes de 9 a 18", "turno noche", "Turno de 6-14 o de 14-22, a elegir"])
def test_hours_of_nobodys_clock_are_none(text: str) -> None:
    assert read_schedule(text, None) is None

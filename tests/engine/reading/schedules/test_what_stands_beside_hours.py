"""Words beside hours that change what they say: other days, days of rest, breaks, rosters, whose hours they are."""

from __future__ import annotations

import pytest

from engine.reading.schedules.schedule_text import read_schedule
from engine.schedules import ScheduleKind, Window, parse_window

LIMA = "America/Lima"


def windows(*texts: str) -> tuple[Window, ...]:
    """Windows by their words."""
    return tuple(map(parse_window, texts))


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("Lunes a viernes de 8:30 a 18:00 (1 hora de almuerzo de 13:00 a 14:00)", "mon-fri 08:30-18:00"),
        ("L-V de 9 a 19, refrigerio una hora (14:00-15:00)", "mon-fri 09:00-19:00"),
        ("Lunes a sábado de 8 a 6, excepto viernes", "mon,tue,wed,thu,sat 08:00-18:00"),
        ("Lunes a domingo de 10 am a 7 pm, descanso los martes", "mon,wed,thu,fri,sat,sun 10:00-19:00"),
        ("De lunes a domingo 10am-7pm. Domingo libre.", "mon-sat 10:00-19:00"),
        ("Lunes a sábado 8am-5pm, viernes libre por metas cumplidas", "mon-sat 08:00-17:00"),
        ("Lunes a viernes de 9 a 18 y guardias rotativas los fines de semana", "mon-fri 09:00-18:00"),
        ("Horario 5x2: lunes a viernes de 8 a 5", "mon-fri 08:00-17:00"),
        ("Horario de trabajo lunes a sábado 1pm a 9pm. Entrevistas: lunes a viernes 9am a 12pm", "mon-sat 13:00-21:00"),
        ("Hora de entrada: 8am / Hora de salida: 5pm (lunes a viernes)", "mon-fri 08:00-17:00"),
        ("lunes a viernes 7 y 30 am a 4 y 30 pm", "mon-fri 07:30-16:30"),
        ("lunes a vierness de 8am a 5pm", "mon-fri 08:00-17:00"),
        ("de luness a sabado 8am a 5pm", "mon-sat 08:00-17:00"),
        ("Luns a viernes de 8am - 5pm", "mon-fri 08:00-17:00"),
        ("8 am a 5 pm con un día de descanso (domingo)", "mon-sat 08:00-17:00"),
        ("Horario 9am a 6pm, domingos libres", "mon-sat 09:00-18:00"),
        ("Modalidad: híbrido (martes y jueves presencial). Horario: 9 a 18", "mon-fri 09:00-18:00"),
        ("Horario 9am a 6pm, fines de semana libres", "mon-fri 09:00-18:00"),
        ("Lunes a sábado 8:00 - 17:00. Se paga bonificación por turno noche", "mon-sat 08:00-17:00"),
        ("Ayudante de bar: V, S y D de 5pm a 11pm", "fri-sun 17:00-23:00"),
        ("Turno noche de 10 a 6, lunes a sábado", "mon-sat 22:00-06:00"),
        ("Horario de trabajo: 8 a 17 hs. y guardias rotativas", "mon-fri 08:00-17:00"),
    ],
)
def test_hours_stay_fixed(text: str, worked: str) -> None:
    found = read_schedule(f"Asistente. {text}", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.windows) == (ScheduleKind.FIXED, windows(worked))


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Sistema 5x2 de 8am a 5pm", "mon-sun 08:00-17:00"),
        ("6 por 1, de 9 a 6 pm", "mon-sun 09:00-18:00"),
        ("8am a 5pm, 6 días x 1 descanso", "mon-sun 08:00-17:00"),
        ("Horario: 8am a 5pm, 3 veces por semana", "mon-sun 08:00-17:00"),
        ("2 días a la semana de 8am a 2pm", "mon-sun 08:00-14:00"),
        ("Lunes a sábado de 9 a 15 hs, con franco rotativo", "mon-sat 09:00-15:00"),
        ("8-hour shift between 8am and 8pm, Monday to Friday", "mon-fri 08:00-20:00"),
        ("Lunes a sábado de 8 am a 8 pm, 8 horas de trabajo", "mon-sat 08:00-20:00"),
        ("Turno amanecida", "mon-sun 22:00-06:00"),
    ],
)
def test_work_lies_inside_hours_whose_days_are_counted_or_move(text: str, inside: str) -> None:
    found = read_schedule(f"Operario. {text}.", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.windows) == (ScheduleKind.WITHIN, windows(inside))


@pytest.mark.parametrize(
    "text",
    [
        "Régimen 14x7",
        "Régimen 5x2",
        "Jornada 6x1",
        "4 días de trabajo x 4 de descanso",
        "Régimen 12x36",
        "Lunes a viernes, rotando por semana",
        "Cada semana cambia el turno: mañana / tarde",
        "Turno mañana y tarde intercalados por semana",
        "Lunes a sábado (rotativo)",
        "Una semana de día y otra de noche",
    ],
)
def test_rosters_without_hours_rotate(text: str) -> None:
    found = read_schedule(f"Operario. {text}. Planilla", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.shifts) == (ScheduleKind.ROTATING, ())


def test_ranges_that_shifts_lie_inside_are_no_shifts() -> None:
    found = read_schedule("8 horas diarias, horario rotativo: 7:00am a 6:00pm y 10:00am a 9:00pm", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.shifts) == (ScheduleKind.ROTATING, ())


@pytest.mark.parametrize(
    "text",
    [
        "Lunes a viernes de 8am a 5pm, sáb. medio turno",
        "Lu a Vier de 9 a 18 hs / Sáb ½ día",
        "L-V 8am-6pm S 8am-1pm (sábados alternos)",
        "Lunes a viernes de 9am a 6pm y fines de semana rotativos",
        "Todos los días menos lunes de 9 a 6",
        "lunes/viernes 8:00-17:00",
        "Horario referencial: 9am a 6pm",
        "Si estás estudiando, preferible en horarios nocturnos",
        "Rango horario del servicio: turno mañana y turno tarde",
        "Locales con horario de centro comercial (10 am a 8 pm)",
        "Cursando la carrera de lunes a viernes de 18 a 22",
        "Lunes a viernes de 8:30 a 13 y 16 a 20, sábado 9 a 13. Jornada reducida de lunes a sábado de 9 a 13",
        "Jornada: 8 hs (6 días + 1 franco)",
        "Puntual. Flexibilidad horaria: algunas visitas piden viajar",
        "Primer mes de 9 a 6, luego de 1pm a 10pm, lunes a sábado",
        "Ingreso entre 7 y 9 am",
        "Lunes a viernes de 8 a 6, sábado de 8 a 2 o domingo de 9 a 1",
        "L a V de 8 a 16 / S rotativos",
        "Horario español 9:00 a 18:00 (2am a 11am hora peruana) lunes a viernes",
        "Estudios: turno noche. Trabajo: por definir",
        "Pago adicional por turno noche",
        "Preferentemente por la mañana de 8 a 12",
        "Reunión semanal los lunes de 9 a 10 am",
        "Sacar turnos a pacientes de 8 a 20 hs",
        "Meetings are usually between 9am and 11am",
        "Persona flexible con horarios",
        'Enviar CV con asunto "Turno tarde" al correo',
        "Llevar a los niños al colegio de 7 a 8 am",
        "Entrevistas en Av. Brasil 110. Horarios de 11 am hasta las 4 pm, asistir con CV",
    ],
)
def test_what_is_not_told_in_one_way_is_not_read(text: str) -> None:
    assert read_schedule(f"Asistente. {text}.", LIMA) is None


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("Lunes a viernes de 13 a 21 hs y sábados de 8 a 11 o de 10 a 13",
         ("mon-fri 13:00-21:00|sat 08:00-11:00", "mon-fri 13:00-21:00|sat 10:00-13:00")),
        ("L-V de 9 a 6 o de 10 a 7 y sábados de 9 a 1",
         ("mon-fri 09:00-18:00|sat 09:00-13:00", "mon-fri 10:00-19:00|sat 09:00-13:00")),
        ("entre las 15 y las 21hs (turno tarde) o entre las 9 y las 16hs part time turno mañana",
         ("mon-fri 15:00-21:00", "mon-fri 09:00-16:00")),
        ("Part time. Mañana: 8:30 a 13:00 hs Tarde: 13:30 a 18:00 hs, lunes a viernes",
         ("mon-fri 08:30-13:00", "mon-fri 13:30-18:00")),
        ("Part Time (Mañana o tarde)", ("mon-sun 06:00-14:00", "mon-sun 14:00-22:00")),
        ("Horarios (a escoger): 8am-5pm, 10am-7pm, 1pm-10pm de lunes a sábado",
         ("mon-sat 08:00-17:00", "mon-sat 10:00-19:00", "mon-sat 13:00-22:00")),
        ("Turno apertura 10 am a 7 pm o turno cierre 1 pm a 10 pm, de lunes a sábado",
         ("mon-sat 10:00-19:00", "mon-sat 13:00-22:00")),
    ],
)  # fmt: skip
def test_a_choice_between_some_hours_leaves_the_others_to_each_shift(text: str, shifts: tuple[str, ...]) -> None:
    found = read_schedule(f"Asistente. {text}", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.shifts) == (
        ScheduleKind.ONE_OF,
        tuple(windows(*shift.split("|")) for shift in shifts),
    )


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Monday to Friday from 9:00 to 18:00 (Spanish time)", "Europe/Madrid"),
        ("Schedule: 8am-5pm Mon-Fri (Eastern Time), no weekends", "America/New_York"),
        ("Mon-Fri, 8 to 5 Central", "America/Chicago"),
    ],
)
def test_clocks_by_their_names(text: str, zone: str) -> None:
    found = read_schedule(text, None)
    assert found is not None
    assert found.schedule.time_zone == zone


def test_a_clock_at_the_end_of_a_sentence_is_read() -> None:
    found = read_schedule("Ability to work Monday to Friday, 9-5 PST.", LIMA)
    assert found is not None
    assert found.schedule.time_zone == "America/Los_Angeles"
    assert read_schedule("Lunes a viernes de 9 a 18. Art. 5 de la ley", LIMA).schedule.time_zone == LIMA  # type: ignore[union-attr]


def test_days_by_their_letters_are_days() -> None:
    found = read_schedule("L-J 8am-6pm y V 8am-5pm", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.windows) == (
        ScheduleKind.FIXED,
        windows("mon-thu 08:00-18:00", "fri 08:00-17:00"),
    )


def test_letters_of_a_clock_before_the_hours_are_read() -> None:
    found = read_schedule("De Lunes a Viernes CST de 9:00 AM a 6:00 pm MX", "America/Argentina/Buenos_Aires")
    assert found is not None
    assert found.schedule.time_zone == "America/Mexico_City"


def test_a_flexible_day_of_work_is_flexible() -> None:
    found = read_schedule("Jornada flexible y 100 % a distancia", LIMA)
    assert found is not None
    assert found.kind is ScheduleKind.FLEXIBLE


def test_guards_of_several_posts_rotate() -> None:
    words = "Un puesto tiene horario de 8:00 a 16:00 hs, los tres deben cubrir un esquema de guardias rotativas"
    found = read_schedule(words, LIMA)
    assert found is not None
    assert found.kind is ScheduleKind.ROTATING


def test_hours_of_training_are_no_shift() -> None:
    found = read_schedule("5 días teóricos (9am - 5pm). HORARIO DE GESTIÓN: 9AM - 6PM, lunes a sábado", LIMA)
    assert found is not None
    assert (found.kind, found.schedule.windows) == (ScheduleKind.FIXED, windows("mon-sat 09:00-18:00"))

"""Working hours are read from a text exactly, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reading.schedules.schedule_text import read_schedule
from engine.reading.schedules.weekly_hours import read_hours_per_week
from engine.schedules import Schedule, ScheduleKind, Weekday, Window

LIMA = "America/Lima"
WEEKDAYS = tuple(Weekday)[:5]
SATURDAY = (Weekday.SAT,)
SPANISH = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def schedule_in(text: str, zone: str | None = LIMA) -> Schedule | None:
    """The schedule that is read of a text."""
    found = read_schedule(text, zone)
    return found.schedule if found is not None else None


def fixed(*windows: tuple[tuple[Weekday, ...], float, float]) -> Schedule:
    """A fixed schedule in Lima; hours as numbers, 17.5 is 17:30."""
    return Schedule(
        ScheduleKind.FIXED, LIMA, tuple(Window(days, int(start * 60), int(end * 60)) for days, start, end in windows)
    )


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        (
            "Horario: lunes a viernes de 9:00 am a 6:00 pm y sábados de 9:00 am a 1:00 pm",
            fixed((WEEKDAYS, 9, 18), (SATURDAY, 9, 13)),
        ),
        ("Lunes a Viernes de 8 a 17 hs", fixed((WEEKDAYS, 8, 17))),
        ("de lunes a viernes 08:00 - 17:00", fixed((WEEKDAYS, 8, 17))),
        ("lunes a sábado 8am a 6pm", fixed(((*WEEKDAYS, Weekday.SAT), 8, 18))),
        ("Monday to Friday, 9am-5pm", fixed((WEEKDAYS, 9, 17))),
        ("L-V 9 a 18", fixed((WEEKDAYS, 9, 18))),
        ("L a V de 22 a 6 am", fixed((WEEKDAYS, 22, 6))),
        ("9:00 a 13:30 hs de lunes a viernes", fixed((WEEKDAYS, 9, 13.5))),
        ("lunes a viernes de 8 a 5:30", fixed((WEEKDAYS, 8, 17.5))),
        ("lunes a viernes de 8h30 a 17h30", fixed((WEEKDAYS, 8.5, 17.5))),
        ("Lunes a viernes de 9: 0 0 a 1 8: 0 0 hs", fixed((WEEKDAYS, 9, 18))),
        ("EquipoLunes a viernes de 9 a 18hsModalidad híbrida", fixed((WEEKDAYS, 9, 18))),
        ("EquipoLunes a viernesHorario de 9 a 18 hs", fixed((WEEKDAYS, 9, 18))),
        (
            "Lunes a viernes de 8:30 a 12:30 y de 17:30 a 21:30",
            fixed((WEEKDAYS, 8.5, 12.5), (WEEKDAYS, 17.5, 21.5)),
        ),
        ("Lunes, miércoles y viernes de 14 a 18 hs", fixed(((Weekday.MON, Weekday.WED, Weekday.FRI), 14, 18))),
        ("Lunes a sábado de 9 a 18 hs, descanso domingos", fixed(((*WEEKDAYS, Weekday.SAT), 9, 18))),
        ("Lunes a viernes - sábados de 8 a 17", fixed(((*WEEKDAYS, Weekday.SAT), 8, 17))),
        ("Martes - jueves - sábado de 9 a 13", fixed(((Weekday.TUE, Weekday.THU, Weekday.SAT), 9, 13))),
        ("Ventas/turno mañana 6am a 3pm\nÚnete al equipo\nLun a Vier 6am a 2:45pm", fixed((WEEKDAYS, 6, 14.75))),
        ("Disponibilidad de lunes a viernes. Horario: lunes a viernes de 9 a 18 hs", fixed((WEEKDAYS, 9, 18))),
    ],
)
def test_clear_hours_are_read(text: str, schedule: Schedule) -> None:
    assert schedule_in(f"Buscamos cajera. {text}. Sueldo acorde.") == schedule


@pytest.mark.parametrize(
    "text",
    [
        "Lunes a viernes de 9 a 18, sábados medio día",
        "Lunes a viernes de 9 a 18 y un sábado al mes",
        "Lunes a viernes, 4 horas diarias",
        "Jueves - lunes - martes de 9 a 13",
        "Lunes - viernes - sábado de 9 a 13",
        "Capacitación de lunes a viernes de 9 a 13",
        "Interesados comunicarse de lunes a viernes de 9 a 18 hs",
        "Entrevistas el lunes 26 de agosto de 8:30 a 12:00",
        "Lunes a viernes de 9 a 18 (horario flexible)",
        "Horario L - V de 8:30 AM a 6:30 PM (de a...",
        "Horario de oficina",
        "",
    ],
)
def test_what_can_be_read_in_two_ways_is_left_unread(text: str) -> None:
    assert schedule_in(text) is None


def test_without_a_zone_there_is_no_schedule() -> None:
    assert read_schedule("Lunes a viernes de 9 a 18 hs", None) is None


def clocks(minute: int, style: str) -> str:
    """A time of day in one of the styles of postings."""
    hour, rest = divmod(minute, 60)
    if style == "24":
        return f"{hour:02d}:{rest:02d}"
    return f"{(hour + 11) % 12 + 1}:{rest:02d} {'a.m.' if hour < 12 else 'p.m.'}"


PHRASES = [
    "Horario: {a} a {b} de {x} a {y}.",
    "De {a} a {b}, {x} - {y}",
    "Jornada: {a} a {b} desde las {x} hasta las {y} hs",
    "{A} to {B}, {x} - {y}",
    "{A} through {B} from {x} to {y}",
    "De {x} a {y} hs de {a} a {b}",
]


@given(
    st.integers(0, 5),
    st.integers(1, 5),
    st.integers(6 * 4, 20 * 4),
    st.integers(4, 12 * 4),
    st.sampled_from(PHRASES),
    st.sampled_from(["24", "12"]),
)
def test_generated_days_and_hours_come_back_exactly(
    first: int, length: int, start_quarter: int, quarters: int, phrase: str, style: str
) -> None:
    last, start = min(first + length, 6), start_quarter * 15
    end = (start + quarters * 15) % 1440 or 1440
    text = phrase.format(
        a=SPANISH[first],
        b=SPANISH[last],
        A=ENGLISH[first],
        B=ENGLISH[last],
        x=clocks(start, style),
        y=clocks(end % 1440, style),
    )
    schedule = schedule_in(f"Se busca digitadora. {text} Presencial.")
    days = tuple(Weekday(day) for day in range(first, last + 1))
    too_long = len(days) * quarters * 15 > 72 * 60
    if len(days) == 7:
        assert schedule is None or schedule.kind is ScheduleKind.WITHIN
    elif too_long:
        assert schedule is None
    else:
        assert schedule == Schedule(ScheduleKind.FIXED, LIMA, (Window(days, start, end),))


@given(st.text() | st.text("lunes aviernes0123456789:-,.hsy/ LV", max_size=60))
def test_no_text_raises(text: str) -> None:
    read_schedule(text, LIMA)
    read_schedule(f"lunes a viernes {text}", LIMA)
    read_hours_per_week(text)

"""Hours a week are read with what they mean: exactly, at least, at most; two answers are none."""

from __future__ import annotations

import pytest

from engine.jobs import HoursBound
from engine.reading.schedules.weekly_hours import read_hours_per_week

LEAST, MOST = HoursBound.AT_LEAST, HoursBound.AT_MOST


@pytest.mark.parametrize(
    ("text", "hours", "bound"),
    [
        ("20 horas semanales", 20, None),
        ("Part time (29 hs. semanales)", 29, None),
        ("48 horas a la semana", 48, None),
        ("full time 48 horas", 48, None),
        ("40 hours per week", 40, None),
        ("40-hour week", 40, None),
        ("37,5 horas por semana", 37.5, None),
        ("veinte horas semanales", 20, None),
        ("de 22:30hrs semanales", 22.5, None),
        ("4 horas diarias de lunes a viernes", 20, None),
        ("Turno AM 6 hrs / Ventas / lunes a viernes", 30, None),
        ("Jornada de 4 horas, lunes a sábado", 24, None),
        ("Jornada de 4 horas, L-S", 24, None),
        ("6 horas diarias de lunes a viernes, con las mejores comisiones", 30, None),
        ("horas semanales: 30", 30, None),
        ("mínimo 20 h/semana", 20, LEAST),
        ("a minimum of 20 hours/week", 20, LEAST),
        ("at least 20 hours a week", 20, LEAST),
        ("20+ hours per week", 20, LEAST),
        ("20 horas semanales como mínimo", 20, LEAST),
        ("20 a 30 horas semanales", 20, LEAST),
        ("Full-time (40–48 hours/week)", 40, LEAST),
        ("hasta 48 horas semanales", 48, MOST),
        ("no más de 20 horas por semana", 20, MOST),
        ("no menos de 20 horas semanales", 20, LEAST),
        ("max of 40 hours a week", 40, MOST),
    ],
)
def test_hours_a_week_come_with_what_they_mean(text: str, hours: float, bound: HoursBound | None) -> None:
    found = read_hours_per_week(f"Ofrecemos: {text}. Sueldo acorde.")
    assert found is not None
    assert (found.hours, found.bound) == (hours, bound)
    assert text[:6] in found.sentence


@pytest.mark.parametrize(
    "text",
    [
        "20 horas semanales o 40 horas semanales",
        "20 o 30 horas semanales",
        "atención 24/7",
        "900 horas semanales",
        "20 horas semanales de capacitación",
        "entrega en 48 horas",
        "jornada de 6 horas",
        "turnos de 4, 6 y 8 horas de lunes a viernes",
        "turno de 24 horas, lunes a viernes",
        "medio turno",
    ],
)
def test_two_answers_and_hours_of_something_else_are_none(text: str) -> None:
    assert read_hours_per_week(f"Ofrecemos: {text}.") is None

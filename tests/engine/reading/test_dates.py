"""When an ad was put up or closes, as boards write it, by the day when its page was read."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reading.dates import read_date, states_no_date

LIMA = ZoneInfo("America/Lima")
NOW = datetime(2026, 5, 10, 3, 30, tzinfo=LIMA)


def day_of(text: str, *, is_end: bool = False) -> str | None:
    moment = read_date(text, NOW, is_end=is_end)
    return None if moment is None else moment.astimezone(LIMA).strftime("%Y-%m-%d")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hace 3 días", "2026-05-07"),
        ("Ayer", "2026-05-09"),
        ("Hoy", "2026-05-10"),
        ("Ahora", "2026-05-10"),
        ("Hace 5 horas (actualizada)", "2026-05-09"),
        ("30+ Days Ago", "2026-04-10"),
        ("hace más de 30 dias", "2026-04-10"),
        ("PUBLICADA AYER", "2026-05-09"),
        ("anteayer", "2026-05-08"),
        ("Publicado hace 2 semanas", "2026-04-26"),
        ("hace un mes", "2026-04-10"),
        ("hace una hora", "2026-05-10"),
        ("hace 20 min.", "2026-05-10"),
        ("Recién publicado", "2026-05-10"),
        ("Just posted", "2026-05-10"),
        ("Posted 3 Days Ago", "2026-05-07"),
        ("3d", "2026-05-07"),
        ("2w", "2026-04-26"),
        ("1mo", "2026-04-10"),
        ("Actualizado hace 3 horas", "2026-05-10"),
        ("la semana pasada", "2026-05-03"),
        ("más de 30 días", "2026-04-10"),
        ("+30 días", "2026-04-10"),
        ("30 días+", "2026-04-10"),
        ("hace quince días", "2026-04-25"),
        ("four weeks ago", "2026-04-12"),
        ("hace 3 meses", "2026-02-10"),
        ("1 year ago", "2025-05-10"),
        ("1 sem.", "2026-05-03"),
        ("hace unos minutos", "2026-05-10"),
        ("hace poco", "2026-05-10"),
        ("há 3 dias", "2026-05-07"),
        ("ontem", "2026-05-09"),
        ("el lunes pasado", "2026-05-04"),
        ("Sunday", "2026-05-10"),
        ("Actualizada hace 2 horas · Publicada hace 3 días", "2026-05-07"),
        ("2026-W19-1", "2026-05-04"),
    ],
)
def test_days_that_are_told_from_today(text: str, day: str) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("16 de abril de 2026", "2026-04-16"),
        ("Publicado el 3 de marzo del 2026", "2026-03-03"),
        ("lunes 16 de abril, 10:30 am", "2026-04-16"),
        ("16-abr-26", "2026-04-16"),
        ("Apr 16, 2026", "2026-04-16"),
        ("April 16th", "2026-04-16"),
        ("15 de setiembre", "2025-09-15"),
        ("16 de mayo", "2025-05-16"),
        ("10 de mayo", "2026-05-10"),
        ("29 de febrero", "2024-02-29"),
        ("16/04", "2026-04-16"),
        ("31/12/2026", "2026-12-31"),
        ("4/16/2026", "2026-04-16"),
        ("12.04.2026", "2026-04-12"),
        ("2026/4/6", "2026-04-06"),
        ("2026-04-16", "2026-04-16"),
        ("2026-04-16T10:00:00.000+0000", "2026-04-16"),
        ("2026-04-16 10:00:00 UTC", "2026-04-16"),
        ("Thu, 16 Apr 2026 10:00:00 GMT", "2026-04-16"),
        ("Thu Apr 16 2026 10:00:00 GMT-0500 (Peru Standard Time)", "2026-04-16"),
        ("1776300000", "2026-04-15"),
        ("1776300000.0", "2026-04-15"),
        ("1776300000000", "2026-04-15"),
        ("/Date(1776300000000)/", "2026-04-15"),
    ],
)
def test_days_that_are_written(text: str, day: str) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("16 de mayo", "2026-05-16"),
        ("30 de abril", "2026-04-30"),
        ("3 de enero", "2026-01-03"),
        ("mañana", "2026-05-11"),
        ("en 3 días", "2026-05-13"),
        ("Quedan 5 días", "2026-05-15"),
        ("3 days left", "2026-05-13"),
    ],
)
def test_an_end_is_the_nearest_day(text: str, day: str) -> None:
    assert day_of(text, is_end=True) == day


@pytest.mark.parametrize(
    "text",
    [
        *("cualquier cosa", "a convenir", "2026", "abril 2026", "2026-02-30", "31/02/2026", "hace 9999 años", ""),
        *("99999999999", "1" * 5_000, "mayor de 18", "3 vacantes", "Lima", "de 9 a 18"),
    ],
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("9999-12-31", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0000-00-00", "0000-00-00 00:00:00"),
        *("1970-01-01", "1900-01-01T00:00:00", "31/12/9999", "01/01/0001 00:00:00", "0", "0.0", "-62135596800000"),
    ],
)
def test_a_form_s_way_to_say_none_states_no_date(text: str) -> None:
    assert states_no_date(text)


@pytest.mark.parametrize("text", ["2026-04-16", "2026-04-16T00:00:00Z", "16/04/2026", "Ayer", "1776300000"])
def test_a_date_of_an_ad_states_one(text: str) -> None:
    assert not states_no_date(text)


@given(st.text(max_size=60) | st.from_regex(r"\A(hace |in )?\d{1,4}[ /-]?(dias|mes|abril|3)[ /-]?\d{0,4}\Z"))
def test_any_text_is_a_date_of_an_ad_s_years_or_none(text: str) -> None:
    moment = read_date(text, NOW)
    assert moment is None or (moment.tzinfo is not None and 1990 <= moment.year <= 2100)


def test_a_month_ago_is_the_same_day_or_the_last_of_its_month() -> None:
    end_of_may = datetime(2026, 5, 31, 12, tzinfo=LIMA)
    found = [read_date(f"hace {count} meses", end_of_may) for count in (1, 2, 3, 5)]
    assert [one and one.date().isoformat() for one in found] == ["2026-04-30", "2026-03-31", "2026-02-28", "2025-12-31"]

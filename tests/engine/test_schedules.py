"""Windows of the week: how people write the end of a day, and the days of a week."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.availability import (
    HoursRule,
    ScheduleTable,
    WorkingHours,
    hours_shared,
)
from engine.documents.seekers import seeker_document, seeker_from_document
from engine.errors import InvalidInputError
from engine.schedules import Weekday, Window, parse_window
from engine.seekers import Availability
from engine.slots import seeker_slots, week_start

WEEK = week_start(datetime(2026, 10, 7, tzinfo=UTC))
LIMA = "America/Lima"


def coverage(free: tuple[Window, ...], work: tuple[Window, ...]) -> float:
    """The share of a fixed job's hours that somebody in Lima is free in."""
    table = ScheduleTable.build([WorkingHours(HoursRule.FIXED, LIMA, work)], WEEK)
    return float(hours_shared(table, seeker_slots(Availability(LIMA, free), WEEK), None).coverage[0])


@pytest.mark.parametrize("free_end", ["23:59", "24:00", "00:00", "0:00"])
@pytest.mark.parametrize("work_end", ["24:00", "23:59", "00:00"])
def test_the_end_of_a_day_is_written_in_three_ways(free_end: str, work_end: str) -> None:
    free = parse_window(f"mon-sun 18:00-{free_end}")
    assert free == Window(tuple(Weekday), 18 * 60, 24 * 60)
    assert coverage((free,), (parse_window(f"mon-fri 22:00-{work_end}"),)) == 1


@pytest.mark.parametrize("work", ["mon-fri 22:00-02:00", "sun 22:00-02:00", "sat 14:00-06:00", "mon 00:00-23:59"])
def test_whoever_is_free_all_day_to_23_59_is_free_past_midnight(work: str) -> None:
    assert coverage((parse_window("mon-sun 00:00-23:59"),), (parse_window(work),)) == 1


def test_an_end_a_minute_earlier_is_no_end_of_the_day() -> None:
    assert coverage((parse_window("mon-sun 18:00-23:58"),), (parse_window("mon-fri 22:00-24:00"),)) < 1
    assert parse_window("mon 18:00-23:58").end_minute == 23 * 60 + 58


def test_a_minute_before_midnight_can_be_a_start() -> None:
    assert parse_window("mon 23:59-07:00") == Window((Weekday.MON,), 23 * 60 + 59, 7 * 60)
    assert parse_window("mon 23:59-24:00").end_minute == 24 * 60


@pytest.mark.parametrize("end", ["23:59", "00:00", "24:00"])
def test_documents_stored_with_any_of_them_are_read_as_the_same(end: str) -> None:
    stored = {"availability": {"time_zone": LIMA, "windows": [{"days": ["mon"], "start": "18:00", "end": end}]}}
    seeker = seeker_from_document(stored)
    assert seeker.availability == Availability(LIMA, (Window((Weekday.MON,), 1080, 1440),))
    assert seeker_document(seeker)["availability"]["windows"][0]["end"] == "24:00"


@pytest.mark.parametrize("hours", ["00:00-00:00", "23:59-23:59", "12:00-12:00", "24:00-24:00"])
def test_a_window_of_no_length_is_refused(hours: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_window(f"mon {hours}")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("lun-vie", tuple(Weekday)[:5]),
        ("LUN-VIE", tuple(Weekday)[:5]),
        ("sáb,dom", (Weekday.SAT, Weekday.SUN)),
        ("sab-lun", (Weekday.MON, Weekday.SAT, Weekday.SUN)),
        ("mié", (Weekday.WED,)),
        ("mie,jue", (Weekday.WED, Weekday.THU)),
        ("mar", (Weekday.TUE,)),
        ("mon,mié", (Weekday.MON, Weekday.WED)),
        ("lunes-viernes", tuple(Weekday)[:5]),
        ("Lunes – Viernes", tuple(Weekday)[:5]),
        ("sábados,domingos", (Weekday.SAT, Weekday.SUN)),
        ("monday-wednesday", tuple(Weekday)[:3]),
    ],
)
def test_days_are_named_in_spanish_or_english(text: str, days: tuple[Weekday, ...]) -> None:
    assert parse_window(f"{text} 08:00-12:00").days == days


def test_dashes_may_be_long_and_have_spaces() -> None:
    assert parse_window("lun – vie 07:00 - 22:00") == parse_window("lun-vie 07:00-22:00")


@pytest.mark.parametrize(
    "text", ["luna 08:00-12:00", f"lun{' ' * 500} 08:00-12:00", "lu 08:00-12:00", "- 08:00-12:00", "á 08:00-12:00", ""]
)
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_window(text)

"""Chips made filters: within what the person and the request state themselves, and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.jobs import HoursType, Modality
from engine.pay import Pay, PayPeriod
from engine.schedules import MINUTES_PER_DAY, Weekday, Window, parse_window
from engine.search.chip_labels import chip_label
from engine.search.chips import Chip, ChipKind, with_chips
from engine.search.week_hours import shared_windows
from engine.seekers import Availability, Seeker

NIGHTS = Chip(ChipKind.TIMES, "noches", (parse_window("mon-sun 18:00-07:00"),))
EVENINGS = Seeker(availability=Availability("America/Lima", (parse_window("mon-fri 19:00-23:00"),), 20))


def a_window(days: list[Weekday], start: int, length: int) -> Window:
    """A window of so many half hours."""
    end = 30 * (start + length)
    return Window(tuple(sorted(days)), 30 * start, end if end <= MINUTES_PER_DAY else end - MINUTES_PER_DAY)


days = st.lists(st.sampled_from(Weekday), min_size=1, max_size=3, unique=True)
windows = st.lists(st.builds(a_window, days, st.integers(0, 47), st.integers(1, 47)), max_size=3).map(tuple)


def minutes(of: tuple[Window, ...]) -> set[int]:
    found = set()
    for window in of:
        length = (window.end_minute - window.start_minute) % MINUTES_PER_DAY or MINUTES_PER_DAY
        for day in window.days:
            start = day * MINUTES_PER_DAY + window.start_minute
            found |= {minute % (7 * MINUTES_PER_DAY) for minute in range(start, start + length, 30)}
    return found


@given(windows, windows)
def test_shared_hours_are_the_minutes_that_both_have(one: tuple[Window, ...], other: tuple[Window, ...]) -> None:
    assert minutes(shared_windows(one, other)) == minutes(one) & minutes(other)


def test_times_are_looked_for_within_those_that_a_person_is_free() -> None:
    limits = with_chips([NIGHTS], EVENINGS, JobFilter())
    assert limits.seeker.availability is not None
    assert minutes(limits.seeker.availability.windows) == minutes((parse_window("mon-fri 19:00-23:00"),))
    assert limits.seeker.availability.hours_per_week == 20
    assert not limits.is_outside


def test_times_that_a_person_is_not_free_are_those_asked_for() -> None:
    mornings = Chip(ChipKind.TIMES, "mañanas", (parse_window("mon-sun 05:00-14:00"),))
    limits = with_chips([mornings], EVENINGS, JobFilter())
    assert limits.is_outside
    assert limits.seeker.availability is not None
    assert limits.seeker.availability.windows == mornings.value


def test_what_a_request_states_is_kept() -> None:
    remote = Chip(ChipKind.MODALITY, "remoto", frozenset({Modality.REMOTE}))
    asked = JobFilter(modalities=None)
    assert with_chips([remote], Seeker(), asked).wanted.modalities == frozenset({Modality.REMOTE})
    assert with_chips([remote], Seeker(), asked, frozenset({"modalities"})).wanted.modalities is None


def test_several_of_a_kind_are_alternatives() -> None:
    chips = [Chip(ChipKind.HOURS_TYPE, "", frozenset({one})) for one in (HoursType.PART_TIME, HoursType.HOURLY)]
    assert with_chips(chips, Seeker(), JobFilter()).wanted.hours_types == frozenset(
        {HoursType.PART_TIME, HoursType.HOURLY}
    )


@pytest.mark.parametrize(
    ("chip", "es", "en"),
    [
        (Chip(ChipKind.HOURS_TYPE, "", frozenset({HoursType.PART_TIME})), "Medio tiempo", "Part time"),
        (Chip(ChipKind.PAY, "", Pay(1500, "PEN", PayPeriod.MONTH)), "Desde S/ 1,500 al mes", "From S/ 1,500 a month"),
        (Chip(ChipKind.EXPERIENCE, "", 0.0), "Sin experiencia", "No experience"),
        (Chip(ChipKind.PLACE, "", "san isidro"), "En San Isidro, o remoto", "In San Isidro, or remote"),
        (Chip(ChipKind.LANGUAGES, "", frozenset({"en"})), "Sin inglés", "Without English"),
        (Chip(ChipKind.SPELLING, "exel", "excel"), "¿Quisiste decir «excel»?", "Did you mean “excel”?"),
        (NIGHTS, "Horario: todos los días 18:00-07:00", "Hours: every day 18:00-07:00"),
        (Chip(ChipKind.WEEKLY_HOURS, "", 20.0), "Hasta 20 horas a la semana", "Up to 20 hours a week"),
    ],
)
def test_a_chip_says_what_it_limits(chip: Chip, es: str, en: str) -> None:
    assert (chip_label(chip, Locale.ES), chip_label(chip, Locale.EN)) == (es, en)

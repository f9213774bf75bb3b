"""Hours of the week in Lima, held against the wall clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.schedules import Weekday, Window
from engine.seekers import Availability
from engine.slots import week_start
from store.analytics.week_hours import free_slots, hours_text, lima_slots, slots_of

LIMA = ZoneInfo("America/Lima")
ZONES = ["America/Lima", "America/New_York", "Europe/Madrid", "Asia/Kolkata", "Australia/Lord_Howe"]
windows = st.builds(
    lambda days, start, length: Window(tuple(sorted(days)), start, (start + length) % 1440 or 1440),
    st.sets(st.sampled_from(list(Weekday)), min_size=1),
    st.integers(0, 1439),
    st.integers(1, 1439),
)


@given(st.lists(st.booleans(), min_size=672, max_size=672))
def test_a_text_of_hours_keeps_every_quarter(quarters: list[bool]) -> None:
    slots = np.array(quarters)
    text = hours_text(slots)
    assert len(text) == 168
    assert (slots_of([text, text])[1] == slots).all()


def test_a_digit_is_an_hour_of_lima() -> None:
    free = Availability("America/Lima", (Window((Weekday.MON,), 19 * 60, 21 * 60 + 30),))
    text = hours_text(free_slots(free, week_start(datetime(2026, 6, 30, tzinfo=UTC))))
    assert text[19:22] == "ff3"  # 19 and 20 o'clock whole, the first half of 21
    assert text.count("0") == 168 - 3


def test_a_person_is_free_in_whole_quarters_only() -> None:
    free = Availability("America/Lima", (Window((Weekday.MON,), 19 * 60 + 10, 20 * 60 + 20),))
    text = hours_text(free_slots(free, week_start(datetime(2026, 6, 30, tzinfo=UTC))))
    assert text[19:21] == "e1"  # not the quarter that begins at 19:00, nor that which ends at 20:30
    assert hours_text(free_slots(Availability("America/Lima"), datetime(2026, 6, 29, tzinfo=UTC))) == "f" * 168


@pytest.mark.parametrize("month", [1, 7])
@given(windows=st.lists(windows, min_size=1, max_size=3), zone=st.sampled_from(ZONES), is_person=st.booleans())
def test_quarters_are_those_that_the_clock_shows_there(
    month: int, windows: list[Window], zone: str, is_person: bool
) -> None:
    week = week_start(datetime(2026, month, 15, tzinfo=UTC))
    slots = lima_slots(windows, zone, week, whole_quarters_only=is_person)
    for place in range(0, 672, 7):  # a seventh of the quarters, of all days and times of day
        lima = datetime(week.year, week.month, week.day, tzinfo=LIMA) + timedelta(minutes=15 * place)
        minutes = [is_inside(windows, (lima.astimezone(UTC) + timedelta(minutes=n)), zone, week) for n in range(15)]
        assert slots[place] == (all(minutes) if is_person else any(minutes))


def is_inside(windows: list[Window], moment: datetime, zone: str, week: datetime) -> bool:
    """Whether a minute of the reference week is in a window; what lies past its end comes from its beginning."""
    within = week + (moment - week) % timedelta(days=7)
    local = within.astimezone(ZoneInfo(zone))
    minute = local.weekday() * 1440 + local.hour * 60 + local.minute
    return any(
        (minute - day * 1440 - window.start_minute) % 10080 < ((window.end_minute - window.start_minute) % 1440 or 1440)
        for window in windows
        for day in window.days
    )

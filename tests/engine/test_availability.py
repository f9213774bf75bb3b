"""Availability against a slow oracle that walks the week quarter by quarter with zoneinfo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.availability import (
    HoursRule,
    ScheduleTable,
    WorkingHours,
    hours_shared,
)
from engine.errors import InvalidInputError
from engine.schedules import Schedule, ScheduleKind, Weekday, Window, parse_clock
from engine.seekers import Availability
from engine.slots import seeker_slots, week_start

WEEKDAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
ZONES = (
    "America/Lima",
    "America/New_York",
    "Europe/Madrid",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "America/Santiago",
)
JULY, MARCH_CHANGE = datetime(2026, 7, 8, tzinfo=UTC), datetime(2026, 3, 4, 12, tzinfo=UTC)

windows = st.builds(
    lambda days, start, length: Window(tuple(sorted(days)), start, (start + length - 1) % 1440 + 1),
    st.sets(st.sampled_from(Weekday), min_size=1),
    st.integers(0, 1439),
    st.integers(1, 1439),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 1)).map(lambda day: day.replace(tzinfo=UTC))


def covers(windows: tuple[Window, ...], local: datetime) -> bool:
    """Whether the local wall-clock minute lies in a window, yesterday's overnight ones included."""
    minute, today = local.hour * 60 + local.minute, local.weekday()
    for window in windows:
        overnight = window.end_minute <= window.start_minute
        if today in window.days and window.start_minute <= minute and (overnight or minute < window.end_minute):
            return True
        if overnight and (today - 1) % 7 in window.days and minute < window.end_minute:
            return True
    return False


def walk(windows: tuple[Window, ...], zone: str, week: datetime, need_all: bool) -> list[bool]:
    """The oracle: for each quarter of the UTC week, whether its (need_all: every, else any) minute is covered."""
    free = []
    for slot in range(672):
        local = (week + timedelta(minutes=15 * slot)).astimezone(ZoneInfo(zone))
        minutes = [covers(windows, local.replace(tzinfo=None) + timedelta(minutes=m)) for m in range(15)]
        free.append(all(minutes) if need_all else any(minutes))
    return free


def share(availability: Availability, hours: WorkingHours, moment: datetime) -> tuple[float, float]:
    week = week_start(moment)
    result = hours_shared(
        ScheduleTable.build([hours], week), seeker_slots(availability, week), availability.hours_per_week
    )
    return float(result.shared[0]), float(result.needed[0])


@settings(max_examples=40)
@given(windows, windows, st.sampled_from(ZONES), st.sampled_from(ZONES), moments)
def test_a_fixed_schedule_shares_what_walking_the_week_shares(
    mine: Window, work: Window, my_zone: str, work_zone: str, moment: datetime
) -> None:
    week = week_start(moment)
    free = walk((mine,), my_zone, week, need_all=True)
    needed = walk((work,), work_zone, week, need_all=False)
    shared_hours = sum(a and b for a, b in zip(free, needed, strict=True)) / 4

    found = share(Availability(my_zone, (mine,)), WorkingHours(HoursRule.FIXED, work_zone, (work,)), moment)

    assert list(found) == pytest.approx([shared_hours, sum(needed) / 4])


@settings(max_examples=40)
@given(windows, windows, st.sampled_from(ZONES), moments, st.integers(1, 60), st.integers(1, 30))
def test_core_overlap_tells_its_two_needs_and_is_judged_by_the_tighter(
    mine: Window, team: Window, zone: str, moment: datetime, hours: int, core: int
) -> None:
    week = week_start(moment)
    free = walk((mine,), "America/Lima", week, need_all=True)
    day = walk((team,), zone, week, need_all=False)
    overlap = min(sum(a and b for a, b in zip(free, day, strict=True)) / 4, core)
    total = min(sum(free) / 4, hours)

    found = hours_shared(
        ScheduleTable.build([WorkingHours(HoursRule.CORE_OVERLAP, zone, (team,), hours, core)], week),
        seeker_slots(Availability("America/Lima", (mine,)), week),
        None,
    )

    assert (found.shared[0], found.needed[0]) == pytest.approx((total, hours))
    assert (found.core_shared[0], found.core_needed[0]) == pytest.approx((overlap, core))
    assert found.coverage[0] == pytest.approx(min(overlap / core, total / hours), abs=1e-5)


@settings(max_examples=40)
@given(windows, moments, st.integers(1, 100), st.integers(1, 100))
def test_flexible_hours_are_capped_by_what_the_person_wants(
    mine: Window, moment: datetime, needed: int, wanted: int
) -> None:
    free = sum(walk((mine,), "America/Lima", week_start(moment), need_all=True)) / 4
    found = share(
        Availability("America/Lima", (mine,), wanted),
        WorkingHours(HoursRule.FLEXIBLE, hours_per_week=needed),
        moment,
    )
    assert list(found) == pytest.approx([min(free, wanted, needed), needed])


def test_daylight_saving_moves_a_new_york_job_and_not_a_lima_seeker() -> None:
    evenings = Availability("America/Lima", (Window(WEEKDAYS, parse_clock("14:00"), parse_clock("18:00")),))
    afternoon = WorkingHours(
        HoursRule.FIXED, "America/New_York", (Window(WEEKDAYS, parse_clock("14:00"), parse_clock("18:00")),)
    )
    assert share(evenings, afternoon, datetime(2026, 1, 14, tzinfo=UTC)) == (20, 20)
    assert share(evenings, afternoon, JULY) == (15, 20)


def test_a_week_that_changes_the_clock_counts_each_day_by_its_own_offset() -> None:
    sunday = Availability("America/Lima", (Window((Weekday.SUN,), parse_clock("09:00"), parse_clock("17:00")),))
    same = WorkingHours(
        HoursRule.FIXED,
        "America/New_York",
        (Window((Weekday.SUN,), parse_clock("09:00"), parse_clock("17:00")),),
    )
    assert share(sunday, same, MARCH_CHANGE) == (7, 8)


def test_a_job_whose_only_hour_the_clocks_leave_out_is_covered_that_week() -> None:
    skipped = WorkingHours(
        HoursRule.FIXED,
        "America/New_York",
        (Window((Weekday.SUN,), parse_clock("02:00"), parse_clock("03:00")),),
    )
    week = week_start(MARCH_CHANGE)
    found = hours_shared(ScheduleTable.build([skipped], week), seeker_slots(Availability("America/Lima"), week), None)
    assert (found.shared[0], found.needed[0], found.coverage[0]) == (0, 0, 1)


def test_an_overnight_window_runs_into_the_next_day_and_the_next_week() -> None:
    nights = Availability("America/Lima", (Window((Weekday.SUN,), parse_clock("22:00"), parse_clock("06:00")),))
    monday = WorkingHours(
        HoursRule.FIXED, "America/Lima", (Window((Weekday.MON,), parse_clock("00:00"), parse_clock("06:00")),)
    )
    assert share(nights, monday, JULY) == (6, 6)


def test_a_person_without_windows_is_free_at_any_time_up_to_the_hours_wanted() -> None:
    work = WorkingHours(
        HoursRule.FIXED, "America/Lima", (Window(WEEKDAYS, parse_clock("09:00"), parse_clock("18:00")),)
    )
    assert share(Availability("America/Lima"), work, JULY) == (45, 45)
    assert share(Availability("America/Lima", (), 30), work, JULY) == (30, 45)


def test_quarters_covered_in_part_count_against_the_match() -> None:
    person = Availability("America/Lima", (Window((Weekday.MON,), parse_clock("19:05"), parse_clock("21:00")),))
    work = WorkingHours(
        HoursRule.FIXED, "America/Lima", (Window((Weekday.MON,), parse_clock("19:05"), parse_clock("21:00")),)
    )
    assert share(person, work, JULY) == (1.75, 2)


def test_unstated_hours_stay_unknown() -> None:
    _, needed = share(Availability("America/Lima"), WorkingHours(HoursRule.UNSTATED), JULY)
    assert np.isnan(needed)


@pytest.mark.parametrize("zone", ["Lima", "America/", "../../etc/passwd", "", "America/Lima\x00", "x" * 300])
def test_a_bad_zone_is_refused_with_what_was_expected(zone: str) -> None:
    with pytest.raises(InvalidInputError, match="America/Lima"):
        Schedule(ScheduleKind.FLEXIBLE, zone, hours_per_week=10)


@pytest.mark.parametrize(("start", "end"), [(600, 600), (-1, 30), (1440, 30), (0, 0), (0, 1441)])
def test_an_impossible_window_is_refused(start: int, end: int) -> None:
    with pytest.raises(InvalidInputError, match="window"):
        Window((Weekday.MON,), start, end)


@pytest.mark.parametrize("hours", [5e-324, 0.2, 169])
def test_a_schedule_of_less_than_a_quarter_of_an_hour_or_more_than_a_week_is_refused(hours: float) -> None:
    day = (Window((Weekday.MON,), parse_clock("08:00"), parse_clock("18:00")),)
    with pytest.raises(InvalidInputError, match=r"0\.25 to 168"):
        Schedule(ScheduleKind.FLEXIBLE, hours_per_week=hours)
    with pytest.raises(InvalidInputError, match=r"0\.25 to 168"):
        Schedule(ScheduleKind.CORE_OVERLAP, "America/Lima", day, core_hours=hours)

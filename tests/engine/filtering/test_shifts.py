"""Shifts to choose from, shifts that rotate, parts of a day: who has the hours, beside a walk through the week."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.availability import HoursShared
from engine.catalogue.builder import build_catalogue
from engine.errors import InvalidInputError
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.jobs import HoursBound, HoursType, Job
from engine.schedules import Schedule, ScheduleKind, Weekday, Window, parse_window
from engine.seekers import Availability, Seeker
from tests.engine.hard_limits import broken_limits

NOW = datetime(2026, 7, 8, 12, tzinfo=UTC)
LIMA = "America/Lima"
JOB = Job("job", "Cajera")
MORNING, AFTERNOON, NIGHT = (
    (parse_window(f"mon-sat {hours}"),) for hours in ("06:00-14:00", "14:00-22:00", "22:00-06:00")
)


def posting(kind: ScheduleKind, hours_type: HoursType | None = None, **terms: object) -> Job:
    return replace(JOB, schedule=Schedule(kind, LIMA, **terms), hours_type=hours_type)  # type: ignore[arg-type]


def person(*windows: str, hours: float | None = None) -> Seeker:
    return Seeker(availability=Availability(LIMA, tuple(map(parse_window, windows)), hours))


def fits(job: Job, seeker: Seeker) -> bool:
    catalogue = build_catalogue([job])
    shared = shared_hours(catalogue, seeker.availability, NOW)
    return bool(eligible_jobs(catalogue, seeker, JobFilter(modalities=None), shared, NOW)[0])


def hours(job: Job, seeker: Seeker) -> HoursShared:
    found = shared_hours(build_catalogue([job]), seeker.availability, NOW)
    assert found is not None
    return found


def test_one_of_several_shifts_is_for_who_is_free_for_one_of_them() -> None:
    job = posting(ScheduleKind.ONE_OF, shifts=(MORNING, AFTERNOON, NIGHT))
    assert fits(job, person("mon-sat 13:00-23:00"))
    assert not fits(job, person("mon-sat 07:00-20:00"))
    found = hours(job, person("mon-sat 13:00-23:00"))
    assert (found.shared[0], found.needed[0], found.best_shift[0]) == (48, 48, 1)


def test_shifts_that_rotate_are_for_who_is_free_for_all_of_them() -> None:
    job = posting(ScheduleKind.ROTATING, shifts=(MORNING, AFTERNOON))
    assert fits(job, person("mon-sat 06:00-22:00"))
    assert not fits(job, person("mon-sat 06:00-21:00"))
    assert not fits(job, person("mon-sat 06:00-22:00", hours=30))
    found = hours(job, person("mon-sat 06:00-18:00"))
    assert (found.shared[0], found.needed[0]) == (36, 48)


def test_shifts_that_rotate_untold_are_judged_by_their_hours_alone() -> None:
    assert fits(posting(ScheduleKind.ROTATING), person("mon 08:00-12:00"))
    assert not fits(posting(ScheduleKind.ROTATING, HoursType.FULL_TIME), person("mon-fri 08:00-14:00"))
    assert not fits(posting(ScheduleKind.ROTATING, hours_per_week=48), person("mon-fri 08:00-14:00"))


def test_a_part_of_the_day_is_for_who_is_free_in_it() -> None:
    nights = posting(ScheduleKind.WITHIN, windows=(parse_window("mon-sun 22:00-06:00"),))
    assert fits(nights, person("fri,sat 22:00-02:00"))
    assert not fits(nights, person("mon-sun 06:00-22:00"))
    assert not fits(replace(nights, hours_type=HoursType.FULL_TIME), person("fri,sat 22:00-02:00"))


def test_up_to_so_many_hours_rules_nobody_out_and_at_least_so_many_does() -> None:
    few = person("mon 08:00-12:00")
    assert fits(replace(JOB, hours_per_week=20, hours_bound=HoursBound.AT_MOST), few)
    assert not fits(replace(JOB, hours_per_week=20, hours_bound=HoursBound.AT_LEAST), few)


def test_full_time_is_the_legal_week_unless_the_ad_says_otherwise() -> None:
    full_time = replace(JOB, hours_type=HoursType.FULL_TIME)
    assert not fits(full_time, person("mon-fri 08:00-15:00"))
    assert fits(full_time, person("mon-sat 08:00-16:00"))
    assert fits(replace(full_time, hours_per_week=30), person("mon-fri 08:00-15:00"))


WINDOW_LISTS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 23), st.integers(1, 24)).filter(lambda parts: parts[1] != parts[2]),
    min_size=1,
    max_size=2,
    unique_by=lambda parts: parts[0],
).map(lambda parts: tuple(Window((Weekday(day),), start * 60, end * 60) for day, start, end in parts))
SHIFTS = st.lists(WINDOW_LISTS, min_size=2, max_size=3).map(tuple)


def all_of(lists: list[tuple[Window, ...]]) -> tuple[Window, ...]:
    return tuple(window for windows in lists for window in windows)


HOURS = st.none() | st.integers(1, 60).map(float)
SCHEDULES = st.one_of(
    st.builds(Schedule, st.just(ScheduleKind.WITHIN), st.just(LIMA), WINDOW_LISTS, HOURS),
    st.builds(Schedule, st.just(ScheduleKind.ONE_OF), st.just("America/Bogota"), shifts=SHIFTS),
    st.builds(Schedule, st.just(ScheduleKind.ROTATING), st.just(LIMA), hours_per_week=HOURS, shifts=SHIFTS),
    st.builds(Schedule, st.sampled_from([ScheduleKind.ROTATING, ScheduleKind.FLEXIBLE]), hours_per_week=HOURS),
)
PEOPLE = st.builds(
    Availability, st.just(LIMA), st.lists(WINDOW_LISTS, min_size=1, max_size=4).map(lambda x: sum(x, ()))
)


@given(SCHEDULES, st.sampled_from([None, HoursType.FULL_TIME]), PEOPLE, HOURS)
@example(Schedule(ScheduleKind.ONE_OF, LIMA, shifts=(MORNING, NIGHT)), None, Availability(LIMA, NIGHT), 48.0)
@example(Schedule(ScheduleKind.ROTATING, LIMA, shifts=(MORNING, NIGHT)), None, Availability(LIMA, NIGHT), 48.0)
def test_who_has_the_hours_is_who_a_walk_through_the_week_finds(
    schedule: Schedule, hours_type: HoursType | None, free: Availability, wanted: float | None
) -> None:
    job = replace(JOB, schedule=schedule, hours_type=hours_type)
    seeker = Seeker(availability=replace(free, hours_per_week=wanted))
    assert fits(job, seeker) is ("hours" not in broken_limits(job, seeker, NOW))


@pytest.mark.parametrize(
    ("kind", "shifts"),
    [
        (ScheduleKind.ONE_OF, ()),
        (ScheduleKind.ONE_OF, (MORNING,)),
        (ScheduleKind.ROTATING, (MORNING,)),
        (ScheduleKind.ROTATING, (MORNING, ())),
        (ScheduleKind.FLEXIBLE, (MORNING, NIGHT)),
    ],
)
def test_impossible_shifts_are_refused(kind: ScheduleKind, shifts: tuple[tuple[Window, ...], ...]) -> None:
    with pytest.raises(InvalidInputError, match="shifts"):
        Schedule(kind, LIMA, hours_per_week=20, shifts=shifts)

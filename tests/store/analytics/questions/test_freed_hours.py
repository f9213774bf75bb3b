"""What would open, held against asking the engine for every person and job, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue.builder import build_catalogue
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.jobs import Job, Modality
from engine.schedules import Schedule, ScheduleKind, Weekday, Window, parse_window
from engine.seekers import Availability, Seeker
from sample.world import generate_world
from store.analytics.questions.freed_hours import freed_hours, moved_slots
from store.analytics.tables import Filters, Table

NOW = datetime(2026, 6, 30, 15, tzinfo=UTC)
NIGHTS, LATE_NIGHTS = parse_window("mon-fri 19:00-23:00"), parse_window("mon-fri 23:00-06:00")


def of(table: Table, window: str, change: str) -> dict[str, Any]:
    """The row of a window and a change, by column."""
    (row,) = [row for row in table.rows if row[:2] == (window, change)]
    return dict(zip([column.name for column in table.columns], row, strict=True))


def able(people: Sequence[Seeker], jobs: Sequence[Job]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether the engine lets each job pass for each person who states their hours, `[people, jobs]`."""
    catalogue = build_catalogue(jobs)
    asked = [replace(one, min_pay=None) for one in people if one.availability is not None]
    return np.array(
        [
            eligible_jobs(catalogue, one, JobFilter(), shared_hours(catalogue, one.availability, NOW), NOW)
            for one in asked
        ]
    )


def with_window(one: Seeker, window: Window) -> Seeker:
    """The person, free in a window of Lima's week too."""
    free = one.availability
    if free is None or not free.windows:
        return one
    assert free.time_zone in ("America/Lima", "America/Bogota", "America/Guayaquil")  # of one clock
    return replace(one, availability=replace(free, windows=(*free.windows, window)))


@pytest.mark.parametrize(("name", "window"), [("nights", NIGHTS), ("late_nights", LATE_NIGHTS)])
def test_pairs_now_and_with_a_window_freed_are_those_that_the_engine_lets_pass(
    story: Any, name: str, window: Window
) -> None:
    world = generate_world(seed=11, job_count=120, seeker_count=90)
    people = [
        one for one in world.seekers if one.availability is None or one.availability.time_zone != "America/La_Paz"
    ]
    story.people(people)
    story.jobs([*world.jobs, Job("closed", "A", is_open=False), Job("on-site", "B", modality=Modality.ON_SITE)])
    table = freed_hours(story.snapshot(), Filters())
    now, freed = able(people, world.jobs), able([with_window(one, window) for one in people], world.jobs)
    row = of(table, name, "as_now")
    assert (row["pairs"], row["pairs_opened"], row["people_gaining"], row["jobs_opened"]) == (fives(now.sum()), 0, 0, 0)
    row = of(table, name, "people_free_it")
    assert row["pairs"] == fives(freed.sum())
    assert row["pairs_opened"] == fives(freed.sum() - now.sum()) > 0
    assert row["people_gaining"] == fives((freed & ~now).any(axis=1).sum())
    before, after = now.sum(axis=0), freed.sum(axis=0)
    assert row["jobs_opened"] == ((before < 5) & (after >= 5)).sum()
    may = able(
        [replace(one, availability=Availability("America/Lima")) for one in people],
        [unscheduled(job) for job in world.jobs],
    )
    allowed = may.sum(axis=0)
    assert row["jobs_nobody_has_hours"] == ((after == 0) & (allowed > 0)).sum()
    assert row["jobs_few_have_hours"] == ((after > 0) & (after < 5) & (allowed >= 5)).sum()


def fives(count: Any) -> int:
    """As counts are told."""
    return 5 * round(int(count) / 5)


def unscheduled(job: Job) -> Job:
    """The job without a word on its hours."""
    return replace(job, schedule=None, hours_per_week=None, hours_type=None)


def test_an_employer_who_moves_hours_into_the_night_reaches_those_who_are_free_then(story: Any) -> None:
    """Six people are free on Monday nights, five in the mornings too; a job needs Monday 17 to 21, four hours."""
    nights = Window((Weekday.MON,), 19 * 60, 23 * 60)
    mornings = Window((Weekday.MON,), 8 * 60, 12 * 60)
    story.people([Seeker(f"night-{n}", availability=Availability("America/Lima", (nights,))) for n in range(6)])
    story.people([Seeker(f"day-{n}", availability=Availability("America/Lima", (mornings,))) for n in range(5)])
    fixed = Schedule(ScheduleKind.FIXED, "America/Lima", (Window((Weekday.MON,), 17 * 60, 21 * 60),))
    morning = Schedule(ScheduleKind.FIXED, "America/Lima", (mornings,))
    flexible = Schedule(ScheduleKind.FLEXIBLE, hours_per_week=4)
    story.jobs(
        [
            Job("evening", "A", schedule=fixed),
            Job("morning", "B", schedule=morning),  # moved into the night it would reach six people and not five
            Job("flexible", "C", schedule=flexible),  # everybody can, whatever moves
            Job("far", "D", schedule=fixed, country="US"),  # nobody may: it is not said to be remote
        ]
    )
    table = freed_hours(story.snapshot(), Filters())
    now = of(table, "nights", "as_now")
    assert (now["jobs_in_window"], now["pairs"], now["jobs_nobody_has_hours"]) == (2, fives(0 + 5 + 11), 1)
    moved = of(table, "nights", "employers_move_4_hours")
    assert (moved["pairs"], moved["pairs_opened"], moved["people_gaining"]) == (fives(6 + 6 + 11), 5, 5)
    assert (moved["jobs_opened"], moved["jobs_nobody_has_hours"]) == (1, 0)
    # Into the mornings the evening's four hours reach the five who are free then; the morning's own stay.
    moved = of(table, "mornings", "employers_move_4_hours")
    assert (moved["pairs"], moved["people_gaining"]) == (fives(5 + 5 + 11), 5)
    assert of(table, "weekends", "employers_move_8_hours")["pairs_opened"] == 0


def test_people_want_as_many_hours_as_before(story: Any) -> None:
    nights, mornings = Window((Weekday.MON,), 19 * 60, 23 * 60), Window((Weekday.MON,), 8 * 60, 12 * 60)
    story.people([Seeker(f"p{n}", availability=Availability("America/Lima", (mornings,), 3)) for n in range(8)])
    story.jobs([Job("night", "A", schedule=Schedule(ScheduleKind.FIXED, "America/Lima", (nights,)))])
    assert of(freed_hours(story.snapshot(), Filters()), "nights", "people_free_it")["pairs_opened"] == 0


def test_what_few_people_would_gain_is_hidden(story: Any) -> None:
    mornings, nights = Window((Weekday.MON,), 8 * 60, 12 * 60), Window((Weekday.MON,), 19 * 60, 23 * 60)
    story.people([Seeker(f"m{n}", availability=Availability("America/Lima", (mornings,))) for n in range(3)])
    story.people([Seeker(f"n{n}", availability=Availability("America/Lima", (nights,))) for n in range(9)])
    story.jobs([Job("night", "A", schedule=Schedule(ScheduleKind.FIXED, "America/Lima", (nights,)))])
    row = of(freed_hours(story.snapshot(), Filters()), "nights", "people_free_it")
    assert (row["pairs"], row["pairs_opened"], row["people_gaining"]) == (10, None, None)
    assert of(freed_hours(story.snapshot(), Filters()), "nights", "as_now")["pairs"] == 10


def test_an_empty_market_opens_nothing(story: Any) -> None:
    assert {row[2:] for row in freed_hours(story.snapshot(), Filters()).rows} == {(0, 0, 0, 0, 0, 0, 0)}


slots = st.lists(st.booleans(), min_size=672, max_size=672)


@given(slots, slots, st.lists(st.integers(0, 3), min_size=672, max_size=672), st.integers(0, 40))
def test_hours_move_one_by_one_from_the_emptiest_to_the_fullest(
    needed: list[bool], window: list[bool], people_free: list[int], quarters: int
) -> None:
    expected = list(needed)
    for _ in range(quarters):
        out = [place for place in range(672) if expected[place] and needed[place] and not window[place]]
        into = [place for place in range(672) if not expected[place] and not needed[place] and window[place]]
        if not out or not into:
            break
        expected[min(out, key=lambda place: (people_free[place], place))] = False
        expected[min(into, key=lambda place: (-people_free[place], place))] = True
    moved = moved_slots(np.array([needed]), np.array(window), np.array(people_free), quarters)
    assert moved[0].tolist() == expected
    assert moved.sum() == sum(needed)

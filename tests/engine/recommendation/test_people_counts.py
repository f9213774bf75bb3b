"""Who could do a job is counted, and who could if it were a little otherwise: as many as would be found for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from engine.jobs import Device, Job, LanguageLevel, LanguageNeed
from engine.pay import Pay, PayPeriod
from engine.recommendation.people_counts import Change, changes_of, count_people
from engine.recommendation.people_for_job import rank_people
from engine.recommendation.recommend import Recommender
from engine.relevance import Calibration
from engine.schedules import MINUTES_PER_DAY, Schedule, ScheduleKind, Weekday, Window
from sample.world import World

NOW = datetime(2026, 11, 25, tzinfo=UTC)
VECTOR = np.array([1, 0], dtype=np.float32)
WORKDAYS = tuple(Weekday(day) for day in range(5))
JUDGE = Recommender((), Calibration(0.5, 0.9))
JOB = Job(
    "job",
    "Ventas por WhatsApp",
    schedule=Schedule(ScheduleKind.FIXED, "America/Lima", (Window(WORKDAYS, 17 * 60, 20 * 60),)),
    pay=Pay(1000, "PEN", PayPeriod.MONTH),
    languages=(LanguageNeed("es"), LanguageNeed("en", LanguageLevel.B2)),
    device=Device.COMPUTER,
    country="PE",
)


@pytest.mark.parametrize("job", [JOB, replace(JOB, schedule=None), replace(JOB, pay=None, languages=(), device=None)])
def test_as_many_are_counted_as_would_be_found(tiny_world: World, job: Job) -> None:
    people = [(seeker, VECTOR) for seeker in tiny_world.seekers]
    counts = count_people(job, VECTOR, people, JUDGE, NOW)
    assert counts.considered == len(people)
    for one, count in [(job, counts.could), *((changed.job, count) for changed, count in counts.by_change)]:
        found = rank_people(one, VECTOR, people, JUDGE, NOW, limit=1, enough=len(people) + 1)
        assert count == found.eligible_count
    assert [changed for changed, _ in counts.by_change] == changes_of(job)


def test_what_is_changed_is_what_the_job_states() -> None:
    assert {one.change for one in changes_of(JOB)} == set(Change)
    assert changes_of(Job("job", "Ventas")) == []
    flexible = replace(JOB, schedule=Schedule(ScheduleKind.FLEXIBLE, "America/Lima", hours_per_week=15))
    of_hours = {Change.LATER, Change.EARLIER, Change.SHORTER, Change.FLEXIBLE}
    assert of_hours.isdisjoint(one.change for one in changes_of(flexible))


@pytest.mark.parametrize("start", [0, 15, 6 * 60, 22 * 60, MINUTES_PER_DAY - 30])
@pytest.mark.parametrize("length", [30, 60, 480, MINUTES_PER_DAY])
def test_hours_that_are_moved_keep_their_length(start: int, length: int) -> None:
    window = Window(WORKDAYS, start, (start + length - 1) % MINUTES_PER_DAY + 1) if length < MINUTES_PER_DAY else None
    schedule = Schedule(ScheduleKind.FIXED, "America/Lima", (window or Window(WORKDAYS, 0, MINUTES_PER_DAY),))
    for one in changes_of(replace(JOB, schedule=schedule)):
        moved = one.job.schedule
        assert moved is not None
        if one.change in (Change.LATER, Change.EARLIER):
            assert moved.windows[0].length_minutes == schedule.windows[0].length_minutes
        if one.change is Change.SHORTER:
            assert moved.windows[0].length_minutes == schedule.windows[0].length_minutes - 60

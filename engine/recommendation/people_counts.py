"""How many people could do a job and are free then, and how many more if its hours, pay or demands were others.

The job and each change of it are rows of one catalogue, so that a person is held against all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import ceil

import numpy as np

from engine.arrays import Vectors
from engine.catalogue.thin_ads import without_thinness
from engine.jobs import Device, Job
from engine.recommendation.people_for_job import ANYWHERE, segment_of
from engine.recommendation.recommend import Recommender
from engine.schedules import MINUTES_PER_DAY, Schedule, ScheduleKind, Window
from engine.seekers import Seeker
from engine.working_hours import window_hours

SHIFTS = (30, 60, 120)
SHORTER_MINUTES = 60
MORE_PAY, PAY_STEP = 1.1, 10


class Change(StrEnum):
    """What of a job could be otherwise."""

    LATER = "later"
    EARLIER = "earlier"
    SHORTER = "shorter"
    FLEXIBLE = "flexible"
    MORE_PAY = "more_pay"
    PHONE = "phone"
    WITHOUT_LANGUAGES = "without_languages"


@dataclass(frozen=True, slots=True)
class ChangedJob:
    """A job as it could be; `amount`: by how many minutes, or which pay."""

    change: Change
    amount: float
    job: Job


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """How many people could do the job, and each change of it; `considered` were held against them."""

    could: int
    by_change: list[tuple[ChangedJob, int]]
    considered: int


def changes_of(job: Job) -> list[ChangedJob]:
    """What an employer could change of a job, as far as the job states it."""
    found: list[ChangedJob] = []
    schedule = job.schedule
    if schedule is not None and schedule.kind is ScheduleKind.FIXED:
        for minutes in SHIFTS:
            found.append(_with_windows(Change.LATER, minutes, job, _shifted(schedule, minutes)))
            found.append(_with_windows(Change.EARLIER, minutes, job, _shifted(schedule, -minutes)))
        shorter = _shortened(schedule)
        if shorter:
            found.append(_with_windows(Change.SHORTER, SHORTER_MINUTES, job, shorter))
        hours = job.hours_per_week or window_hours(schedule.windows)
        flexible = Schedule(ScheduleKind.FLEXIBLE, schedule.time_zone, hours_per_week=hours)
        found.append(ChangedJob(Change.FLEXIBLE, hours, replace(job, schedule=flexible)))
    if job.pay is not None and job.pay.amount:
        amount = float(ceil(job.pay.amount * MORE_PAY / PAY_STEP) * PAY_STEP)
        most = None if job.pay.max_amount is None else max(amount, job.pay.max_amount)
        found.append(
            ChangedJob(Change.MORE_PAY, amount, replace(job, pay=replace(job.pay, amount=amount, max_amount=most)))
        )
    if job.device is not None and job.device > Device.PHONE:
        found.append(ChangedJob(Change.PHONE, 0, replace(job, device=Device.PHONE)))
    if any(need.code != "es" for need in job.languages):
        spanish = tuple(need for need in job.languages if need.code == "es")
        found.append(ChangedJob(Change.WITHOUT_LANGUAGES, 0, replace(job, languages=spanish)))
    return found


def count_people(
    job: Job,
    job_vector: Vectors,
    people: Iterable[tuple[Seeker, Vectors]],
    recommender: Recommender,
    now: datetime,
) -> PeopleCounts:
    """How many of the people could do the job, and each change of it.

    Args:
        people: those nearest to `job_vector` `[dimension]` first, each with their vector `[dimension]`; none is looked
            at after the first who is too far from the job for it to be called a match.
    """
    changes = changes_of(job)
    segment = segment_of([job, *(one.job for one in changes)], job_vector)
    least = 0.0 if recommender.match_calibration is None else recommender.match_calibration.least
    cost = segment.catalogue.records.take(np.zeros(1, dtype=np.int64))["thinness_log_odds"]
    counts, considered = np.zeros(1 + len(changes), dtype=np.int64), 0
    for seeker, vector in people:
        cosine = np.array([job_vector @ vector], dtype=np.float32)
        if not recommender.is_match(without_thinness(cosine, cost, recommender.calibration), least)[0]:
            break
        considered += 1
        counts[segment.eligibility(seeker, ANYWHERE, now).eligible.rows()] += 1
    could, *others = counts.tolist()
    return PeopleCounts(could, list(zip(changes, others, strict=True)), considered)


def _with_windows(change: Change, minutes: int, job: Job, windows: Sequence[Window]) -> ChangedJob:
    assert job.schedule is not None
    return ChangedJob(change, minutes, replace(job, schedule=replace(job.schedule, windows=tuple(windows))))


def _shifted(schedule: Schedule, minutes: int) -> list[Window]:
    """The windows so much later; one of a whole day, or that would begin on another, stays."""
    shifted = []
    for window in schedule.windows:
        start = window.start_minute + minutes
        stays = window.length_minutes == MINUTES_PER_DAY or not 0 <= start < MINUTES_PER_DAY
        end = (window.end_minute + minutes - 1) % MINUTES_PER_DAY + 1
        shifted.append(window if stays else Window(window.days, start, end))
    return shifted


def _shortened(schedule: Schedule) -> list[Window]:
    """The windows an hour shorter; none where one would be left with nothing."""
    if any(window.length_minutes <= SHORTER_MINUTES for window in schedule.windows):
        return []
    return [
        Window(window.days, window.start_minute, (window.end_minute - SHORTER_MINUTES - 1) % MINUTES_PER_DAY + 1)
        for window in schedule.windows
    ]

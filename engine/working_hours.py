"""The working hours of a job, as far as its posting tells them."""

from __future__ import annotations

from engine.availability import (
    HOURS_MAY_BE_UNSAID,
    HoursRule,
    WorkingHours,
    rule_of_kind,
)
from engine.facts import facts
from engine.jobs import HoursBound, HoursType, Job
from engine.schedules import Schedule, Window

HERE = "PE"
MOST_PART_TIME, LEAST_FULL_TIME = 30.0, 40.0  # hours a week that nobody calls otherwise


def working_hours(job: Job) -> WorkingHours:
    """What is known of a job's hours.

    A stated schedule counts as it stands. "Full time" without a number of hours is taken as what it is in the job's
    country (`facts/full_time.toml`); other names of hours say nothing about how many there are. "Up to 20 hours" rules
    nobody out: how few will do is not said.
    """
    schedule = job.schedule
    if schedule is not None:
        return _of_schedule(job, schedule)
    if job.hours_per_week is not None and job.hours_bound is not HoursBound.AT_MOST:
        return WorkingHours(HoursRule.HOURS_ONLY, hours_per_week=job.hours_per_week)
    if is_only_full_time(job):
        return WorkingHours(HoursRule.HOURS_ONLY, hours_per_week=full_time_hours(job.country))
    return WorkingHours(HoursRule.UNSTATED)


def full_time_hours(country: str | None) -> float:
    """Hours a week of a job that is only said to be full time; where the country's are not known, Peru's."""
    known = facts("full_time")
    return float(known[country if country in known else HERE]["hours_per_week"])


def is_only_full_time(job: Job) -> bool:
    """Whether that it is full time is all that a posting tells of how many hours there are."""
    if job.hours_type is not HoursType.FULL_TIME or stated_hours_per_week(job) is not None:
        return False
    schedule = job.schedule
    return schedule is None or (not schedule.shifts and rule_of_kind(schedule.kind) in HOURS_MAY_BE_UNSAID)


def likely_hours_type(job: Job, working: WorkingHours) -> HoursType | None:
    """What a job is by its hours a week, where its posting calls them nothing: full time or part time; None for what
    may be called either, and where they are not known."""
    hours = None if job.hours_type is not None else told_hours(job, working)
    if hours is None or MOST_PART_TIME < hours < LEAST_FULL_TIME:
        return None
    if hours <= MOST_PART_TIME:
        return None if job.hours_bound is HoursBound.AT_LEAST else HoursType.PART_TIME
    return None if job.hours_bound is HoursBound.AT_MOST else HoursType.FULL_TIME


def stated_hours_per_week(job: Job) -> float | None:
    """Hours a week that the posting itself states, for turning an hourly rate into a monthly one."""
    if job.hours_per_week is not None:
        return job.hours_per_week
    return job.schedule.hours_per_week if job.schedule is not None else None


def told_hours(job: Job, working: WorkingHours | None = None) -> float | None:
    """Hours a week that a job needs whoever takes it; of several shifts those of the longest. None: not known.

    `working` are its working hours, where they are worked out already.
    """
    return hours_of(working or working_hours(job))


def hours_of(working: WorkingHours) -> float | None:
    """Hours a week of some working hours, as `told_hours` tells them."""
    if working.rule is HoursRule.FIXED:
        return window_hours(working.windows)
    if working.rule is HoursRule.ONE_OF:
        return max(window_hours(shift) for shift in working.shifts)
    return working.hours_per_week or None


def _of_schedule(job: Job, schedule: Schedule) -> WorkingHours:
    rule, stated = rule_of_kind(schedule.kind), schedule.hours_per_week or job.hours_per_week or 0.0
    if rule is HoursRule.ROTATING and schedule.shifts:
        stated = stated or max(window_hours(shift) for shift in schedule.shifts)
    elif is_only_full_time(job):
        stated = full_time_hours(job.country)
    every_window = tuple(window for shift in schedule.shifts for window in shift)
    return WorkingHours(
        rule,
        schedule.time_zone,
        every_window if rule is HoursRule.ROTATING else schedule.windows,
        stated,
        schedule.core_hours or 0.0,
        schedule.shifts if rule is HoursRule.ONE_OF else (),
    )


def window_hours(windows: tuple[Window, ...]) -> float:
    """Hours a week of windows of which no two overlap."""
    return sum(len(window.days) * window.length_minutes / 60 for window in windows)

"""The working hours of a job, as far as its posting tells them."""

from __future__ import annotations

from engine.availability import HoursRule, WorkingHours, rule_of_kind
from engine.facts import facts
from engine.jobs import HoursType, Job


def working_hours(job: Job) -> WorkingHours:
    """What is known of a job's hours.

    A stated schedule counts as it stands. "Full time" without a number of hours needs at least what the field
    calls full time (`facts/peru.toml`); other names of hours say nothing about how many there are.
    """
    schedule = job.schedule
    if schedule is not None:
        stated = schedule.hours_per_week or job.hours_per_week or 0.0
        core = schedule.core_hours or 0.0
        return WorkingHours(rule_of_kind(schedule.kind), schedule.time_zone, schedule.windows, stated, core)
    if job.hours_per_week is not None:
        return WorkingHours(HoursRule.HOURS_ONLY, hours_per_week=job.hours_per_week)
    if job.hours_type is HoursType.FULL_TIME:
        least = float(facts("peru")["full_time"]["least_hours_per_week"])
        return WorkingHours(HoursRule.HOURS_ONLY, hours_per_week=least)
    return WorkingHours(HoursRule.UNSTATED)


def stated_hours_per_week(job: Job) -> float | None:
    """Hours a week that the posting itself states, for turning an hourly rate into a monthly one."""
    if job.hours_per_week is not None:
        return job.hours_per_week
    return job.schedule.hours_per_week if job.schedule is not None else None

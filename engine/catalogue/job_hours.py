"""The working hours of a job with the days that its ad's words say are worked, where they tell no hours."""

from __future__ import annotations

from dataclasses import replace

from engine.availability import WorkingHours
from engine.jobs import Job
from engine.reading.schedules.working_days import read_working_days
from engine.reading.time_zones import time_zone_of
from engine.schedules import ScheduleKind
from engine.working_hours import HERE, working_hours


def job_hours(job: Job) -> WorkingHours:
    """What is known of a job's hours. Days stand by the clock of its place, or, where that is open, by the one here."""
    working, schedule = working_hours(job), job.schedule
    if schedule is not None and schedule.kind is not ScheduleKind.WITHIN:
        return working
    days = read_working_days(f"{job.title}\n{job.description}")
    if not days:
        return working
    if working.windows:
        of_windows = {day for window in working.windows for day in window.days}
        return replace(working, days=tuple(day for day in days if day in of_windows))
    zone = time_zone_of(job.country, job.region) or time_zone_of(HERE, None) or working.time_zone
    return replace(working, time_zone=zone, days=days)

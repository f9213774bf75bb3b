"""A person, a job and what happened between them as rows of a snapshot: what is told of them, and nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from engine.arrays import BoolArray
from engine.availability import HoursRule, ScheduleTable, WorkingHours
from engine.documents.terms import term_name, utc
from engine.jobs import Job
from engine.pay import soles_per_month
from engine.placements import Placement
from engine.seekers import Availability, Seeker
from engine.slots import SLOTS_PER_HOUR
from engine.working_hours import stated_hours_per_week, window_hours, working_hours
from store.analytics.columns import Step
from store.analytics.week_hours import LIMA, free_slots, hours_text, lima_slots
from store.hiring.applications import Stage
from store.matching.events import EventKind

Row = dict[str, Any]

_HIRED_GRADE, _LEAST_INTERVIEW_GRADE = 4, 2
STEP_OF_EVENT = {EventKind.CLICK: Step.CLICKED, EventKind.APPLY: Step.APPLIED, EventKind.HIRE: Step.HIRED}
_STEP_OF_STAGE = {Stage.INTERVIEW: Step.INTERVIEWED, Stage.OFFER: Step.INTERVIEWED, Stage.HIRED: Step.HIRED}


def lima_day(moment: datetime) -> date:
    """The day in Lima."""
    return utc(moment).astimezone(LIMA).date()


def lima_week(moment: datetime) -> date:
    """The Monday of the week in Lima."""
    day = lima_day(moment)
    return day - timedelta(days=day.weekday())


def person_row(person: str, seeker: Seeker, joined_at: datetime, skills: list[str], week: datetime) -> Row:
    """The row of a person under the pseudonym `person`.

    Args:
        skills: those that may be told (`SkillVocabulary.held`).
        week: Monday 00:00 UTC of the reference week that hours are laid on.
    """
    free = seeker.availability
    slots = None if free is None else free_slots(free, week)
    return {
        "person": person,
        "country": seeker.country,
        "languages": sorted(f"{code}:{term_name(level)}" for code, level in seeker.languages),
        "skills": skills,
        "free_hours": None if slots is None else hours_text(slots),
        "hours_per_week": None if free is None else free.hours_per_week,
        "hours_available": None if free is None or slots is None else _hours_available(free, slots),
        "device": term_name(seeker.device),
        "connection": term_name(seeker.connection),
        "joined_week": lima_week(joined_at).isoformat(),
    }


def _hours_available(free: Availability, slots: BoolArray) -> float:
    in_windows = int(slots.sum()) / SLOTS_PER_HOUR
    return in_windows if free.hours_per_week is None else min(in_windows, free.hours_per_week)


def _without_choice(working: WorkingHours) -> WorkingHours:
    """Hours that are one of several shifts as so many of which none in particular is needed; others as they are."""
    if working.rule is not HoursRule.ONE_OF:
        return working
    return WorkingHours(HoursRule.HOURS_ONLY, hours_per_week=max(map(window_hours, working.shifts)))


def job_row(job: Job, skills: list[str], week: datetime, now: datetime) -> Row:
    """The row of a job, as it is at `now`; `skills` are the names of those it asks for."""
    working, stated_hours = _without_choice(working_hours(job)), stated_hours_per_week(job)
    table = ScheduleTable.build([working], week)
    windows = working.windows
    needed = lima_slots(windows, working.time_zone, week, whole_quarters_only=False) if windows else None
    is_stated = working.rule is not HoursRule.UNSTATED
    return {
        "job_id": job.job_id,
        "title": job.title,
        "employer": job.employer,
        "skills": skills,
        "languages": [f"{need.code}:{term_name(need.level) or ''}" for need in job.languages],
        "hours_rule": working.rule.name.lower(),
        "needed_hours": None if needed is None else hours_text(needed),
        "hours_per_week": float(table.hours_per_week[0]) if is_stated else None,
        "core_hours": working.core_hours or None,
        "pay_soles_month": soles_per_month(job.pay, stated_hours) if job.pay else None,
        "country": job.country,
        "region": job.region,
        "modality": term_name(job.modality),
        "applicant_countries": list(job.applicant_countries),
        "device": term_name(job.device),
        "connection": term_name(job.connection),
        "openings": job.openings,
        "posted_on": job.posted_at and lima_day(job.posted_at).isoformat(),
        "closes_on": job.closes_at and lima_day(job.closes_at).isoformat(),
        "is_open": job.is_open and (job.closes_at is None or utc(job.closes_at) > now),
    }


def shown_row(person: str, job_id: str, moment: datetime, position: int | None) -> Row:
    """A job that was put before a person; `position` counts from 1, None: not told."""
    return {"person": person, "job_id": job_id, "shown_on": lima_day(moment).isoformat(), "position": position}


def search_row(person: str, moment: datetime, *, has_result: bool) -> Row:
    """An answer that a person got."""
    day = lima_day(moment).isoformat()
    return {"person": person, "searched_on": day, "searches": 1, "without_result": 0 if has_result else 1}


def step_row(person: str, job_id: str, step: Step, moment: datetime) -> Row:
    """A step after that."""
    return {"person": person, "job_id": job_id, "step": int(step), "happened_on": lima_day(moment).isoformat()}


def step_of_stage(stage: str) -> Step:
    """How far an application had come: a decline or a withdrawal is still an application."""
    return _STEP_OF_STAGE.get(Stage(stage), Step.APPLIED)


def step_of_placement(placement: Placement) -> Step:
    """How far an outcome says that the two came: an offer comes after an interview, a refusal after an application."""
    if placement.grade >= _HIRED_GRADE:
        return Step.HIRED
    return Step.INTERVIEWED if placement.grade >= _LEAST_INTERVIEW_GRADE else Step.APPLIED

"""What the importer reads of a labelled sentence: a posting of its source that says this and nothing else."""

from __future__ import annotations

from functools import cache
from typing import Any

from benchmarks.reading.labels import LabelledSentence, Value
from engine.jobs import Job
from engine.schedules import Schedule, ScheduleKind, Window, clock_text
from store.importers.postings.mapping import FieldRule, SourceMapping, load_mapping
from store.importers.postings.reading import read_posting

WINDOWS_TELL_HOURS = frozenset({ScheduleKind.FIXED, ScheduleKind.ONE_OF})


def read_sentence(row: LabelledSentence) -> Job:
    """The job that the row's source makes of a posting with these words."""
    mapping = mapping_of(row.source)
    posting: dict[str, Any] = {_first_column(mapping.rules["title"]): "-", **row.columns}
    if row.text:
        rule = mapping.rules["description"]
        posting[_first_column(rule)] = row.text.replace("\n", rule.options.get("line_break", "\n"))
    return read_posting(posting, mapping)


@cache
def mapping_of(source: str) -> SourceMapping:
    """The mapping of a source that Chamba comes with, read once."""
    return load_mapping(source)


def _first_column(rule: FieldRule) -> str:
    return rule.columns[0]


def value_of(field: str, job: Job) -> Value:
    """What `job` says of a labelled field, as labels write it; None when it says nothing but its source's facts."""
    match field:
        case "schedule":
            return None if job.schedule is None else _schedule_value(job.schedule)
        case "weekly_hours":
            return _weekly_hours(job)
        case "pay":
            return _pay(job)
        case "place":
            return _place(job)
        case _:
            value = getattr(job, field)
            return None if value is None else str(value.value)


def _schedule_value(schedule: Schedule) -> Value:
    value: dict[str, Any] = {"kind": schedule.kind.value}
    if schedule.windows:
        value["windows"] = [_window_text(window) for window in schedule.windows]
    if schedule.shifts:
        value["shifts"] = [[_window_text(window) for window in shift] for shift in schedule.shifts]
    return value | {"time_zones": [schedule.time_zone]}


def _window_text(window: Window) -> str:
    days = ",".join(day.name.lower() for day in window.days)
    return f"{days} {clock_text(window.start_minute)}-{clock_text(window.end_minute)}"


def _weekly_hours(job: Job) -> Value:
    hours = job.hours_per_week
    if hours is None and job.schedule is not None and job.schedule.kind not in WINDOWS_TELL_HOURS:
        hours = job.schedule.hours_per_week
    return None if hours is None else {"hours": hours, "bound": job.hours_bound.value if job.hours_bound else "exactly"}


def _pay(job: Job) -> Value:
    if job.pay is None:
        return None
    pay = job.pay
    value = {"amount": pay.amount, "currency": pay.currency, "period": pay.period.value}
    return value if pay.max_amount is None else value | {"max_amount": pay.max_amount}


def _place(job: Job) -> Value:
    facts = mapping_of(job.source).facts
    said = {key: getattr(job, key) for key in ("country", "region", "city")}
    place: dict[str, Any] = {key: text for key, text in said.items() if text and text != getattr(facts, key)}
    if job.unread_place_limit:
        place["applicants"] = "limited"
    elif job.applicant_countries:
        place["applicants"] = sorted(job.applicant_countries)
    return place or None

"""Reads the people and the open jobs of a snapshot as a `Market`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.arrays import BoolArray
from engine.availability import HoursRule, ScheduleTable, ShiftTable
from engine.catalogue.builder import Numbering, build_catalogue
from engine.documents.jobs import job_from_document
from engine.documents.seekers import seeker_from_document
from engine.filtering.filters import constraints
from engine.jobs import Job
from engine.seekers import Seeker
from engine.slots import SLOTS_PER_WEEK, DayTable, pack_slots
from store.analytics.questions.market import WANTED, Market
from store.analytics.week_hours import HOURS_PER_WEEK, NO_HOUR, slots_of

if TYPE_CHECKING:
    import duckdb

NO_HOURS = NO_HOUR * HOURS_PER_WEEK
_PEOPLE = """
    select (free_hours, hours_per_week), (languages, country, device, connection), count(*)
    from people where free_hours is not null group by all order by all
"""
_JOBS = """
    select (hours_rule, needed_hours, hours_per_week, core_hours),
        (languages, country, modality, applicant_countries, device, connection), count(*)
    from jobs where is_open group by all order by all
"""


def read_market(connection: duckdb.DuckDBPyConnection) -> Market:
    """The market of a snapshot's views."""
    hours, limits, people = _numbered(connection.execute(_PEOPLE).fetchall())
    schedules, terms, jobs = _numbered(connection.execute(_JOBS).fetchall())
    job_counts = np.zeros((len(schedules), len(terms)), dtype=np.int64)
    job_counts[jobs[:, 0], jobs[:, 1]] = jobs[:, 2]
    needed = slots_of([text or NO_HOURS for _, text, _, _ in schedules])
    return Market(
        free=slots_of([text for text, _ in hours]),
        hours_wanted=tuple(wanted for _, wanted in hours),
        people=people[np.argsort(people[:, 0], kind="stable")],
        schedules=_table(schedules, needed),
        needed=needed,
        jobs=job_counts,
        may_take=_may_take([_seeker(*values) for values in limits], [_job(*values) for values in terms]),
    )


def _numbered(rows: list[Any]) -> tuple[list[Any], list[Any], Any]:
    """Distinct firsts, distinct seconds, and rows (number of the first, number of the second, count) `[M, 3]`."""
    firsts, seconds = Numbering(), Numbering()
    numbered = [(firsts.number(_frozen(one)), seconds.number(_frozen(other)), count) for one, other, count in rows]
    return firsts.values, seconds.values, np.array(numbered, dtype=np.int64).reshape(len(rows), 3)


def _frozen(values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _table(schedules: Sequence[Any], needed: BoolArray) -> ScheduleTable:
    """The schedules as the engine scores them, on quarters of Lima's week."""
    return ScheduleTable(
        rules=np.array([HoursRule[rule.upper()] for rule, *_ in schedules], dtype=np.uint8),
        slots=pack_slots(needed.reshape(-1, SLOTS_PER_WEEK)),
        hours_per_week=np.array([hours or 0.0 for _, _, hours, _ in schedules], dtype=np.float32),
        core_hours=np.array([core or 0.0 for *_, core in schedules], dtype=np.float32),
        shifts=ShiftTable.none(),
        days=DayTable.none(),
    )


def _may_take(people: Sequence[Seeker], jobs: Sequence[Job]) -> BoolArray:
    """Which jobs' limits let which people pass, hours aside, `[people, jobs]`."""
    catalogue = build_catalogue(jobs)
    may_take = np.ones((len(people), len(jobs)), dtype=np.bool_)
    for row, seeker in enumerate(people):
        for constraint in constraints(seeker, WANTED):
            may_take[row] &= constraint.passing(catalogue)
    return may_take


def _seeker(languages: Sequence[str], country: str, device: str | None, connection: str | None) -> Seeker:
    document = {"languages": _levels(languages), "country": country, "device": device, "connection": connection}
    return seeker_from_document(document)


def _job(
    languages: Sequence[str],
    country: str | None,
    modality: str | None,
    applicant_countries: Sequence[str],
    device: str | None,
    connection: str | None,
) -> Job:
    document = {
        "title": "-",  # no limit depends on it
        "languages": _levels(languages),
        "country": country,
        "modality": modality,
        "applicant_countries": list(applicant_countries),
        "device": device,
        "connection": connection,
    }
    return job_from_document(document)


def _levels(languages: Sequence[str]) -> dict[str, str | None]:
    """`en:B2` → `{"en": "B2"}`; no level: None."""
    pairs = (language.partition(":") for language in languages)
    return {code: level or None for code, _, level in pairs}

"""What a snapshot's files hold: column → DuckDB's type, in the order of the file.

`people` are pseudonyms, without a word of their own, a contact, an income or a poverty class; times are days and
weeks in Lima. `free_hours` and `needed_hours` are texts of `store.analytics.week_hours`.
"""

from __future__ import annotations

from enum import IntEnum


class Step(IntEnum):
    """How far a person came with a job; each implies those before it. The values are stored."""

    SHOWN = 0
    CLICKED = 1
    APPLIED = 2
    INTERVIEWED = 3
    HIRED = 4


COLUMNS = {
    "people": {
        "person": "VARCHAR",
        "country": "VARCHAR",
        "languages": "VARCHAR[]",  # "en:B2"
        "skills": "VARCHAR[]",
        "free_hours": "VARCHAR",  # null: hours are not stated
        "hours_per_week": "DOUBLE",  # the most that is wanted; null: all that are free
        "hours_available": "DOUBLE",  # a week: all that are free, or the most that is wanted if that is less
        "device": "VARCHAR",
        "connection": "VARCHAR",
        "joined_week": "DATE",
    },
    "jobs": {
        "job_id": "VARCHAR",
        "title": "VARCHAR",
        "employer": "VARCHAR",
        "skills": "VARCHAR[]",
        "languages": "VARCHAR[]",  # "en:B2", "en:" where no level is named
        "hours_rule": "VARCHAR",
        "needed_hours": "VARCHAR",  # null: no window is stated
        "hours_per_week": "DOUBLE",
        "core_hours": "DOUBLE",
        "pay_soles_month": "DOUBLE",
        "country": "VARCHAR",
        "region": "VARCHAR",
        "modality": "VARCHAR",
        "applicant_countries": "VARCHAR[]",
        "device": "VARCHAR",
        "connection": "VARCHAR",
        "openings": "INTEGER",
        "posted_on": "DATE",
        "closes_on": "DATE",
        "is_open": "BOOLEAN",  # when the snapshot was taken
    },
    # The skills that jobs ask for, and those that enough people share; `label` is how they are mostly written.
    "skills": {"skill": "VARCHAR", "label": "VARCHAR", "is_asked": "BOOLEAN"},
    # Once a person, job and day, at the best place of that day; the first place is 1.
    "shown": {"person": "VARCHAR", "job_id": "VARCHAR", "shown_on": "DATE", "position": "INTEGER"},
    # The first day on which each step after that was seen of a person and a job.
    "steps": {"person": "VARCHAR", "job_id": "VARCHAR", "step": "TINYINT", "happened_on": "DATE"},
    # A person's answers of a day, and how many of them named no job; without a word of what was looked for.
    "searches": {"person": "VARCHAR", "searched_on": "DATE", "searches": "INTEGER", "without_result": "INTEGER"},
}
KEYS = {
    "people": ("person",),
    "jobs": ("job_id",),
    "skills": ("skill",),
    "shown": ("person", "job_id", "shown_on"),
    "steps": ("person", "job_id", "step"),
    "searches": ("person", "searched_on"),
}
# How rows of one key are made one; tables without an entry have one row a key as they are.
MERGED = {
    "shown": {"position": "min(position)"},
    "steps": {"happened_on": "min(happened_on)"},
    "searches": {"searches": "sum(searches)::integer", "without_result": "sum(without_result)::integer"},
}
PERSONAL_TABLES = ("people", "shown", "steps", "searches")
# Snapshots of before have no file of these; they are read as if nothing was in them.
LATER_TABLES = ("searches",)

"""A job, a person, an outcome and an event as rows of a snapshot: documents, and flat columns to count and check by.

Times are UTC without a zone. Private contacts in texts are masked (`engine.moderation.contacts.masking`); names are
never stored.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson

from engine.documents.jobs import job_document
from engine.documents.seekers import seeker_document
from engine.documents.terms import term_name, utc
from engine.encoder.texts import job_text, seeker_text
from engine.jobs import Job
from engine.moderation.contacts.masking import masked
from engine.pay import soles_per_month
from engine.placements import Placement
from engine.seekers import Availability, Seeker
from engine.slots import local_slots
from engine.working_hours import stated_hours_per_week
from store.matching.events import Event
from training.data.text_language import text_language

Row = dict[str, Any]

# Column → DuckDB's type, in the order of the file.
COLUMNS = {
    "jobs": {
        "job_id": "VARCHAR",
        "source": "VARCHAR",
        "title": "VARCHAR",
        "language": "VARCHAR",
        "country": "VARCHAR",
        "modality": "VARCHAR",
        "hours_type": "VARCHAR",
        "schedule_kind": "VARCHAR",
        "pay_soles_month": "DOUBLE",
        "hours_per_week": "DOUBLE",
        "posted_at": "TIMESTAMP",
        "closes_at": "TIMESTAMP",
        "is_open": "BOOLEAN",
        "skill_count": "INTEGER",
        "text_characters": "INTEGER",
        "text_hash": "VARCHAR",
        "document": "VARCHAR",
    },
    "seekers": {
        "seeker_id": "VARCHAR",
        "language": "VARCHAR",
        "languages": "VARCHAR",
        "country": "VARCHAR",
        "device": "VARCHAR",
        "connection": "VARCHAR",
        "hours_per_week": "DOUBLE",
        "skill_count": "INTEGER",
        "text_characters": "INTEGER",
        "text_hash": "VARCHAR",
        "document": "VARCHAR",
    },
    "placements": {"seeker_id": "VARCHAR", "job_id": "VARCHAR", "grade": "TINYINT", "placed_at": "TIMESTAMP"},
    "events": {
        "kind": "VARCHAR",
        "seeker_id": "VARCHAR",
        "job_id": "VARCHAR",
        "recommendation_id": "VARCHAR",
        "position": "INTEGER",
        "occurred_at": "TIMESTAMP",
    },
}
REQUIRED = {
    "jobs": ("job_id", "source", "title", "is_open", "skill_count", "text_characters", "text_hash", "document"),
    "seekers": ("seeker_id", "country", "skill_count", "text_characters", "text_hash", "document"),
    "placements": ("seeker_id", "job_id", "grade", "placed_at"),
    "events": ("kind", "seeker_id", "job_id", "occurred_at"),
}
# What rows are sorted by. Events are told apart by all they hold: the same may be told by several.
KEYS = {
    "jobs": ("job_id",),
    "seekers": ("seeker_id",),
    "placements": ("seeker_id", "job_id"),
    "events": ("seeker_id", "job_id", "occurred_at", "kind", "recommendation_id", "position"),
}
# What a table is, apart from how it is shown: the columns that the content hash covers.
CONTENT = {
    "jobs": ("job_id", "document"),
    "seekers": ("seeker_id", "document"),
    "placements": ("seeker_id", "job_id", "grade", "placed_at"),
    "events": ("seeker_id", "job_id", "occurred_at", "kind", "recommendation_id", "position"),
}

# What a check looks for in the tables, in the dialect that Python's re (ASCII) and DuckDB's RE2 share: plainly written
# addresses and numbers, of which the mask leaves none. A round sum ("S/ 930 000 000") is no number of anybody's.
CONTACT = (
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z0-9]"
    r"|(?:\+?\b51[ -]?)?\b9\d{2}[ -]?\d{3}[ -]?(?:[1-9]\d{2}|\d[1-9]\d|\d{2}[1-9])\b"
    r"|\+\d{1,3}[ -]?(?:\d[ -]?){7,12}\d\b"
    r"|\(0\d{1,2}\)[ -]?\d{3}[ -]?\d{3,4}\b"
)


def masked_job(job: Job) -> Job:
    """The job without anybody's contact in its words."""
    return replace(
        job,
        title=masked(job.title),
        description=masked(job.description),
        skills=tuple(map(masked, job.skills)),
    )


def masked_seeker(seeker: Seeker) -> Seeker:
    """The person without a contact in their words."""
    return replace(seeker, text=masked(seeker.text), skills=tuple(map(masked, seeker.skills)))


def job_row(job: Job) -> Row:
    """The row of a masked job."""
    text, hours = job_text(job), stated_hours_per_week(job)
    return {
        "job_id": job.job_id,
        "source": job.source,
        "title": job.title,
        "language": text_language(text),
        "country": job.country,
        "modality": term_name(job.modality),
        "hours_type": term_name(job.hours_type),
        "schedule_kind": term_name(job.schedule.kind) if job.schedule else None,
        "pay_soles_month": soles_per_month(job.pay, hours) if job.pay else None,
        "hours_per_week": hours,
        "posted_at": _time(job.posted_at),
        "closes_at": _time(job.closes_at),
        "is_open": job.is_open,
        "skill_count": len(job.skills),
        "text_characters": len(text),
        "text_hash": text_hash(text),
        "document": _json(job_document(job)),
    }


def seeker_row(seeker: Seeker) -> Row:
    """The row of a masked person."""
    text = seeker_text(seeker)
    return {
        "seeker_id": seeker.seeker_id,
        "language": text_language(text),
        "languages": " ".join(sorted(code for code, _ in seeker.languages)) or None,
        "country": seeker.country,
        "device": term_name(seeker.device),
        "connection": term_name(seeker.connection),
        "hours_per_week": _free_hours(seeker.availability),
        "skill_count": len(seeker.skills),
        "text_characters": len(text),
        "text_hash": text_hash(text),
        "document": _json(seeker_document(seeker)),
    }


def placement_row(placement: Placement) -> Row:
    """The row of an outcome."""
    return {
        "seeker_id": placement.seeker_id,
        "job_id": placement.job_id,
        "grade": placement.grade,
        "placed_at": _time(placement.placed_at),
    }


def event_row(event: Event) -> Row:
    """The row of an event, without whose it is to tell and under what name."""
    return {
        "kind": event.kind.value,
        "seeker_id": event.seeker_id,
        "job_id": event.job_id,
        "recommendation_id": event.recommendation_id,
        "position": event.position,
        "occurred_at": _time(event.occurred_at),
    }


def text_hash(text: str) -> str:
    """A name for a text: two jobs with the same hash look the same to the towers."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _free_hours(availability: Availability | None) -> float | None:
    """The hours a week that a person has at most, by their windows and their cap."""
    if availability is None:
        return None
    hours = [] if availability.hours_per_week is None else [availability.hours_per_week]
    if availability.windows:
        hours.append(float(local_slots(availability.windows, whole_quarters_only=True).sum()) / 4)
    return min(hours, default=None)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else utc(moment).astimezone(UTC).replace(tzinfo=None).isoformat()


def _json(document: object) -> str:
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()

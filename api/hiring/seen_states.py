"""Whether people may see a job, of any origin, and what somebody who saved it or applied for it is told where not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from api.hiring.posting_states import is_over
from api.hiring.state_texts import SEEKER_TEXTS
from engine.documents.how_to_apply import how_to_apply
from engine.documents.jobs import job_document
from engine.documents.parts import apply_document
from engine.explain import Locale
from engine.jobs import Job
from store.hiring.moderated_imports import held_among
from store.hiring.postings import postings_of
from store.hiring.taken_down import taken_down_among
from store.matching.row_reads import job_of, jobs_of


def seen_job(connection: Connection, job_id: str) -> Job | None:
    """A job that people may see, open or closed; None for one that is gone, held or taken down."""
    job = job_of(connection, job_id)
    if job is None:
        return None
    return job if _unseen(connection, {job_id: job}).get(job_id) is None else None


def seen_states(
    connection: Connection, job_ids: Collection[str], now: datetime, locale: Locale
) -> dict[str, tuple[str, str | None]]:
    """By id: open, closed, held (a person looks at it), taken_down or gone, and what that means; an open job needs no
    words."""
    jobs = jobs_of(connection, job_ids)
    unseen = _unseen(connection, jobs)
    states = {job_id: unseen.get(job_id) or _state(jobs.get(job_id), now) for job_id in job_ids}
    return {job_id: (state, SEEKER_TEXTS[locale].get(state)) for job_id, state in states.items()}


def shown_document(job: Job, now: datetime, locale: Locale) -> dict[str, Any]:
    """A job as people see it, with how they apply for it while it is open."""
    document = job_document(job)
    if _state(job, now) == "open":
        told = how_to_apply(job.url, locale, takes_applications=job.takes_applications)
        document["apply"] = apply_document(told)
    return document


def _state(job: Job | None, now: datetime) -> str:
    if job is None:
        return "gone"
    return "open" if job.is_open and not is_over(job, now) else "closed"


def _unseen(connection: Connection, jobs: dict[str, Job]) -> dict[str, str]:
    """Those of some jobs that people may not see, and why."""
    postings = postings_of(connection, jobs)
    held = held_among(connection, [job for job_id, job in jobs.items() if job_id not in postings])
    held |= {job_id for job_id, posting in postings.items() if posting.is_held}
    down = taken_down_among(connection, jobs)
    return dict.fromkeys(held, "held") | dict.fromkeys(down, "taken_down")

"""Whether people may see a job, of any origin, and what somebody who saved it or applied for it is told where not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from api.hiring.state_texts import SEEKER_TEXTS
from engine.explain import Locale
from engine.jobs import Job
from store.hiring.moderated_imports import is_held
from store.hiring.postings import find_posting
from store.hiring.taken_down import is_taken_down
from store.matching.row_reads import job_of


def seen_job(connection: Connection, job_id: str) -> Job | None:
    """A job that people may see, open or closed; None for one that is gone, held or taken down."""
    job = job_of(connection, job_id)
    return None if job is None or _why_unseen(connection, job) is not None else job


def seen_state(connection: Connection, job_id: str, now: datetime, locale: Locale) -> tuple[str, str | None]:
    """open, closed, held (a person looks at it), taken_down or gone, and what that means; nothing for an open job."""
    job = job_of(connection, job_id)
    state = "gone" if job is None else _why_unseen(connection, job)
    if job is not None and state is None:
        is_over = job.closes_at is not None and job.closes_at <= now
        state = "open" if job.is_open and not is_over else "closed"
    assert state is not None
    return state, SEEKER_TEXTS[locale].get(state)


def _why_unseen(connection: Connection, job: Job) -> str | None:
    if is_taken_down(connection, job.job_id):
        return "taken_down"
    posting = find_posting(connection, job.job_id)
    is_kept = is_held(connection, job) if posting is None else posting.is_held
    return "held" if is_kept else None

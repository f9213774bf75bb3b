"""Which jobs are new: when each was first seen open, and those that were since a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Table, exists, insert, literal, select

from store.matching.job_changes import JobChange, feed_columns, job_change
from store.tables import JOBS
from store.tables.alerts import OpenedJobRow
from store.tables.base import UtcDateTime
from store.upserts import batches

OPENED: Table = OpenedJobRow.metadata.tables["opened_jobs"]


def note_opened_jobs(connection: Connection, now: datetime) -> int:
    """Note the jobs that are open and never were before, as of now; how many."""
    is_known = exists().where(OPENED.c.job_id == JOBS.c.job_id)
    opened = select(JOBS.c.job_id, literal(now, UtcDateTime())).where(JOBS.c.is_open, ~is_known)
    return connection.execute(insert(OPENED).from_select(["job_id", "opened_at"], opened)).rowcount


def opened_between(connection: Connection, after: datetime, until: datetime) -> list[tuple[str, datetime]]:
    """The open jobs that were first seen after a moment, up to another, the first first."""
    query = select(OPENED.c.job_id, OPENED.c.opened_at).join(JOBS, JOBS.c.job_id == OPENED.c.job_id)
    query = query.where(OPENED.c.opened_at > after, OPENED.c.opened_at <= until, JOBS.c.is_open)
    rows = connection.execute(query.order_by(OPENED.c.opened_at, OPENED.c.job_id))
    return [(row.job_id, row.opened_at) for row in rows]


def read_jobs(connection: Connection, job_ids: Iterable[str]) -> list[JobChange]:
    """The jobs as they are now, with their vectors."""
    found = []
    for batch in batches(sorted(job_ids)):
        rows = connection.execute(select(*feed_columns(JOBS)).where(JOBS.c.job_id.in_(batch)))
        found += [job_change(row) for row in rows]
    return found

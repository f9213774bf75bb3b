"""Imported jobs that a moderator took down: they stay closed, whatever their source says from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from engine.errors import NotFoundError
from engine.jobs import Job
from store.hiring.job_owners import owners_of
from store.matching.job_changes import lock_job_changes, put_numbered_jobs
from store.matching.row_reads import read_job
from store.matching.rows import job_row, opened_or_closed
from store.tables.hiring import TakenDownJobRow

TAKEN_DOWN: Table = TakenDownJobRow.metadata.tables["taken_down_jobs"]


def take_down(connection: Connection, job_id: str, now: datetime) -> Job:
    """Close an imported job for good; the job. Raises NotFoundError for one that nobody imported."""
    lock_job_changes(connection)
    owner = owners_of(connection, [job_id]).get(job_id)
    if owner is None or owner.source is None:
        raise NotFoundError("no such job", got=repr(job_id[:80]), field="job_id")
    if not _among(connection, [job_id]):
        connection.execute(insert(TAKEN_DOWN).values(job_id=job_id, taken_down_at=now))
    stored = read_job(connection, job_id)
    closed = replace(stored.job, is_open=False)
    put_numbered_jobs(connection, {job_id: job_row(closed, stored.vector, stored.model_id)}, now)
    return closed


def is_taken_down(connection: Connection, job_id: str) -> bool:
    """Whether a moderator took an imported job down."""
    return bool(_among(connection, [job_id]))


def without_those_taken_down(connection: Connection, rows: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows of imported jobs, job id → columns: those that were taken down are closed."""
    down = _among(connection, rows)
    return {
        job_id: opened_or_closed(job_id, row, is_open=False) if job_id in down else row for job_id, row in rows.items()
    }


def _among(connection: Connection, job_ids: Any) -> set[str]:
    return set(connection.execute(select(TAKEN_DOWN.c.job_id).where(TAKEN_DOWN.c.job_id.in_(job_ids))).scalars())

"""Single jobs and people read on a connection that the caller has open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, select

from engine.documents.jobs import job_from_document
from engine.documents.seekers import seeker_from_document
from engine.errors import NotFoundError
from engine.jobs import Job
from engine.seekers import Seeker
from store.matching.rows import stored_job, takes_applications, vector_of
from store.tables import JOBS, SEEKERS


@dataclass(frozen=True, slots=True)
class SeekerRead:
    """A profile as it is stored, with its vector [dim] by `model_id` (None until it is encoded), and its owner."""

    seeker: Seeker
    content_hash: str
    vector: NDArray[np.float32] | None
    model_id: str | None
    partner_id: str | None


@dataclass(frozen=True, slots=True)
class JobRead:
    """A job as it is stored, with its vector [dim] by `model_id` (None until it is encoded)."""

    job: Job
    vector: NDArray[np.float32] | None
    model_id: str | None


def read_job(connection: Connection, job_id: str) -> JobRead:
    """The job with its vector; raises NotFoundError."""
    row = connection.execute(select(JOBS).where(JOBS.c.job_id == job_id)).one_or_none()
    if row is None:
        raise NotFoundError("no such job", got=repr(job_id[:80]), field="job_id")
    return JobRead(job_from_document(row.document, job_id), vector_of(row.vector), row.vector_model_id)


def job_of(connection: Connection, job_id: str) -> Job | None:
    """The job, None for none."""
    return jobs_of(connection, [job_id]).get(job_id)


def jobs_of(connection: Connection, job_ids: Collection[str]) -> dict[str, Job]:
    """Those of some jobs that there are, by id."""
    columns = JOBS.c.job_id, JOBS.c.document, takes_applications(JOBS.c.job_id)
    rows = connection.execute(select(*columns).where(JOBS.c.job_id.in_(job_ids)))
    return {row.job_id: stored_job(row) for row in rows}


def read_people(connection: Connection, seeker_ids: Collection[str]) -> dict[str, SeekerRead]:
    """Those of some profiles that there are, by id, with their vectors."""
    rows = connection.execute(select(SEEKERS).where(SEEKERS.c.seeker_id.in_(seeker_ids)))
    return {row.seeker_id: _seeker_read(row) for row in rows}


def read_seeker(connection: Connection, seeker_id: str) -> SeekerRead:
    """The profile; raises NotFoundError."""
    row = connection.execute(select(SEEKERS).where(SEEKERS.c.seeker_id == seeker_id)).one_or_none()
    if row is None:
        raise NotFoundError("no such seeker", got=repr(seeker_id[:80]), field="seeker_id")
    return _seeker_read(row)


def _seeker_read(row: Row[Any]) -> SeekerRead:
    seeker = seeker_from_document(row.document, row.seeker_id)
    return SeekerRead(seeker, row.content_hash, vector_of(row.vector), row.vector_model_id, row.partner_id)

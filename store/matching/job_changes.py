"""The numbered changes of jobs: how writers number them, and the feed by which readers follow them.

A reader that has seen change `n` asks for those after `n` and misses none: each job comes once, as it is now, with
the number of its last change; a deleted one comes as its tombstone. Every change is kept as a version too, so that
what a reader saw at any number can be read again (`store/evidence/past_jobs.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    bindparam,
    delete,
    false,
    insert,
    null,
    select,
    union_all,
    update,
)

from engine.jobs import Job
from store.matching.rows import stored_job, takes_applications, vector_of
from store.partners.closed_jobs import tell_closed, those_open
from store.tables import COUNTERS, DELETED_JOBS, JOBS, Base
from store.upserts import PutCounts, compare_documents, store_vectors, write_documents

JOB_VERSIONS = Base.metadata.tables["job_versions"]
JOB_CHANGES = "job_changes"  # the name of the counter
# Under this in `Connection.info`: how many jobs were changed by what runs on it.
CHANGED_JOB_COUNT = "changed_job_count"
_NEWEST = select(COUNTERS.c.value).where(COUNTERS.c.name == JOB_CHANGES)


@dataclass(frozen=True, slots=True)
class JobChange:
    """A job as its last change left it, None when that deleted it; its vector [dim], None until it is encoded."""

    change_number: int
    job_id: str
    job: Job | None
    vector: NDArray[np.float32] | None
    vector_model_id: str | None


def put_numbered_jobs(
    connection: Connection, rows: Mapping[str, dict[str, Any]], now: datetime | None = None
) -> PutCounts:
    """Insert or update `rows`, job id → columns; those that change get the next numbers and lose their tombstones.

    The partner of a job that this closes is told, at `now`; None: at the time that the rows get.
    """
    newest = _lock_numbers(connection)
    changes = compare_documents(connection, JOBS, rows)
    changed = [*changes.created, *changes.updated]
    if not changed:
        return PutCounts(unchanged=changes.unchanged)
    for change_number, row in enumerate(changed, newest + 1):
        row["change_number"] = change_number
    _raise_numbers(connection, newest, len(changed))
    _drop_tombstones(connection, [row["job_id"] for row in changes.created])
    closing = {row["put_key"]: row["closes_at"] for row in changes.updated if not row["is_open"]}
    closed = {job_id: closing[job_id] for job_id in those_open(connection, JOBS, closing)}
    counts = write_documents(connection, JOBS, changes)
    connection.execute(insert(JOB_VERSIONS), [_version(row) for row in changed])
    tell_closed(connection, closed, now or changed[0]["updated_at"])
    return counts


def delete_numbered_job(connection: Connection, job_id: str, now: datetime | None = None) -> bool:
    """Delete the job and leave a tombstone with the next number; False when there is none. Its partner is told."""
    newest = _lock_numbers(connection)
    change_number = newest + 1
    closed = those_open(connection, JOBS, [job_id])
    if connection.execute(delete(JOBS).where(JOBS.c.job_id == job_id)).rowcount == 0:
        return False
    _raise_numbers(connection, newest, 1)
    connection.execute(insert(DELETED_JOBS).values(job_id=job_id, change_number=change_number))
    changed_at = datetime.now(UTC)
    gone = {"job_id": job_id, "change_number": change_number, "changed_at": changed_at}
    connection.execute(insert(JOB_VERSIONS).values(gone))
    tell_closed(connection, closed, now or changed_at)
    return True


def store_job_vectors(connection: Connection, rows: Mapping[str, dict[str, Any]]) -> None:
    """Give jobs, and their last versions, the vectors of `rows` where `content_hash` still stands."""
    store_vectors(connection, JOBS, rows)
    is_same = (JOBS.c.job_id == bindparam("at_job_id")) & (JOBS.c.content_hash == bindparam("at_hash"))
    last = select(JOBS.c.change_number).where(is_same).scalar_subquery()
    statement = update(JOB_VERSIONS).where(
        JOB_VERSIONS.c.job_id == bindparam("at_job_id"), JOB_VERSIONS.c.change_number == last
    )
    statement = statement.values(vector=bindparam("new_vector"), vector_model_id=bindparam("new_model_id"))
    vectors = [
        {
            "at_job_id": job_id,
            "at_hash": row["content_hash"],
            "new_vector": row["vector"],
            "new_model_id": row["vector_model_id"],
        }
        for job_id, row in sorted(rows.items())
    ]
    connection.execute(statement, vectors)


def forget_tombstones(connection: Connection, up_to: int) -> None:
    """Drop the tombstones whose numbers are at most `up_to`."""
    _lock_numbers(connection)  # puts drop tombstones too: who locks some of them has to be alone
    connection.execute(delete(DELETED_JOBS).where(DELETED_JOBS.c.change_number <= up_to))


def lock_job_changes(connection: Connection) -> None:
    """Have other writers of jobs wait for this transaction; it comes before any other lock."""
    _lock_numbers(connection)


def newest_change_number(connection: Connection) -> int:
    """The number of the newest change that is committed; 0 before the first."""
    return int(connection.execute(_NEWEST).scalar_one())


def read_job_changes(connection: Connection, after: int, limit: int) -> list[JobChange]:
    """The first `limit` changes above `after`, in order of their numbers."""
    # One statement, so one snapshot: with two, a job deleted between them would be in neither.
    stored = select(*feed_columns(JOBS)).where(JOBS.c.change_number > after)
    deleted = select(DELETED_JOBS.c.change_number, DELETED_JOBS.c.job_id, null(), null(), null(), false())
    query = union_all(stored, deleted.where(DELETED_JOBS.c.change_number > after))
    return [job_change(row) for row in connection.execute(query.order_by("change_number").limit(limit))]


def feed_columns(table: Table) -> list[ColumnElement[Any]]:
    """What `job_change` reads of `jobs` or `job_versions`."""
    columns = ("change_number", "job_id", "document", "vector", "vector_model_id")
    return [*(table.c[name] for name in columns), takes_applications(table.c.job_id)]


def job_change(row: Row[Any]) -> JobChange:
    """The change that a row of `jobs`, `deleted_jobs` or `job_versions` tells of."""
    job = None if row.document is None else stored_job(row)
    return JobChange(row.change_number, row.job_id, job, vector_of(row.vector), row.vector_model_id)


def _version(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row of `job_versions` for a job that is created or updated."""
    copied = ("change_number", "document", "vector", "vector_model_id")
    job_id = row["job_id"] if "job_id" in row else row["put_key"]
    return {"job_id": job_id, "changed_at": row["updated_at"]} | {name: row[name] for name in copied}


def _lock_numbers(connection: Connection) -> int:
    """The newest number, which is this transaction's to raise; every writer of jobs begins here.

    The lock is held to the commit, so numbers become visible in their order, and a reader that sees one has seen all
    below it. Numbers of a PostgreSQL sequence would not: a transaction could commit 8 while that with 7 goes on, and
    a reader that went on from 8 would miss 7. As everybody takes this lock before any row's, writers of jobs cannot
    deadlock, and what one reads after it still holds when it writes. SQLite has no FOR UPDATE and needs none: its
    writing transactions exclude each other from their first statement.
    """
    return int(connection.execute(_NEWEST.with_for_update()).scalar_one())


def _raise_numbers(connection: Connection, newest: int, count: int) -> None:
    connection.execute(update(COUNTERS).where(COUNTERS.c.name == JOB_CHANGES).values(value=newest + count))
    connection.info[CHANGED_JOB_COUNT] = connection.info.get(CHANGED_JOB_COUNT, 0) + count


def _drop_tombstones(connection: Connection, job_ids: Iterable[str]) -> None:
    connection.execute(delete(DELETED_JOBS).where(DELETED_JOBS.c.job_id.in_(job_ids)))

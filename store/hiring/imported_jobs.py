"""Jobs that are imported, whose ids are of their sources; a job of anybody else is none of an import's business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from store.hiring.job_owners import owners_of
from store.hiring.moderated_imports import as_moderated
from store.hiring.standing import Owner
from store.matching.job_changes import delete_numbered_job, lock_job_changes, put_numbered_jobs
from store.upserts import PutCounts


@dataclass(frozen=True, slots=True)
class PutImports:
    """What a put of imported jobs did; `taken`: the ids that are somebody else's, whose jobs are as they were.

    `held`: those that signs of fraud keep from being shown.
    """

    counts: PutCounts
    taken: list[str]
    held: frozenset[str] = frozenset()


def put_imported_jobs(connection: Connection, rows: Mapping[str, dict[str, Any]]) -> PutImports:
    """Insert or update `rows`, job id → columns, but for those whose ids are not of the source of the row.

    Signs of fraud hold a job until a moderator has released it; what a moderator took down stays closed.
    """
    lock_job_changes(connection)
    owners = owners_of(connection, rows)
    own = {job_id: row for job_id, row in rows.items() if owners.get(job_id, _owner(row)) == _owner(row)}
    shown, held = as_moderated(connection, own)
    counts = put_numbered_jobs(connection, shown)
    return PutImports(counts, [job_id for job_id in rows if job_id not in own], frozenset(held))


def delete_imported_job(connection: Connection, job_id: str) -> bool:
    """Delete an imported job; False where there is none of that id."""
    lock_job_changes(connection)
    owner = owners_of(connection, [job_id]).get(job_id, Owner())
    return owner.source is not None and delete_numbered_job(connection, job_id)


def _owner(row: Mapping[str, Any]) -> Owner:
    return Owner(source=row["source"])

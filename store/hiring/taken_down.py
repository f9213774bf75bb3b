"""Jobs that a moderator took down: nobody else brings them back, neither their owner nor an import.

A job that was posted has its `moderation` too (`store/hiring/postings.py`); an import's is all here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, delete, insert, select, update

from store.hiring.postings import POSTINGS
from store.people.cases import CASES
from store.tables.hiring import TakenDownJobRow

TAKEN_DOWN: Table = TakenDownJobRow.metadata.tables["taken_down_jobs"]


@dataclass(frozen=True, slots=True)
class TakenDown:
    """A job that is taken down: when, by whom, why in their words, and whose it was; None for what is not known."""

    job_id: str
    taken_down_at: datetime
    case_id: str | None
    decided_by: str | None
    reason: str | None
    employer_id: str | None
    partner_id: str | None


def note_taken_down(connection: Connection, job_id: str, case_id: str | None, now: datetime) -> None:
    """Note that a job is taken down, and where that was decided; the caller closes it."""
    is_it = TAKEN_DOWN.c.job_id == job_id
    changed = update(TAKEN_DOWN).where(is_it).values(case_id=case_id, taken_down_at=now)
    if connection.execute(changed).rowcount == 0:
        connection.execute(insert(TAKEN_DOWN).values(job_id=job_id, case_id=case_id, taken_down_at=now))


def forget_taken_down(connection: Connection, job_id: str) -> bool:
    """Note that a job is taken down no more; False where it was not."""
    return connection.execute(delete(TAKEN_DOWN).where(TAKEN_DOWN.c.job_id == job_id)).rowcount > 0


def taken_down_among(connection: Connection, job_ids: Iterable[str]) -> set[str]:
    """Those of some jobs that are taken down."""
    query = select(TAKEN_DOWN.c.job_id).where(TAKEN_DOWN.c.job_id.in_(list(job_ids)))
    return set(connection.execute(query).scalars())


def is_taken_down(connection: Connection, job_id: str) -> bool:
    """Whether a moderator took a job down."""
    return bool(taken_down_among(connection, [job_id]))


def find_taken_down(connection: Connection, job_id: str) -> TakenDown | None:
    """When and why a job was taken down; None for one that is not."""
    row = connection.execute(_listed().where(TAKEN_DOWN.c.job_id == job_id)).one_or_none()
    return None if row is None else _taken_down(row)


def list_taken_down(connection: Connection, *, after: str | None, limit: int) -> list[TakenDown]:
    """Every job that is taken down, by id; `after`: the last one seen."""
    query = _listed().order_by(TAKEN_DOWN.c.job_id).limit(limit)
    if after is not None:
        query = query.where(TAKEN_DOWN.c.job_id > after)
    return [_taken_down(row) for row in connection.execute(query)]


def _listed() -> Select[Any]:
    decided = CASES.c.assigned_to, CASES.c.decision_reason
    columns = (*TAKEN_DOWN.c, *decided, POSTINGS.c.employer_id, POSTINGS.c.partner_id)
    joined = TAKEN_DOWN.outerjoin(CASES, CASES.c.case_id == TAKEN_DOWN.c.case_id)
    return select(*columns).select_from(joined.outerjoin(POSTINGS, POSTINGS.c.job_id == TAKEN_DOWN.c.job_id))


def _taken_down(row: Row[Any]) -> TakenDown:
    return TakenDown(
        row.job_id,
        row.taken_down_at,
        row.case_id,
        row.assigned_to,
        row.decision_reason,
        row.employer_id,
        row.partner_id,
    )

"""Whose a job is and whether it may be shown: its owner may act and wants it open, and nobody objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, insert, select, update

from engine.errors import NotFoundError
from store.hiring.job_owners import require_own_or_free
from store.hiring.standing import Owner, owner_may_act
from store.matching.job_changes import delete_numbered_job
from store.tables import JOBS
from store.tables.hiring import PostingRow

POSTINGS: Table = PostingRow.metadata.tables["postings"]


class Moderation(StrEnum):
    """What has been decided about a posting."""

    APPROVED = "approved"
    WAITING = "waiting"  # not shown until a person has looked at it
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Posting:
    """A job's owner and state; one of the two owners is None. `owner_may_act`: it is not suspended."""

    job_id: str
    employer_id: str | None
    partner_id: str | None
    is_wanted_open: bool
    moderation: Moderation
    owner_may_act: bool
    created_at: datetime
    updated_at: datetime

    @property
    def owner(self) -> Owner:
        """Whose it is."""
        return Owner(self.employer_id, self.partner_id)

    @property
    def is_held(self) -> bool:
        """Whether people may not see the job, whatever its owner wants."""
        return not self.owner_may_act or self.moderation is not Moderation.APPROVED

    @property
    def is_shown(self) -> bool:
        """Whether people see the job."""
        return self.is_wanted_open and not self.is_held


def put_posting(
    connection: Connection, job_id: str, owner: Owner, moderation: Moderation, *, is_wanted_open: bool, now: datetime
) -> Posting:
    """Create or replace what is known of a posting; raises ConflictError for a job of somebody else, imported or not.

    It comes before the job itself: a job without a posting was imported.
    """
    require_own_or_free(connection, job_id, owner)
    values = {"is_wanted_open": is_wanted_open, "moderation": moderation, "updated_at": now}
    if find_posting(connection, job_id) is None:
        made = {"job_id": job_id, "employer_id": owner.employer_id, "partner_id": owner.partner_id, "created_at": now}
        connection.execute(insert(POSTINGS).values(**made, **values))
    else:
        connection.execute(update(POSTINGS).where(POSTINGS.c.job_id == job_id).values(**values))
    return get_posting(connection, job_id)


def find_posting(connection: Connection, job_id: str) -> Posting | None:
    """What is known of a posting; None for a job that was imported."""
    row = connection.execute(_postings().where(POSTINGS.c.job_id == job_id)).one_or_none()
    return None if row is None else _posting(row)


def postings_of(connection: Connection, job_ids: Iterable[str]) -> dict[str, Posting]:
    """What is known of some jobs' postings, by id; without those that were imported."""
    rows = connection.execute(_postings().where(POSTINGS.c.job_id.in_(list(job_ids))))
    return {row.job_id: _posting(row) for row in rows}


def get_posting(connection: Connection, job_id: str) -> Posting:
    """As `find_posting`; raises NotFoundError."""
    posting = find_posting(connection, job_id)
    if posting is None:
        raise NotFoundError("no such job", got=repr(job_id[:80]), field="job_id")
    return posting


def delete_posted_job(connection: Connection, job_id: str, now: datetime) -> bool:
    """Delete a job that was posted; False where there is none. Its id and what hangs on it stay its owner's."""
    closed = update(POSTINGS).where(POSTINGS.c.job_id == job_id).values(is_wanted_open=False, updated_at=now)
    connection.execute(closed)
    return delete_numbered_job(connection, job_id, now)


def count_of_posted(owner: Owner) -> Select[Any]:
    """Selects how many jobs an owner has that were not deleted."""
    there = select(func.count()).select_from(POSTINGS).join(JOBS, JOBS.c.job_id == POSTINGS.c.job_id)
    column = POSTINGS.c.employer_id if owner.employer_id is not None else POSTINGS.c.partner_id
    return there.where(column == (owner.employer_id or owner.partner_id))


def list_postings(
    connection: Connection,
    owner: Owner,
    *,
    after: str | None = None,
    limit: int | None = None,
    moderation: Moderation | None = None,
) -> list[Posting]:
    """The postings of an owner by job id; `after`: the last one seen."""
    query = _postings().order_by(POSTINGS.c.job_id).limit(limit)
    for column, value in (("employer_id", owner.employer_id), ("partner_id", owner.partner_id)):
        if value is not None:
            query = query.where(POSTINGS.c[column] == value)
    if moderation is not None:
        query = query.where(POSTINGS.c.moderation == moderation)
    if after is not None:
        query = query.where(POSTINGS.c.job_id > after)
    return [_posting(row) for row in connection.execute(query)]


def _postings() -> Select[Any]:
    may_act = owner_may_act(POSTINGS.c.employer_id, POSTINGS.c.partner_id)
    return select(POSTINGS, may_act.label("owner_may_act"))


def _posting(row: Row[Any]) -> Posting:
    return Posting(
        row.job_id,
        row.employer_id,
        row.partner_id,
        row.is_wanted_open,
        Moderation(row.moderation),
        bool(row.owner_may_act),
        row.created_at,
        row.updated_at,
    )

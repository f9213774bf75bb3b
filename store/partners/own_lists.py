"""A partner's own jobs and people in the order of their changes, so that it can follow from where it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select

from store.partners.closed_jobs import POSTINGS
from store.tables import JOBS, SEEKERS

# When it was last changed, and its id: what the list is ordered by.
Place = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which page: changed at or `since` a moment, behind the one at the place `after`, at most `limit`."""

    since: datetime | None
    after: Place | None
    limit: int


def own_jobs(connection: Connection, partner_id: str, query: ListQuery, *, is_open: bool | None) -> list[Row[Any]]:
    """The partner's postings with the `document` and `job_is_open` of their jobs, null where one was deleted."""
    rows = (
        select(POSTINGS, JOBS.c.document, JOBS.c.closes_at, JOBS.c.is_open.label("job_is_open"))
        .outerjoin(JOBS, JOBS.c.job_id == POSTINGS.c.job_id)
        .where(POSTINGS.c.partner_id == partner_id, *_within(POSTINGS.c.updated_at, POSTINGS.c.job_id, query))
    )
    if is_open is not None:
        rows = rows.where(JOBS.c.is_open if is_open else or_(JOBS.c.is_open.is_(None), ~JOBS.c.is_open))
    rows = rows.order_by(POSTINGS.c.updated_at, POSTINGS.c.job_id).limit(query.limit)
    return list(connection.execute(rows))


def own_seekers(connection: Connection, partner_id: str, query: ListQuery) -> list[Row[Any]]:
    """The partner's people, without their vectors."""
    names = ("seeker_id", "document", "is_findable", "created_at", "updated_at")
    rows = select(*(SEEKERS.c[name] for name in names)).where(
        SEEKERS.c.partner_id == partner_id, *_within(SEEKERS.c.updated_at, SEEKERS.c.seeker_id, query)
    )
    return list(connection.execute(rows.order_by(SEEKERS.c.updated_at, SEEKERS.c.seeker_id).limit(query.limit)))


def _within(changed: ColumnElement[Any], key: ColumnElement[Any], query: ListQuery) -> list[ColumnElement[bool]]:
    within = [] if query.since is None else [changed >= query.since]
    if query.after is not None:
        at, last = query.after
        within.append(or_(changed > at, and_(changed == at, key > last)))
    return within

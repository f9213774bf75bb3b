"""Partners are told when a job of theirs closes, whatever closed it: from where jobs are written, and nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, Table, select

from store.partners.deliveries import enqueue
from store.partners.webhooks import WebhookKind
from store.tables.hiring import PostingRow

POSTINGS: Table = PostingRow.metadata.tables["postings"]
APPROVED = "approved"


def tell_closed(connection: Connection, closed: Mapping[str, datetime | None], now: datetime) -> None:
    """Tell whose the jobs are that were open until now; `closed`: by id, until when each was to be open.

    Their postings say why, so these are written before. Imported jobs and those of employers are no partner's.
    """
    query = select(POSTINGS).where(POSTINGS.c.job_id.in_(closed), POSTINGS.c.partner_id.is_not(None))
    for row in connection.execute(query.order_by(POSTINGS.c.job_id)).all():
        is_over = _is_over(closed[row.job_id], now)
        state = closed_state(row.moderation, is_wanted_open=row.is_wanted_open, is_over=is_over)
        enqueue(connection, WebhookKind.JOB_CLOSED, {"job_id": row.job_id, "state": state}, now, row.partner_id)


def closed_state(moderation: str, *, is_wanted_open: bool, is_over: bool) -> str:
    """Why a job is not shown: its moderation, `closed` by its owner or its end, or `hidden` with its owner."""
    if moderation != APPROVED:
        return moderation
    return "hidden" if is_wanted_open and not is_over else "closed"


def those_open(connection: Connection, jobs: Table, job_ids: Collection[str]) -> dict[str, datetime | None]:
    """Of these jobs, those that are open now, and until when."""
    query = select(jobs.c.job_id, jobs.c.closes_at).where(jobs.c.job_id.in_(job_ids), jobs.c.is_open)
    return {row.job_id: row.closes_at for row in connection.execute(query)} if job_ids else {}


def _is_over(closes_at: datetime | None, now: datetime) -> bool:
    return closes_at is not None and closes_at <= now

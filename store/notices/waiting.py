"""Notices that come often are told together: the first at once, what comes within the hour after it in one mail.

wait_to_tell(connection, account_id, GatheredKind.NEW_APPLICATIONS, employer_id, application.applied_at)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Table, delete, insert, select, update

from store.tables.notices import WaitingNoticeRow

WAITING: Table = WaitingNoticeRow.metadata.tables["waiting_notices"]
APART = timedelta(hours=1)


class GatheredKind(StrEnum):
    """What is told together, of an organisation, an application or a programme."""

    NEW_APPLICATIONS = "new_applications"
    WAITING_JOBS = "waiting_jobs"
    SHOWN_JOBS = "shown_jobs"
    MESSAGES_TO_SEEKER = "messages_to_seeker"
    MESSAGES_TO_EMPLOYER = "messages_to_employer"
    WAITING_APPEALS = "waiting_appeals"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What somebody is to be told now: all of a kind that came about something since a moment."""

    account_id: str
    kind: GatheredKind
    about_id: str
    since: datetime


def wait_to_tell(
    connection: Connection, account_id: str, kind: GatheredKind, about_id: str, happened_at: datetime
) -> None:
    """Have somebody told of what came at `happened_at`, which is the moment that is stored with it: nothing of before
    is told."""
    at_row = (WAITING.c.account_id == account_id) & (WAITING.c.kind == kind) & (WAITING.c.about_id == about_id)
    known = connection.execute(select(WAITING).where(at_row).with_for_update()).one_or_none()
    if known is None:
        key = {"account_id": account_id, "kind": kind, "about_id": about_id}
        connection.execute(insert(WAITING).values(**key, since=happened_at, due_at=happened_at))
    elif known.due_at is None:
        due_at = max(happened_at, known.told_at + APART)
        connection.execute(update(WAITING).where(at_row).values(since=happened_at, due_at=due_at))
    elif happened_at < known.since:  # it was written later, and came before
        connection.execute(update(WAITING).where(at_row).values(since=happened_at))


def take_gathered(connection: Connection, now: datetime, limit: int) -> list[Gathered]:
    """What is due, which is then told: the caller posts it in the same transaction."""
    due = select(WAITING).where(WAITING.c.due_at <= now).order_by(WAITING.c.due_at).limit(limit)
    rows = connection.execute(due.with_for_update(skip_locked=True)).all()
    for row in rows:
        at_row = (
            (WAITING.c.account_id == row.account_id)
            & (WAITING.c.kind == row.kind)
            & (WAITING.c.about_id == row.about_id)
        )
        connection.execute(update(WAITING).where(at_row).values(due_at=None, told_at=now))
    return [Gathered(row.account_id, GatheredKind(row.kind), row.about_id, row.since) for row in rows]


def forget_told(connection: Connection, now: datetime) -> int:
    """Forget what was told longer ago than anything waits for; how many."""
    is_over = WAITING.c.due_at.is_(None) & (WAITING.c.told_at < now - APART)
    return connection.execute(delete(WAITING).where(is_over)).rowcount

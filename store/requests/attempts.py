"""How often something that is limited was tried: counted in the database, so that every worker counts together.

A subject (an address, a mail address) is kept as a keyed hash only, and for no longer than its period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Table, delete, insert, select, update

from store.tables.trust import AttemptRow

ATTEMPTS: Table = AttemptRow.metadata.tables["attempts"]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `attempts` in each `period`; `name` tells one limit's subjects from another's."""

    name: str
    attempts: int
    period: timedelta

    def start(self, now: datetime) -> datetime:
        """When the period of a moment began."""
        seconds = self.period.total_seconds()
        return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)

    def seconds_left(self, now: datetime) -> int:
        """How long until the next period begins, at least 1."""
        return max(1, round((self.start(now) + self.period - now).total_seconds()))


def count_attempt(connection: Connection, limit: Limit, subject_hash: str, now: datetime) -> bool:
    """Count one more attempt; False when it is past the limit."""
    subject, period_start = f"{limit.name}:{subject_hash}", limit.start(now)
    at_row = (ATTEMPTS.c.subject == subject) & (ATTEMPTS.c.period_start == period_start)
    one_more = update(ATTEMPTS).where(at_row).values(attempt_count=ATTEMPTS.c.attempt_count + 1)
    if connection.execute(one_more).rowcount == 0:
        connection.execute(insert(ATTEMPTS).values(subject=subject, period_start=period_start, attempt_count=1))
        return limit.attempts >= 1
    attempts = int(connection.execute(select(ATTEMPTS.c.attempt_count).where(at_row)).scalar_one())
    return attempts <= limit.attempts


def uncount_attempt(connection: Connection, limit: Limit, subject_hash: str, counted_at: datetime) -> None:
    """Take back an attempt that was counted at a moment."""
    at_row = (ATTEMPTS.c.subject == f"{limit.name}:{subject_hash}") & (
        ATTEMPTS.c.period_start == limit.start(counted_at)
    )
    one_less = update(ATTEMPTS).where(at_row, ATTEMPTS.c.attempt_count > 0)
    connection.execute(one_less.values(attempt_count=ATTEMPTS.c.attempt_count - 1))


def forget_attempts(connection: Connection, before: datetime) -> int:
    """Drop the counts of periods that began before a moment; how many."""
    return connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.period_start < before)).rowcount

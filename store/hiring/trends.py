"""How the work of the last weeks went: cases, ads, accounts and applications by the week, Monday first, in Lima."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, func, select

from store.hiring.applications import APPLICATIONS
from store.people.accounts import ACCOUNTS
from store.people.cases import CASES, CaseKind, CaseState, Decision

WEEKS = 8
_WEEK = timedelta(days=7)
_LIMA_BEHIND = timedelta(hours=5)
_HELD = (CaseKind.POSTING, CaseKind.IMPORT)


@dataclass(frozen=True, slots=True)
class WeekOfWork:
    """What a week saw; `median_hours` is how long the cases that were decided in it had waited, None without one."""

    starts_on: date
    cases_opened: int
    cases_decided: int
    median_hours: float | None
    jobs_held: int
    jobs_shown: int
    jobs_taken_down: int
    accounts: int
    applications: int


def weeks_of_work(connection: Connection, now: datetime) -> list[WeekOfWork]:
    """The last eight weeks, the present one last."""
    local = now.astimezone(UTC) - _LIMA_BEHIND
    monday = local.date() - timedelta(days=local.weekday())
    days = [monday - _WEEK * back for back in reversed(range(WEEKS))]
    starts = [datetime.combine(day, time(), UTC) + _LIMA_BEHIND for day in days]
    opened, decided = CASES.c.opened_at, CASES.c.decided_at
    counts: list[list[Any]] = [
        _by_week(connection, opened, starts),
        _by_week(connection, decided, starts),
        _medians(connection, starts),
        _by_week(connection, opened, starts, CASES.c.kind.in_(_HELD)),
        _by_week(connection, decided, starts, CASES.c.decision == Decision.JOB_SHOWN),
        _by_week(connection, decided, starts, CASES.c.decision == Decision.JOB_TAKEN_DOWN),
        _by_week(connection, ACCOUNTS.c.created_at, starts),
        _by_week(connection, APPLICATIONS.c.applied_at, starts),
    ]
    return [WeekOfWork(day, *numbers) for day, numbers in zip(days, zip(*counts, strict=True), strict=True)]


def _by_week(
    connection: Connection, moment: Column[datetime], starts: Sequence[datetime], *conditions: ColumnElement[bool]
) -> list[int]:
    """How many rows have their moment in each week; the table is read once."""
    in_weeks = [func.count().filter(moment >= start, moment < start + _WEEK) for start in starts]
    row = connection.execute(select(*in_weeks).select_from(moment.table).where(moment >= starts[0], *conditions)).one()
    return list(row)


def _medians(connection: Connection, starts: Sequence[datetime]) -> list[float | None]:
    query = select(CASES.c.opened_at, CASES.c.decided_at)
    waited: list[list[float]] = [[] for _ in starts]
    is_recent = (CASES.c.state == CaseState.DECIDED) & (CASES.c.decided_at >= starts[0])
    for row in connection.execute(query.where(is_recent)):
        week = int((row.decided_at - starts[0]) / _WEEK)
        if week < len(starts):
            waited[week].append((row.decided_at - row.opened_at).total_seconds() / 3600)
    return [round(median(hours), 1) if hours else None for hours in waited]

"""The period that a question is answered for: the weeks asked for, widened to whole ones of enough people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from store.analytics.small_groups import whole_period
from store.analytics.tables import Filters, Note

if TYPE_CHECKING:
    import duckdb

DAYS_TO_SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from a Monday to a Sunday; `notes` say where they are more than was asked for."""

    first_day: date
    last_day: date
    notes: tuple[Note, ...] = ()


def period_of(connection: duckdb.DuckDBPyConnection, weeks: str, filters: Filters) -> Period:
    """The period for `filters`.

    Args:
        connection: of the snapshot.
        weeks: SQL of rows (Monday, how many different people), one for each week of what the question counts.
        filters: the weeks asked for.
    """
    people_of_weeks: dict[date, int] = dict(connection.execute(weeks).fetchall())
    first_week = filters.first_day
    last_week = filters.last_day - min(DAYS_TO_SUNDAY, filters.last_day - date.min)
    first, last = whole_period(people_of_weeks, first_week, last_week)
    last_day = filters.last_day if last == last_week else last + DAYS_TO_SUNDAY
    if (first, last) == (first_week, last_week):
        return Period(first, last_day)
    return Period(first, last_day, (Note("widened", {"first": first.isoformat(), "last": last_day.isoformat()}),))

"""Supply and demand of hours: how many people are free, and how many open jobs need somebody, each hour of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.availability import HoursRule
from engine.schedules import Weekday
from engine.slots import SLOTS_PER_HOUR
from store.analytics.parquet_files import count_of
from store.analytics.small_groups import told, told_per
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Cell, Column, ColumnType, Filters, Note, Question, Table, table
from store.analytics.week_hours import HOURS_PER_WEEK, slots_of

if TYPE_CHECKING:
    import duckdb

HOURS_PER_DAY = 24
COLUMNS = (
    Column("day", ColumnType.TEXT),
    Column("hour", ColumnType.INTEGER, "o'clock in Lima"),
    Column("people_free", ColumnType.INTEGER, "people"),
    Column("jobs_fixed", ColumnType.INTEGER, "open jobs"),
    Column("jobs_core", ColumnType.INTEGER, "open jobs"),
    Column("people_per_fixed_job", ColumnType.NUMBER, "people an open job"),
)
_FREE = "select free_hours, count(*) from people where free_hours is not null group by free_hours"
_NEEDED = """
    select needed_hours, count(*) from jobs
    where is_open and needed_hours is not null and hours_rule = ? group by needed_hours
"""


def hours_balance(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """For each hour of Lima's week: people free all of it, open jobs that need some of it (`jobs_fixed`) and whose
    team may be met in it (`jobs_core`: of these hours only some are needed). As of the snapshot's day.

    Only people who state their hours count; jobs with hours at any time need no hour in particular.
    """
    del filters
    with snapshot.tables() as connection:
        free = _by_hour(connection, _FREE, [], whole_hours_only=True)
        fixed, core = (
            _by_hour(connection, _NEEDED, [rule.name.lower()], whole_hours_only=False)
            for rule in (HoursRule.FIXED, HoursRule.CORE_OVERLAP)
        )
        anytime = count_of(connection, "select count(*) from jobs where is_open and needed_hours is null")
    cells = [_row(hour, int(free[hour]), int(fixed[hour]), int(core[hour])) for hour in range(HOURS_PER_WEEK)]
    notes = (Note("today"), Note("free_hours"), Note("needed_hours", {"jobs": anytime}))
    return table(Question.HOURS, snapshot.version, COLUMNS, cells, notes)


def _row(hour: int, people: int, fixed: int, core: int) -> tuple[Cell, ...]:
    day, clock = divmod(hour, HOURS_PER_DAY)
    free = told(people, people)
    return Weekday(day).name.lower(), clock, free, fixed, core, told_per(free, fixed)


def _by_hour(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: list[str], *, whole_hours_only: bool
) -> NDArray[np.int64]:
    """How many have each hour of the week, `[168]`: all of it, or some."""
    rows = connection.execute(query, parameters).fetchall()
    quarters = slots_of([text for text, _ in rows]).reshape(len(rows), HOURS_PER_WEEK, SLOTS_PER_HOUR)
    hours = quarters.all(axis=2) if whole_hours_only else quarters.any(axis=2)
    return np.array([count for _, count in rows], dtype=np.int64) @ hours

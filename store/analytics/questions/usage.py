"""Usage: how many people are active, search, find nothing, click, apply and are hired, by week and by day.

A day stands for itself here, as a week does: each cell is hidden or told in fives, and no period of days is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.analytics.columns import Step
from store.analytics.questions.periods import Period, period_of
from store.analytics.small_groups import told
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import HIDDEN, SHARE_UNIT, Cell, Column, ColumnType, Filters, Note, Question, Table, table

if TYPE_CHECKING:
    import duckdb

ALL, WEEK, DAY = "all", "week", "day"
SEARCHES = "searches"
COLUMNS = (
    Column("every", ColumnType.TEXT),
    Column("begins_on", ColumnType.TEXT),
    Column("people_active", ColumnType.INTEGER, "people"),
    Column("people_joined", ColumnType.INTEGER, "people"),
    Column("searches", ColumnType.INTEGER, "searches"),
    Column("searches_without_result", ColumnType.INTEGER, "searches"),
    Column("without_result_share", ColumnType.NUMBER, SHARE_UNIT),
    Column("first_clicks", ColumnType.INTEGER, "person-job pairs"),
    Column("applications", ColumnType.INTEGER, "person-job pairs"),
    Column("hires", ColumnType.INTEGER, "person-job pairs"),
)
_STEPS = (Step.CLICKED, Step.APPLIED, Step.HIRED)
# What happened, an act a row: `how_many` of them. What an employer did is no sign that the person was here.
_CREATE_ACTS = """
    create temp table acts as
    select person, searched_on as happened_on, 'search' as act, searches as how_many from searches
    union all select person, searched_on, 'empty', without_result from searches where without_result > 0
    union all select person, shown_on, 'shown', 1 from shown
    union all select person, happened_on, 'step-' || step, 1 from steps
    union all select person, joined_week, 'joined', 1 from people
"""
_IS_ACTIVE = f"act in ('search', 'shown', 'step-{Step.CLICKED:d}', 'step-{Step.APPLIED:d}')"
_WEEKS = "select date_trunc('week', happened_on)::date as week, count(distinct person) from acts group by week"
_COUNTED = ("joined", "search", "empty", *(f"step-{step:d}" for step in _STEPS))


def usage(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """The period as one, then each week by its Monday, then each day: people, searches and what came of them.

    `people_active` were shown jobs, searched, clicked or applied. Who joined is known by the week only.
    """
    has_searches = SEARCHES in snapshot.counts
    with snapshot.tables() as connection:
        connection.execute(_CREATE_ACTS)
        period = period_of(connection, _WEEKS, filters)
        connection.execute(
            "delete from acts where not happened_on between ? and ?", [period.first_day, period.last_day]
        )
        cells = [*_cells(connection, ALL), *_cells(connection, WEEK), *_cells(connection, DAY)]
    told_cells = [row if has_searches else (*row[:4], None, None, None, *row[7:]) for row in cells]
    return table(Question.USAGE, snapshot.version, COLUMNS, told_cells, _notes(period, has_searches=has_searches))


def _cells(connection: duckdb.DuckDBPyConnection, every: str) -> list[tuple[Cell, ...]]:
    """A row for each stretch in which anything happened, in order of time."""
    begins = {ALL: f"'{ALL}'", WEEK: "date_trunc('week', happened_on)::date", DAY: "happened_on"}[every]
    counts = ", ".join(
        f"coalesce(sum(how_many) filter (where act = '{act}'), 0)::bigint, "
        f"count(distinct person) filter (where act = '{act}')"
        for act in _COUNTED
    )
    rows = connection.execute(
        f"select ({begins})::varchar as begins, count(distinct person) filter (where {_IS_ACTIVE}), {counts} "
        "from acts group by begins order by begins"
    ).fetchall()
    return [_row(every, *row) for row in rows if every != DAY or any(row[1:2] + row[4:])]


def _row(every: str, begins: str, active: int, *counted: int) -> tuple[Cell, ...]:
    """`counted`: how many and of how many people, for each of `_COUNTED`."""
    joined, searches, empty, *steps = (told(*counted[place : place + 2]) for place in range(0, len(counted), 2))
    return (
        every,
        begins,
        told(active, active),
        None if every == DAY else joined,
        searches,
        empty,
        _share(empty, searches),
        *steps,
    )


def _share(part: Cell, of: Cell) -> Cell:
    """A share of two told counts; hidden with either of them, None of nothing."""
    if not isinstance(part, int) or not isinstance(of, int):
        return HIDDEN
    return min(1.0, part / of) if of else None


def _notes(period: Period, *, has_searches: bool) -> tuple[Note, ...]:
    notes = (*period.notes, Note("active"), Note("own_profile"), Note("first_clicks"))
    return (*notes, Note("whole_days")) if has_searches else (*notes, Note("whole_days"), Note("no_searches"))

"""Exposure and congestion: how the places before people's eyes are shared out among jobs and employers.

A job that is put before a person on a day counts once, however often the answer is asked for again. The measures are
those of `engine.measures`, from counts: in a year there are more places than lists of them fit in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from engine.measures import Counts, congestion, gini
from store.analytics.parquet_files import count_of
from store.analytics.questions.periods import Period, period_of
from store.analytics.small_groups import in_fives, is_small
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import HIDDEN, SHARE_UNIT, Cell, Column, ColumnType, Filters, Note, Question, Table, table

if TYPE_CHECKING:
    import duckdb

DEPTH = 10
TOP_SHARE = 0.01
LORENZ_STEPS = 20
COLUMNS = (
    Column("subject", ColumnType.TEXT),
    Column("number", ColumnType.INTEGER, "jobs or employers"),
    Column("never_shown", ColumnType.INTEGER, "jobs or employers"),
    Column("never_shown_share", ColumnType.NUMBER, SHARE_UNIT),
    Column("impressions", ColumnType.INTEGER, "person-job days"),
    Column("gini", ColumnType.NUMBER, "0 to 1"),
    Column("top_1_percent_share", ColumnType.NUMBER, SHARE_UNIT),
    Column("congestion_at_10", ColumnType.NUMBER, "people an opening"),
    Column("congestion_if_even", ColumnType.NUMBER, "people an opening"),
)
CURVE_COLUMNS = (
    Column("subject", ColumnType.TEXT),
    Column("share_of_subjects", ColumnType.NUMBER, SHARE_UNIT),
    Column("share_of_impressions", ColumnType.NUMBER, SHARE_UNIT),
)
_WEEKS = "select date_trunc('week', shown_on)::date as week, count(distinct person) from shown group by week"
# Jobs that could be shown: those open at the snapshot, and those that were shown and have closed since.
_CREATE_SHOWABLE = f"""
    create temp table showable as
    with impressions as (
        select person, job_id, shown_on, position from shown where shown_on between ? and ?
    ), newest as (
        select person, max(shown_on) as shown_on from impressions group by person
    ), ranked as (
        select job_id, row_number() over (partition by person order by position nulls last, job_id) as place
        from impressions semi join newest using (person, shown_on)
    ), counted as (
        select job_id, count(*) as impression_count from impressions group by job_id
    ), sent as (
        select job_id, count(*) as sent_count from ranked where place <= {DEPTH} group by job_id
    )
    select job_id, coalesce(employer, job_id) as employer, coalesce(openings, 1) as openings,
        coalesce(impression_count, 0) as impression_count, coalesce(sent_count, 0) as sent_count
    from jobs left join counted using (job_id) left join sent using (job_id)
    where is_open or impression_count > 0
"""
_BY_SUBJECT = {
    "jobs": "select impression_count from showable",
    "employers": "select sum(impression_count)::bigint as impression_count from showable group by employer",
}


def exposure(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """For jobs and for employers: how many there are and were never shown, impressions, their Gini coefficient and
    the share of the most shown hundredth; for jobs also congestion@10.

    Congestion is how many people an opening, itself counted, a person meets who follows one of their ten first jobs:
    those of the newest day on which each person was shown some. `congestion_if_even`: were all jobs shown alike.
    """
    with snapshot.tables() as connection:
        period = _create_showable(connection, filters)
        cells = [_row(connection, subject, period) for subject in _BY_SUBJECT]
    notes = (*period.notes, Note("impression"), Note("gini"), Note("congestion"))
    return table(Question.EXPOSURE, snapshot.version, COLUMNS, cells, notes)


def exposure_curve(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """The Lorenz curve: which share of impressions goes to the least shown 5%, 10% … 100% of jobs and employers."""
    cells: list[tuple[Cell, ...]] = []
    with snapshot.tables() as connection:
        period = _create_showable(connection, filters)
        if not is_small(_count_people(connection, period)):
            for subject, query in _BY_SUBJECT.items():
                cells += [(subject, *point) for point in lorenz_curve(_counts(connection, query), LORENZ_STEPS)]
    notes = (*period.notes, Note("impression"), Note("lorenz"))
    return table(Question.EXPOSURE_CURVE, snapshot.version, CURVE_COLUMNS, cells, notes)


def top_share(counts: Counts, share: float) -> float | None:
    """The share of all that goes to the largest `share` of the counts `[N]`, at least one of them."""
    total = counts.sum()
    most = np.sort(counts)[::-1][: max(1, int(np.ceil(len(counts) * share)))]
    return float(most.sum() / total) if total else None


def lorenz_curve(counts: Counts, steps: int) -> Iterable[tuple[float, float]]:
    """Points (share of the counts, from the least; share of their sum), from 0 to 1 in `steps`; none of nothing."""
    total = counts.sum()
    if total == 0:
        return []
    cumulative = np.concatenate([[0], np.cumsum(np.sort(counts))]) / total
    shares = np.arange(steps + 1) / steps
    values = np.interp(shares * len(counts), np.arange(len(counts) + 1), cumulative)
    return zip(shares.tolist(), values.tolist(), strict=True)


def _create_showable(connection: duckdb.DuckDBPyConnection, filters: Filters) -> Period:
    period = period_of(connection, _WEEKS, filters)
    connection.execute(_CREATE_SHOWABLE, [period.first_day, period.last_day])
    return period


def _row(connection: duckdb.DuckDBPyConnection, subject: str, period: Period) -> tuple[Cell, ...]:
    counts = _counts(connection, _BY_SUBJECT[subject])
    if is_small(_count_people(connection, period)):
        return (subject, len(counts), *[HIDDEN] * (len(COLUMNS) - 2))
    never = int((counts == 0).sum())
    sharing = (gini(counts), top_share(counts, TOP_SHARE))
    crowding = _crowding(connection) if subject == "jobs" else (None, None)
    return (
        subject,
        len(counts),
        never,
        never / len(counts) if len(counts) else None,
        in_fives(int(counts.sum())),
        *sharing,
        *crowding,
    )


def _crowding(connection: duckdb.DuckDBPyConnection) -> tuple[Cell, Cell]:
    sent, openings = (
        _counts(connection, f"select {name} from showable order by job_id") for name in ("sent_count", "openings")
    )
    even = float(sent.sum() / openings.sum()) if sent.sum() else None
    return congestion(sent, openings), even


def _counts(connection: duckdb.DuckDBPyConnection, query: str) -> Counts:
    (column,) = connection.execute(query).fetchnumpy().values()
    return np.asarray(column, np.int64)


def _count_people(connection: duckdb.DuckDBPyConnection, period: Period) -> int:
    query = "select count(distinct person) from shown where shown_on between ? and ?"
    return count_of(connection, query, [period.first_day, period.last_day])

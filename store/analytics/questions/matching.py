"""Match success: what comes of applications, by where the work is, by people's country, language and hours, by week."""

from __future__ import annotations

from collections.abc import Sequence

from store.analytics.columns import Step
from store.analytics.questions.step_counts import (
    ALL,
    StepCounts,
    count_all,
    count_columns,
    count_steps,
    create_pairs,
    rate_cells,
    rate_columns,
    told_cells,
)
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Cell, Column, ColumnType, Filters, Note, Question, Table, table

STEPS = (Step.APPLIED, Step.INTERVIEWED, Step.HIRED)
APPLIED, INTERVIEWED, HIRED = range(len(STEPS))
# A rate's name → which of the steps, as a share of which.
RATES = {
    "interview_rate": (INTERVIEWED, APPLIED),
    "hire_rate": (HIRED, INTERVIEWED),
    "applied_to_hired_rate": (HIRED, APPLIED),
}
_NATIVE = "list_filter(people.languages, lambda spoken: spoken like '%:native')"
_HOURS = "people.hours_available"
# Dimension → the group of a pair in it, as SQL over `pairs`, `people` and `jobs`; null: unknown.
DIMENSIONS = {
    "job_place": "nullif(concat_ws(' ', jobs.country, jobs.region), '')",
    "country": "people.country",
    "language": f"nullif(array_to_string(list_transform({_NATIVE}, lambda own: split_part(own, ':', 1)), '+'), '')",
    "hours": f"case when {_HOURS} < 10 then '00-09' when {_HOURS} < 20 then '10-19' when {_HOURS} < 30 then '20-29' "
    f"when {_HOURS} < 40 then '30-39' when {_HOURS} >= 40 then '40+' end",
    "week": "pairs.week",
}
COLUMNS = (
    Column("dimension", ColumnType.TEXT),
    Column("group", ColumnType.TEXT),
    *count_columns(STEPS),
    *(column for name in RATES for column in rate_columns(name)),
)


def match_success(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """Applications, interviews and hires of all pairs, then by the groups of each of `DIMENSIONS`, with rates.

    A week is that of the application; later steps of it count there. `language` is what a person speaks natively.
    """
    with snapshot.tables() as connection:
        period = create_pairs(connection, filters, Step.APPLIED)
        total = count_all(connection, STEPS)
        cells = _rows(ALL, [total]) if total else []
        for dimension, group in DIMENSIONS.items():
            cells += _rows(dimension, count_steps(connection, STEPS, group))
    notes = (
        *period.notes,
        Note("pair_once"),
        Note("implied"),
        Note("application_week"),
        Note("no_region"),
        Note("wilson"),
    )
    return table(Question.MATCH_SUCCESS, snapshot.version, COLUMNS, cells, notes)


def _rows(dimension: str, groups: Sequence[StepCounts]) -> list[tuple[Cell, ...]]:
    rows = []
    for group in groups:
        counts = told_cells(group)
        rates = (rate_cells(counts[step], counts[of]) for step, of in RATES.values())
        rows.append((dimension, group.group, *counts, *(cell for rate in rates for cell in rate)))
    return rows

"""The funnel: of the jobs put before people, how many were clicked, applied for, led to an interview and to work."""

from __future__ import annotations

from collections.abc import Sequence

from store.analytics.columns import Step
from store.analytics.questions.step_counts import (
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

STEPS = tuple(Step)
# A rate's name → the step, and the step it is a share of.
RATES = {
    "click_rate": (Step.CLICKED, Step.SHOWN),
    "apply_rate": (Step.APPLIED, Step.CLICKED),
    "interview_rate": (Step.INTERVIEWED, Step.APPLIED),
    "hire_rate": (Step.HIRED, Step.INTERVIEWED),
    "shown_to_hired_rate": (Step.HIRED, Step.SHOWN),
}
COLUMNS = (
    Column("week", ColumnType.TEXT),
    *count_columns(STEPS),
    *(column for name in RATES for column in rate_columns(name)),
)


def funnel(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """The counts of all weeks together, `all`, then of each week, `YYYY-MM-DD` (its Monday), with rates.

    A week is that in which a pair was first seen; later steps of it count there. Weeks of few people are in `other`.
    """
    with snapshot.tables() as connection:
        period = create_pairs(connection, filters, Step.SHOWN)
        total = count_all(connection, STEPS)
        weeks = count_steps(connection, STEPS, "pairs.week")
    cells = _rows([total, *weeks]) if total else []
    notes = (*period.notes, Note("pair_once"), Note("implied"), Note("cohort"), Note("wilson"))
    return table(Question.FUNNEL, snapshot.version, COLUMNS, cells, notes)


def _rows(groups: Sequence[StepCounts]) -> list[tuple[Cell, ...]]:
    rows = []
    for group in groups:
        counts = told_cells(group)
        rates = (rate_cells(counts[step], counts[of]) for step, of in RATES.values())
        rows.append((group.group, *counts, *(cell for rate in rates for cell in rate)))
    return rows

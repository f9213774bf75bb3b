"""How many person-job pairs came how far, group by group, and how many people each count is about.

A pair counts once a step. A step implies those before it: who applied without a click that anybody saw has clicked.
A pair belongs to the week in which it was first seen, whatever came of it later, so that no step outnumbers an earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.analytics.columns import Step
from store.analytics.parquet_files import count_of
from store.analytics.questions.periods import Period, period_of
from store.analytics.questions.rates import wilson_interval
from store.analytics.small_groups import UNKNOWN, folded, told
from store.analytics.tables import HIDDEN, SHARE_UNIT, Cell, Column, ColumnType, Filters

if TYPE_CHECKING:
    import duckdb

PAIRS_UNIT = "person-job pairs"
ALL = "all"


@dataclass(frozen=True, slots=True)
class StepCounts:
    """The counts of one group: `pairs[k]`, of `people[k]`, came at least to the k-th of the steps asked for."""

    group: str
    pairs: tuple[int, ...]
    people: tuple[int, ...]


def create_pairs(connection: duckdb.DuckDBPyConnection, filters: Filters, least: Step) -> Period:
    """The temporary table `pairs` of those that came at least to a step, first in the weeks of the period returned.

    Columns: person, job_id, `furthest` step, and `week`, the Monday of the day on which that least step was reached
    (for `SHOWN`, of the first day on which anything was seen of the pair).
    """
    connection.execute(
        f"""
        create or replace temp table pairs as
        select person, job_id, max(step) as furthest,
            date_trunc('week', min(happened_on) filter (where step >= {least:d}))::date as week
        from seen
        group by person, job_id
        having max(step) >= {least:d}
        """
    )
    period = period_of(connection, "select week, count(distinct person) from pairs group by week", filters)
    connection.execute("delete from pairs where not week between ? and ?", [period.first_day, period.last_day])
    return period


def count_all(connection: duckdb.DuckDBPyConnection, steps: Sequence[Step]) -> StepCounts | None:
    """The counts of all `pairs` as one group, `all`; None when there are none."""
    row = connection.execute(f"select count(*), {_count_columns(steps)} from pairs").fetchone()
    return _step_counts(ALL, row[1:], len(steps)) if row is not None and row[0] else None


def count_steps(connection: duckdb.DuckDBPyConnection, steps: Sequence[Step], group: str) -> list[StepCounts]:
    """The counts of `pairs` by an SQL expression over `pairs`, `people` and `jobs`, in order of its value as text.

    Groups of few people are folded into `other`; no value is `unknown`.
    """
    connection.execute(
        f"""
        create or replace temp table grouped as
        select pairs.person, pairs.furthest, coalesce(({group})::varchar, '{UNKNOWN}') as name
        from pairs left join people on people.person = pairs.person left join jobs on jobs.job_id = pairs.job_id
        """
    )
    names = folded(
        dict(connection.execute("select name, count(distinct person) from grouped group by name").fetchall()),
        lambda groups: _count_people(connection, groups),
    )
    for name, disclosed_as in names.items():
        if name != disclosed_as:
            connection.execute("update grouped set name = ? where name = ?", [disclosed_as, name])
    counted = connection.execute(f"select name, {_count_columns(steps)} from grouped group by name order by name")
    return [_step_counts(row[0], row[1:], len(steps)) for row in counted.fetchall()]


def told_cells(counts: StepCounts) -> list[Cell]:
    """The counts of a group as they are told."""
    return [told(pairs, people) for pairs, people in zip(counts.pairs, counts.people, strict=True)]


def count_columns(steps: Sequence[Step]) -> tuple[Column, ...]:
    """The columns of `told_cells`, by the steps' names."""
    return tuple(Column(step.name.lower(), ColumnType.INTEGER, PAIRS_UNIT) for step in steps)


def rate_columns(name: str) -> tuple[Column, ...]:
    """The columns of `rate_cells`."""
    return tuple(Column(f"{name}{end}", ColumnType.NUMBER, SHARE_UNIT) for end in ("", "_low", "_high"))


def rate_cells(count: Cell, of: Cell) -> tuple[Cell, Cell, Cell]:
    """A share with its 95% interval; hidden with either of its counts, None of nothing."""
    if not isinstance(count, int) or not isinstance(of, int):
        return HIDDEN, HIDDEN, HIDDEN
    return (count / of, *wilson_interval(count, of)) if of else (None, None, None)


def _count_people(connection: duckdb.DuckDBPyConnection, groups: Sequence[str]) -> int:
    query = "select count(distinct person) from grouped where list_contains(?::varchar[], name)"
    return count_of(connection, query, [list(groups)])


def _count_columns(steps: Sequence[Step]) -> str:
    pairs = [f"count(*) filter (where furthest >= {step:d})" for step in steps]
    people = [f"count(distinct person) filter (where furthest >= {step:d})" for step in steps]
    return ", ".join([*pairs, *people])


def _step_counts(group: str, counts: Sequence[int], steps: int) -> StepCounts:
    """`counts`: the columns of `_count_columns`."""
    return StepCounts(group, tuple(counts[:steps]), tuple(counts[steps:]))

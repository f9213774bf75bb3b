"""Time to placement: the days from joining, and from the first application, until somebody is hired."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store.analytics.columns import Step
from store.analytics.questions.periods import period_of
from store.analytics.questions.survival import Survival, disclosable_points, place_of_quantile, survival
from store.analytics.small_groups import LEAST_PEOPLE, is_small, told
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import HIDDEN, SHARE_UNIT, Cell, Column, ColumnType, Filters, Note, Question, Table, table

DAYS_PER_POINT = 7
QUARTILES = {"first_quartile": 0.25, "median": 0.5, "third_quartile": 0.75}
COLUMNS = (
    Column("origin", ColumnType.TEXT),
    Column("people", ColumnType.INTEGER, "people"),
    Column("placed", ColumnType.INTEGER, "people"),
    Column("still_looking", ColumnType.INTEGER, "people"),
    *(Column(f"{name}_days", ColumnType.INTEGER, "days") for name in QUARTILES),
    *(Column(f"{name}_days_of_placed", ColumnType.NUMBER, "days") for name in QUARTILES),
)
CURVE_COLUMNS = (
    Column("origin", ColumnType.TEXT),
    Column("day", ColumnType.INTEGER, "days"),
    Column("share_looking", ColumnType.NUMBER, SHARE_UNIT),
    Column("share_looking_low", ColumnType.NUMBER, SHARE_UNIT),
    Column("share_looking_high", ColumnType.NUMBER, SHARE_UNIT),
)
# From where days are counted → since when somebody is seen, as SQL; null: they are not among those counted.
# History that was brought in may be older than a profile: who applied before they joined had joined by then.
ORIGINS = {"joined": "least(joined_week, first_on)", "applied": "applied_on"}
_PEOPLE = f"""
    select {{origin}} as begun_on, hired_on
    from people full join (
        select person, min(happened_on) as first_on,
            min(happened_on) filter (where step >= {Step.APPLIED:d}) as applied_on,
            min(happened_on) filter (where step = {Step.HIRED:d}) as hired_on
        from seen group by person) as first_days using (person)
    where begun_on <= ?
"""
# One person a row: how many rows are how many people.
_WEEKS = "select date_trunc('week', begun_on)::date as week, count(*) from waits group by week"


@dataclass(frozen=True, slots=True)
class Waits:
    """P people: `days` `[P]` until they were hired, or until the snapshot if they were not; `is_placed` `[P]`.

    `notes` are on the period that they began in.
    """

    days: NDArray[np.int64]
    is_placed: NDArray[np.bool_]
    notes: tuple[Note, ...]


def time_to_placement(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """Quartiles of the days from each of `ORIGINS`, by Kaplan and Meier, and beside them those of the placed alone.

    People of the weeks asked for, by their origin. A quartile is None while too few are placed to know it.
    """
    waits = _waits(snapshot, filters)
    cells = [_summary(origin, one) for origin, one in waits.items()]
    notes = (*_period_notes(waits), Note("censored"), Note("joined_in_week"), Note("quartiles"))
    return table(Question.TIME_TO_PLACEMENT, snapshot.version, COLUMNS, cells, notes)


def time_to_placement_curve(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """The share who still look after so many days, at the ends of weeks in which enough people were placed."""
    cells: list[tuple[Cell, ...]] = []
    waits = _waits(snapshot, filters)
    for origin, one in waits.items():
        cells += _points(origin, survival(one.days, one.is_placed))
    notes = (*_period_notes(waits), Note("censored"), Note("points"))
    return table(Question.TIME_TO_PLACEMENT_CURVE, snapshot.version, CURVE_COLUMNS, cells, notes)


def _waits(snapshot: AnalyticsSnapshot, filters: Filters) -> dict[str, Waits]:
    waits = {}
    last_day = snapshot.taken_on
    with snapshot.tables() as connection:
        for origin, expression in ORIGINS.items():
            people = _PEOPLE.format(origin=expression)
            connection.execute(f"create or replace temp table waits as {people}", [last_day])
            period = period_of(connection, _WEEKS, filters)
            rows = connection.execute(
                "select greatest(0, coalesce(hired_on, ?::date) - begun_on)::bigint as days, "
                "hired_on is not null as is_placed from waits where begun_on between ? and ?",
                [last_day, period.first_day, period.last_day],
            ).fetchnumpy()
            days, is_placed = np.asarray(rows["days"], np.int64), np.asarray(rows["is_placed"], np.bool_)
            waits[origin] = Waits(days, is_placed, period.notes)
    return waits


def _period_notes(waits: dict[str, Waits]) -> tuple[Note, ...]:
    """The notes of all origins, each once."""
    notes: list[Note] = []
    for one in waits.values():
        notes += [note for note in one.notes if note not in notes]
    return tuple(notes)


def _summary(origin: str, waits: Waits) -> tuple[Cell, ...]:
    people, placed = len(waits.days), int(waits.is_placed.sum())
    if is_small(people):
        return (origin, *[HIDDEN] * (len(COLUMNS) - 1))
    curve, of_placed = survival(waits.days, waits.is_placed), waits.days[waits.is_placed]
    return (
        origin,
        told(people, people),
        told(placed, placed),
        told(people - placed, people - placed),
        *(_quantile(curve, share) for share in QUARTILES.values()),
        *(_quantile_of_placed(of_placed, share) for share in QUARTILES.values()),
    )


def _quantile(curve: Survival, share: float) -> Cell:
    """The day by which so many were placed; hidden where few were by then, or few still looked."""
    place = place_of_quantile(curve, share)
    if place is None:
        return None
    has_enough = curve.placed[: place + 1].sum() >= LEAST_PEOPLE and curve.at_risk[place] >= LEAST_PEOPLE
    return int(curve.days[place]) if has_enough else HIDDEN


def _quantile_of_placed(days: NDArray[np.int64], share: float) -> Cell:
    """The quantile of the placed alone; hidden where few are on either side of it."""
    if len(days) == 0:
        return None
    return float(np.quantile(days, share)) if len(days) * min(share, 1 - share) >= LEAST_PEOPLE else HIDDEN


def _points(origin: str, curve: Survival) -> list[tuple[Cell, ...]]:
    return [
        (origin, int(curve.days[place]), *(float(values[place]) for values in (curve.share, curve.low, curve.high)))
        for place in disclosable_points(curve, DAYS_PER_POINT)
    ]

"""What would open: open jobs that nobody has the hours for now, and what changes if people freed a window of the week
or employers moved some hours into it.

People free a window: all who state their hours are free in it too, and want to work as many hours as before.
Employers move N hours: a job with fixed windows, or a team's day, gives up its N hours outside the window in which
fewest people are free, for as many inside it, in which most are. It does so only where more people can take it then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from engine.arrays import BoolArray
from engine.availability import HoursRule, ScheduleTable
from engine.schedules import Window, parse_window
from engine.slots import SLOTS_PER_HOUR, local_slots, pack_slots
from store.analytics.questions.market import Counts, Market, PackedVerdicts
from store.analytics.questions.market_reading import read_market
from store.analytics.small_groups import LEAST_PEOPLE, told
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Cell, Column, ColumnType, Filters, Note, Question, Table, table


class WeekWindow(StrEnum):
    """Parts of Lima's week that are asked about."""

    MORNINGS = "mornings"
    AFTERNOONS = "afternoons"
    NIGHTS = "nights"
    LATE_NIGHTS = "late_nights"
    WEEKENDS = "weekends"


WINDOWS: dict[WeekWindow, Window] = {
    WeekWindow.MORNINGS: parse_window("mon-fri 06:00-12:00"),
    WeekWindow.AFTERNOONS: parse_window("mon-fri 12:00-19:00"),
    WeekWindow.NIGHTS: parse_window("mon-fri 19:00-23:00"),
    WeekWindow.LATE_NIGHTS: parse_window("mon-fri 23:00-06:00"),
    WeekWindow.WEEKENDS: parse_window("sat,sun 08:00-20:00"),
}
MOVED_HOURS = (4, 8)
AS_NOW, PEOPLE_FREE_IT = "as_now", "people_free_it"
MOVABLE = (HoursRule.FIXED, HoursRule.CORE_OVERLAP)
COLUMNS = (
    Column("window", ColumnType.TEXT),
    Column("change", ColumnType.TEXT),
    Column("jobs_in_window", ColumnType.INTEGER, "open jobs"),
    Column("jobs_nobody_has_hours", ColumnType.INTEGER, "open jobs"),
    Column("jobs_few_have_hours", ColumnType.INTEGER, "open jobs"),
    Column("jobs_opened", ColumnType.INTEGER, "open jobs"),
    Column("pairs", ColumnType.INTEGER, "person-job pairs"),
    Column("pairs_opened", ColumnType.INTEGER, "person-job pairs"),
    Column("people_gaining", ColumnType.INTEGER, "people"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """The market as it is: who has the hours for what, how many people can take each kind of job, `[S, K]`, how many
    may, hours aside, `[K]`; how many people can take any.
    """

    market: Market
    has_hours: PackedVerdicts
    able: Counts
    allowed: Counts
    people_able: int

    @classmethod
    def of(cls, market: Market) -> Scene:
        """The market as it is."""
        has_hours = market.has_hours(market.free, market.schedules)
        anybody = market.people_gaining(np.zeros_like(has_hours), has_hours, market.every_job)
        return cls(market, has_hours, market.people_able(has_hours), market.people_allowed(), anybody)


def freed_hours(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """For each window of the week, as now, if people freed it, and if employers moved hours there:

    - `jobs_in_window`: open jobs that need some of it as they are posted;
    - `jobs_nobody_has_hours`: jobs that somebody may take, hours aside, and nobody has the hours for;
    - `jobs_few_have_hours`: jobs that enough people may take, and 1 to 4 have the hours for;
    - `jobs_opened`: jobs that enough people can take after the change, and fewer could before;
    - `pairs`, `pairs_opened`, `people_gaining`: person-job pairs that are possible, more than now, of how many people.

    Enough is `LEAST_PEOPLE`. As of the snapshot's day, for people who state their hours.
    """
    del filters
    with snapshot.tables() as connection:
        market = read_market(connection)
    scene = Scene.of(market)
    cells = [row for window in WeekWindow for row in _rows(scene, window)]
    notes = (Note("today"), Note("free_hours"), Note("windows"), Note("can_take"), Note("changes"))
    return table(Question.FREED_HOURS, snapshot.version, COLUMNS, cells, notes)


def moved_slots(needed: BoolArray, window: BoolArray, people_free: Counts, quarters: int) -> BoolArray:
    """Schedules `[S, 672]` with at most so many quarters moved into the window `[672]`, as the module describes.

    Of quarters in which as many people are free, `people_free` `[672]`, the earlier is taken first.
    """
    out_order = np.argsort(people_free, kind="stable")
    in_order = np.argsort(-people_free, kind="stable")
    outside, gaps = (needed & ~window)[:, out_order], (window & ~needed)[:, in_order]
    moved = np.minimum(quarters, np.minimum(outside.sum(axis=1), gaps.sum(axis=1)))[:, np.newaxis]
    changed = needed.copy()
    changed[:, out_order] &= ~(outside & (np.cumsum(outside, axis=1) <= moved))
    changed[:, in_order] |= gaps & (np.cumsum(gaps, axis=1) <= moved)
    return changed


def _rows(scene: Scene, name: WeekWindow) -> Iterator[tuple[Cell, ...]]:
    market, window = scene.market, local_slots([WINDOWS[name]], whole_quarters_only=True)
    in_window = int(market.jobs[(market.needed & window).any(axis=1)].sum())
    yield _row(scene, (name.value, AS_NOW, in_window), scene.able, 0)
    freed = market.has_hours(market.free | window, market.schedules)
    gaining = market.people_gaining(scene.has_hours, freed, market.every_job)
    yield _row(scene, (name.value, PEOPLE_FREE_IT, in_window), market.people_able(freed), gaining)
    for hours in MOVED_HOURS:
        moved = market.has_hours(market.free, _moved(market, window, hours))
        able = market.people_able(moved)
        is_moved = able > scene.able
        gaining = market.people_gaining(scene.has_hours, moved, is_moved)
        change = f"employers_move_{hours}_hours"
        yield _row(scene, (name.value, change, in_window), np.maximum(able, scene.able), gaining)


def _moved(market: Market, window: BoolArray, hours: int) -> ScheduleTable:
    """The schedules with hours moved into the window, where they have windows; as many hours as before."""
    movable = np.isin(market.schedules.rules, MOVABLE)[:, np.newaxis]
    changed = moved_slots(market.needed, window, market.people_free(), hours * SLOTS_PER_HOUR)
    return replace(market.schedules, slots=pack_slots(np.where(movable, changed, market.needed)))


def _row(scene: Scene, names: tuple[str, str, int], able: Counts, gaining: int) -> tuple[Cell, ...]:
    """A row; pairs are hidden where few people can take any, what opens where few gain."""
    jobs, least = scene.market.jobs, LEAST_PEOPLE
    nobody = int(jobs[(able == 0) & (scene.allowed > 0)].sum())
    few = int(jobs[(able > 0) & (able < least) & (scene.allowed >= least)].sum())
    jobs_opened = int(jobs[(able >= least) & (scene.able < least)].sum())
    pairs = int((jobs * able).sum())
    opened = pairs - int((jobs * scene.able).sum())
    of_people = (told(pairs, scene.people_able), told(opened, gaining), told(gaining, gaining))
    return (*names, nobody, few, jobs_opened, *of_people)

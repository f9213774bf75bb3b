"""Hours shared by many persons at once, or of some schedules only, are those of each alone."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.availability import (
    HoursRule,
    HoursShared,
    ScheduleTable,
    WorkingHours,
    hours_shared,
    hours_shared_by_each,
)
from engine.schedules import Weekday, Window
from engine.seekers import Availability
from engine.slots import seeker_slots, week_start

WEEK = week_start(datetime(2026, 10, 7, tzinfo=UTC))
LIMA = "America/Lima"

days = st.sets(st.sampled_from(list(Weekday)), min_size=1).map(lambda found: tuple(sorted(found)))
windows = st.tuples(days, st.integers(0, 46), st.integers(1, 20)).map(
    lambda drawn: Window(drawn[0], drawn[1] * 30, (drawn[1] + drawn[2]) * 30 % 1440 or 1440)
)
some_windows = st.lists(windows, max_size=2).map(tuple)
amounts = st.sampled_from([0.0, 4.0, 20.0, 48.0])


@st.composite
def schedules(draw: st.DrawFn) -> WorkingHours:
    """Working hours of any kind, told in part or whole."""
    rule = draw(st.sampled_from(list(HoursRule)))
    shifts = draw(st.lists(st.tuples(windows), min_size=1, max_size=3)) if rule is HoursRule.ONE_OF else []
    own = () if rule in (HoursRule.ONE_OF, HoursRule.HOURS_ONLY, HoursRule.FLEXIBLE) else draw(some_windows)
    core = draw(st.sampled_from([4.0, 10.0])) if rule is HoursRule.CORE_OVERLAP else 0.0
    told = draw(days) if draw(st.booleans()) else ()
    return WorkingHours(rule, LIMA, own, draw(amounts), core, tuple(shifts), told)


people = st.tuples(some_windows, st.none() | st.sampled_from([6.0, 24.0, 60.0])).map(
    lambda drawn: Availability(LIMA, *drawn)
)


@settings(max_examples=80, deadline=None)
@given(st.lists(schedules(), min_size=1, max_size=8), st.lists(people, min_size=1, max_size=4))
def test_many_at_once_share_what_each_shares_alone(hours: list[WorkingHours], asking: list[Availability]) -> None:
    table = ScheduleTable.build(hours, WEEK)
    free = np.array([seeker_slots(one, WEEK) for one in asking])
    most = [one.hours_per_week for one in asking]
    together = hours_shared_by_each(table, free, most)
    for number, slots in enumerate(free):
        alone = hours_shared(table, slots, most[number])
        for field in fields(HoursShared):
            np.testing.assert_array_equal(getattr(together, field.name)[number], getattr(alone, field.name))
        np.testing.assert_array_equal(together.coverage[number], alone.coverage)

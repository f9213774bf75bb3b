"""Time to placement of a story counted by hand: those who still look are not forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from engine.placements import Placement
from engine.seekers import Seeker
from store.analytics.questions.placement_time import time_to_placement, time_to_placement_curve
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Filters, Table

TAKEN_ON = date(2026, 6, 30)


def of_origin(table: Table, origin: str) -> dict[str, object]:
    """The row of an origin, by column."""
    (row,) = [row for row in table.rows if row[0] == origin]
    return dict(zip([column.name for column in table.columns], row, strict=True))


def test_days_are_counted_from_joining_and_from_the_first_application(story: Any) -> None:
    """Twenty people join on 4 May, a Monday, and apply 40 days ago; ten are hired 30 days ago, ten still look."""
    people = [f"p{number}" for number in range(20)]
    story.people([Seeker(seeker_id) for seeker_id in people], joined_days_ago=57)
    for number, seeker_id in enumerate(people):
        story.application(seeker_id, "job-a", 40, *([("hired", 30.0)] * (number < 10)))
    table = time_to_placement(story.snapshot(), Filters())
    # Half are placed after ten days from applying: from 21 May, 40 days ago, to 31 May; and 27 days from 4 May.
    assert of_origin(table, "applied") == {
        "origin": "applied",
        "people": 20,
        "placed": 10,
        "still_looking": 10,
        "first_quartile_days": 10,
        "median_days": 10,
        "third_quartile_days": None,
        "first_quartile_days_of_placed": None,  # fewer than five of ten lie below it
        "median_days_of_placed": 10.0,
        "third_quartile_days_of_placed": None,
    }
    assert of_origin(table, "joined")["median_days"] == 27
    assert table.suppressed_cells == 4


def test_history_older_than_a_profile_counts_from_its_beginning(story: Any) -> None:
    people = [f"p{number}" for number in range(10)]
    story.people([Seeker(seeker_id) for seeker_id in people], joined_days_ago=1)
    placed_at = story.snapshot().taken_at - timedelta(days=100)
    for seeker_id in people:
        story.event("click", seeker_id, "job-a", 105)
    story.records.add_placements([Placement(seeker_id, "job-a", placed_at, 4) for seeker_id in people])
    table = time_to_placement(story.snapshot(now=placed_at + timedelta(days=100, seconds=1)), Filters())
    assert of_origin(table, "joined")["median_days"] == 5


def test_the_median_of_the_placed_alone_is_too_short(written: Callable[..., AnalyticsSnapshot]) -> None:
    """Of a hundred, sixty are placed after 1 to 60 days, a day each; forty still look after 90."""
    started, steps = TAKEN_ON - timedelta(days=90), []
    for number in range(100):
        steps.append(step(number, 2, started))
        if number < 60:
            steps.append(step(number, 4, started + timedelta(days=number + 1)))
    snapshot = written(steps=steps)
    row = of_origin(time_to_placement(snapshot, Filters()), "applied")
    assert (row["median_days"], row["median_days_of_placed"]) == (50, 30.5)
    assert (row["first_quartile_days"], row["third_quartile_days"]) == (25, None)
    curve = time_to_placement_curve(snapshot, Filters())
    points: dict[Any, Any] = {row[1]: row[2] for row in curve.rows if row[0] == "applied"}
    assert (points[6], points[13], points[60]) == pytest.approx((0.94, 0.87, 0.40))
    assert (min(points), max(points)) == (6, 60)


def test_people_of_other_weeks_are_left_out(written: Callable[..., AnalyticsSnapshot]) -> None:
    steps = [step(number, 2, date(2026, 5, 4 if number < 7 else 11)) for number in range(20)]
    snapshot = written(steps=steps)
    row = of_origin(time_to_placement(snapshot, Filters(until=date(2026, 5, 6))), "applied")
    assert (row["people"], row["placed"], row["still_looking"], row["median_days"]) == (5, 0, 5, None)


def test_few_placements_are_not_told(written: Callable[..., AnalyticsSnapshot]) -> None:
    steps = [step(number, 4 if number < 3 else 2, date(2026, 5, 4)) for number in range(20)]
    table = time_to_placement(written(steps=steps), Filters())
    row = of_origin(table, "applied")
    assert row["people"] == 20
    assert {name: value for name, value in row.items() if value is not None} == {
        "origin": "applied",
        "people": 20,
        "still_looking": 15,  # thirteen to seventeen: how many were placed stays open
    }
    assert time_to_placement_curve(written(steps=steps), Filters()).rows == ()


def step(person: int, reached: int, day: date) -> dict[str, Any]:
    return {"person": f"p{person}", "job_id": "job", "step": reached, "happened_on": day.isoformat()}

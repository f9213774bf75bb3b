"""The funnel of stories whose numbers are counted by hand, and of any story: it never widens, and tells of nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.placements import Placement
from engine.seekers import Seeker
from store.analytics.questions.funnel import funnel
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Filters, Table

STEPS = ("shown", "clicked", "applied", "interviewed", "hired")
WEEK, NEXT_WEEK = "2026-06-15", "2026-06-22"


def counts(table: Table) -> dict[object, tuple[object, ...]]:
    """The steps' counts by week."""
    columns = [table.column(step) for step in STEPS]
    return {week: tuple(column[row] for column in columns) for row, week in enumerate(table.column("week"))}


def tell_of_twenty(story: Any, moment: Any) -> None:
    """Twenty people are shown two jobs; fifteen click the first, ten apply for it, five of them are hired; five more
    apply for the second without a click that anybody saw. A week later six of them are shown a third job."""
    people = [f"person-{number}" for number in range(20)]
    story.people(Seeker(seeker_id) for seeker_id in people)
    for seeker_id in people:
        story.shown(seeker_id, ["job-a", "job-b"], 10)
        story.shown(seeker_id, ["job-b", "job-a"], 9.5)  # again: still one pair each
    for number, seeker_id in enumerate(people[:15]):
        story.event("impression", seeker_id, "job-a", 10, position=1)
        story.event("click", seeker_id, "job-a", 9)
        story.event("click", seeker_id, "job-a", 8.9)
        if number < 5:
            story.application(seeker_id, "job-a", 8, ("shortlisted", 7), ("interview", 6), ("offer", 5))
            story.records.add_placements([Placement(seeker_id, "job-a", moment - timedelta(days=3), 4)])
        elif number < 10:
            story.application(seeker_id, "job-a", 8, ("declined", 4))
    for seeker_id in people[15:]:
        story.event("apply", seeker_id, "job-b", 1)
    for seeker_id in people[:6]:
        story.shown(seeker_id, ["job-c"], 3)


def test_a_story_counted_by_hand(story: Any) -> None:
    snapshot = story.snapshot()
    assert funnel(snapshot, Filters()).rows == ()
    tell_of_twenty(story, snapshot.taken_at)
    table = funnel(story.snapshot(now=snapshot.taken_at + timedelta(seconds=1)), Filters())
    assert counts(table) == {"all": (45, 20, 15, 5, 5), WEEK: (40, 20, 15, 5, 5), NEXT_WEEK: (5, 0, 0, 0, 0)}
    (click_rate, *_), (apply_rate, *_) = table.column("click_rate"), table.column("apply_rate")
    assert (click_rate, apply_rate) == (20 / 45, 15 / 20)
    assert table.column("interview_rate")[0] == 5 / 15
    assert table.column("hire_rate") == [1.0, 1.0, None]
    assert table.column("shown_to_hired_rate")[0] == 5 / 45
    assert (table.column("apply_rate_low")[0], table.column("apply_rate_high")[0]) == pytest.approx(
        (0.5313, 0.8881), abs=5e-5
    )
    assert table.suppressed_cells == 0


def test_the_weeks_asked_for_are_whole_weeks(story: Any) -> None:
    first = story.snapshot()
    tell_of_twenty(story, first.taken_at)
    snapshot = story.snapshot(now=first.taken_at + timedelta(seconds=1))
    of_one_day = funnel(snapshot, Filters(since=date(2026, 6, 18), until=date(2026, 6, 18)))
    assert counts(of_one_day) == {"all": (40, 20, 15, 5, 5), WEEK: (40, 20, 15, 5, 5)}
    assert counts(funnel(snapshot, Filters(since=date(2026, 6, 22)))) == {
        "all": (5, 0, 0, 0, 0),
        NEXT_WEEK: (5, 0, 0, 0, 0),
    }


def test_what_four_people_did_is_hidden_and_a_week_of_four_is_folded(written: Callable[..., AnalyticsSnapshot]) -> None:
    shown = [row(person, "job", "2026-06-15") for person in range(12)]
    shown += [row(person, "job", "2026-06-22") for person in range(20, 24)]
    shown += [row(person, "job", "2026-06-29") for person in range(30, 40)]
    steps = [step(person, "job", 2, "2026-06-29") for person in range(4)]
    table = funnel(written(shown=shown, steps=steps), Filters())
    # The week of four people takes the smallest other in, so that what it is cannot be told by subtraction.
    assert counts(table) == {
        "all": (25, None, None, 0, 0),
        "2026-06-15": (10, None, None, 0, 0),
        "other": (15, 0, 0, 0, 0),
    }
    assert table.suppressed_cells == 2 * (2 + 3 * 3)  # two counts and three rates, each with its interval


def row(person: int, job: str, day: str) -> dict[str, Any]:
    return {"person": f"p{person}", "job_id": job, "shown_on": day, "position": 1}


def step(person: int, job: str, reached: int, day: str) -> dict[str, Any]:
    return {"person": f"p{person}", "job_id": job, "step": reached, "happened_on": day}


days = st.integers(0, 27).map(lambda day: (date(2026, 6, 1) + timedelta(days=day)).isoformat())
people = st.integers(0, 18)
jobs = st.sampled_from(["a", "b", "c"])


@pytest.mark.slow
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shown=st.lists(st.builds(row, people, jobs, days), max_size=60),
    steps=st.lists(st.builds(step, people, jobs, st.integers(1, 4), days), max_size=60),
)
def test_no_funnel_widens_or_tells_of_few_people(
    written: Callable[..., AnalyticsSnapshot], shown: list[dict[str, Any]], steps: list[dict[str, Any]]
) -> None:
    furthest: defaultdict[tuple[str, str], int] = defaultdict(int)
    first: dict[tuple[str, str], str] = {}
    for one in [*shown, *steps]:
        pair, day = (one["person"], one["job_id"]), one.get("shown_on") or one["happened_on"]
        furthest[pair] = max(furthest[pair], one.get("step", 0))
        first[pair] = min(first.get(pair, day), day)
    table = funnel(written(shown=shown, steps=steps), Filters())
    disclosed = counts(table)
    weeks = {pair: monday(day) for pair, day in first.items()}
    for week, values in disclosed.items():
        members = {
            pair for pair, own in weeks.items() if week in ("all", own) or (week == "other" and own not in disclosed)
        }
        at_least = [{pair for pair in members if furthest[pair] >= place} for place in range(5)]
        for value, pairs in zip(values, at_least, strict=True):
            assert value == (None if few(pairs) else 5 * round(len(pairs) / 5))
        told = [value for value in values if isinstance(value, int)]
        assert told == sorted(told, reverse=True)


def monday(day: str) -> str:
    moment = date.fromisoformat(day)
    return (moment - timedelta(days=moment.weekday())).isoformat()


def few(pairs: set[tuple[str, str]]) -> bool:
    """Whether pairs are of one to four people."""
    return len({person for person, _ in pairs}) in range(1, 5)

"""Two snapshots around what one person did: nothing of it is in the second, until five have done as much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.schedules import Weekday, Window
from engine.seekers import Availability, Seeker
from store.analytics.questions.answers import answer
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Question

NIGHTS = Availability("America/Lima", (Window((Weekday.MON,), 1 * 60, 4 * 60),))
DAYS = Availability("America/Lima", (Window((Weekday.MON,), 9 * 60, 12 * 60),))


def answers(snapshot: AnalyticsSnapshot) -> dict[Question, Any]:
    """Every answer that a snapshot gives."""
    return {question: answer(snapshot, question).rows for question in Question}


def rows(snapshot: AnalyticsSnapshot, query: str) -> list[tuple[Any, ...]]:
    with snapshot.tables() as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def settled(story: Any) -> tuple[Any, AnalyticsSnapshot]:
    """Twelve people, with a snapshot of them."""
    story.people(Seeker(f"p{n}", skills=("costura",), availability=DAYS) for n in range(12))
    for number in range(12):
        story.shown(f"p{number}", ["job-a"], 20)
    return story, story.snapshot()


def later(story: Any, before: AnalyticsSnapshot) -> AnalyticsSnapshot:
    taken: AnalyticsSnapshot = story.snapshot(now=before.taken_at + timedelta(hours=1))
    return taken


def one_signs_up(story: Any) -> None:
    story.people([Seeker("newcomer", skills=("costura",), availability=NIGHTS)])


def one_changes_hours(story: Any) -> None:
    story.people([Seeker("p3", skills=("costura",), availability=NIGHTS)])


def four_apply(story: Any) -> None:
    for number in range(4):
        story.application(f"p{number}", "job-a", 5)


def one_is_shown_a_hundred_jobs(story: Any) -> None:
    story.shown("p7", [f"job-{number}" for number in range(100)], 2)


@pytest.mark.parametrize("act", [one_signs_up, one_changes_hours, four_apply, one_is_shown_a_hundred_jobs])
def test_what_few_did_meanwhile_is_in_no_answer(
    settled: tuple[Any, AnalyticsSnapshot], act: Callable[[Any], None]
) -> None:
    story, before = settled
    act(story)
    after = later(story, before)
    assert after.version != before.version
    assert answers(after) == answers(before)
    personal = "select * from people order by person", "from shown order by all", "from steps order by all"
    assert [rows(after, query) for query in personal] == [rows(before, query) for query in personal]


def test_it_is_told_once_five_have_done_as_much(settled: tuple[Any, AnalyticsSnapshot]) -> None:
    story, before = settled
    one_signs_up(story)
    between = later(story, before)
    story.people(Seeker(f"more-{n}", skills=("costura",), availability=NIGHTS) for n in range(4))
    after = later(story, between)
    assert (between.counts["people"], after.counts["people"]) == (12, 17)
    assert rows(after, "select count(*) from people where free_hours is not null") == [(17,)]


def test_many_may_change_one_thing_while_few_change_another(settled: tuple[Any, AnalyticsSnapshot]) -> None:
    story, before = settled
    changed = [Seeker(f"p{n}", skills=("costura", "bordado"), availability=DAYS) for n in range(6)]
    changed[0] = replace(changed[0], availability=NIGHTS)
    story.people(changed)
    after = later(story, before)
    assert rows(after, "select free_hours from people") == rows(before, "select free_hours from people")
    assert rows(after, "select count(*) from people where list_contains(skills, 'bordado')") == [(6,)]


def test_who_left_is_gone_at_once(settled: tuple[Any, AnalyticsSnapshot]) -> None:
    story, before = settled
    story.records.delete_seeker("p3")
    assert later(story, before).counts["people"] == 11

"""Usage: who is here, who searches and finds nothing, and that none of it tells about few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine.artifacts import seal_folder
from engine.seekers import Seeker
from store.analytics.erasing import erase_from_snapshots
from store.analytics.questions.usage import usage
from store.analytics.snapshots import current_snapshot, open_snapshot
from store.analytics.tables import Filters, Table

ALL_WEEKS = Filters()
TUESDAY, MONDAY_BEFORE = "2026-06-30", "2026-06-22"


def rows(table: Table, every: str) -> list[dict[str, Any]]:
    """The rows of a kind, by column."""
    names = [column.name for column in table.columns]
    found = [dict(zip(names, row, strict=True)) for row in table.rows]
    return [row for row in found if row["every"] == every]


@pytest.fixture
def used(story: Any) -> Any:
    """Twenty people a week ago and ten today; each searched twice a day, and five found nothing the second time."""
    story.people(Seeker(f"p{n}") for n in range(20))
    for number in range(20):
        story.shown(f"p{number}", ["job-a", "job-b"], 7)
        story.shown(f"p{number}", ["job-a"] if number >= 5 else [], 7)
    for number in range(10):
        story.shown(f"p{number}", [], 0)
        story.event("click", f"p{number}", "job-a", 0)
        story.application(f"p{number}", "job-a", 0)
    return story


def test_people_and_what_they_did_are_counted_once_a_week_and_once_a_day(used: Any) -> None:
    table = usage(used.snapshot(), ALL_WEEKS)
    (whole,) = rows(table, "all")
    assert (whole["people_active"], whole["searches"], whole["searches_without_result"]) == (20, 50, 15)
    assert whole["without_result_share"] == 0.3
    before, now = (row for row in rows(table, "week") if row["people_active"])
    assert before["begins_on"] == MONDAY_BEFORE
    assert (before["people_active"], before["searches"], before["searches_without_result"]) == (20, 40, 5)
    assert (now["people_active"], now["first_clicks"], now["applications"], now["hires"]) == (10, 10, 10, 0)
    assert [row["begins_on"] for row in rows(table, "day")] == ["2026-06-23", TUESDAY]
    assert rows(table, "day")[1]["people_joined"] is None
    joined = [row for row in rows(table, "week") if row["people_joined"]]
    assert [row["people_joined"] for row in joined] == [20]


@pytest.mark.parametrize(("people", "told"), [(1, None), (4, None), (5, 5), (7, 5), (8, 10)])
def test_of_few_people_nothing_is_told_and_of_others_fives(story: Any, people: int, told: int | None) -> None:
    story.people(Seeker(f"p{n}") for n in range(40))
    for number in range(40):
        story.shown(f"p{number}", ["job-a"], 14)
    for number in range(people):
        for _ in range(6):  # however much these few do
            story.shown(f"p{number}", [], 0)
        story.event("click", f"p{number}", "job-a", 0)
    table = usage(story.snapshot(), ALL_WEEKS)
    for every in ("week", "day"):
        last = rows(table, every)[-1]
        assert (last["people_active"], last["first_clicks"]) == (told, told)
        assert (last["searches"] is None) == (last["without_result_share"] is None) == (told is None)
        if told is not None:
            assert last["searches"] % 5 == 0
    if told is None:
        assert table.suppressed_cells >= 8


def test_who_gave_a_profile_along_and_what_employers_did_is_nobodys_visit(story: Any) -> None:
    story.people(Seeker(f"p{n}") for n in range(10))
    for number in range(10):
        story.shown(f"p{number}", ["job-a"], 7)
        story.shown("", [], 0)
        story.application(f"p{number}", "job-a", 7, ("hired", 0))
    (whole,) = rows(usage(story.snapshot(), ALL_WEEKS), "all")
    assert whole["searches"] == 10
    last = rows(usage(story.snapshot(), ALL_WEEKS), "day")[-1]
    assert (last["begins_on"], last["people_active"], last["hires"]) == (TUESDAY, 0, 10)


def test_a_period_is_whole_weeks_of_enough_people(story: Any) -> None:
    story.people((Seeker(f"p{n}") for n in range(10)), joined_days_ago=28)
    for number in range(10):
        story.shown(f"p{number}", ["job-a"], 28)
        story.shown(f"p{number}", ["job-a"], 7)
    story.shown("p0", ["job-a"], 0)
    day = story.now.date()
    table = usage(story.snapshot(), Filters(day, day))
    assert "widened" in [note.key for note in table.notes]
    assert {row["begins_on"] for row in rows(table, "week")} >= {MONDAY_BEFORE}


def test_few_who_searched_since_the_snapshot_before_wait(used: Any) -> None:
    before = rows(usage(used.snapshot(), ALL_WEEKS), "all")
    for number in range(4):
        used.shown(f"p{number}", [], 0)
    assert rows(usage(used.snapshot(), ALL_WEEKS), "all") == before
    used.shown("p4", [], 0)
    assert rows(usage(used.snapshot(), ALL_WEEKS), "all")[0]["searches"] == before[0]["searches"] + 5


def test_who_is_erased_is_gone_from_searches_too(used: Any, pseudonym: Callable[[str], str]) -> None:
    used.snapshot()
    removed = erase_from_snapshots(used.folder, [pseudonym(f"p{n}") for n in range(5)])
    assert removed["searches"] == 10
    snapshot = current_snapshot(used.folder)
    with snapshot.tables() as connection:
        kept = connection.execute("select person from searches").fetchall()
    assert pseudonym("p0") not in {person for (person,) in kept}
    assert pseudonym("p6") in {person for (person,) in kept}


def test_nothing_of_what_was_looked_for_is_in_a_file(used: Any) -> None:
    with used.snapshot().tables() as connection:
        columns = [name for name, *_ in connection.execute("describe searches").fetchall()]
    assert columns == ["person", "searched_on", "searches", "without_result"]


def test_a_snapshot_from_before_searches_answers_all_else(used: Any, pseudonym: Callable[[str], str]) -> None:
    old = as_before_searches(used)
    table = usage(open_snapshot(old.folder), ALL_WEEKS)
    (whole,) = rows(table, "all")
    assert (whole["people_active"], whole["searches"], whole["without_result_share"]) == (20, None, None)
    assert "no_searches" in [note.key for note in table.notes]
    assert table.suppressed_cells == 0
    newer = rows(usage(used.snapshot(now=old.taken_at + timedelta(hours=1)), ALL_WEEKS), "all")
    assert newer[0]["searches"] == 50
    assert erase_from_snapshots(used.folder, [pseudonym("p0")])["shown"]


def as_before_searches(story: Any) -> Any:
    """A snapshot as it was written when there was no table of searches."""
    taken = story.snapshot()
    (taken.folder / "searches.parquet").unlink()
    (taken.folder / "analytics.json").unlink()
    document = taken.document()
    document["counts"] = {table: count for table, count in taken.counts.items() if table != "searches"}
    seal_folder(taken.folder, "analytics.json", document)
    return taken

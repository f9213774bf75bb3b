"""Whoever is erased is in no snapshot any more, and nobody else is touched."""

from __future__ import annotations

import fcntl
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine.errors import ArtifactError
from engine.jobs import Job
from engine.seekers import Seeker
from store.analytics.erasing import erase_from_snapshots
from store.analytics.questions.funnel import funnel
from store.analytics.snapshots import AnalyticsSnapshot, current_snapshot, list_snapshots, open_snapshot
from store.analytics.tables import Filters

TABLES = ("people", "jobs", "skills", "shown", "steps", "searches")


def all_rows(snapshot: AnalyticsSnapshot) -> dict[str, list[tuple[Any, ...]]]:
    with snapshot.tables() as connection:
        return {table: connection.execute(f"from {table} order by all").fetchall() for table in TABLES}


@pytest.fixture
def two(story: Any) -> tuple[AnalyticsSnapshot, AnalyticsSnapshot]:
    """Two snapshots: five weavers in the first, five more people in the second."""
    story.jobs([Job("job-a", "Redactora", skills=("Excel",))])
    story.people(Seeker(f"weaver-{number}", skills=("crochet", "Excel")) for number in range(5))
    for number in range(5):
        story.shown(f"weaver-{number}", ["job-a"], 5)
        story.event("click", f"weaver-{number}", "job-a", 4)
    first = story.snapshot()
    story.people(Seeker(f"late-{number}") for number in range(5))
    for number in range(5):
        story.event("click", f"late-{number}", "job-a", 1)
    return first, story.snapshot(now=first.taken_at + timedelta(days=1))


def test_an_erased_person_is_in_no_snapshot(
    story: Any, two: tuple[AnalyticsSnapshot, AnalyticsSnapshot], pseudonym: Callable[[str], str]
) -> None:
    before = [all_rows(snapshot) for snapshot in two]
    gone = pseudonym("weaver-3")
    assert erase_from_snapshots(story.folder, [gone, pseudonym("never known")]) == {
        "people": 2,
        "shown": 2,
        "steps": 2,
        "searches": 2,
    }
    found, damaged = list_snapshots(story.folder)
    assert [one.version for one in found] == [f"{one.version}-r1" for one in two]
    assert not damaged
    for was, now in zip(before, map(all_rows, found), strict=True):
        assert gone not in repr(now)
        for table in ("shown", "steps"):
            assert now[table] == [row for row in was[table] if row[0] != gone]
        # Crochet, which no job asks for, is no longer shared by five: it would tell who they are.
        assert "crochet" in repr(was)
        assert "crochet" not in repr(now)
        assert [row[3] for row in now["people"] if row[3]] == [["excel"]] * 4
        assert now["jobs"] == was["jobs"]
    assert current_snapshot(story.folder) == found[1]
    assert found[1].rewritten_from == two[1].version
    assert found[1].rewritten_at is not None
    assert found[1].counts == {"people": 9, "jobs": 1, "skills": 1, "shown": 4, "steps": 9, "searches": 4}
    assert sorted(path.name for path in story.folder.iterdir()) == [
        ".lock",
        *(one.version for one in found),
        "current",
    ]
    assert funnel(found[1], Filters()).column("shown") == [10, 10]


def test_who_is_not_there_changes_nothing(
    story: Any, two: tuple[AnalyticsSnapshot, AnalyticsSnapshot], pseudonym: Callable[[str], str]
) -> None:
    nobody = {"people": 0, "shown": 0, "steps": 0, "searches": 0}
    assert erase_from_snapshots(story.folder, [pseudonym("nobody")]) == nobody
    assert erase_from_snapshots(story.folder, []) == nobody
    assert list_snapshots(story.folder) == ([*two], [])
    assert erase_from_snapshots(story.folder / "none", [pseudonym("weaver-1")]) == nobody


def test_the_next_person_is_erased_from_the_rewritten(
    story: Any, two: tuple[AnalyticsSnapshot, AnalyticsSnapshot], pseudonym: Callable[[str], str]
) -> None:
    for number in range(3):
        erase_from_snapshots(story.folder, [pseudonym(f"weaver-{number}")])
    found, _ = list_snapshots(story.folder)
    assert [one.version for one in found] == [f"{one.version}-r3" for one in two]
    assert [one.counts["people"] for one in found] == [2, 7]


def test_an_old_form_that_a_killed_call_left_goes_with_the_next(
    story: Any, two: tuple[AnalyticsSnapshot, AnalyticsSnapshot], pseudonym: Callable[[str], str]
) -> None:
    shutil.copytree(two[1].folder, story.folder.parent / "kept")
    erase_from_snapshots(story.folder, [pseudonym("weaver-3")])
    rewritten = current_snapshot(story.folder)
    shutil.copytree(story.folder.parent / "kept", two[1].folder)  # as if it had not been removed
    (story.folder / "current").unlink()
    (story.folder / "current").symlink_to(two[1].version)
    (story.folder / ".new-left-behind").mkdir()
    assert sum(erase_from_snapshots(story.folder, [pseudonym("weaver-3")]).values()) == 0
    assert not two[1].folder.exists()
    assert not (story.folder / ".new-left-behind").exists()
    assert current_snapshot(story.folder) == rewritten


def test_a_damaged_snapshot_is_told_of_after_the_others_were_rewritten(
    story: Any, two: tuple[AnalyticsSnapshot, AnalyticsSnapshot], pseudonym: Callable[[str], str]
) -> None:
    (two[0].folder / "steps.parquet").write_bytes(b"not Parquet")
    with pytest.raises(ArtifactError, match=r"steps.parquet is damaged; delete its folder"):
        erase_from_snapshots(story.folder, [pseudonym("weaver-3")])
    assert pseudonym("weaver-3") not in repr(all_rows(current_snapshot(story.folder)))


def test_erasing_waits_for_whoever_writes(
    story: Any, two: tuple[AnalyticsSnapshot, AnalyticsSnapshot], pseudonym: Callable[[str], str]
) -> None:
    removed: list[dict[str, int]] = []
    erase = threading.Thread(target=lambda: removed.append(erase_from_snapshots(story.folder, [pseudonym("late-0")])))
    with (story.folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        erase.start()
        erase.join(timeout=0.3)
        assert erase.is_alive()
        assert open_snapshot(two[1].folder) == two[1]
    erase.join()
    assert removed == [{"people": 1, "shown": 0, "steps": 1, "searches": 0}]

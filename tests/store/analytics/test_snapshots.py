"""Snapshots for the analyst: of one state of the database, whole or not at all, refused when damaged."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.errors import ArtifactError, NotFoundError
from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from store.analytics.snapshots import (
    AnalyticsSnapshot,
    current_snapshot,
    forget_old_snapshots,
    list_snapshots,
    open_snapshot,
    open_version,
)

ROOT = Path(__file__).parents[3]


def rows(snapshot: AnalyticsSnapshot, query: str) -> list[tuple[Any, ...]]:
    with snapshot.tables() as connection:
        return connection.execute(query).fetchall()


def test_steps_are_told_once_on_their_first_day(story: Any, pseudonym: Callable[[str], str]) -> None:
    story.people([Seeker("ana")])
    story.shown("ana", ["job-a", "job-b"], 9)
    story.shown("ana", ["job-b", "job-a"], 9)
    story.event("impression", "ana", "job-c", 7, position=4)
    story.event("click", "ana", "job-a", 6)
    story.event("click", "ana", "job-a", 5)
    story.event("apply", "ana", "job-a", 4)
    story.application("ana", "job-a", 3, ("shortlisted", 2.5), ("offer", 2), ("withdrawn", 1))
    story.application("ana", "job-d", 3, ("hired", 1))
    moment = story.now
    story.records.add_placements(
        [
            Placement("ana", "job-e", moment - timedelta(days=8), -1),
            Placement("ana", "job-f", moment - timedelta(days=8), 3),
            Placement("ana", "job-d", moment - timedelta(days=5), 4),
        ]
    )
    snapshot = story.snapshot()
    ana = pseudonym("ana")
    assert rows(snapshot, "select person, job_id, shown_on::varchar, position from shown") == [
        (ana, "job-a", "2026-06-21", 1),
        (ana, "job-b", "2026-06-21", 1),
        (ana, "job-c", "2026-06-23", 4),
    ]
    assert rows(snapshot, "select job_id, step, happened_on::varchar from steps") == [
        ("job-a", 1, "2026-06-24"),
        ("job-a", 2, "2026-06-26"),
        ("job-a", 3, "2026-06-28"),
        ("job-d", 2, "2026-06-27"),
        ("job-d", 4, "2026-06-25"),
        ("job-e", 2, "2026-06-22"),
        ("job-f", 3, "2026-06-22"),
    ]
    assert snapshot.counts == {"people": 1, "jobs": 0, "skills": 0, "shown": 3, "steps": 7, "searches": 1}


def test_a_day_is_a_day_in_lima(story: Any) -> None:
    story.event("click", "ana", "job-a", 0.5)  # 03:00 UTC of the 30th
    assert rows(story.snapshot(), "select happened_on::varchar from steps") == [("2026-06-29",)]


def test_what_is_written_meanwhile_is_in_the_next_snapshot(story: Any, pseudonym: Callable[[str], str]) -> None:
    """While people are read, five more come and click; the one who was read first clicks too."""
    story.people([Seeker("ana"), Seeker("ben")])
    more = [f"carla-{number}" for number in range(5)]
    met: list[str] = []

    def writes_when_asked(seeker_id: str) -> str:
        if not met:
            story.people(Seeker(seeker_id) for seeker_id in more)
            for clicking in ("ana", *more):
                story.event("click", clicking, "job-a", 1)
            story.jobs([Job("job-a", "Redactora")])
        met.append(seeker_id)
        return pseudonym(seeker_id)

    first = story.snapshot(writes_when_asked)
    assert first.counts == {"people": 2, "jobs": 0, "skills": 0, "shown": 0, "steps": 0, "searches": 0}
    second = story.snapshot(now=first.taken_at + timedelta(seconds=1))
    assert second.counts == {"people": 7, "jobs": 1, "skills": 0, "shown": 0, "steps": 6, "searches": 0}
    assert current_snapshot(story.folder) == second
    assert list_snapshots(story.folder) == ([first, second], [])
    assert open_version(story.folder, first.version) == first


def test_a_failure_half_way_leaves_no_half_snapshot(story: Any) -> None:
    story.people([Seeker("ana"), Seeker("ben")])
    story.event("click", "zoe", "job-a", 1)
    before = story.snapshot()

    def breaks_late(seeker_id: str) -> str:
        if seeker_id == "zoe":
            raise ConnectionError("the key is gone")
        return seeker_id

    with pytest.raises(ConnectionError):
        story.snapshot(breaks_late, now=before.taken_at + timedelta(days=1))
    assert sorted(path.name for path in story.folder.iterdir()) == [".lock", before.version, "current"]
    assert current_snapshot(story.folder) == before


@pytest.mark.sqlite_only("the other process opens the file")
def test_a_killed_process_leaves_nothing_that_the_next_snapshot_does_not_clear_away(story: Any) -> None:
    story.people([Seeker("ana")])
    before = story.snapshot()
    code = (
        "import os, sys; from datetime import datetime; from pathlib import Path\n"
        "from store.analytics.snapshots import take_snapshot; from store.database import open_database\n"
        "url, folder, now = sys.argv[1:]\n"
        "take_snapshot(open_database(url), Path(folder), lambda _: os._exit(9), datetime.fromisoformat(now))"
    )
    later = before.taken_at + timedelta(days=1)
    arguments = [str(story.engine.url), str(story.folder), later.isoformat()]
    assert subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, check=False).returncode == 9
    assert list(story.folder.glob(".new-*"))
    assert list_snapshots(story.folder) == ([before], [])
    after = story.snapshot(now=later)
    assert sorted(path.name for path in story.folder.iterdir()) == [".lock", before.version, after.version, "current"]


def test_who_takes_one_while_another_is_taken_is_told(story: Any) -> None:
    story.snapshot()
    with (story.folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ArtifactError, match="another process is writing"):
            story.snapshot()


def test_a_damaged_snapshot_is_refused(story: Any) -> None:
    story.people([Seeker("ana")])
    snapshot = story.snapshot()
    content = (snapshot.folder / "people.parquet").read_bytes()
    (snapshot.folder / "people.parquet").write_bytes(content[:-1] + b"x")
    with pytest.raises(ArtifactError, match=r"people.parquet is damaged.*chamba analytics snapshot"):
        open_snapshot(snapshot.folder)
    with pytest.raises(ArtifactError, match="damaged"):
        current_snapshot(story.folder)
    found, damaged = list_snapshots(story.folder)
    assert (found, len(damaged)) == ([], 1)


def test_a_version_that_is_not_there_is_named(story: Any) -> None:
    with pytest.raises(ArtifactError, match="no snapshot"):
        current_snapshot(story.folder)
    story.snapshot()
    for version in ("20200101T000000000000-00000000", "../chamba", "current"):
        with pytest.raises(NotFoundError, match="chamba analytics list"):
            open_version(story.folder, version)


def test_old_snapshots_go_and_the_newest_stays(story: Any) -> None:
    first = story.snapshot()
    day = timedelta(days=1)
    second, third = story.snapshot(now=first.taken_at + day), story.snapshot(now=first.taken_at + 2 * day)
    assert forget_old_snapshots(story.folder, first.taken_at + day) == [first.version]
    assert forget_old_snapshots(story.folder, first.taken_at + 9 * day) == [second.version]
    assert list_snapshots(story.folder) == ([third], [])


def test_keeping_records_does_not_load_duckdb() -> None:
    code = (
        "import sys; import store.records.records, store.analytics.snapshots, store.analytics.erasing;"
        "import store.analytics.formats;"
        "sys.exit('duckdb' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

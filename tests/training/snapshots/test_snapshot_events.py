"""Events in snapshots: those that training may use and no others, under a name that says what is in them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from engine.artifacts import seal_folder
from engine.errors import ArtifactError
from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from sample.world import World
from store.matching.events import Event, EventKind
from tests.databases import NewDatabaseUrl
from tests.training.simulated_events import simulated_events
from tests.training.snapshot_parts import store_of, tell_events
from training.pipelines.snapshot_erasure import erase_from_training_data
from training.snapshots.snapshots import (
    Snapshot,
    current_snapshot,
    list_snapshots,
    open_snapshot,
    read_snapshot,
    require_passed,
)
from training.snapshots.taking import check_snapshot, take_snapshot

NOW = datetime(2026, 7, 1, tzinfo=UTC)
NOON = datetime(2026, 5, 2, 12, 30, tzinfo=UTC)
JOBS = [Job("a:1", "Diseñadora web", "Páginas para tiendas"), Job("a:2", "Contador")]
SMALL = World(
    JOBS,
    [Seeker("s1", "Diseño páginas web"), Seeker("s2", "Llevo cuentas")],
    [Placement("s1", "a:1", datetime(2026, 5, 1, 12, tzinfo=UTC), 4)],
)
SHOWN = Event("e1", EventKind.IMPRESSION, "s1", "a:2", "r1", 2, NOON)
CLICKED = Event("e2", EventKind.CLICK, "s1", "a:2", None, None, NOON)
# What the name of that content was before events were part of it, and what it is with the two above. A new name for
# old content would have every store take its last snapshot again, and say of all old ones that they are damaged.
NAME_WITHOUT_EVENTS = "d7df3141e3c16fdd29a5dd3618bffc3826b1bcbd3b9113da045a0b0dd5da787c"
NAME_WITH_EVENTS = "ef5d7e51872af94dc9fcc08ae6273a2a02bf3fa59c51f88966703b2a4ed2cdba"


def events_in(snapshot: Snapshot) -> list[dict[str, object]]:
    relation = duckdb.sql(f"from read_parquet('{snapshot.folder}/events.parquet')")
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def as_before_events(snapshot: Snapshot) -> None:
    """Make a snapshot without events one of the format that knew none."""
    manifest = json.loads((snapshot.folder / "snapshot.json").read_text())
    assert manifest["counts"].pop("events") == 0
    del manifest["people_left_out"]
    (snapshot.folder / "events.parquet").unlink()
    seal_folder(snapshot.folder, "snapshot.json", manifest | {"format_version": 1})


def test_events_are_there_as_they_were_told_but_for_by_whom(database_url: str, tmp_path: Path) -> None:
    records = store_of(SMALL, database_url)
    tell_events(records, [CLICKED, SHOWN], told_by="bolsa-de-trabajo")
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    expected = []
    for event in (CLICKED, SHOWN):
        told = asdict(event) | {"kind": event.kind.value, "occurred_at": event.occurred_at.replace(tzinfo=None)}
        del told["event_id"]
        expected.append(told)
    assert events_in(snapshot) == expected
    assert snapshot.counts["events"] == 2
    assert "| events | 2: 2026-05-02 to 2026-05-02 |" in (snapshot.folder / "DATA_CARD.md").read_text()
    assert "- events: click 1, impression 1" in (snapshot.folder / "DATA_CARD.md").read_text()


def test_events_of_people_or_jobs_that_are_gone_are_left_out(database_url: str, tmp_path: Path) -> None:
    records = store_of(SMALL, database_url)
    tell_events(records, [SHOWN, CLICKED, replace(CLICKED, event_id="e3", seeker_id="s2", job_id="a:1")])
    records.delete_job("a:2")
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    assert [(event["seeker_id"], event["job_id"]) for event in events_in(snapshot)] == [("s2", "a:1")]
    records.delete_seeker("s2")
    assert take_snapshot(records, tmp_path / "snapshots", now=NOW)[0].counts["events"] == 0


def test_content_keeps_its_name(new_database_url: NewDatabaseUrl, tmp_path: Path) -> None:
    records = store_of(SMALL, new_database_url())
    without, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    assert without.content_hash == NAME_WITHOUT_EVENTS
    tell_events(records, [SHOWN, CLICKED])
    assert take_snapshot(records, tmp_path / "snapshots", now=NOW)[0].content_hash == NAME_WITH_EVENTS
    other = store_of(SMALL, new_database_url())
    tell_events(other, [CLICKED])
    tell_events(other, [SHOWN], told_by="another")
    again, is_new = take_snapshot(other, tmp_path / "snapshots", now=NOW)
    assert (again.content_hash, is_new) == (NAME_WITH_EVENTS, False)


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": EventKind.APPLY},
        {"seeker_id": "s2"},
        {"job_id": "a:1"},
        {"recommendation_id": "r2"},
        {"position": 3},
        {"occurred_at": NOON + timedelta(microseconds=1)},
    ],
)
def test_whatever_changes_in_an_event_changes_the_name(
    changed: dict[str, object], database_url: str, tmp_path: Path
) -> None:
    records = store_of(SMALL, database_url)
    tell_events(records, [replace(SHOWN, **changed), CLICKED])  # type: ignore[arg-type]
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    assert snapshot.content_hash not in (NAME_WITH_EVENTS, NAME_WITHOUT_EVENTS)


@pytest.mark.slow
def test_a_snapshot_from_before_there_were_events_is_as_good_as_ever(
    tiny_world: World, database_url: str, tmp_path: Path
) -> None:
    snapshots, records = tmp_path / "snapshots", store_of(tiny_world, database_url)
    old, _ = take_snapshot(records, snapshots, now=NOW)
    expected = read_snapshot(old.folder)
    as_before_events(old)
    for opened in (open_snapshot(old.folder), current_snapshot(snapshots), require_passed(old.folder)):
        assert opened is not None
        assert (opened.version, opened.counts["events"], opened.left_out) == (old.version, 0, 0)
    assert read_snapshot(old.folder).grades.tolist() == expected.grades.tolist()
    assert {one.status.value for one in check_snapshot(old.folder)[1]} == {"passed"}
    assert take_snapshot(records, snapshots, now=NOW) == (open_snapshot(old.folder), False)
    tell_events(records, simulated_events(3, 90, 60))
    new, is_new = take_snapshot(records, snapshots, now=NOW)
    assert (is_new, new.passed, new.previous) == (True, True, old.version)


@pytest.mark.slow
def test_drift_is_accepted_in_a_snapshot_from_before_there_were_events(
    tiny_world: World, database_url: str, tmp_path: Path
) -> None:
    snapshots, records = tmp_path / "snapshots", store_of(tiny_world, database_url)
    take_snapshot(records, snapshots, now=NOW)
    records.put_jobs([replace(job, country="BR") for job in tiny_world.jobs])
    moved, _ = take_snapshot(records, snapshots, now=NOW + timedelta(days=1))
    as_before_events(moved)
    accepted, _ = check_snapshot(moved.folder, accept_drift=True)
    assert require_passed(moved.folder) == accepted
    assert list(accepted.accepted) == ["drift jobs.country"]


@pytest.mark.slow
def test_people_are_erased_from_events_and_from_snapshots_before_there_were_any(
    tiny_world: World, database_url: str, tmp_path: Path
) -> None:
    snapshots, records = tmp_path / "snapshots", store_of(tiny_world, database_url)
    seeker_id = tiny_world.placements[0].seeker_id
    old, _ = take_snapshot(records, snapshots, now=NOW)
    as_before_events(old)
    events = simulated_events(3, 90, 60)
    tell_events(records, events)
    take_snapshot(records, snapshots, now=NOW + timedelta(days=1))
    assert erase_from_training_data(tmp_path, [seeker_id])["training_snapshots"] == 2
    (first, second), damaged = list_snapshots(snapshots)
    assert (damaged, second.previous, first.passed, second.passed) == ([], first.version, True, True)
    theirs = sum(event.seeker_id == seeker_id for event in events)
    assert (first.counts["events"], second.counts["events"]) == (0, len(events) - theirs)
    for snapshot in (first, second):
        assert {one.status.value for one in check_snapshot(snapshot.folder)[1]} == {"passed"}
        for table in snapshot.counts:
            assert seeker_id not in str(
                duckdb.sql(f"from read_parquet('{snapshot.folder / table}.parquet')").fetchall()
            )


def test_a_snapshot_that_lost_its_events_is_refused(database_url: str, tmp_path: Path) -> None:
    records = store_of(SMALL, database_url)
    tell_events(records, [SHOWN])
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    (snapshot.folder / "events.parquet").unlink()
    seal_folder(snapshot.folder, "snapshot.json", json.loads((snapshot.folder / "snapshot.json").read_text()))
    with pytest.raises(ArtifactError, match=r"no whole snapshot; expected events\.parquet"):
        open_snapshot(snapshot.folder)
    assert [len(found) for found in list_snapshots(tmp_path / "snapshots")] == [0, 1]

"""Snapshots of real stores: named by their content, written whole or not at all, refused when unfit or damaged."""

from __future__ import annotations

import dataclasses
import fcntl
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.artifacts import seal_folder
from engine.encoder.texts import job_text, seeker_text
from engine.errors import ArtifactError
from engine.placements import Placement
from engine.seekers import Seeker
from sample.world import World, generate_world
from store.records.records import Records
from tests.databases import NewDatabaseUrl
from tests.training.simulated_events import simulated_events
from tests.training.snapshot_parts import change_tables, store_of, tell_events
from training.data.datasets import data_of_records, from_records
from training.snapshots.snapshots import (
    current_snapshot,
    list_snapshots,
    open_snapshot,
    read_snapshot,
    read_training_data,
    require_passed,
)
from training.snapshots.taking import check_snapshot, take_snapshot

NOW = datetime(2026, 7, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def records(tiny_world: World, database_url: str) -> Records:
    return store_of(tiny_world, database_url)


def content(folder: Path) -> dict[str, tuple[int, int]]:
    """Every path below with its inode and time of change."""
    return {str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in folder.rglob("*")}


def test_a_snapshot_gives_what_the_store_gives(records: Records, tmp_path: Path) -> None:
    records.add_placements([Placement("nobody", "nothing", NOW - timedelta(days=9), 4)])
    tell_events(records, simulated_events(3, 90, 60))
    snapshot, is_new = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    assert is_new
    expected, got = from_records(records), read_snapshot(snapshot.folder)
    assert got.seeker_texts == expected.seeker_texts
    assert got.job_texts == expected.job_texts
    for name in ("seekers", "jobs", "grades", "times"):
        assert getattr(got, name).tolist() == getattr(expected, name).tolist()
        assert getattr(got, name).dtype == getattr(expected, name).dtype
    for field in dataclasses.fields(got.interest):
        assert getattr(got.interest, field.name).tolist() == getattr(expected.interest, field.name).tolist()
    assert len(got.interest.times) > 0
    assert got.positive_grade == expected.positive_grade
    assert snapshot.content_hash.startswith(got.version)
    assert snapshot.folder.name == got.version


def test_people_and_jobs_are_those_of_the_outcomes(records: Records, tmp_path: Path) -> None:
    snapshot, _ = take_snapshot(records, tmp_path, now=NOW)
    live, stored = data_of_records(records), read_training_data(snapshot.folder)
    assert live.placements.version == from_records(records).version
    assert stored.placements.version == snapshot.version
    for data in (live, stored):
        assert [seeker_text(seeker) for seeker in data.seekers] == data.placements.seeker_texts
        assert [job_text(job) for job in data.jobs] == data.placements.job_texts
    assert [seeker.seeker_id for seeker in stored.seekers] == [seeker.seeker_id for seeker in live.seekers]
    assert [job.job_id for job in stored.jobs] == [job.job_id for job in live.jobs]


def test_the_same_store_writes_nothing_new(records: Records, tmp_path: Path) -> None:
    first, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    before = content(first.folder)
    second, is_new = take_snapshot(records, tmp_path / "snapshots", now=NOW + timedelta(days=1))
    assert not is_new
    assert second == first
    assert content(first.folder) == before
    assert list_snapshots(tmp_path / "snapshots") == ([first], [])
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == sorted(
        [".lock", "current", first.version]
    )


SMALL = generate_world(5, 20, 12)


@pytest.mark.slow
@pytest.mark.sqlite_only("slow, and the same with any database")
@settings(max_examples=4)
@given(seed=st.integers(0, 1000))
def test_the_hash_does_not_depend_on_the_order_of_insertion(new_module_database_url: NewDatabaseUrl, seed: int) -> None:
    dice = random.Random(seed)
    shuffled = World(
        dice.sample(SMALL.jobs, len(SMALL.jobs)),
        dice.sample(SMALL.seekers, len(SMALL.seekers)),
        dice.sample(SMALL.placements, len(SMALL.placements)),
    )
    with tempfile.TemporaryDirectory() as folder:
        hashes = {
            take_snapshot(store_of(world, new_module_database_url()), Path(folder) / name)[0].content_hash
            for name, world in (("one", SMALL), ("other", shuffled))
        }
    assert len(hashes) == 1


def test_any_change_changes_the_hash(new_database_url: NewDatabaseUrl, tmp_path: Path) -> None:
    job, seeker, placement = SMALL.jobs[0], SMALL.seekers[0], SMALL.placements[0]
    worlds = [
        SMALL,
        World([dataclasses.replace(job, openings=77), *SMALL.jobs[1:]], SMALL.seekers, SMALL.placements),
        World(SMALL.jobs, [dataclasses.replace(seeker, country="CL"), *SMALL.seekers[1:]], SMALL.placements),
        World(SMALL.jobs, SMALL.seekers[1:], SMALL.placements),
        World(SMALL.jobs, SMALL.seekers, SMALL.placements[1:]),
        World(
            SMALL.jobs,
            SMALL.seekers,
            [dataclasses.replace(placement, grade=-1 if placement.grade else 0), *SMALL.placements[1:]],
        ),
    ]
    hashes = {take_snapshot(store_of(world, new_database_url()), tmp_path / "all")[0].content_hash for world in worlds}
    assert len(hashes) == len(worlds)


def test_a_damaged_or_tampered_snapshot_is_refused(records: Records, tmp_path: Path) -> None:
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    change_tables(snapshot.folder, "update placements set grade = 4")
    for use in (open_snapshot, read_snapshot, require_passed, check_snapshot):
        with pytest.raises(ArtifactError, match=r"parquet is damaged; expected SHA-256 .*got .*snapshot"):
            use(snapshot.folder)
    found, (damage,) = list_snapshots(tmp_path / "snapshots")
    assert (found, snapshot.version in str(damage)) == ([], True)
    with pytest.raises(ArtifactError, match="chamba data snapshot"):
        open_snapshot(tmp_path)


def test_rows_changed_together_with_the_checksums_are_noticed(records: Records, tmp_path: Path) -> None:
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    change_tables(snapshot.folder, "update placements set grade = 4 where grade = 3")
    seal_folder(snapshot.folder, "snapshot.json", json.loads((snapshot.folder / "snapshot.json").read_text()))
    _, results = check_snapshot(snapshot.folder)
    (wrong,) = [one for one in results if one.status.value == "failed"]
    assert (wrong.name, wrong.rows[0]["expected"]) == ("content", snapshot.content_hash)


KILLED = """
import os, signal, sys
from pathlib import Path
import training.snapshots.taking as taking
from store.database import open_database
from store.records.records import Records
taking.seal_folder = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
taking.take_snapshot(Records(open_database(sys.argv[1])), Path(sys.argv[2]))
"""


@pytest.mark.slow
def test_what_a_killed_process_left_is_ignored_and_cleaned_up(
    records: Records, database_url: str, tmp_path: Path
) -> None:
    snapshots = tmp_path / "snapshots"
    command = [sys.executable, "-c", KILLED, database_url, str(snapshots)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert any(path.suffix == ".parquet" for path in snapshots.rglob("*"))
    assert list_snapshots(snapshots) == ([], [])
    assert current_snapshot(snapshots) is None
    snapshot, _ = take_snapshot(records, snapshots, now=NOW)
    assert snapshot.passed
    assert sorted(path.name for path in snapshots.iterdir()) == sorted([".lock", "current", snapshot.version])


def test_one_writer_at_a_time(records: Records, tmp_path: Path) -> None:
    snapshots = tmp_path / "snapshots"
    snapshots.mkdir()
    with (snapshots / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ArtifactError, match="another process"):
            take_snapshot(records, snapshots)


@pytest.mark.slow
def test_a_snapshot_that_fails_is_kept_but_neither_current_nor_trained_on(records: Records, tmp_path: Path) -> None:
    good, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    assert require_passed(good.folder) == good
    last = max(records.iter_placements(), key=lambda one: one.placed_at)
    records.add_placements([dataclasses.replace(last, placed_at=NOW + timedelta(days=30), grade=4)])
    bad, is_new = take_snapshot(records, tmp_path / "snapshots", now=NOW, accept_drift=True)
    assert (is_new, bad.passed, bad.previous) == (True, False, good.version)
    assert current_snapshot(tmp_path / "snapshots") == good
    with pytest.raises(ArtifactError, match="ranges") as refusal:
        require_passed(bad.folder)
    for said in (last.seeker_id, last.job_id, "chamba data check", "2026-07-31"):
        assert said in str(refusal.value)


def test_a_failed_check_cannot_be_edited_away(records: Records, tmp_path: Path) -> None:
    records.add_placements([Placement("a", "b", NOW + timedelta(days=30), 4)])
    bad, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    manifest = json.loads((bad.folder / "snapshot.json").read_text())
    (bad.folder / "snapshot.json").write_text(json.dumps(manifest | {"checks": [], "accepted_drift": {"ranges": "x"}}))
    with pytest.raises(ArtifactError, match="ranges"):
        require_passed(bad.folder)


@pytest.mark.slow
def test_drift_stops_training_until_it_is_accepted(records: Records, tiny_world: World, tmp_path: Path) -> None:
    snapshots = tmp_path / "snapshots"
    first, _ = take_snapshot(records, snapshots, now=NOW)
    records.put_jobs([dataclasses.replace(job, country="BR") for job in tiny_world.jobs])
    moved, _ = take_snapshot(records, snapshots, now=NOW + timedelta(days=1))
    with pytest.raises(ArtifactError, match=r"drift jobs.country.*value=BR"):
        require_passed(moved.folder)
    assert current_snapshot(snapshots) == first
    accepted, results = check_snapshot(moved.folder, accept_drift=True)
    assert [one.name for one in results if one.status.value == "failed"] == ["drift jobs.country"]
    assert list(accepted.accepted) == ["drift jobs.country"]
    assert require_passed(moved.folder) == accepted == current_snapshot(snapshots)


def test_without_the_snapshot_before_drift_is_said_not_to_be_measured(records: Records, tmp_path: Path) -> None:
    first, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    records.put_seekers([Seeker("new", text="Vendedora con experiencia")])
    second, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    shutil.rmtree(first.folder)
    _, results = check_snapshot(second.folder)
    assert [(one.status.value, first.version in one.message) for one in results if one.is_drift] == [("warned", True)]


def test_an_empty_store_is_a_snapshot_that_cannot_be_trained_on(database_url: str, tmp_path: Path) -> None:
    empty, _ = take_snapshot(store_of(World([], [], []), database_url), tmp_path / "snapshots", now=NOW)
    assert empty.counts == {"jobs": 0, "seekers": 0, "placements": 0, "events": 0}
    assert [one.name for one in empty.failures(empty.results)] == ["enough matches"]
    assert len(read_snapshot(empty.folder).grades) == 0

"""Erasing people from snapshots of training data: as if they had never been in the store, whenever it is killed."""

from __future__ import annotations

import fcntl
import json
import signal
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import duckdb
import pytest

from engine.errors import ArtifactError
from engine.seekers import Seeker
from sample.world import World
from store.database import writing
from store.people.erasure.erasure import erase_rows
from store.people.erasure.receipts import ErasedPerson
from store.records.records import Records
from tests.training.snapshot_parts import TABLES, store_of
from training.pipelines.retrain_state import begin, latest
from training.pipelines.snapshot_erasure import erase_from_training_data
from training.snapshots.snapshots import Snapshot, current_snapshot, list_snapshots, open_snapshot, read_snapshot
from training.snapshots.taking import check_snapshot, take_snapshot

NOW = datetime(2026, 7, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def records(tiny_world: World, database_url: str) -> Records:
    return store_of(tiny_world, database_url)


@pytest.fixture
def seeker_id(tiny_world: World) -> str:
    """Somebody with outcomes."""
    return tiny_world.placements[0].seeker_id


@pytest.fixture
def taken(records: Records, tmp_path: Path) -> Snapshot:
    return take_snapshot(records, tmp_path / "snapshots", now=NOW)[0]


def forget(records: Records, seeker_id: str) -> None:
    """As an erasure forgets them in the database; no cipher is needed for who has no account."""
    with writing(records._engine).begin() as connection:
        erase_rows(connection, None, ErasedPerson(None, seeker_id))  # type: ignore[arg-type]


def holding(folder: Path, seeker_ids: Iterable[str]) -> list[str]:
    """The files below that name one of these people."""
    wanted, found = list(seeker_ids), []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_text("utf-8", "replace")
        if path.suffix == ".parquet":
            content = str(duckdb.sql(f"from read_parquet('{path}')").fetchall())
        found += [path.name for one in wanted if one in content]
    return found


def test_a_rewritten_snapshot_is_the_one_that_a_store_without_the_person_gives(
    taken: Snapshot, records: Records, seeker_id: str, tmp_path: Path
) -> None:
    assert holding(taken.folder, [seeker_id])
    forget(records, seeker_id)
    assert erase_from_training_data(tmp_path, [seeker_id]) == {"training_snapshots": 1, "training_vectors": 0}
    without, is_new = take_snapshot(records, tmp_path / "snapshots", now=NOW + timedelta(days=1))
    assert not is_new  # it is named by its content, and there it was
    assert holding(tmp_path / "snapshots", [seeker_id]) == []
    assert not taken.folder.exists()
    assert current_snapshot(tmp_path / "snapshots") == without
    assert (without.taken_at, without.counts["seekers"]) == (taken.taken_at, taken.counts["seekers"] - 1)
    _, results = check_snapshot(without.folder)
    assert without.failures(results) == []
    assert len(read_snapshot(without.folder).seeker_texts) == taken.counts["seekers"] - 1
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == sorted(
        [".lock", "current", without.version]
    )


def test_a_snapshot_that_does_not_know_the_person_stays_as_it_is(taken: Snapshot, tmp_path: Path) -> None:
    before = {path: path.stat().st_ino for path in taken.folder.iterdir()}
    assert erase_from_training_data(tmp_path, ["nobody"])["training_snapshots"] == 1
    assert {path: path.stat().st_ino for path in taken.folder.iterdir()} == before
    assert open_snapshot(taken.folder) == taken


@pytest.mark.slow
def test_every_snapshot_is_gone_through_and_names_the_one_before_it_as_it_is_called_now(
    taken: Snapshot, records: Records, seeker_id: str, tmp_path: Path
) -> None:
    snapshots = tmp_path / "snapshots"
    records.put_seeker(Seeker("later", "Contadora pública"), None, None)
    second, _ = take_snapshot(records, snapshots, now=NOW + timedelta(days=1), accept_drift=True)
    forget(records, seeker_id)
    third, _ = take_snapshot(records, snapshots, now=NOW + timedelta(days=2), accept_drift=True)
    assert (second.previous, third.previous) == (taken.version, second.version)
    assert erase_from_training_data(tmp_path, [seeker_id])["training_snapshots"] == 3
    found, damaged = list_snapshots(snapshots)
    assert damaged == []
    assert [one.previous for one in found] == [None, found[0].version]  # the third was what the second is now
    assert [one.taken_at for one in found] == [taken.taken_at, third.taken_at]
    assert holding(tmp_path / "snapshots", [seeker_id]) == []
    assert (snapshots / "current").resolve() == found[-1].folder


def test_one_that_stays_names_the_one_before_it_as_it_is_called_now(
    taken: Snapshot, records: Records, seeker_id: str, tmp_path: Path
) -> None:
    forget(records, seeker_id)
    records.put_seeker(Seeker("later", "Contadora pública"), None, None)
    later, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW + timedelta(days=2), accept_drift=True)
    assert later.previous == taken.version
    erase_from_training_data(tmp_path, [seeker_id])
    first, second = list_snapshots(tmp_path / "snapshots")[0]
    assert (second.version, second.previous) == (later.version, first.version)


def test_ids_among_the_rows_of_drift_go_with_the_person(
    taken: Snapshot, records: Records, seeker_id: str, tmp_path: Path
) -> None:
    manifest = taken.folder / "snapshot.json"
    document = json.loads(manifest.read_text())
    rows = [{"id": seeker_id}, {"id": "another"}]
    drift = {"name": "drift seekers texts", "status": "warned", "message": "", "found": 2, "rows": rows, "fix": ""}
    manifest.write_text(json.dumps(document | {"checks": [*document["checks"], drift]}))
    forget(records, seeker_id)
    erase_from_training_data(tmp_path, [seeker_id])
    (rewritten,) = list_snapshots(tmp_path / "snapshots")[0]
    (kept,) = [result for result in rewritten.results if result.name == "drift seekers texts"]
    assert kept.rows == [{"id": "another"}]
    assert holding(tmp_path / "snapshots", [seeker_id]) == []


def test_a_damaged_snapshot_is_told_of_when_all_others_are_done(
    taken: Snapshot, records: Records, seeker_id: str, tmp_path: Path
) -> None:
    records.put_seeker(Seeker("later", "Contadora pública"), None, None)
    second, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW + timedelta(days=1), accept_drift=True)
    (taken.folder / "jobs.parquet").write_bytes(b"damaged")
    forget(records, seeker_id)
    with pytest.raises(ArtifactError, match=f"{taken.version}.*delete its folder"):
        erase_from_training_data(tmp_path, [seeker_id])
    assert not second.folder.exists()
    (taken.folder / "snapshot.json").unlink()
    with pytest.raises(ArtifactError, match=f"{taken.version}.*delete its folder"):
        erase_from_training_data(tmp_path, [seeker_id])


def test_vectors_of_texts_that_training_keeps_are_removed(taken: Snapshot, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    names = ("body-outputs-1.npz", "seeker-vectors-m1.npz", "job-vectors-m1.npz")
    for name in names:
        (cache / name).write_bytes(b"")
    assert erase_from_training_data(tmp_path, ["nobody"])["training_vectors"] == 2
    assert [path.name for path in cache.iterdir()] == ["job-vectors-m1.npz"]
    assert taken.folder.exists()


def test_a_retraining_on_its_way_goes_on_from_the_snapshot_without_the_person(
    taken: Snapshot, records: Records, seeker_id: str, tmp_path: Path
) -> None:
    state = begin(tmp_path / "retrain", {})
    state.record("snapshot", {"version": taken.version, "counts": taken.counts}, 1)
    forget(records, seeker_id)
    erase_from_training_data(tmp_path, [seeker_id])
    read = latest(tmp_path / "retrain")
    assert read is not None
    assert (tmp_path / "snapshots" / read.output("snapshot")["version"]).is_dir()


def test_it_waits_for_whoever_takes_a_snapshot(taken: Snapshot, seeker_id: str, tmp_path: Path) -> None:
    thread = Thread(target=erase_from_training_data, args=(tmp_path, [seeker_id]))
    with (tmp_path / "snapshots" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        thread.start()
        thread.join(0.2)
        assert taken.folder.exists()
    thread.join()
    assert not taken.folder.exists()


def test_without_any_snapshot_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert erase_from_training_data(tmp_path, ["s1"]) == {"training_snapshots": 0, "training_vectors": 0}
    assert list(tmp_path.iterdir()) == []


# Kills itself at the n-th change of the folders that it makes, told by Python itself.
KILLED = """
import os, signal, sys
from pathlib import Path
from training.pipelines.snapshot_erasure import erase_from_training_data

folder, seeker_id, after = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
changes = 0

def count(event, arguments):
    global changes
    if event in ("os.rename", "os.symlink", "os.rmdir", "os.mkdir"):
        changes += 1
        if changes > after:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
erase_from_training_data(folder, [seeker_id])
"""


@pytest.mark.slow
@pytest.mark.sqlite_only("slow, and the same with any database")
def test_killed_anywhere_the_next_call_ends_what_was_begun(
    taken: Snapshot, records: Records, seeker_id: str, tmp_path: Path
) -> None:
    forget(records, seeker_id)
    snapshots, killed_count = tmp_path / "snapshots", 0
    for after in range(40):
        command = [sys.executable, "-c", KILLED, str(tmp_path), seeker_id, str(after)]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        current = current_snapshot(snapshots)  # there is a whole one at every moment
        assert current is not None
        assert read_snapshot(current.folder).seeker_texts
        if done.returncode == 0:
            break
        killed_count += 1
    assert killed_count > 5
    assert holding(tmp_path / "snapshots", [seeker_id]) == []
    (left,) = list_snapshots(snapshots)[0]
    assert left.version != taken.version
    assert set(TABLES) <= {path.stem for path in left.folder.iterdir()}

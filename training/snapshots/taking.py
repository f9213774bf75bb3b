"""Takes a snapshot of the store, checks one again, and records which drift was accepted."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import orjson

from engine.artifacts import only_one, point_link, seal_folder, sync, write_atomically
from store.records.records import Records
from training.snapshots.checks import CheckResult, Status, run_checks
from training.snapshots.data_card import data_card
from training.snapshots.drift_checks import drift_checks
from training.snapshots.snapshots import (
    CARD,
    CURRENT,
    FIX,
    MANIFEST,
    VERSION_DIGITS,
    Snapshot,
    current_snapshot,
    open_snapshot,
)
from training.snapshots.tables import content_hash, open_tables, write_tables

BUSY, UNFINISHED = "another process is writing in", ".new-"


def take_snapshot(
    records: Records,
    snapshots: Path,
    *,
    model: Path | None = None,
    accept_drift: bool = False,
    now: datetime | None = None,
) -> tuple[Snapshot, bool]:
    """Write what the store holds; the snapshot, and whether it is new: equal content is written once.

    A snapshot that fails a check is kept, so that its rows can be looked at, but never becomes `current`.
    `model` encodes texts to measure their drift. Raises ArtifactError when another process is at it.
    """
    with only_one(snapshots, BUSY):
        _remove_unfinished(snapshots)
        folder = Path(mkdtemp(dir=snapshots, prefix=UNFINISHED))
        try:
            snapshot = _written(records, folder, current_snapshot(snapshots), now or datetime.now(UTC))
            target = snapshots.resolve() / snapshot.version
            is_new = not target.exists()
            if is_new:
                _publish(_checked(snapshot, snapshots, model), target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        snapshot = open_snapshot(target)
        if accept_drift:
            snapshot = _accept(snapshot, snapshot.results)
        if snapshot.passed:
            point_link(snapshots / CURRENT, snapshot.version)
    return snapshot, is_new


def check_snapshot(
    folder: Path, *, model: Path | None = None, accept_drift: bool = False
) -> tuple[Snapshot, list[CheckResult]]:
    """Run every check again: content against name, quality, drift against the snapshot before it.

    With `accept_drift` failing drift is recorded in the manifest as accepted, and the snapshot becomes `current`
    when it is newer than that. Raises ArtifactError for a damaged snapshot.
    """
    snapshot = open_snapshot(folder)
    snapshots = snapshot.folder.parent
    results = [_check_content(snapshot), *run_checks(snapshot.folder, snapshot.taken_at)]
    results += _drift(snapshot, snapshots, model)
    if accept_drift:
        with only_one(snapshots, BUSY):
            snapshot = _accept(snapshot, [*snapshot.results, *results])
            current = current_snapshot(snapshots)
            if snapshot.passed and (current is None or current.taken_at < snapshot.taken_at):
                point_link(snapshots / CURRENT, snapshot.version)
    return snapshot, results


def _written(records: Records, folder: Path, previous: Snapshot | None, now: datetime) -> Snapshot:
    """The tables in `folder`, not checked yet."""
    source_data_version = records.data_version()
    written = write_tables(records, folder)
    with open_tables(folder) as connection:
        hashed = content_hash(connection)
    return Snapshot(
        folder=folder,
        version=hashed[:VERSION_DIGITS],
        content_hash=hashed,
        taken_at=now.astimezone(UTC),
        counts=written.counts,
        masked=written.masked,
        left_out=written.left_out,
        source_data_version=source_data_version,
        previous=previous.version if previous else None,
        results=[],
        accepted={},
    )


def _checked(snapshot: Snapshot, snapshots: Path, model: Path | None) -> Snapshot:
    results = run_checks(snapshot.folder, snapshot.taken_at)
    if all(result.status is not Status.NOT_RUN for result in results):
        results += _drift(snapshot, snapshots, model)
    return replace(snapshot, results=results)


def _publish(snapshot: Snapshot, target: Path) -> None:
    """Card, manifest and checksums, all on the disk before the folder gets its name."""
    (snapshot.folder / CARD).write_text(data_card(snapshot), "utf-8")
    seal_folder(snapshot.folder, MANIFEST, snapshot.document())
    snapshot.folder.chmod(0o755)
    snapshot.folder.rename(target)
    sync(target.parent)


def _drift(snapshot: Snapshot, snapshots: Path, model: Path | None) -> list[CheckResult]:
    """Drift against the snapshot before; one result that says so when there is none to compare with."""
    if snapshot.previous is None:
        return [CheckResult("drift", Status.PASSED, "the first snapshot: nothing to compare with")]
    before = snapshots / snapshot.previous
    if not before.is_dir():
        return [CheckResult("drift", Status.WARNED, f"not measured: {snapshot.previous} has been deleted")]
    return drift_checks(open_snapshot(before).folder, snapshot.folder, model)


def _check_content(snapshot: Snapshot) -> CheckResult:
    """Whether the rows are those that the snapshot is named by, whatever the checksums in its manifest say."""
    with open_tables(snapshot.folder) as connection:
        got = content_hash(connection)
    if got == snapshot.content_hash:
        return CheckResult("content", Status.PASSED, "the rows are not those the snapshot is named by")
    rows = [{"expected": snapshot.content_hash, "got": got}]
    return CheckResult("content", Status.FAILED, "the rows are not those the snapshot is named by", 1, rows, FIX)


def _accept(snapshot: Snapshot, results: list[CheckResult]) -> Snapshot:
    """The snapshot with the failing drift of `results` accepted, in its manifest too."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    failing = {result.name: moment for result in results if result.is_drift and result.status is Status.FAILED}
    accepted = failing | snapshot.accepted  # what was accepted before keeps its date
    if accepted != snapshot.accepted:
        snapshot = replace(snapshot, accepted=accepted)
        path = snapshot.folder / MANIFEST
        document = orjson.loads(path.read_bytes()) | {"accepted_drift": accepted}
        write_atomically(path, orjson.dumps(document, option=orjson.OPT_INDENT_2))
    return snapshot


def _remove_unfinished(snapshots: Path) -> None:
    """What a killed process left behind; the lock tells that nobody is writing it."""
    for folder in snapshots.glob(f"{UNFINISHED}*"):
        shutil.rmtree(folder)

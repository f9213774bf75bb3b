"""Snapshots of the store's placements, events, jobs and people: immutable folders named by content, checked, compared.

snapshots/
  current -> 4f0c9a2b7e615d38        the newest that passed its checks
  4f0c9a2b7e615d38/
    jobs.parquet  seekers.parquet  placements.parquet  events.parquet  snapshot.json  DATA_CARD.md
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.artifacts import peek_manifest, read_manifest
from engine.documents.jobs import job_from_json
from engine.documents.seekers import seeker_from_json
from engine.encoder.texts import job_text, seeker_text
from engine.errors import ArtifactError
from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from store.matching.events import Event, EventKind
from training.data.datasets import PlacementSet, TrainingData, placement_set, training_data
from training.snapshots.checks import CheckResult, Status, run_checks
from training.snapshots.rows import COLUMNS
from training.snapshots.tables import ADDED_LATER, TABLES, open_tables, stream

if TYPE_CHECKING:
    import duckdb

NAME = "snapshot"
MANIFEST, CARD, CURRENT = "snapshot.json", "DATA_CARD.md", "current"
FORMAT_VERSION, WITHOUT_EVENTS = 2, 1
VERSION_DIGITS = 16
NAMED_ROWS = 3
FIX = "delete the folder if it is there, and take the snapshot again: chamba data snapshot"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot on disk. `results` are those of the day it was taken; `accepted` names drift accepted since.

    `left_out` is how many people did not agree that models learn from them.
    """

    folder: Path
    version: str
    content_hash: str
    taken_at: datetime
    counts: dict[str, int]
    masked: dict[str, int]
    source_data_version: str
    previous: str | None
    results: list[CheckResult]
    accepted: dict[str, str]
    left_out: int = 0

    def failures(self, results: list[CheckResult]) -> list[CheckResult]:
        """Those of `results` that stand in the way of training."""
        bad = (Status.FAILED, Status.NOT_RUN)
        return [one for one in results if one.status in bad and not (one.is_drift and one.name in self.accepted)]

    @property
    def passed(self) -> bool:
        """Whether it was fit to train on when it was taken, or the drift that it showed has been accepted."""
        return not self.failures(self.results)

    def document(self) -> dict[str, Any]:
        """The manifest, without the files' checksums."""
        return {
            "format_version": FORMAT_VERSION,
            "version": self.version,
            "content_hash": self.content_hash,
            "created_at": self.taken_at.isoformat(),
            "counts": self.counts,
            "masked_contacts": self.masked,
            "people_left_out": self.left_out,
            "schema": COLUMNS,
            "source_data_version": self.source_data_version,
            "previous": self.previous,
            "checks": [result.document() for result in self.results],
            "accepted_drift": self.accepted,
        }


def open_snapshot(folder: Path) -> Snapshot:
    """The snapshot in `folder`, after checking every file's checksum; raises ArtifactError."""
    folder = folder.resolve()
    document = _read_manifest(folder)
    tables = set(TABLES) - ({ADDED_LATER} if document["format_version"] == WITHOUT_EVENTS else set())
    missing = sorted({f"{table}.parquet" for table in tables} - set(document["files"]))
    if missing:
        raise ArtifactError(f"{folder} is no whole snapshot", expected=", ".join(missing), got="no such file", fix=FIX)
    if not document["content_hash"].startswith(document["version"]):
        raise ArtifactError(
            f"the manifest of {folder} contradicts itself",
            expected=f"a version that begins {document['content_hash'][:VERSION_DIGITS]}",
            got=document["version"],
            fix=FIX,
        )
    return Snapshot(
        folder=folder,
        version=document["version"],
        content_hash=document["content_hash"],
        taken_at=datetime.fromisoformat(document["created_at"]),
        counts=dict.fromkeys(TABLES, 0) | document["counts"],
        masked=document["masked_contacts"],
        source_data_version=document["source_data_version"],
        previous=document["previous"],
        results=[CheckResult.from_document(result) for result in document["checks"]],
        accepted=document["accepted_drift"],
        left_out=document.get("people_left_out", 0),
    )


def _read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest, of this format or of the one before it, which had neither events nor people left out."""
    try:
        peek_manifest(folder, MANIFEST, WITHOUT_EVENTS, FIX)
    except ArtifactError:
        return read_manifest(folder, MANIFEST, FORMAT_VERSION, FIX)
    return read_manifest(folder, MANIFEST, WITHOUT_EVENTS, FIX)


def read_snapshot(folder: Path) -> PlacementSet:
    """The placements of a snapshot as training data, as `from_records` gives them; raises ArtifactError."""
    snapshot = open_snapshot(folder)
    with open_tables(snapshot.folder) as connection:
        return placement_set(
            NAME,
            snapshot.version,
            {seeker.seeker_id: seeker_text(seeker) for seeker in _seekers(connection)},
            {job.job_id: job_text(job) for job in _jobs(connection)},
            _placements(connection),
            _events(connection),
        )


def read_training_data(folder: Path) -> TrainingData:
    """The people and jobs of a snapshot with `read_snapshot` of them; raises ArtifactError."""
    snapshot = open_snapshot(folder)
    with open_tables(snapshot.folder) as connection:
        seekers, jobs = list(_seekers(connection)), list(_jobs(connection))
        outcomes = _placements(connection), _events(connection)
        return training_data(NAME, snapshot.version, seekers, jobs, *outcomes)


def _seekers(connection: duckdb.DuckDBPyConnection) -> Iterator[Seeker]:
    for seeker_id, document in stream(connection, _SEEKERS):
        yield seeker_from_json(document, seeker_id)


def _jobs(connection: duckdb.DuckDBPyConnection) -> Iterator[Job]:
    for job_id, document in stream(connection, _JOBS):
        yield job_from_json(document, job_id)


def _placements(connection: duckdb.DuckDBPyConnection) -> Iterator[Placement]:
    return (Placement(*row) for row in stream(connection, _PLACEMENTS))


def _events(connection: duckdb.DuckDBPyConnection) -> Iterator[Event]:
    return (Event("", EventKind(kind), *row) for kind, *row in stream(connection, _EVENTS))


_SEEKERS = "select seeker_id, document from seekers order by seeker_id"
_JOBS = "select job_id, document from jobs order by job_id"
_PLACEMENTS = "select seeker_id, job_id, placed_at, grade from placements order by placed_at, seeker_id, job_id"
_EVENTS = """
select kind, seeker_id, job_id, recommendation_id, position, occurred_at from events
semi join seekers using (seeker_id) semi join jobs using (job_id)
"""


def list_snapshots(snapshots: Path) -> tuple[list[Snapshot], list[ArtifactError]]:
    """Every sound snapshot in the folder, oldest first; and what is wrong with those that are damaged."""
    found, damaged = [], []
    for path in sorted(snapshots.glob(f"[!.]*/{MANIFEST}")):
        if path.parent.is_symlink():
            continue
        try:
            found.append(open_snapshot(path.parent))
        except ArtifactError as error:
            damaged.append(error)
    return sorted(found, key=lambda snapshot: snapshot.taken_at), damaged


def current_snapshot(snapshots: Path) -> Snapshot | None:
    """The newest snapshot that passed its checks; None before the first."""
    link = snapshots / CURRENT
    return open_snapshot(link) if link.is_symlink() and link.resolve().is_dir() else None


def require_passed(folder: Path) -> Snapshot:
    """The snapshot, if it is fit to train on: the quality checks are run again, drift is as it was recorded.

    Raises:
        ArtifactError: it is damaged, or a check failed; says which rows.
    """
    snapshot = open_snapshot(folder)
    results = run_checks(snapshot.folder, snapshot.taken_at) + [one for one in snapshot.results if one.is_drift]
    failures = snapshot.failures(results)
    if failures:
        raise ArtifactError(
            f"snapshot {snapshot.version} is not fit to train on",
            expected="every check passed",
            got="; ".join(map(_described, failures)),
            fix=f"{'; '.join(dict.fromkeys(one.fix for one in failures))}; all rows: chamba data check {folder}",
        )
    return snapshot


def _described(result: CheckResult) -> str:
    shown = [" ".join(f"{name}={value}" for name, value in row.items()) for row in result.rows[:NAMED_ROWS]]
    rows = ", ".join(shown) + (", …" if result.found > len(shown) else "")
    return f"{result.name}: {result.message if result.is_drift else f'{result.found} at fault'} ({rows})"

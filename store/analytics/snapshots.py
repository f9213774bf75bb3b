"""The analyst's snapshots: pseudonymous folders of Parquet, taken whole or not at all, and found again.

analytics/
  current -> 20261125T233000123456-0c5f9ab1     the newest
  20261125T233000123456-0c5f9ab1/
    people.parquet  jobs.parquet  skills.parquet  shown.parquet  steps.parquet  searches.parquet  analytics.json
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from engine.artifacts import file_checksum, only_one, point_link, read_manifest, seal_folder, sync
from engine.errors import ArtifactError, Message, NotFoundError
from engine.slots import week_start
from store.analytics.columns import COLUMNS, LATER_TABLES, PERSONAL_TABLES
from store.analytics.held_back import hold_back
from store.analytics.parquet_files import connected, create_views, write_table
from store.analytics.reading import StoreReader, one_state
from store.analytics.rows import lima_day
from store.analytics.small_groups import in_fives

if TYPE_CHECKING:
    import duckdb

MANIFEST, CURRENT = "analytics.json", "current"
FORMAT_VERSION = 1
BUSY, UNFINISHED = "another process is writing in", ".new-"
FIX = "delete the folder if it is there, and take the snapshot again: chamba analytics snapshot"
TIME_IN_VERSION, HASH_DIGITS = "%Y%m%dT%H%M%S%f", 8


@dataclass(frozen=True, slots=True)
class AnalyticsSnapshot:
    """A snapshot on disk. `counts` are rows by table; `rewritten_at`: when people were last erased from it."""

    folder: Path
    version: str
    taken_at: datetime
    counts: dict[str, int]
    rewritten_at: datetime | None = None
    rewritten_from: str | None = None

    @property
    def week(self) -> datetime:
        """Monday 00:00 UTC of the reference week that hours are laid on."""
        return week_start(self.taken_at)

    @property
    def taken_on(self) -> date:
        """The day in Lima."""
        return lima_day(self.taken_at)

    def document(self) -> dict[str, Any]:
        """The manifest, without the files' checksums."""
        return {
            "format_version": FORMAT_VERSION,
            "version": self.version,
            "taken_at": self.taken_at.isoformat(),
            "counts": self.counts,
            "schema": COLUMNS,
            "rewritten_at": self.rewritten_at and self.rewritten_at.isoformat(),
            "rewritten_from": self.rewritten_from,
        }

    @property
    def told_counts(self) -> dict[str, int]:
        """`counts` as they may be told: rows of people, and of what they did, to the nearest five."""
        return {table: in_fives(count) if table in PERSONAL_TABLES else count for table, count in self.counts.items()}

    @contextmanager
    def tables(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A DuckDB in memory with the tables as views; the snapshot is only read."""
        with TemporaryDirectory(prefix="chamba-analytics-") as spill, connected(Path(spill)) as connection:
            create_views(connection, self.folder)
            yield connection


def take_snapshot(engine: Engine, folder: Path, pseudonym: Callable[[str], str], now: datetime) -> AnalyticsSnapshot:
    """Write what the database holds, in one state of it, to a new folder in `folder`, which becomes `current`.

    What changed of few people since the snapshot before waits (`store.analytics.held_back`).

    Args:
        engine: the system of record, migrated.
        pseudonym: the keyed hash that a seeker's id is told as.
        now: the moment it is taken, aware: names the snapshot and tells which jobs are open.

    Raises:
        ArtifactError: another process writes in `folder`.
    """
    taken_at = now.astimezone(UTC)
    with only_one(folder, BUSY):
        remove_unfinished(folder)
        with new_folder(folder) as unfinished:
            with one_state(engine) as connection:
                reader = StoreReader(connection, pseudonym, taken_at)
                counts = {
                    table: write_table(unfinished, table, reader.table_rows(table)) for table in reader.TABLE_ORDER
                }
            counts |= _held_back(folder, unfinished)
            version = f"{taken_at.strftime(TIME_IN_VERSION)}-{_content_digits(unfinished)}"
            ordered = {table: counts[table] for table in COLUMNS}
            snapshot = AnalyticsSnapshot(folder.resolve() / version, version, taken_at, ordered)
            if not snapshot.folder.exists():
                publish(snapshot, unfinished)
        point_link(folder / CURRENT, version)
    return snapshot


def _held_back(folder: Path, unfinished: Path) -> dict[str, int]:
    """Leave out what changed of few people since the newest snapshot; a damaged one is nobody's to compare with."""
    try:
        before = current_snapshot(folder)
    except ArtifactError:
        return {}
    return hold_back(before.folder, unfinished, unfinished)


def open_snapshot(folder: Path) -> AnalyticsSnapshot:
    """The snapshot in `folder`, after checking every file's checksum; raises ArtifactError."""
    folder = folder.resolve()
    document = read_manifest(folder, MANIFEST, FORMAT_VERSION, FIX)
    missing = sorted({f"{table}.parquet" for table in COLUMNS.keys() - set(LATER_TABLES)} - set(document["files"]))
    if missing:
        raise ArtifactError(f"{folder} is no whole snapshot", expected=", ".join(missing), got="no such file", fix=FIX)
    return _described(folder, document)


def current_snapshot(folder: Path) -> AnalyticsSnapshot:
    """The newest snapshot in the folder of snapshots; raises ArtifactError when there is none."""
    link = folder / CURRENT
    if not link.is_symlink() or not link.resolve().is_dir():
        raise ArtifactError(f"no snapshot in {folder}", fix="take one: chamba analytics snapshot")
    return open_snapshot(link)


def has_current(folder: Path) -> bool:
    """Whether a snapshot was ever taken to the folder."""
    return (folder / CURRENT).is_symlink()


def open_version(folder: Path, version: str) -> AnalyticsSnapshot:
    """The snapshot of a version in the folder of snapshots; raises NotFoundError, ArtifactError."""
    if version not in {path.name for path in _folders(folder)}:
        raise NotFoundError(
            Message("no such snapshot in {folder}", folder=folder),
            got=repr(version[:80]),
            fix="see: chamba analytics list",
        )
    return open_snapshot(folder / version)


def list_snapshots(folder: Path) -> tuple[list[AnalyticsSnapshot], list[ArtifactError]]:
    """Every sound snapshot in the folder, oldest first; and what is wrong with those that are damaged."""
    found, damaged = [], []
    for path in _folders(folder):
        try:
            found.append(open_snapshot(path))
        except ArtifactError as error:
            damaged.append(error)
    return found, damaged


def forget_old_snapshots(folder: Path, before: datetime) -> list[str]:
    """Remove the snapshots taken before an aware moment, damaged ones too, but for `current`; their versions.

    Raises ArtifactError when another process writes in `folder`.
    """
    with only_one(folder, BUSY):
        first_retained, current = before.astimezone(UTC).strftime(TIME_IN_VERSION), (folder / CURRENT).resolve().name
        old = [path for path in _folders(folder) if path.name < first_retained and path.name != current]
        for path in old:
            shutil.rmtree(path)
        sync(folder)
    return [path.name for path in old]


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """An unfinished folder in `folder`, readable by its owner only; gone at the end unless it was renamed."""
    unfinished = Path(mkdtemp(dir=folder, prefix=UNFINISHED))
    try:
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def publish(snapshot: AnalyticsSnapshot, unfinished: Path) -> None:
    """Manifest and checksums, all on the disk before the folder gets the snapshot's name."""
    seal_folder(unfinished, MANIFEST, snapshot.document())
    unfinished.rename(snapshot.folder)
    sync(snapshot.folder.parent)


def remove_unfinished(folder: Path) -> None:
    """What a killed process left behind; whoever holds the lock knows that nobody is writing it."""
    for unfinished in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(unfinished)


def _folders(folder: Path) -> list[Path]:
    """The folders of snapshots, oldest first: their names begin with a time."""
    return sorted(path for path in folder.glob("[0-9]*T[0-9]*-*") if path.is_dir() and not path.is_symlink())


def _described(folder: Path, document: Mapping[str, Any]) -> AnalyticsSnapshot:
    rewritten_at = document["rewritten_at"]
    return AnalyticsSnapshot(
        folder=folder,
        version=document["version"],
        taken_at=datetime.fromisoformat(document["taken_at"]),
        counts=document["counts"],
        rewritten_at=None if rewritten_at is None else datetime.fromisoformat(rewritten_at),
        rewritten_from=document["rewritten_from"],
    )


def _content_digits(folder: Path) -> str:
    sums = [file_checksum(path) for path in sorted(folder.glob("*.parquet"))]
    return hashlib.sha256("".join(sums).encode()).hexdigest()[:HASH_DIGITS]

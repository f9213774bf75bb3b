"""Erases people from the snapshots of training data: each that holds one is written anew under its new content's name.

The old folder goes when the new one has its name and `current` points to it. Killed at any point, the next call ends
what was begun. Vectors of people's texts that training keeps to save time are removed with them.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import orjson

from engine.artifacts import LOCK, link_or_copy, point_link, seal_folder, sync, write_atomically
from engine.errors import ArtifactError
from training.pipelines.retrain_state import Outcome, latest
from training.snapshots.checks import CheckResult, run_checks
from training.snapshots.data_card import data_card
from training.snapshots.rows import COLUMNS, KEYS
from training.snapshots.snapshots import CARD, CURRENT, MANIFEST, VERSION_DIGITS, Snapshot, list_snapshots
from training.snapshots.tables import TABLES, content_hash, open_tables
from training.vector_cache import remove_vectors_of_people

if TYPE_CHECKING:
    import duckdb

UNFINISHED = ".new-"  # as those of `training.snapshots.taking`, which removes what is left of them too
PERSON = "seeker_id"
PERSONAL_TABLES = tuple(table for table, columns in COLUMNS.items() if PERSON in columns)
READABLE_BY_ALL = 0o755


def erase_from_training_data(data_dir: Path, seeker_ids: Collection[str]) -> dict[str, int]:
    """Erase people from all that training keeps in `data_dir`; how many files of each kind know them no more.

    It waits for whoever takes a snapshot. Call it once the database has forgotten them. A repeat changes nothing.

    Raises:
        ArtifactError: a snapshot is damaged and cannot be read; all others have been rewritten.
    """
    snapshots = data_dir / "snapshots"
    checked = {"training_snapshots": 0, "training_vectors": remove_vectors_of_people(data_dir / "cache")}
    if not snapshots.is_dir():
        return checked
    with _alone(snapshots):
        _remove_unfinished(snapshots)
        found, damaged = list_snapshots(snapshots)
        rewritten = _Rewritten()
        for snapshot in found:
            _erase(snapshots, snapshot, seeker_ids, rewritten)
        _follow(data_dir / "retrain", snapshots, rewritten)
        checked["training_snapshots"] = len(found)
        unreadable = [error.message for error in damaged] + [str(path) for path in _without_manifest(snapshots)]
    if unreadable:
        raise ArtifactError(
            "nobody can be erased from a damaged snapshot",
            expected="every snapshot sound",
            got="; ".join(unreadable),
            fix="delete its folder",
        )
    return checked


@dataclass(slots=True)
class _Rewritten:
    """What has been rewritten so far: old version → new version, and old version → the version before it."""

    version: dict[str, str] = field(default_factory=dict)
    previous: dict[str, str | None] = field(default_factory=dict)

    def previous_of(self, snapshot: Snapshot, version: str) -> str | None:
        """What the snapshot before one that is called `version` now is called now."""
        before = snapshot.previous or ""
        found = self.version.get(before, snapshot.previous)
        return self.previous[before] if found == version else found  # without these people the two are the same


@contextmanager
def _alone(snapshots: Path) -> Iterator[None]:
    """Hold the folder's lock, having waited for it."""
    with (snapshots / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _erase(snapshots: Path, old: Snapshot, seeker_ids: Collection[str], rewritten: _Rewritten) -> None:
    """Rewrite a snapshot if it knows any of these people."""
    unfinished = Path(mkdtemp(dir=snapshots, prefix=UNFINISHED))
    try:
        with open_tables(old.folder) as connection:
            connection.execute(f"create table erased as select unnest(?::varchar[]) as {PERSON}", [[*seeker_ids]])
            counts = {table: _count(connection, table) for table in PERSONAL_TABLES}
            if not any(counts.values()):
                _change_previous(old, rewritten.previous_of(old, old.version))
                return
            for table in TABLES:
                _write(connection, old.folder, table, unfinished)
        new = _described(old, unfinished, counts, [*run_checks(unfinished, old.taken_at), *_drift(old, seeker_ids)])
        new = replace(new, previous=rewritten.previous_of(old, new.version))
        target = old.folder.with_name(new.version)
        if not target.exists():  # else a snapshot was taken since that is the same without them
            (unfinished / CARD).write_text(data_card(new), "utf-8")
            seal_folder(unfinished, MANIFEST, new.document())
            unfinished.chmod(READABLE_BY_ALL)
            unfinished.rename(target)
            sync(snapshots)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    rewritten.version[old.version], rewritten.previous[old.version] = new.version, new.previous
    _remove(snapshots, old, new.version)


def _remove(snapshots: Path, old: Snapshot, version: str) -> None:
    """Remove what `version` stands for now; `current` follows."""
    if (snapshots / CURRENT).resolve() == old.folder:
        point_link(snapshots / CURRENT, version)
    gone = Path(mkdtemp(dir=snapshots, prefix=UNFINISHED)) / old.version
    old.folder.rename(gone)  # so that one that is half removed is never taken for a snapshot
    shutil.rmtree(gone.parent)
    sync(snapshots)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """How many rows of the people to erase a table has."""
    (count,) = connection.execute(f"select count(*) from {table} semi join erased using ({PERSON})").fetchall()[0]
    return int(count)


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, table: str, unfinished: Path) -> None:
    """Write what is left of a table; one that knows nobody is the same file."""
    name = f"{table}.parquet"
    if table not in PERSONAL_TABLES:
        link_or_copy(folder / name, unfinished / name)
        return
    path = str(unfinished / name).replace("'", "''")
    query = f"select * from {table} anti join erased using ({PERSON}) order by {', '.join(KEYS[table])}"
    connection.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd)")


def _drift(old: Snapshot, seeker_ids: Collection[str]) -> list[CheckResult]:
    """Drift as it was on the day, without the ids of these people."""
    drift = (result for result in old.results if result.is_drift)
    return [replace(result, rows=[row for row in result.rows if row.get("id") not in seeker_ids]) for result in drift]


def _described(old: Snapshot, unfinished: Path, erased: dict[str, int], results: list[CheckResult]) -> Snapshot:
    """The snapshot of what was written."""
    with open_tables(unfinished) as connection:
        hashed = content_hash(connection)
    return replace(
        old,
        folder=unfinished,
        version=hashed[:VERSION_DIGITS],
        content_hash=hashed,
        counts={table: count - erased.get(table, 0) for table, count in old.counts.items()},
        results=results,
    )


def _change_previous(snapshot: Snapshot, previous: str | None) -> None:
    """Have a snapshot that stays as it is name the one before it by its new version."""
    if previous == snapshot.previous:
        return
    path = snapshot.folder / MANIFEST
    document = orjson.loads(path.read_bytes()) | {"previous": previous}
    write_atomically(path, orjson.dumps(document, option=orjson.OPT_INDENT_2))


def _follow(retrains: Path, snapshots: Path, rewritten: _Rewritten) -> None:
    """Have a retraining that is on its way go on from the version that stands for its snapshot."""
    state = latest(retrains)
    if state is None or state.outcome is not Outcome.UNFINISHED or "snapshot" not in state.steps:
        return
    output = state.output("snapshot")
    version = rewritten.version.get(output["version"])
    if version is not None and (snapshots / version).is_dir():
        output["version"] = version
        state.save()


def _remove_unfinished(snapshots: Path) -> None:
    """What a killed process left behind; whoever holds the lock knows that nobody is writing it."""
    for folder in snapshots.glob(f"{UNFINISHED}*"):
        shutil.rmtree(folder)


def _without_manifest(snapshots: Path) -> list[Path]:
    """Folders of which nobody can tell what they hold."""
    folders = (path for path in sorted(snapshots.glob("[!.]*")) if path.is_dir() and not path.is_symlink())
    return [path for path in folders if not (path / MANIFEST).is_file()]

"""Removes people from every snapshot that is kept, as somebody who asked to be forgotten must be.

A rewritten snapshot takes the place of the old one under a version of its own, `<version>-r1`, by one rename; the old
one is removed. Killed between the two, the next call removes it.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.artifacts import LOCK, link_or_copy, point_link, sync
from engine.errors import ArtifactError
from store.analytics.columns import COLUMNS, KEYS, PERSONAL_TABLES
from store.analytics.parquet_files import connected, count_of, create_views, write_query
from store.analytics.small_groups import LEAST_PEOPLE
from store.analytics.snapshots import (
    CURRENT,
    AnalyticsSnapshot,
    list_snapshots,
    new_folder,
    publish,
    remove_unfinished,
)

if TYPE_CHECKING:
    import duckdb

REVISION = "-r"
# Skills that jobs do not ask for are told while enough people share them: those that are too few once some are gone.
_DROPPED = f"""
    select coalesce(list(skill), []::varchar[]) from skills where not is_asked and skill not in (
        select skill from (select unnest(skills) as skill from people anti join erased using (person))
        group by skill having count(*) >= {LEAST_PEOPLE})
"""
_REMAINING = {
    "people": "select * replace (list_filter(skills, lambda skill: not list_contains(getvariable('dropped'), skill)) "
    "as skills) from people anti join erased using (person)",
    "skills": "select * from skills where not list_contains(getvariable('dropped'), skill)",
    "shown": "from shown anti join erased using (person)",
    "steps": "from steps anti join erased using (person)",
    "searches": "from searches anti join erased using (person)",
}


def erase_from_snapshots(folder: Path, pseudonyms: Collection[str]) -> dict[str, int]:
    """Remove the rows of some people from every snapshot in `folder`; how many rows of each table went, in all.

    It waits for whoever writes in the folder. Call it once the database has forgotten them: a snapshot that was begun
    before is then among those rewritten, one begun later does not know them. A repeat changes nothing.

    Raises:
        ArtifactError: a snapshot is damaged and cannot be read; all others have been rewritten.
    """
    removed = dict.fromkeys(PERSONAL_TABLES, 0)
    if not folder.is_dir():
        return removed
    with _alone(folder):
        remove_unfinished(folder)
        found, damaged = list_snapshots(folder)
        for snapshot in _without_superseded(folder, found):
            for table, count in _erased(folder, snapshot, pseudonyms).items():
                removed[table] += count
    if damaged:
        raise ArtifactError(
            "nobody can be erased from a damaged snapshot",
            expected="every snapshot sound",
            got="; ".join(error.message for error in damaged),
            fix="delete its folder",
        )
    return removed


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, having waited for it: who must be forgotten is not told to come back."""
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _without_superseded(folder: Path, found: list[AnalyticsSnapshot]) -> list[AnalyticsSnapshot]:
    """Remove what a killed call left beside its rewritten form; the snapshots that stand."""
    newer = {one.rewritten_from: one for one in found if one.rewritten_from is not None}
    for old in found:
        if old.version in newer:
            _replace(folder, old, newer[old.version])
    return [one for one in found if one.version not in newer]


def _erased(folder: Path, snapshot: AnalyticsSnapshot, pseudonyms: Collection[str]) -> dict[str, int]:
    """Rewrite a snapshot if it knows any of these people; the rows that went, by table."""
    with new_folder(folder) as unfinished:
        with connected(unfinished) as connection:
            create_views(connection, snapshot.folder)
            connection.execute("create table erased as select distinct unnest(?::varchar[]) as person", [[*pseudonyms]])
            removed = {
                table: count_of(connection, f"select count(*) from {table} semi join erased using (person)")
                for table in PERSONAL_TABLES
            }
            if not any(removed.values()):
                return removed
            connection.execute(f"set variable dropped = ({_DROPPED})")
            counts = {table: _written(connection, snapshot, table, unfinished) for table in COLUMNS}
        version = _next_version(snapshot.version)
        rewritten = replace(
            snapshot,
            folder=snapshot.folder.with_name(version),
            version=version,
            counts=counts,
            rewritten_at=datetime.now(UTC),
            rewritten_from=snapshot.version,
        )
        publish(rewritten, unfinished)
    _replace(folder, snapshot, rewritten)
    return removed


def _written(connection: duckdb.DuckDBPyConnection, snapshot: AnalyticsSnapshot, table: str, unfinished: Path) -> int:
    """Write what is left of a table; how many rows. One that knows nobody is the same file."""
    name = f"{table}.parquet"
    if table not in _REMAINING:
        link_or_copy(snapshot.folder / name, unfinished / name)
        return snapshot.counts[table]
    query = f"select * from ({_REMAINING[table]}) order by {', '.join(KEYS[table])}"
    return write_query(connection, query, unfinished / name)


def _replace(folder: Path, old: AnalyticsSnapshot, new: AnalyticsSnapshot) -> None:
    """Let `new`, which is published, stand for `old`, and remove that."""
    if (folder / CURRENT).resolve() == old.folder:
        point_link(folder / CURRENT, new.version)
    shutil.rmtree(old.folder)
    sync(folder)


def _next_version(version: str) -> str:
    """`…-0c5f9ab1` → `…-0c5f9ab1-r1` → `…-0c5f9ab1-r2`."""
    base, _, revision = version.partition(REVISION)
    return f"{base}{REVISION}{int(revision or 0) + 1}"

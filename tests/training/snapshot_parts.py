"""A store of the sample world, a snapshot of it, and a way to plant rows in its Parquet files."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from store.database import migrate, open_database
from store.records import Records
from store.sample.world import World

TABLES = ("jobs", "seekers", "placements")


def store_of(world: World, folder: Path) -> Records:
    """A store in `folder` that holds the world."""
    folder.mkdir(parents=True, exist_ok=True)
    database = open_database(f"sqlite:///{folder}/chamba.db")
    migrate(database)
    records = Records(database)
    records.put_jobs(world.jobs)
    records.put_seekers(world.seekers)
    records.add_placements(world.placements)
    return records


def plant(snapshot: Path, folder: Path, *statements: str) -> Path:
    """A copy of the snapshot's tables in `folder` after the SQL statements."""
    folder.mkdir()
    with duckdb.connect() as connection:
        for table in TABLES:
            connection.execute(f"create table {table} as from read_parquet('{snapshot / table}.parquet')")
        for statement in statements:
            connection.execute(statement)
        for table in TABLES:
            connection.execute(f"copy {table} to '{folder / table}.parquet' (format parquet)")
    return folder


def change_tables(snapshot: Path, *statements: str) -> None:
    """The same in place, behind the manifest's back."""
    changed = plant(snapshot, snapshot.parent / ".changed", *statements)
    for table in TABLES:
        shutil.move(changed / f"{table}.parquet", snapshot / f"{table}.parquet")
    changed.rmdir()

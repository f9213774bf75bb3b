"""A store of the sample world and events, a snapshot of it, and a way to plant rows in its Parquet files."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
from sqlalchemy import insert, update

from engine.placements import Placement
from sample.world import SAMPLE_NOW, World
from store.database import open_database, writing
from store.matching.events import EVENTS, Event, EventKind
from store.records.records import Records
from store.tables import SEEKERS

TABLES = ("jobs", "seekers", "placements", "events")


def store_of(world: World, url: str) -> Records:
    """The migrated and empty database at `url`, with the world in it."""
    records = Records(open_database(url))
    records.put_jobs(world.jobs)
    records.put_seekers(world.seekers)
    records.add_placements(world.placements)
    return records


def tell_events(records: Records, events: Iterable[Event], told_by: str = "app") -> None:
    """Have a partner tell of events."""
    rows = [dataclasses.asdict(one) | {"told_by": told_by, "received_at": one.occurred_at} for one in events]
    with writing(records._engine).begin() as connection:
        connection.execute(insert(EVENTS), rows)


def let_life_go_on(records: Records) -> None:
    """People click on, get jobs and are rejected; jobs are rewritten, and new ones come in."""
    jobs = list(records.iter_jobs())
    people = [stored.seeker.seeker_id for stored in records.iter_seekers()]
    records.put_jobs([replace(job, description="Otra cosa", pay=None) for job in jobs[::2]])
    told = [(people[row], jobs[row % len(jobs)].job_id, SAMPLE_NOW - timedelta(days=row % 50)) for row in range(200)]
    records.add_placements([Placement(*one, grade=row % 5) for row, one in enumerate(told)])
    clicks = [Event(f"later-{row}", EventKind.CLICK, *one[:2], None, None, one[2]) for row, one in enumerate(told)]
    tell_events(records, clicks)


def withdraw(records: Records, seeker_id: str) -> None:
    """Have somebody no longer agree that models learn from them."""
    with writing(records._engine).begin() as connection:
        connection.execute(update(SEEKERS).where(SEEKERS.c.seeker_id == seeker_id).values(may_train=False))


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

"""A snapshot's four Parquet files: written through DuckDB in one order, named by a hash of their content.

The hash is of the rows in order of their keys, so neither the order in which rows came into the store nor the
bytes that a Parquet writer happens to produce change it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import orjson

from engine.jobs import Job
from engine.seekers import Seeker
from store.analytics.duckdb_connection import connected
from store.records.records import Records
from training.snapshots.rows import (
    COLUMNS,
    CONTENT,
    KEYS,
    Row,
    event_row,
    job_row,
    masked_job,
    masked_seeker,
    placement_row,
    seeker_row,
)

if TYPE_CHECKING:
    import duckdb

TABLES = tuple(COLUMNS)
PERSON = "seeker_id"
# Older snapshots have no file of it.
ADDED_LATER = "events"
HASH_DOMAIN = b"chamba snapshot 1\n"
FETCHED_ROWS = 2000
THREADS = 2


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows by table, and how many jobs and people had a contact masked in their words.

    `left_out` is how many people did not agree that models learn from them.
    """

    counts: dict[str, int]
    masked: dict[str, int]
    left_out: int


def write_tables(records: Records, folder: Path) -> Written:
    """Write the store's rows to Parquet files in `folder`, without those of people who did not agree to training.

    Events and placements are read first: whatever they name was stored before them, so a store that is written to
    meanwhile gives none of a job or a person that the snapshot does not know. Who did not agree is asked once more
    at the end: a consent that is withdrawn meanwhile takes along what had been read.
    """
    masked = {"jobs": 0, "seekers": 0}

    def job(job: Job) -> Row:
        clean = masked_job(job)
        masked["jobs"] += clean != job
        return job_row(clean)

    def seeker(seeker: Seeker) -> Row:
        clean = masked_seeker(seeker)
        masked["seekers"] += clean != seeker
        return seeker_row(clean)

    rows = {
        "events": map(event_row, records.iter_events()),
        "placements": map(placement_row, records.iter_placements(for_training=True)),
        "seekers": (seeker(stored.seeker) for stored in records.iter_seekers(for_training=True)),
        "jobs": map(job, records.iter_jobs()),
    }
    for table in rows:
        _stage(folder / f"{table}.jsonl", rows[table])
    left_out = records.ids_excluded_from_training()
    return Written({table: _write_table(folder, table, left_out) for table in TABLES}, masked, len(left_out))


def _stage(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSON Lines, which DuckDB reads in bulk (row by row it would take minutes)."""
    with path.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _write_table(folder: Path, table: str, left_out: list[str]) -> int:
    """Sort what was staged, without the rows of the people `left_out`; how many rows there are."""
    staged = folder / f"{table}.jsonl"
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS[table].items())
    without = f"anti join left_out using ({PERSON})" if PERSON in COLUMNS[table] else ""
    with connected(folder, threads=THREADS) as connection:
        connection.execute(f"create table left_out as select unnest(?::varchar[]) as {PERSON}", [left_out])
        ((count,),) = connection.execute(
            f"copy (select * from read_json('{_quoted(staged)}', format = 'newline_delimited', "
            f"columns = {{{columns}}}, maximum_object_size = 67108864) {without} order by {', '.join(KEYS[table])}) "
            f"to '{_quoted(folder / table)}.parquet' (format parquet, compression zstd)"
        ).fetchall()
    staged.unlink()
    return int(count)


@contextmanager
def open_tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The snapshot's files as views of their names; the folder itself is only read. Without events there are none."""
    with TemporaryDirectory(prefix="chamba-tables-") as spill, connected(Path(spill), threads=THREADS) as connection:
        for table, columns in COLUMNS.items():
            file = folder / f"{table}.parquet"
            if table == ADDED_LATER and not file.is_file():
                connection.execute(f"create table {table} ({', '.join(map(' '.join, columns.items()))})")
            else:
                connection.execute(f"create view {table} as from read_parquet('{_quoted(file)}')")
        yield connection


def content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """SHA-256, hexadecimal, of the tables' content in order of keys.

    A store without events has the hash that it had before there were any.
    """
    digest = hashlib.sha256(HASH_DOMAIN)
    for table in TABLES:
        if table == ADDED_LATER and not connection.execute(f"from {table} limit 1").fetchall():
            continue
        columns = ", ".join(f"{name}::varchar" for name in CONTENT[table])
        digest.update(orjson.dumps({"table": table, "columns": CONTENT[table]}) + b"\n")
        for row in stream(connection, f"select {columns} from {table} order by {columns}"):
            digest.update(orjson.dumps(row) + b"\n")
    return digest.hexdigest()


def stream(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, some thousands in memory at a time."""
    answer = connection.execute(query)
    while rows := answer.fetchmany(FETCHED_ROWS):
        yield from rows


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

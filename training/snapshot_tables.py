"""A snapshot's three Parquet files: written through DuckDB in one order, named by a hash of their content.

The hash is of the rows in order of their keys, so neither the order in which rows came into the store nor the
bytes that a Parquet writer happens to produce change it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import orjson

from engine.jobs import Job
from engine.seekers import Seeker
from store.records import Records
from training.snapshot_rows import (
    COLUMNS,
    CONTENT,
    KEYS,
    Row,
    job_row,
    masked_job,
    masked_seeker,
    placement_row,
    seeker_row,
)

TABLES = tuple(COLUMNS)
HASH_DOMAIN = b"chamba snapshot 1\n"
FETCHED_ROWS = 2000
THREADS = 2


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows by table, and how many jobs and people had a contact masked in their words."""

    counts: dict[str, int]
    masked: dict[str, int]


def write_tables(records: Records, folder: Path) -> Written:
    """Write the store's rows to Parquet files in `folder`.

    Placements are read first: whatever a placement names was stored before it, so a store that is written to
    meanwhile gives no placement of a job or a person that the snapshot does not know.
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
        "placements": map(placement_row, records.iter_placements()),
        "seekers": (seeker(stored.seeker) for stored in records.iter_seekers()),
        "jobs": map(job, records.iter_jobs()),
    }
    counts = {table: _write_table(folder, table, rows[table]) for table in rows}
    return Written({table: counts[table] for table in TABLES}, masked)


def _write_table(folder: Path, table: str, rows: Iterable[Row]) -> int:
    """Stage the rows as JSON Lines, which DuckDB reads in bulk (row by row it would take minutes), then sort."""
    staged, count = folder / f"{table}.jsonl", 0
    with staged.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS[table].items())
    with _connect(folder) as connection:
        connection.execute(
            f"copy (select * from read_json('{_quoted(staged)}', format = 'newline_delimited', "
            f"columns = {{{columns}}}, maximum_object_size = 67108864) order by {', '.join(KEYS[table])}) "
            f"to '{_quoted(folder / table)}.parquet' (format parquet, compression zstd)"
        )
    staged.unlink()
    return count


@contextmanager
def _connect(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory; what does not fit there is spilled to `folder` and gone afterwards."""
    spill = folder / ".spill"
    try:
        with duckdb.connect(config={"threads": THREADS, "temp_directory": str(spill)}) as connection:
            yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


@contextmanager
def open_tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The snapshot's files as views `jobs`, `seekers` and `placements`; the folder itself is only read."""
    with duckdb.connect(config={"threads": THREADS}) as connection:
        for table in TABLES:
            connection.execute(f"create view {table} as from read_parquet('{_quoted(folder / table)}.parquet')")
        yield connection


def content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """SHA-256, hexadecimal, of the tables' content in order of keys."""
    digest = hashlib.sha256(HASH_DOMAIN)
    for table in TABLES:
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

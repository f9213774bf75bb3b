"""A snapshot's Parquet files: written through DuckDB in order of their keys, opened as views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from store.analytics import duckdb_connection
from store.analytics.columns import COLUMNS, KEYS, LATER_TABLES, MERGED, Step

if TYPE_CHECKING:
    import duckdb

THREADS = 2
MEMORY_LIMIT = "512MB"  # what needs more is spilled to a folder
LARGEST_ROW_BYTES = 1 << 26


def write_table(folder: Path, table: str, rows: Iterable[dict[str, Any]]) -> int:
    """Write `<table>.parquet` in `folder`; the number of rows after those of one key were made one.

    Rows are staged as JSON Lines, which DuckDB reads in bulk, so that no more than a few are in memory.
    """
    merged, keys = MERGED.get(table, {}), ", ".join(KEYS[table])
    chosen = ", ".join(f"{merged[name]} as {name}" if name in merged else name for name in COLUMNS[table])
    staged = folder / f"{table}.jsonl"
    query = f"select {chosen} from {_staged_rows(staged, table)}" + (f" group by {keys}" if merged else "")
    with connected(folder) as connection:
        with staged.open("wb") as file:
            file.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
        count = write_query(connection, f"{query} order by {keys}", folder / f"{table}.parquet")
    staged.unlink()
    return count


def write_query(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write the rows of a query to a Parquet file; how many."""
    connection.execute(f"copy ({query}) to {quoted(path)} (format parquet, compression zstd)")
    return int(connection.fetchall()[0][0])


def connected(folder: Path) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory that spills to `folder`; raises NotInstalledError."""
    return duckdb_connection.connected(folder, threads=THREADS, memory_limit=MEMORY_LIMIT)


def create_views(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The files of a snapshot as views of their names, and `seen`: all that was seen of pairs, shown included."""
    for table in COLUMNS:
        connection.execute(f"create view {table} as {rows_of(folder, table)}")
    connection.execute(
        f"create view seen as select person, job_id, {Step.SHOWN:d} as step, shown_on as happened_on from shown "
        "union all from steps"
    )


def rows_of(folder: Path, table: str) -> str:
    """The rows of a table of a snapshot, as SQL; none where the snapshot is from before there was such a table."""
    file = folder / f"{table}.parquet"
    if table in LATER_TABLES and not file.exists():
        return f"select {', '.join(f'null::{kind} as {name}' for name, kind in COLUMNS[table].items())} limit 0"
    return f"from read_parquet({quoted(file)})"


def count_of(connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] = ()) -> int:
    """The number that a query gives."""
    row = connection.execute(query, parameters).fetchone()
    return 0 if row is None else int(row[0])


def quoted(path: Path) -> str:
    """A path as SQL text."""
    return "'" + str(path).replace("'", "''") + "'"


def _staged_rows(staged: Path, table: str) -> str:
    """The rows of a JSON Lines file in SQL."""
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS[table].items())
    return (
        f"read_json({quoted(staged)}, format = 'newline_delimited', columns = {{{columns}}}, "
        f"maximum_object_size = {LARGEST_ROW_BYTES})"
    )

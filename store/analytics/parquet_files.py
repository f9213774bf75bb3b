"""A snapshot's Parquet files: written through DuckDB in order of their keys, opened as views.

DuckDB is imported when it is used: whoever only keeps records does not load it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from store.analytics.columns import COLUMNS, KEYS, MERGED, Step

if TYPE_CHECKING:
    import duckdb

THREADS = 2
MEMORY_LIMIT = "512MB"  # what needs more is spilled to a folder
LARGEST_ROW_BYTES = 1 << 26


def write_table(folder: Path, table: str, rows: Iterable[dict[str, Any]]) -> int:
    """Write `<table>.parquet` in `folder`; the number of rows after those of one key were made one.

    Rows are staged as JSON Lines, which DuckDB reads in bulk, so that no more than a few are in memory.
    """
    staged = folder / f"{table}.jsonl"
    with staged.open("wb") as file:
        file.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS[table].items())
    source = (
        f"read_json({quoted(staged)}, format = 'newline_delimited', columns = {{{columns}}}, "
        f"maximum_object_size = {LARGEST_ROW_BYTES})"
    )
    merged, keys = MERGED.get(table, {}), ", ".join(KEYS[table])
    chosen = ", ".join(f"{merged[name]} as {name}" if name in merged else name for name in COLUMNS[table])
    query = f"select {chosen} from {source}" + (f" group by {keys}" if merged else "")
    with connected(folder) as connection:
        count = write_query(connection, f"{query} order by {keys}", folder / f"{table}.parquet")
    staged.unlink()
    return count


def write_query(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write the rows of a query to a Parquet file; how many."""
    connection.execute(f"copy ({query}) to {quoted(path)} (format parquet, compression zstd)")
    return int(connection.fetchall()[0][0])


@contextmanager
def connected(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory; what does not fit there is spilled to `folder`, and gone afterwards."""
    import duckdb

    spill = folder / ".spill"
    try:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": THREADS,
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": str(spill),
        }
        with duckdb.connect(config=settings) as connection:
            yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def create_views(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The files of a snapshot as views of their names, and `seen`: all that was seen of pairs, shown included."""
    for table in COLUMNS:
        connection.execute(f"create view {table} as from read_parquet({quoted(folder / f'{table}.parquet')})")
    connection.execute(
        f"create view seen as select person, job_id, {Step.SHOWN:d} as step, shown_on as happened_on from shown "
        "union all from steps"
    )


def count_of(connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] = ()) -> int:
    """The number that a query gives."""
    row = connection.execute(query, parameters).fetchone()
    return 0 if row is None else int(row[0])


def quoted(path: Path) -> str:
    """A path as SQL text."""
    return "'" + str(path).replace("'", "''") + "'"

"""A table as JSON, CSV and Parquet: the same numbers in all three."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from engine.explain import Locale
from store.analytics.note_texts import note_text
from store.analytics.parquet_files import connected, quoted
from store.analytics.tables import ColumnType, Format, Table, Value

# A spreadsheet takes a text that begins so for a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ESCAPE = "'"
_DUCKDB_TYPES = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
}


def formatted(table: Table, chosen: Format, locale: Locale = Locale.ES) -> bytes:
    """The table in a format; what is said of it in `locale`."""
    writers: dict[Format, Callable[[], bytes]] = {
        Format.JSON: lambda: orjson.dumps(json_document(table, locale), option=orjson.OPT_INDENT_2),
        Format.CSV: lambda: _csv(table),
        Format.PARQUET: lambda: _parquet(table, locale),
    }
    return writers[chosen]()


def json_document(table: Table, locale: Locale = Locale.ES) -> dict[str, Any]:
    """Columns with their units, rows of values in their order (null: hidden or none), and what is said of them.

    `hidden` names the cells that are hidden, as pairs of row and column, both from 0.
    """
    return {
        "question": table.question.value,
        "snapshot": table.snapshot,
        "columns": [{"name": one.name, "type": one.type.value, "unit": one.unit} for one in table.columns],
        "rows": table.rows,
        "suppressed_cells": table.suppressed_cells,
        "hidden": sorted(table.hidden),
        "notes": _notes(table, locale),
    }


def _csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8, names in the first line, an empty field for no value; no text can be taken for a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_field(value) for value in row] for row in table.rows)
    return text.getvalue().encode()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"{ESCAPE}{text}" if text.startswith(FORMULA_STARTS) else text


def _field(value: Value) -> Value:
    return harmless(value) if isinstance(value, str) else value


def _parquet(table: Table, locale: Locale) -> bytes:
    """One row group through DuckDB; question, snapshot, units and notes stand in the file's own metadata."""
    columns = ", ".join(f"{_name(one.name)} {_DUCKDB_TYPES[one.type]}" for one in table.columns)
    rows = [dict(zip((one.name for one in table.columns), row, strict=True)) for row in table.rows]
    metadata_values = {
        "question": table.question.value,
        "snapshot": table.snapshot,
        "suppressed_cells": str(table.suppressed_cells),
        "units": orjson.dumps({one.name: one.unit for one in table.columns}).decode(),
        "notes": orjson.dumps(_notes(table, locale)).decode(),
    }
    metadata = ", ".join(f"{key}: {_text(value)}" for key, value in metadata_values.items())
    with TemporaryDirectory(prefix="chamba-answer-") as folder, connected(Path(folder)) as connection:
        staged, path = Path(folder) / "rows.jsonl", Path(folder) / "answer.parquet"
        staged.write_bytes(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows))
        connection.execute(f"create table answer ({columns})")
        if rows:
            structure = ", ".join(f"{_name(one.name)}: '{_DUCKDB_TYPES[one.type]}'" for one in table.columns)
            source = f"read_json({quoted(staged)}, format = 'newline_delimited', columns = {{{structure}}})"
            connection.execute(f"insert into answer select * from {source}")
        connection.execute(f"copy answer to {quoted(path)} (format parquet, kv_metadata {{{metadata}}})")
        return path.read_bytes()


def _notes(table: Table, locale: Locale) -> list[str]:
    return [note_text(note, locale) for note in table.notes]


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

"""Rows of a workbook (.xlsx), read cell by cell, within bounds: what is small when packed may be endless."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from engine.errors import InvalidInputError, NotInstalledError
from store.importers.postings.columns import JsonNumber
from store.importers.postings.records import NumberedRow
from store.importers.postings.tables import (
    ROWS_ABOVE_NAMES,
    Needed,
    column_names,
    columns_missing,
    has_columns,
    table_row,
)

MOST_BYTES = 100 * 2**20  # unpacked
MOST_PARTS = 1_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 500
DOCUMENT_TYPE = b"<!DOCTYPE"  # no workbook has one; what it declares may be endless
NO_VALUES = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
Cells = tuple[Any, ...]


def workbook_rows(file: IO[bytes], needed: Needed, _delimiter: str) -> Iterator[NumberedRow]:
    """The rows of the first sheet that has the columns that are needed; raises InvalidInputError."""
    _require_bounds(file)
    with _opened(file) as book:
        found: list[Sequence[str]] = []
        for sheet in book.worksheets:
            rows = _sheet_rows(sheet)
            columns = _header(rows, needed)
            if columns and has_columns(columns, needed):
                for number, cells in rows:
                    if any(cell not in (None, "") for cell in cells):
                        missing = [""] * (len(columns) - len(cells))  # what stands empty at a row's end is left out
                        yield number, table_row(columns, [*map(_text, cells), *missing])
                return
            found.append(columns)
        raise columns_missing(max(found, key=len, default=()), needed or [("a row of names",)])


def _require_bounds(file: IO[bytes]) -> None:
    try:
        parts = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError) as cause:
        raise InvalidInputError("not a workbook", got=str(cause), fix="save it as .xlsx or .csv") from cause
    size = sum(part.file_size for part in parts)
    if size > MOST_BYTES or len(parts) > MOST_PARTS:
        raise InvalidInputError(
            "the workbook is too large",
            expected=f"at most {MOST_BYTES // 2**20} MB in {MOST_PARTS} parts when unpacked",
            got=f"{size // 2**20} MB in {len(parts)}",
            fix="save the sheet as .csv",
        )
    file.seek(0)


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Any]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise NotInstalledError("openpyxl", "xlsx") from None
    try:
        _require_no_document_type(file)
        # Of styles and extensions that nobody reads here. For good: a filter of each row took longer than the row.
        warnings.filterwarnings("ignore", module=r"openpyxl\.")
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, zipfile.BadZipFile, ParseError) as cause:
        raise InvalidInputError("not a whole workbook", got=repr(cause)[:200], fix="save it as .csv") from cause


def _require_no_document_type(file: IO[bytes]) -> None:
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            with archive.open(name) as part:
                if DOCUMENT_TYPE in part.read(4_096):
                    raise InvalidInputError("not a workbook", got=f"a document type in {name}"[:200])
    file.seek(0)


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, Cells]]:
    sheet.reset_dimensions()  # the file's own count may be false
    # Without a number of columns a row that is not there costs nothing: a file may say that there are a million.
    rows = sheet.iter_rows(max_row=MOST_ROWS, values_only=True)
    return enumerate((row[:MOST_COLUMNS] for row in rows), start=1)


def _header(rows: Iterator[tuple[int, Cells]], needed: Needed) -> list[str]:
    """The names of the columns: the first row that has what is needed, else the longest of the first rows."""
    best: list[str] = []
    for number, cells in rows:
        names = column_names([_text(cell) for cell in cells], needed)
        while names and not names[-1]:
            names.pop()
        if names and has_columns(names, needed):
            return names
        best = max(best, names, key=len)
        if number == ROWS_ABOVE_NAMES:
            break
    return best


def _text(cell: Any) -> str:
    """What a cell shows, a date as ISO 8601 writes it."""
    if cell is None or cell in NO_VALUES:
        return ""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return JsonNumber(cell) if abs(cell) < 1e15 else ""
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime | date | time) else str(cell)

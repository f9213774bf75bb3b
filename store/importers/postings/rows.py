"""Files of postings as rows: CSV, workbooks, JSON Lines and JSON-LD, plain or gzipped.

`read_rows` yields the line where each record starts and the record, what is wrong with it, or why it is passed over.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, cast

import orjson

from engine.errors import InvalidInputError
from store.importers.postings.decoding import text_lines, whole_text
from store.importers.postings.json_text import decode_json
from store.importers.postings.linked_data import linked_postings
from store.importers.postings.pages import linked_scripts
from store.importers.postings.records import NumberedRow, Record
from store.importers.postings.tables import Needed, csv_rows
from store.importers.postings.workbooks import workbook_rows

SUFFIXES = ".csv, .xlsx, .jsonl, .json, .jsonld or .html (with .gz if compressed)"


def read_rows(path: Path, needed: Sequence[Sequence[str]] = (), delimiter: str = ",") -> Iterator[NumberedRow]:
    """Rows of `path`, by its name's ending.

    `needed` are the columns a table must have: of each group, one. Raises InvalidInputError when the file as a
    whole cannot be read; a bad record is yielded as one instead.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    is_gzip = suffixes[-1:] == [".gz"]
    kind = next(iter((suffixes[:-1] if is_gzip else suffixes)[-1:]), "")
    if kind not in READERS:
        raise InvalidInputError(
            "cannot tell the kind of file", expected=f"a name that ends in {SUFFIXES}", got=path.name
        )
    try:
        with cast(IO[bytes], gzip.open(path)) if is_gzip else path.open("rb") as file:
            yield from READERS[kind](file, needed, delimiter)
    except FileNotFoundError as cause:
        raise InvalidInputError("no such file", got=str(path), fix="check the path") from cause
    except (gzip.BadGzipFile, EOFError, zlib.error) as cause:
        raise InvalidInputError(
            "the file ends in .gz but is not whole gzip", got=f"{path.name}: {cause}", fix="fetch it again"
        ) from cause
    except OSError as cause:
        raise InvalidInputError("the file cannot be read", got=f"{path}: {cause.strerror}") from cause


def _csv(file: IO[bytes], needed: Needed, delimiter: str) -> Iterator[NumberedRow]:
    return csv_rows(text_lines(file), needed, delimiter)


def _json_lines(file: IO[bytes], _needed: Needed, _delimiter: str) -> Iterator[NumberedRow]:
    for line_number, line in enumerate(text_lines(file), start=1):
        if line.strip():
            yield line_number, _json_row(line)


def _json_row(line: str) -> Record:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as cause:
        decoded = decode_json(line)
        if decoded.fault is not None or len(decoded.values) != 1 or line.lstrip().startswith("["):
            return InvalidInputError("not JSON", got=str(cause))
        value = decoded.values[0][1]
    if isinstance(value, dict):
        return value
    return InvalidInputError("not an object", expected="a JSON object", got=type(value).__name__)


def _json(file: IO[bytes], _needed: Needed, _delimiter: str) -> Iterator[NumberedRow]:
    text = whole_text(file)
    rows = _linked_rows(text, 1)
    first = next(rows, None)
    if first is not None and isinstance(first[1], InvalidInputError) and first[1].message == NOT_JSON:
        raise first[1]
    if first is not None:
        yield first
        yield from rows


def _page(file: IO[bytes], _needed: Needed, _delimiter: str) -> Iterator[NumberedRow]:
    page = whole_text(file)
    line_number, counted = 1, 0
    for start, end in linked_scripts(page):
        line_number, counted = line_number + page.count("\n", counted, start), start
        yield from _linked_rows(page[start:end], line_number)


NOT_JSON = "not JSON"


def _linked_rows(text: str, line_number: int) -> Iterator[NumberedRow]:
    """The postings of one JSON text, and at its end what could not be read of it."""
    decoded, counted = decode_json(text), 0
    for place, value in decoded.values:
        line_number, counted = line_number + text.count("\n", counted, place), place
        for record in linked_postings(value):
            yield line_number, record
    if decoded.fault is not None:
        is_part = "; the rest of it is lost" if decoded.values else ""
        yield line_number, InvalidInputError(NOT_JSON, got=decoded.fault + is_part)


READERS: dict[str, Callable[[IO[bytes], Needed, str], Iterator[NumberedRow]]] = {
    ".csv": _csv,
    ".xlsx": workbook_rows,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json,
    ".jsonld": _json,
    ".html": _page,
    ".htm": _page,
}

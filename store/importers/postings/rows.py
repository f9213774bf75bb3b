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
from store.importers.gzip_files import BoundedGzipFile
from store.importers.postings.decoding import text_lines, whole_text
from store.importers.postings.json_text import decode_json
from store.importers.postings.linked_data import linked_postings
from store.importers.postings.pages import linked_scripts
from store.importers.postings.records import NumberedRow, Record
from store.importers.postings.tables import Needed, csv_rows
from store.importers.postings.workbooks import workbook_rows

NOT_JSON = "not JSON"
GZIP_START = b"\x1f\x8b\x08"
RECORD_STARTS = ("{", "[", "\ufeff{")
MOST_PIECES, MOST_CHARACTERS = 10_000, 16 * 2**20  # of a record that is told in several lines
LINKED_KEYS = {"@context", "@graph", "@type"}
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
        with _opened(path, is_gzip=is_gzip) as file:
            yield from READERS[kind](file, needed, delimiter)
    except FileNotFoundError as cause:
        raise InvalidInputError("no such file", got=str(path), fix="check the path") from cause
    except (gzip.BadGzipFile, EOFError, zlib.error) as cause:
        raise InvalidInputError(
            "the file ends in .gz but is not whole gzip", got=f"{path.name}: {cause}", fix="fetch it again"
        ) from cause
    except OSError as cause:
        raise InvalidInputError("the file cannot be read", got=f"{path}: {cause.strerror}") from cause


def _opened(path: Path, *, is_gzip: bool) -> IO[bytes]:
    """The file, unpacked where its name or its first bytes say that it is packed."""
    file = path.open("rb")
    start = file.read(len(GZIP_START))
    file.seek(0)
    if not is_gzip and start != GZIP_START:
        return file
    file.close()
    return cast(IO[bytes], BoundedGzipFile(path))


def _csv(file: IO[bytes], needed: Needed, delimiter: str) -> Iterator[NumberedRow]:
    return csv_rows(text_lines(file), needed, delimiter)


def _json_lines(file: IO[bytes], _needed: Needed, _delimiter: str) -> Iterator[NumberedRow]:
    """A record a line; one that is broken in its texts, or between them, goes on to the line that begins the next."""
    broken: list[tuple[int, str]] = []
    length = 0
    for number, line in enumerate(text_lines(file), start=1):
        is_too_long = len(broken) > MOST_PIECES or length + len(line) > MOST_CHARACTERS
        if broken and (line.startswith(RECORD_STARTS) or is_too_long):
            yield from _broken_rows(broken)
            broken = []
        if broken:
            broken.append((number, line))
            length += len(line)
        elif line.strip():
            rows = list(_json_rows(line))
            if line.startswith(RECORD_STARTS) and _is_no_json(rows):
                broken, length = [(number, line)], len(line)
            else:
                yield from ((number, row) for row in rows)
    yield from _broken_rows(broken)


def _broken_rows(lines: list[tuple[int, str]]) -> Iterator[NumberedRow]:
    """The record of several lines; where they are none together, what is wrong with each."""
    rows = list(_json_rows("".join(line for _, line in lines))) if len(lines) > 1 else []
    if rows and not _is_no_json(rows):
        yield from ((lines[0][0], row) for row in rows)
        return
    for number, line in lines:
        yield from ((number, row) for row in (_json_rows(line) if line.strip() else ()))


def _is_no_json(rows: list[Record]) -> bool:
    return len(rows) == 1 and isinstance(rows[0], InvalidInputError) and rows[0].message == NOT_JSON


def _json_rows(line: str) -> Iterator[Record]:
    """The row of a line; the postings of one that is JSON-LD."""
    try:
        values = [orjson.loads(line)]
    except orjson.JSONDecodeError as cause:
        decoded = decode_json(line)
        values = [value for _, value in decoded.values]
        if decoded.fault is not None:
            yield InvalidInputError(NOT_JSON, got=str(cause))
            return
    for value in values:
        is_row = isinstance(value, dict) and not LINKED_KEYS & value.keys()
        yield from [value] if is_row else linked_postings(value)


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

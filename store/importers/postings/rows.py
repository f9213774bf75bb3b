"""Files of postings as rows: CSV, JSON Lines and JSON-LD, plain or gzipped.

`read_rows` yields the line where each record starts and either the record or what is wrong with it.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from engine.errors import InvalidInputError

Row = dict[str, Any]
NumberedRow = tuple[int, Row | InvalidInputError]

SUFFIXES = ".csv, .jsonl, .json, .jsonld or .html (with .gz if compressed)"
DEEPEST_GRAPH = 8
SCRIPT_START = re.compile(r"<script([^>]*+)(?:>|\Z)", re.IGNORECASE)
SCRIPT_END = re.compile(r"</script>", re.IGNORECASE)
LD_TYPE = re.compile(r"application/ld\+json", re.IGNORECASE)
BETWEEN_ITEMS = re.compile(r"[ \t\r\n,]*+")
SURROGATE = re.compile("[\ud800-\udfff]")  # how a byte that is not UTF-8 shows after `surrogateescape`


def read_rows(path: Path, needed: Sequence[Sequence[str]] = (), delimiter: str = ",") -> Iterator[NumberedRow]:
    """Rows of `path`, by its name's ending.

    `needed` are the columns a CSV must have: of each group, one. Raises InvalidInputError when the file as a
    whole cannot be read; a bad record is yielded as one instead.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    is_gzip = suffixes[-1:] == [".gz"]
    kind = (suffixes[:-1] if is_gzip else suffixes)[-1:]
    if kind not in ([".csv"], [".jsonl"], [".ndjson"], [".json"], [".jsonld"], [".html"]):
        raise InvalidInputError(
            "cannot tell the kind of file", expected=f"a name that ends in {SUFFIXES}", got=path.name
        )
    try:
        with gzip.open(path) if is_gzip else path.open("rb") as file:
            if kind == [".csv"]:
                yield from _csv_rows(file, needed, delimiter)
            elif kind in ([".jsonl"], [".ndjson"]):
                yield from _json_lines(file)
            else:
                yield from _linked_data(file.read(), is_page=kind == [".html"])
    except FileNotFoundError as cause:
        raise InvalidInputError("no such file", got=str(path), fix="check the path") from cause
    except (gzip.BadGzipFile, EOFError, zlib.error) as cause:
        raise InvalidInputError(
            "the file ends in .gz but is not whole gzip", got=f"{path.name}: {cause}", fix="fetch it again"
        ) from cause
    except OSError as cause:
        raise InvalidInputError("the file cannot be read", got=f"{path}: {cause.strerror}") from cause


def _csv_rows(file: Iterable[bytes], needed: Sequence[Sequence[str]], delimiter: str) -> Iterator[NumberedRow]:
    lines = (line.decode("utf-8", "surrogateescape") for line in file)
    reader = csv.reader(lines, delimiter=delimiter)
    columns = [name.removeprefix("\ufeff").strip() for name in next(reader, [])]
    missing = [" or ".join(group) for group in needed if not set(group) & set(columns)]
    if missing:
        raise InvalidInputError(
            "columns that the source's mapping needs are missing",
            expected=", ".join(missing),
            got=", ".join(columns) or "an empty file",
            fix="name another --source, or a mapping file of your own",
        )
    while True:
        line_number = reader.line_num + 1
        try:
            values = next(reader, None)
        except csv.Error as cause:
            yield line_number, InvalidInputError("not a CSV record", got=str(cause), fix="check its quotes")
            continue
        if values is None:
            return
        if values:
            yield line_number, _csv_row(columns, values)


def _csv_row(columns: list[str], values: list[str]) -> Row | InvalidInputError:
    if len(values) != len(columns):
        return InvalidInputError(
            "wrong number of columns", expected=str(len(columns)), got=str(len(values)), fix="check its quotes"
        )
    for column, value in zip(columns, values, strict=True):
        if SURROGATE.search(value):
            return InvalidInputError("not UTF-8", got=f"other bytes in {column}", fix="save the file as UTF-8")
    return dict(zip(columns, values, strict=True))


def _json_lines(file: Iterable[bytes]) -> Iterator[NumberedRow]:
    for line_number, line in enumerate(file, start=1):
        line = line.removeprefix(b"\xef\xbb\xbf") if line_number == 1 else line
        if line.strip():
            yield line_number, _json_row(line)


def _json_row(line: bytes) -> Row | InvalidInputError:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as cause:
        return InvalidInputError("not JSON", got=str(cause))
    return value if isinstance(value, dict) else _not_an_object(value)


def _linked_data(content: bytes, *, is_page: bool) -> Iterator[NumberedRow]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise InvalidInputError("not UTF-8", got=str(cause), fix="save the file as UTF-8") from cause
    line_number, counted = 1, 0
    for start, end in _linked_scripts(text) if is_page else [(0, len(text))]:
        line_number, counted = line_number + text.count("\n", counted, start), start
        try:
            yield from _linked_items(text[start:end], line_number)
        except (ValueError, RecursionError) as cause:  # the latter of what is nested a thousand times
            error = InvalidInputError("not JSON", got=str(cause))
            if not is_page:
                raise error from cause
            yield line_number, error


def _linked_scripts(page: str) -> Iterator[tuple[int, int]]:
    """Where the JSON-LD of a page stands: each script is looked for from the end of the one before."""
    place = 0
    while (started := SCRIPT_START.search(page, place)) is not None:
        place = started.end()
        if LD_TYPE.search(started[1]):
            ended = SCRIPT_END.search(page, place)
            if ended is None:
                return
            yield place, ended.start()
            place = ended.end()


def _linked_items(text: str, first_line: int) -> Iterator[NumberedRow]:
    """The postings of one JSON text: an object, a list of objects, or either inside `@graph`."""
    body = text.lstrip()
    if not body.startswith("["):
        yield from ((first_line, item) for item in linked_postings(json.loads(text)))
        return
    decoder, position = json.JSONDecoder(), len(text) - len(body) + 1
    line_number, counted = first_line, 0
    while True:  # item by item, to know the line where each starts
        between = BETWEEN_ITEMS.match(text, position)
        position = between.end() if between else position
        if text[position : position + 1] == "]":
            return
        line_number, counted = line_number + text.count("\n", counted, position), position
        item, position = decoder.raw_decode(text, position)
        for posting in linked_postings(item):
            yield line_number, posting


def linked_postings(value: object, depth: int = 0) -> Iterator[Row | InvalidInputError]:
    """The schema.org `JobPosting`s of JSON-LD: an object, a list of objects, or either inside `@graph`."""
    if depth > DEEPEST_GRAPH:
        yield InvalidInputError("too deep", expected=f"at most {DEEPEST_GRAPH} lists and graphs inside each other")
    elif isinstance(value, list):
        for item in value:
            yield from linked_postings(item, depth + 1)
    elif not isinstance(value, dict):
        yield _not_an_object(value)
    elif "@graph" in value:
        graph = value["@graph"]
        for item in graph if isinstance(graph, list) else [graph]:
            yield from linked_postings(item, depth + 1)
    else:
        kinds = value.get("@type", "JobPosting")
        if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
            yield value  # a page also describes its site, its breadcrumbs…: those are passed over


def _not_an_object(value: object) -> InvalidInputError:
    return InvalidInputError("not an object", expected="a JSON object", got=type(value).__name__)

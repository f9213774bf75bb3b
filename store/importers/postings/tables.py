"""Rows of a table whose first row names its columns: CSV as people save it.

A record is first read to the letter. Where its quotes do not fit, its first line alone is tried as it stands; else it
is lost, with the lines that belong to no other record, and the next record goes on.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from engine.errors import InvalidInputError
from engine.normal_forms import nfc
from engine.reading.text_cleaning import UNSEEN, plain
from store.importers.postings.records import NumberedRow, Row, SkippedRecord

MOST_CHARACTERS = 16 * 2**20  # of a record
MOST_LINES, MOST_QUOTES = 10_000, 20  # of a quoted value, and of the line that closes it
ROWS_ABOVE_NAMES = 30  # a report's heading
OTHER_DELIMITERS = (";", ",", "\t", "|")
LONGEST_NAME, LONGEST_NAMES = 40, 400  # of columns, as an error tells them
LONGEST_COMPARED = 200
DELIMITER_LINE = re.compile(r"sep=(.)\s*")  # how a spreadsheet says it
Needed = Sequence[Sequence[str]]  # groups of columns of which a table must have one each


@dataclass(slots=True)
class _Lines:
    """Lines that can be looked at before they are taken; `number` is the one of the first that was not."""

    source: Iterator[str]
    number: int = 1
    seen: deque[str] = field(default_factory=deque)

    def at(self, place: int) -> str | None:
        """The line so many after the first that was not taken."""
        while len(self.seen) <= place:
            line = next(self.source, None)
            if line is None:
                return None
            self.seen.append(line)
        return self.seen[place]

    def take(self, count: int) -> None:
        """Go on behind so many lines."""
        for _ in range(count):
            self.seen.popleft()
        self.number += count

    def part(self) -> bool:
        """Take the first line apart where a carriage return ends one; False where none does."""
        pieces = self.seen[0].rstrip("\r\n").split("\r")
        if len(pieces) == 1:
            return False
        self.seen.popleft()
        self.seen.extendleft(f"{piece}\n" for piece in reversed(pieces))
        return True


@dataclass(frozen=True, slots=True)
class _Record:
    """The values of a record, None where its quotes do not fit, and how many lines were looked at."""

    values: list[str] | None
    lines: int


def csv_rows(source: Iterator[str], needed: Needed, delimiter: str) -> Iterator[NumberedRow]:
    """The rows of a CSV's lines, with the number of the line where each starts; raises InvalidInputError."""
    csv.field_size_limit(MOST_CHARACTERS)
    lines = _Lines(source)
    columns, delimiter = _header(lines, needed, delimiter)
    while lines.at(0) is not None:
        number = lines.number
        record = _record(lines, delimiter)
        if record.values is not None and (len(record.values) == len(columns) or record.lines == 1):
            lines.take(record.lines)
            if record.values:
                yield number, table_row(columns, record.values)
        elif record.values is not None and not _is_swallowing(lines, record, delimiter, len(columns)):
            lines.take(record.lines)
            yield number, table_row(columns, record.values)
        elif (values := _first_line(lines, delimiter)) is not None and len(values) == len(columns):
            lines.take(1)
            yield number, table_row(columns, values)
        elif (whole := _closed_later(lines, delimiter, len(columns))) is not None:
            lines.take(whole.lines)
            yield number, table_row(columns, whole.values or [])
        elif not lines.part():
            lines.take(1)
            yield number, _lost(lines, delimiter, len(columns), number)


def table_row(columns: list[str], values: list[str]) -> Row | InvalidInputError | SkippedRecord:
    """The row of a table; cells that say nothing may stand after its columns."""
    if not any(value.strip() for value in values):
        return SkippedRecord("an empty row")
    if [value.strip() for value in values[: len(columns)]] == columns:
        return SkippedRecord("the names of the columns again")
    if any(value.strip() for value in values[len(columns) :]) or len(values) < len(columns):
        return InvalidInputError(
            "wrong number of columns", expected=str(len(columns)), got=str(len(values)), fix="check its quotes"
        )
    return dict(zip(columns, values, strict=False))


def column_names(values: Sequence[str], needed: Needed) -> list[str]:
    """The names in a header's cells; one that is needed as it is needed, where only capitals or accents differ."""
    names = [UNSEEN.sub("", nfc(value)).strip() for value in values]
    known = {plain(name): name for group in needed for name in group}
    missing = {name for group in needed for name in group} - set(names)
    renamed = [known.get(plain(name[:LONGEST_COMPARED]), name) for name in names]
    return [other if other in missing else name for name, other in zip(names, renamed, strict=True)]


def has_columns(columns: Sequence[str], needed: Needed) -> bool:
    """Whether a table has one column of each group."""
    return all(set(group) & set(columns) for group in needed)


def columns_missing(columns: Sequence[str], needed: Needed) -> InvalidInputError:
    """What to say of a table that has not."""
    missing = dict.fromkeys(" or ".join(group) for group in needed if not set(group) & set(columns))
    return InvalidInputError(
        "columns that the source's mapping needs are missing",
        expected=", ".join(missing),
        got=", ".join(name[:LONGEST_NAME] for name in columns)[:LONGEST_NAMES] or "an empty file",
        fix="name another --source, or a mapping file of your own",
    )


def _header(lines: _Lines, needed: Needed, delimiter: str) -> tuple[list[str], str]:
    """The columns, and the delimiter of the file: the mapping's, or another with which it has what is needed.

    They stand in the first row that says something, or below a report's heading.
    """
    first: list[str] | None = None
    for _ in range(ROWS_ABOVE_NAMES):
        while (line := lines.at(0)) is not None and not line.strip(" \t\r\n,;|"):
            lines.take(1)
        if line is not None and (said := DELIMITER_LINE.fullmatch(line)) is not None:
            lines.take(1)
            delimiter = said[1]
        columns, found_delimiter, count = _names_at(lines, needed, delimiter)
        if has_columns(columns, needed):
            lines.take(count if lines.at(0) is not None else 0)
            return columns, found_delimiter
        first = columns if first is None else first
        if line is None or '"' in line:
            break
        lines.take(1)
    raise columns_missing(first or [], needed)


def _names_at(lines: _Lines, needed: Needed, delimiter: str) -> tuple[list[str], str, int]:
    """The names in the row at the first line, the delimiter that tells them apart, and how many lines the row has."""
    found: list[tuple[list[str], str, int]] = []
    for tried in dict.fromkeys((delimiter, *(OTHER_DELIMITERS if needed else ()))):
        record = _record(lines, tried)
        values = record.values if record.values is not None else _first_line(lines, tried)
        if values is None:  # a quote stays open
            values = (lines.at(0) or "").split(tried)
        found.append((column_names(values, needed), tried, record.lines if record.values is not None else 1))
    return next((one for one in found if has_columns(one[0], needed)), found[0])


def _record(lines: _Lines, delimiter: str) -> _Record:
    """The record at the first line, to the letter."""
    seen, length = 0, 0

    def fed() -> Iterator[str]:
        nonlocal seen, length
        while length < MOST_CHARACTERS and (line := lines.at(seen)) is not None:
            seen, length = seen + 1, length + len(line)
            yield line

    try:
        values = next(csv.reader(fed(), delimiter=delimiter, strict=True, skipinitialspace=True), [])
    except csv.Error:
        return _Record(None, seen)
    return _Record(values, seen)


def _is_swallowing(lines: _Lines, record: _Record, delimiter: str, count: int) -> bool:
    """Whether one of the lines of a record is a row of its own: then a quote of the record was not meant to open."""
    ahead = islice(lines.seen, 1, record.lines)
    return any(len(values) == count for line in ahead if (values := _values_of(line, delimiter)) is not None)


def _first_line(lines: _Lines, delimiter: str) -> list[str] | None:
    """The first line as it stands, quotes inside quotes too; None where a quote stays open."""
    line = lines.at(0)
    return None if line is None else _values_of(line, delimiter)


def _closed_later(lines: _Lines, delimiter: str, count: int) -> _Record | None:
    """The record whose quote is closed by the next line that has one too many, whatever quotes stand in between.

    A line that has none too many is a row in the quoted text, or is none at all: had it opened a quote, it had one.
    """
    first = (lines.at(0) or "").rstrip("\r\n")
    if first.count('"') % 2 == 0 or "\r" in first:
        return None
    opened = next(csv.reader([first], delimiter=delimiter, skipinitialspace=True), [])
    length = len(first)
    for place in range(1, MOST_LINES):
        line = lines.at(place)
        length += len(line or "")
        if line is None or length > MOST_CHARACTERS:
            return None
        if line.count('"') % 2:
            tail = _tail(line, delimiter, count - len(opened))
            if tail is None:
                return None
            inside = [opened[-1], *(lines.seen[at].rstrip("\r\n") for at in range(1, place)), tail[0]]
            return _Record([*opened[:-1], "\n".join(inside).replace('""', '"'), *tail[1]], place + 1)
    return None


def _tail(line: str, delimiter: str, count: int) -> tuple[str, list[str]] | None:
    """A line as the end of a quoted value and the `count` values after it."""
    line = line.rstrip("\r\n")
    for quote in islice(re.finditer('"', line), MOST_QUOTES):
        rest = line[quote.end() :]
        if not rest and count == 0:
            return line[: quote.start()], []
        values = _values_of(rest[1:], delimiter) if rest.startswith(delimiter) else None
        if values is not None and len(values) == count:
            return line[: quote.start()], values
    return None


def _values_of(line: str, delimiter: str) -> list[str] | None:
    fed = iter((line.rstrip("\r\n").replace("\r", " ").replace("\n", " "), "\n"))
    try:
        values = next(csv.reader(fed, delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return None
    return values if next(fed, None) is not None else None


def _lost(lines: _Lines, delimiter: str, count: int, first: int) -> InvalidInputError:
    """Passes over the lines that are no record of their own after one that is lost."""
    while lines.at(0) is not None:
        record = _record(lines, delimiter)
        if record.values is not None and len(record.values) == count:
            break
        lines.take(1)
    last = lines.number - 1
    return InvalidInputError(
        "not a CSV record",
        expected="a closing quote for each that opens",
        got=f"a quote that opens on line {first}, and no row of {count} columns"
        if last == first
        else f"lines {first} to {last}, which are lost",
        fix="check its quotes",
    )

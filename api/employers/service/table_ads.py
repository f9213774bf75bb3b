"""Ads of a table that somebody keeps in a spreadsheet: what each column is, and the job of each row.

A row that cannot be read stays a row of text, so that whoever sent it mends it there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import chain

from api.employers.schemas import MOST_POSTINGS
from api.employers.service.table_columns import FieldOfColumn, column_names, field_of_name, mapping_of, said_in_a_word
from engine.errors import InvalidInputError, Message
from engine.jobs import Job
from engine.moderation.fraud.signs import with_signs
from engine.reading.text_cleaning import tidy, tidy_line
from store.ids import new_id
from store.importers.postings.decoding import whole_text
from store.importers.postings.mapping import SourceMapping
from store.importers.postings.reading import read_whole_posting
from store.importers.postings.records import Record, SkippedRecord
from store.importers.postings.tables import csv_rows
from store.requests.attempts import Limit

LONGEST_TABLE, MOST_COLUMNS, LONGEST_SHOWN = 100_000, 60, 80
# A whole table takes a second or two to read.
TABLES_BY_ACCOUNT = Limit("tables-account", 60, timedelta(hours=1))
TAB, ROWS_ABOVE_NAMES = "\t", 30
DELIMITERS = (",", ";", TAB, "|")
WORKBOOK_START = b"PK\x03\x04"
TABLE = "tabla"
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\s*")  # how a spreadsheet says it
MARK_LENGTH = 16


class RowFault(StrEnum):
    """Why a row is no ad: it does not fit the columns, names no job, or says what no ad may."""

    BROKEN = "broken"
    NO_TITLE = "no_title"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its name, something that stands in it, and what it is read as."""

    name: str
    example: str
    field: FieldOfColumn | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its lines as they were sent, and its job, or why there is none.

    `unread`: columns that say something that was not understood, each with what stands there. `mark` names the row as
    it was read: once its text is another, or its columns, so is the mark.
    """

    line: int
    text: str
    mark: str
    job: Job | None
    unread: tuple[tuple[str, str], ...] = ()
    fault: RowFault | None = None
    error: InvalidInputError | None = None


@dataclass(frozen=True, slots=True)
class AdTable:
    """A table that was read; `head` is what stands above its first row."""

    head: str
    columns: list[TableColumn]
    rows: list[TableRow]

    def text_of(self, rows: Sequence[TableRow]) -> str:
        """The table of some of its rows."""
        return self.head + "".join(row.text for row in rows)


def table_text(content: bytes) -> str:
    """The text of a file; raises InvalidInputError for a workbook, and for one that is too long."""
    if content.startswith(WORKBOOK_START):
        raise InvalidInputError(
            "that is a workbook of a spreadsheet program",
            fix="save it as CSV, or paste the cells of a sheet",
            field=TABLE,
        )
    return whole_text(BytesIO(content))


def read_table(text: str, chosen: Sequence[str], now: datetime) -> AdTable:
    """The ads of a table; `chosen`: what its columns are, in their order, where somebody has said it.

    Raises InvalidInputError for a table without rows, and for one that is too large.
    """
    if len(text) > LONGEST_TABLE:
        most = Message("at most {most} characters", most=LONGEST_TABLE)
        raise InvalidInputError("the table is too long", expected=most, field=TABLE)
    lines = list(StringIO(f"{text.rstrip()}\n"))
    above, names, delimiter = _names(lines)
    if len(names) > MOST_COLUMNS:
        raise InvalidInputError(
            "the table has too many columns", expected=Message("at most {most}", most=MOST_COLUMNS), field=TABLE
        )
    fields = _fields(names, chosen)
    records = list(_records(lines, above, names, delimiter))
    if not records:
        raise InvalidInputError("the table has no rows", fix="a row of names, and a row for each ad", field=TABLE)
    if len(records) > MOST_POSTINGS:
        raise InvalidInputError(
            "too many postings at once", expected=Message("at most {most}", most=MOST_POSTINGS), field=TABLE
        )
    reading = _Reading(dict(zip(names, fields, strict=True)), mapping_of(names, fields), now)
    rows = [reading.row(line, told, record) for line, told, record in records]
    columns = [TableColumn(name, _example(name, records), field) for name, field in zip(names, fields, strict=True)]
    return AdTable("".join(lines[: above + 1]), columns, rows)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the rows of a table are read."""

    fields: Mapping[str, FieldOfColumn | None]
    mapping: SourceMapping | None
    now: datetime

    def row(self, line: int, text: str, record: Record) -> TableRow:
        """The row of a record."""
        known = "|".join(field or "" for field in self.fields.values())
        mark = sha256(f"{known}\n{text.rstrip()}".encode("utf-8", "surrogatepass")).hexdigest()[:MARK_LENGTH]
        if not isinstance(record, dict):
            return TableRow(line, text, mark, None, fault=RowFault.BROKEN)
        title = next((tidy_line(record[name]) for name in self._of(FieldOfColumn.TITLE) if record[name].strip()), "")
        if self.mapping is None or not title:
            return TableRow(line, text, mark, None, fault=RowFault.NO_TITLE)
        try:
            job, unread = self._job(record, title, self.mapping)
        except InvalidInputError as error:
            return TableRow(line, text, mark, None, fault=RowFault.REFUSED, error=error)
        return TableRow(line, text, mark, job, unread)

    def _job(
        self, record: dict[str, str], title: str, mapping: SourceMapping
    ) -> tuple[Job, tuple[tuple[str, str], ...]]:
        said = {
            field: value
            for name, field in self.fields.items()
            if field is not None and (value := said_in_a_word(field, record[name])) is not None
        }
        told = {name: "" if self.fields[name] in said else text for name, text in record.items()}
        read = read_whole_posting(told, mapping, self.now)
        # Its own words, the age that it asks for among them: whoever wrote them is told what is wrong with them.
        first, *more = self._of(FieldOfColumn.DESCRIPTION) or [""]
        texts = [record.get(first, ""), *(f"{name}: {record[name]}" for name in more if record[name].strip())]
        own = replace(read.job, job_id=new_id(), title=title, description=tidy("\n".join(texts)), signs=())
        faulty = {fault.field for fault in read.faults}
        unread = tuple(
            (name, tidy_line(record[name])[:LONGEST_SHOWN])
            for name, field in self.fields.items()
            if field in faulty and record[name].strip()
        )
        return with_signs(replace(own, **{str(field): value for field, value in said.items()})), unread

    def _of(self, field: FieldOfColumn) -> list[str]:
        return [name for name, one in self.fields.items() if one is field]


def _fields(names: Sequence[str], chosen: Sequence[str]) -> list[FieldOfColumn | None]:
    """What each column is: as was said, else as its name tells."""
    if len(chosen) != len(names):
        return [field_of_name(name) for name in names]
    return [FieldOfColumn(one) if one in set(FieldOfColumn) else None for one in chosen]


def _names(lines: Sequence[str]) -> tuple[int, list[str], str]:
    """The line with the names of the columns, the names, and what parts them.

    The first line that names a job; else the first that says something, parted by what parts it most.
    """
    first: tuple[int, list[str], str] | None = None
    stated = ""
    for place, line in enumerate(lines[:ROWS_ABOVE_NAMES]):
        if (said := _SEPARATOR_LINE.fullmatch(line)) is not None:
            stated = said[1]
            continue
        if not line.strip(" \t\r\n,;|"):
            continue
        ways = [(column_names(_cells(line, one)), one) for one in ([stated] if stated else DELIMITERS)]
        names, delimiter = max(ways, key=lambda way: len(way[0]))
        if FieldOfColumn.TITLE in map(field_of_name, names):
            return place, names, delimiter
        first = first or (place, names, delimiter)
    if first is None:
        raise InvalidInputError(
            "there is no table", fix="choose a CSV file, or paste the cells of a sheet", field=TABLE
        )
    return first


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line; as they stand where its quotes do not fit."""
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return line.rstrip("\r\n").split(delimiter)


def _records(
    lines: Sequence[str], above: int, names: Sequence[str], delimiter: str
) -> Iterator[tuple[int, str, Record]]:
    """Each row with the number of its first line and its lines; empty ones are left out."""
    head = StringIO()
    csv.writer(head, delimiter=delimiter, lineterminator="\n").writerow(names)
    below = list(lines[above + 1 :])
    if delimiter == TAB and below:  # a form's texts are trimmed: empty cells at the end of pasted ones are gone
        below[-1] = f"{below[-1].rstrip()}{TAB * len(names)}\n"
    found = [(above + number, record) for number, record in csv_rows(chain([head.getvalue()], below), (), delimiter)]
    ends = [*(line for line, _ in found[1:]), len(lines) + 1][: len(found)]
    for (line, record), end in zip(found, ends, strict=True):
        if not isinstance(record, SkippedRecord):
            yield line, "".join(lines[line - 1 : end - 1]), record


def _example(name: str, records: Sequence[tuple[int, str, Record]]) -> str:
    told = (record[name] for _, _, record in records if isinstance(record, dict) and name in record)
    return next((tidy_line(text)[:LONGEST_SHOWN] for text in told if text.strip()), "")

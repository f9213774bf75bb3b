"""The answer to a question as a table: columns with their units, rows, and what has to be said of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, StrEnum

from engine.errors import InvalidInputError, Message

SHARE_UNIT = "share"

Value = str | int | float | None


class Question(StrEnum):
    """What an analyst may ask; `store.analytics.questions.answers` has the answers."""

    FUNNEL = "funnel"
    MATCH_SUCCESS = "match-success"
    TIME_TO_PLACEMENT = "time-to-placement"
    TIME_TO_PLACEMENT_CURVE = "time-to-placement-curve"
    EXPOSURE = "exposure"
    EXPOSURE_CURVE = "exposure-curve"
    SKILLS = "skills"
    HOURS = "hours"
    FREED_HOURS = "freed-hours"
    USAGE = "usage"


class Format(StrEnum):
    """The formats of an answer."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class ColumnType(StrEnum):
    """What a column's values are."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name is the same in every format; `unit` says what is counted or measured, empty for a name."""

    name: str
    type: ColumnType
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said of a table: the key of its words (`store.analytics.note_texts`), and what fills them."""

    key: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filters:
    """The weeks that are asked about, Monday to Sunday in Lima; None: from the first, to the last.

    Days stand for their week: of single days two answers would tell, by their difference, about few people.
    """

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise InvalidInputError(
                "the period ends before it begins",
                expected=Message("a day from {since} on", since=self.since),
                got=str(self.until),
                field="until",
            )

    @property
    def first_day(self) -> date:
        """The Monday that the period begins with."""
        return date.min if self.since is None else self.since - timedelta(days=self.since.weekday())

    @property
    def last_day(self) -> date:
        """The Sunday that it ends with."""
        if self.until is None:
            return date.max
        return self.until + min(timedelta(days=6 - self.until.weekday()), date.max - self.until)


@dataclass(frozen=True, slots=True)
class Table:
    """An answer. A value is None where it is hidden, as `hidden` says by row and column, and where there is none.

    `suppressed_cells` counts what was hidden because it would tell about few people (`store.analytics.small_groups`).
    """

    question: Question
    snapshot: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[Note, ...] = ()
    hidden: frozenset[tuple[int, int]] = frozenset()

    @property
    def suppressed_cells(self) -> int:
        """How many cells are hidden."""
        return len(self.hidden)

    def column(self, name: str) -> list[Value]:
        """The values of a column, row by row."""
        place = [column.name for column in self.columns].index(name)
        return [row[place] for row in self.rows]


class Hidden(Enum):
    """The value of a cell that is hidden, while a table is put together."""

    CELL = "hidden"


HIDDEN = Hidden.CELL
Cell = Value | Hidden


def table(
    question: Question,
    snapshot: str,
    columns: tuple[Column, ...],
    cells: list[tuple[Cell, ...]],
    notes: tuple[Note, ...] = (),
) -> Table:
    """The table of some cells; a note on what is hidden is added to `notes`."""
    hidden = frozenset(
        (row, place) for row, values in enumerate(cells) for place, cell in enumerate(values) if cell is HIDDEN
    )
    rows = tuple(tuple(None if isinstance(cell, Hidden) else cell for cell in values) for values in cells)
    return Table(question, snapshot, columns, rows, (*notes, Note("suppression", {"cells": len(hidden)})), hidden)

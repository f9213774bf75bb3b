"""The table of an answer as a page shows it: some of its rows, every cell in words, the unit of each column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from api.analysts.pages.topics import Topic
from engine.explain import Locale
from engine.skills import normalised_words
from store.analytics.report.labels import value_label
from store.analytics.report.page import Cell, numbers
from store.analytics.report.unit_labels import unit_beside
from store.analytics.tables import ColumnType, Table

ENDS = ("_low", "_high")


@dataclass(frozen=True, slots=True)
class Head:
    """What a column is called; `has_interval`: its cells have the ends of an interval beside the value."""

    name: str
    unit: str
    is_number: bool
    has_interval: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """Rows `start` to `end` of so many; `choices`: value and words of what may be chosen."""

    MOST_ROWS: ClassVar[int] = 60

    label: str
    heads: tuple[Head, ...]
    cells: tuple[tuple[Cell, ...], ...]
    start: int
    end: int
    rows: int
    choices: tuple[tuple[str, str], ...]

    @property
    def has_more(self) -> bool:
        """Whether rows follow."""
        return self.end < self.rows


def table_view(table: Table, topic: Topic, locale: Locale, *, only: str, words: str, first: int) -> TableView:
    """What a page shows of a table.

    Args:
        table: the whole answer.
        topic: says what one value may be chosen of, and whether rows are found by words.
        locale: of labels.
        only: the chosen value, empty for all.
        words: what the first cell of a row has to say, empty for anything.
        first: the first row that is shown, of those that are left.
    """
    wanted = [place for place in range(len(table.rows)) if _is_wanted(table, topic, place, only, words)]
    start = min(first, max(0, len(wanted) - 1))
    shown = wanted[start : start + TableView.MOST_ROWS]
    told, places = numbers(_with_rows(table, shown), locale), _columns(table)
    heads = tuple(
        Head(
            told.columns[place],
            unit_beside(told.columns[place], table.columns[place].unit, locale),
            table.columns[place].type is not ColumnType.TEXT,
            bool(ends),
        )
        for place, ends in places
    )
    return TableView(
        told.label,
        heads,
        tuple(tuple(_cell(row, place, ends) for place, ends in places) for row in told.rows),
        start,
        start + len(shown),
        len(wanted),
        _choices(table, topic, locale),
    )


def _columns(table: Table) -> list[tuple[int, tuple[int, ...]]]:
    """The columns of a page: each with those of the ends of its interval, which stand with it."""
    of_names = {column.name: place for place, column in enumerate(table.columns)}
    found = []
    for name, place in of_names.items():
        ends = tuple(of_names[name + end] for end in ENDS if name + end in of_names)
        if name.removesuffix(ENDS[0]).removesuffix(ENDS[1]) == name:
            found.append((place, ends))
    return found


def _cell(row: tuple[Cell, ...], place: int, ends: tuple[int, ...]) -> Cell:
    low_high = [row[end].words for end in ends]
    if not low_high or low_high[0] == row[place].words:  # hidden, or none
        return row[place]
    return replace(row[place], words=f"{row[place].words} ({' – '.join(low_high)})")


def _is_wanted(table: Table, topic: Topic, place: int, only: str, words: str) -> bool:
    row = table.rows[place]
    if topic.split_by and only:
        return row[_column(table, topic.split_by)] == only
    if topic.is_searched and words:
        return " ".join(normalised_words(words)) in " ".join(normalised_words(str(row[0])))
    return True


def _with_rows(table: Table, places: list[int]) -> Table:
    """The table of some rows."""
    new = {place: number for number, place in enumerate(places)}
    hidden = frozenset((new[row], column) for row, column in table.hidden if row in new)
    return replace(table, rows=tuple(table.rows[place] for place in places), hidden=hidden)


def _choices(table: Table, topic: Topic, locale: Locale) -> tuple[tuple[str, str], ...]:
    if not topic.split_by:
        return ()
    values = dict.fromkeys(value for value in table.column(topic.split_by) if isinstance(value, str))
    return tuple((value, value_label(value, locale)) for value in values)


def _column(table: Table, name: str) -> int:
    return [column.name for column in table.columns].index(name)

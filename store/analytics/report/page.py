"""What a page of the report is made of, as its template takes it: what is drawn, and tables of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.explain import Locale
from store.analytics.note_texts import note_words
from store.analytics.report.labels import column_label, written
from store.analytics.report.shapes import Plot
from store.analytics.report.texts import localised
from store.analytics.tables import ColumnType, Table


@dataclass(frozen=True, slots=True)
class Part:
    """A plot under its title, or words instead of one; a title that is empty is none."""

    title: str = ""
    plot: Plot | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell of a table."""

    words: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """The table of an answer as it is shown; the first cell of a row names it."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: what is drawn, the tables below, and what has to be said of them."""

    title: str
    parts: Sequence[Part]
    tables: Sequence[Numbers]
    notes: Sequence[str]


def drawn(plot: Plot) -> Part:
    """A plot under its title."""
    return Part(plot.title, plot)


def numbers(table: Table, locale: Locale) -> Numbers:
    """The table of an answer, every cell in words."""
    label = localised("table", locale, name=localised(f"table_{table.question.value}", locale))
    columns = tuple(column_label(column.name, locale) for column in table.columns)
    return Numbers(label, columns, tuple(_row(table, place, locale) for place in range(len(table.rows))))


def notes(tables: Sequence[Table], locale: Locale) -> list[str]:
    """What has to be said of some tables, once each."""
    return list(dict.fromkeys(note_words(note, locale) for table in tables for note in table.notes))


def _row(table: Table, place: int, locale: Locale) -> tuple[Cell, ...]:
    cells = []
    for number, (column, value) in enumerate(zip(table.columns, table.rows[place], strict=True)):
        is_hidden = (place, number) in table.hidden
        words = localised("hidden", locale) if is_hidden else written(value, column, locale)
        cells.append(Cell(words, column.type is not ColumnType.TEXT))
    return tuple(cells)

"""A table as a file for spreadsheets: the words, units and figures of its page, all of its rows."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from engine.explain import Locale
from store.analytics.formats import harmless
from store.analytics.report.labels import column_label, written
from store.analytics.report.texts import localised
from store.analytics.report.unit_labels import unit_beside
from store.analytics.tables import SHARE_UNIT, Column, Table, Value


def sheet(table: Table, locale: Locale) -> bytes:
    """RFC 4180 in UTF-8; what is hidden says so, what there is none of is empty, shares are percentages."""
    lines: list[list[object]] = [[_head(column, locale) for column in table.columns]]
    for place, row in enumerate(table.rows):
        lines.append(
            [
                localised("hidden", locale) if (place, number) in table.hidden else _field(value, column, locale)
                for number, (column, value) in enumerate(zip(table.columns, row, strict=True))
            ]
        )
    return file_of(lines)


def file_of(lines: Iterable[Sequence[object]]) -> bytes:
    """Lines of fields as such a file, in which no text is a formula.

    It begins with the mark without which spreadsheets take it for an encoding of their own, and break accents.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([harmless(one) if isinstance(one, str) else one for one in line] for line in lines)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def with_unit(name: str, unit: str) -> str:
    """The name of a column, with its unit where it has one."""
    return f"{name} ({unit})" if unit else name


def _head(column: Column, locale: Locale) -> str:
    name = column_label(column.name, locale)
    return with_unit(name, unit_beside(name, column.unit, locale))


def _field(value: Value, column: Column, locale: Locale) -> object:
    if isinstance(value, str):
        return written(value, column, locale)
    if isinstance(value, float):
        return round(value * 100, 1) if column.unit == SHARE_UNIT else round(value, 2)
    return value

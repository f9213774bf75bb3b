"""A table as a file for spreadsheets: the words and figures of its page, no formula, no name of a field."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from engine.explain import Locale
from store.analytics.note_texts import _NOTES, note_words
from store.analytics.report.sheet import sheet
from store.analytics.tables import HIDDEN, Cell, Column, ColumnType, Note, Question, table

COLUMNS = (
    Column("skill", ColumnType.TEXT),
    Column("people", ColumnType.INTEGER, "people"),
    Column("jobs", ColumnType.INTEGER, "open jobs"),
    Column("hire_rate", ColumnType.NUMBER, "share"),
    Column("hire_rate_low", ColumnType.NUMBER, "share"),
)
FILLED: dict[str, str | int] = {"cells": 3, "first": "2026-01-05", "last": "2026-01-11", "jobs": 4}


def read(cells: list[tuple[Cell, ...]], locale: Locale = Locale.ES) -> list[list[str]]:
    """The fields of the file of a table."""
    content = sheet(table(Question.SKILLS, "v", COLUMNS, cells), locale)
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_file_says_what_its_page_says() -> None:
    rows = read([("Excel", 1250, 7, 0.12345, None), ("Quipu", HIDDEN, 0, HIDDEN, HIDDEN)])
    assert rows == [
        [
            "Habilidad",
            "Personas",
            "Empleos (empleos abiertos)",
            "Contrataciones de las entrevistas (en porcentaje)",
            "Contrataciones de las entrevistas, desde (en porcentaje)",
        ],
        ["Excel", "1250", "7", "12.3", ""],
        ["Quipu", "oculto", "0", "oculto", "oculto"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+51", "-2", "@SUM(A1)", "\tx", 'a,"b"\r\nc'])
def test_what_people_wrote_is_no_formula_and_no_other_field(text: str) -> None:
    ((_, (told, *rest)),) = [read([(text, 5, 5, None, None)])]
    assert told.removeprefix("'") == text
    assert not told.startswith(("=", "+", "-", "@", "\t"))
    assert rest == ["5", "5", "", ""]


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("key", _NOTES[Locale.ES])
def test_what_is_said_beside_words_names_no_field(key: str, locale: Locale) -> None:
    words = note_words(Note(key, FILLED), locale)
    assert not re.search(r"\w_\w|[(][a-z]+[)]", words)
    assert "  " not in words

"""An answer as JSON, CSV and Parquet: the same numbers, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import math
import string
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.explain import Locale
from engine.jobs import Job
from engine.seekers import Seeker
from store.analytics.formats import formatted
from store.analytics.note_texts import note_text
from store.analytics.questions.answers import answer
from store.analytics.tables import HIDDEN, Column, ColumnType, Filters, Format, Note, Question, Table, table
from store.ids import new_id

COLUMNS = (
    Column("group", ColumnType.TEXT),
    Column("people", ColumnType.INTEGER, "people"),
    Column("rate", ColumnType.NUMBER, "share"),
)


def from_json(content: bytes) -> list[list[Any]]:
    rows: list[list[Any]] = json.loads(content)["rows"]
    return rows


def from_csv(content: bytes, columns: tuple[Column, ...]) -> list[list[Any]]:
    """The rows, with each field read as the type of its column."""
    names, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    assert names == [column.name for column in columns]
    read = {ColumnType.TEXT: str, ColumnType.INTEGER: int, ColumnType.NUMBER: float}
    return [
        [None if field == "" else read[column.type](field) for field, column in zip(row, columns, strict=True)]
        for row in rows
    ]


def from_parquet(content: bytes, folder: Path) -> list[list[Any]]:
    file = folder / f"{new_id()}.parquet"  # a name of its own: DuckDB remembers what it read under another's
    file.write_bytes(content)
    return [list(row) for row in duckdb.execute(f"from '{file}'").fetchall()]


def test_every_question_has_the_same_numbers_in_every_format(story: Any, tmp_path: Path) -> None:
    story.jobs([Job(f"job-{n}", "A", employer=f"E{n % 2}", skills=("Excel", "R")) for n in range(4)])
    story.people(Seeker(f"p{n}", text="Excel") for n in range(12))
    for number in range(12):
        story.shown(f"p{number}", ["job-0", "job-1"], 9)
        story.event("apply", f"p{number}", "job-0", 8 - number / 2)
        if number < 7:
            story.event("hire", f"p{number}", "job-0", 1)
    snapshot = story.snapshot()
    for question in Question:
        asked = answer(snapshot, question, Filters())
        assert asked.rows, question
        rows = [list(row) for row in asked.rows]
        assert from_json(formatted(asked, Format.JSON)) == rows
        assert from_csv(formatted(asked, Format.CSV), asked.columns) == rows
        assert from_parquet(formatted(asked, Format.PARQUET), tmp_path) == rows


cells = st.tuples(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text[0] not in "=+-@"),
    st.none() | st.integers(0, 10**12),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cells, max_size=6))
def test_any_table_is_the_same_in_every_format(tmp_path: Path, rows: list[tuple[Any, ...]]) -> None:
    made = table(Question.SKILLS, "version", COLUMNS, list(rows))
    expected = [list(row) for row in rows]
    assert from_json(formatted(made, Format.JSON)) == expected
    assert from_csv(formatted(made, Format.CSV), COLUMNS) == expected
    assert from_parquet(formatted(made, Format.PARQUET), tmp_path) == expected


def of_one_text(text: str) -> Table:
    return table(Question.SKILLS, "version", COLUMNS, [(text, 5, -0.5)])


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1"])
def test_no_text_of_a_csv_begins_as_a_formula(text: str) -> None:
    content = formatted(of_one_text(text), Format.CSV)
    _, (field, people, rate) = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    assert field == "'" + text
    assert (people, rate) == ("5", "-0.5")  # numbers stay numbers
    assert from_json(formatted(of_one_text(text), Format.JSON))[0][0] == text


def test_a_csv_is_that_of_rfc_4180() -> None:
    assert formatted(of_one_text('dos, "tres"\ny ñ'), Format.CSV) == (
        'group,people,rate\r\n"dos, ""tres""\ny ñ",5,-0.5\r\n'.encode()
    )


def test_what_is_hidden_is_told_apart_from_what_is_not_there() -> None:
    made = table(Question.SKILLS, "version", COLUMNS, [("Excel", HIDDEN, None), ("Word", 7, HIDDEN)], (Note("today"),))
    document = json.loads(formatted(made, Format.JSON))
    assert document["rows"] == [["Excel", None, None], ["Word", 7, None]]
    assert document["hidden"] == [[0, 1], [1, 2]]
    assert document["suppressed_cells"] == 2
    assert document["columns"][1] == {"name": "people", "type": "integer", "unit": "people"}
    assert "menos" not in document["notes"][0]
    assert "Celdas ocultas en esta tabla: 2." in document["notes"][-1]
    english = json.loads(formatted(made, Format.JSON, Locale.EN))
    assert "Cells hidden in this table: 2." in english["notes"][-1]


def test_a_parquet_file_tells_what_it_is_of(tmp_path: Path) -> None:
    (tmp_path / "answer.parquet").write_bytes(formatted(of_one_text("l'Or"), Format.PARQUET))
    disclosed = duckdb.execute(f"select key, value from parquet_kv_metadata('{tmp_path}/answer.parquet')").fetchall()
    metadata = {key.decode(): value.decode() for key, value in disclosed}
    assert (metadata["question"], metadata["snapshot"], metadata["suppressed_cells"]) == ("skills", "version", "0")
    assert json.loads(metadata["units"]) == {"group": "", "people": "people", "rate": "share"}
    types = duckdb.execute(f"describe select * from '{tmp_path}/answer.parquet'").fetchall()
    assert [kind for _, kind, *_ in types] == ["VARCHAR", "BIGINT", "DOUBLE"]


@pytest.mark.parametrize("locale", list(Locale))
def test_every_note_has_its_words(story: Any, locale: Locale) -> None:
    snapshot = story.snapshot()
    texts = [note_text(note, locale) for question in Question for note in answer(snapshot, question).notes]
    assert all(len(text) > 20 and not set(text) & set("{}") for text in texts)


def test_numbers_are_numbers(story: Any) -> None:
    for question in Question:
        for row in answer(story.snapshot(), question).rows:
            assert all(not isinstance(value, float) or math.isfinite(value) for value in row)


def test_names_of_columns_need_no_quoting(story: Any) -> None:
    snapshot = story.snapshot()
    names = {column.name for question in Question for column in answer(snapshot, question).columns}
    assert all(set(name) <= set(string.ascii_lowercase + string.digits + "_") for name in names)

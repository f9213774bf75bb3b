"""Spreadsheets' workbooks: rows of the right sheet, dates and numbers as cells hold them, within bounds."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from engine.errors import InvalidInputError
from engine.pay import Pay, PayPeriod
from store.importers.postings.pipeline import import_jobs
from store.importers.postings.rows import read_rows
from store.records.records import Records
from tests.store.importers.postings.test_import_jobs import PERU_ROW
from tests.store.importers.postings.test_tables import JOBSPY


def saved(path: Path, *sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_as_its_csv_is(records: Records, tmp_path: Path) -> None:
    path = saved(tmp_path / "jobs.xlsx", [list(PERU_ROW), list(PERU_ROW.values())])
    report = import_jobs(path, "computrabajo-pe", records)
    (job,) = records.iter_jobs()
    assert (report.created, report.read, job.title) == (1, 1, "Diseñadora gráfica")
    assert job.pay == Pay(1500, "PEN", PayPeriod.MONTH)


def test_cells_are_numbers_dates_and_truths(records: Records, tmp_path: Path) -> None:
    row = dict.fromkeys(JOBSPY.split(","), None) | {
        "id": 7.0,
        "title": "Redactora",
        "date_posted": datetime(2026, 4, 16),
        "interval": "hourly",
        "min_amount": 18.125,
        "currency": "USD",
        "is_remote": True,
    }
    import_jobs(saved(tmp_path / "jobs.xlsx", [list(row), list(row.values())]), "indeed-pe", records)
    (job,) = records.iter_jobs()
    assert (job.job_id, job.modality, job.pay) == ("indeed-pe:7", "remote", Pay(18.125, "USD", PayPeriod.HOUR))
    assert job.posted_at is not None
    assert job.posted_at.date() == date(2026, 4, 16)


def test_the_sheet_and_the_row_of_names_are_found(tmp_path: Path) -> None:
    heading: list[list[Any]] = [
        ["Reporte de avisos"],
        [],
        ["titulo", "lugar", None],
        ["Cajera", "#N/A"],
        [None, None],
        ["Guardia", 5],
    ]
    path = saved(tmp_path / "jobs.xlsx", [["otra", "hoja"]], heading)
    assert list(read_rows(path, [("titulo",), ("lugar",)])) == [
        (4, {"titulo": "Cajera", "lugar": ""}),
        (6, {"titulo": "Guardia", "lugar": "5"}),
    ]


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="expected Título; got lugar"):
        list(read_rows(saved(tmp_path / "jobs.xlsx", [["lugar"], ["Lima"]]), [("Título",)]))
    with pytest.raises(InvalidInputError, match="an empty file"):
        list(read_rows(saved(tmp_path / "none.xlsx", []), [("Título",)]))


def repacked(path: Path, name: str, content: bytes) -> Path:
    """The workbook with other content in one of its parts."""
    other = path.with_name("other.xlsx")
    with zipfile.ZipFile(path) as read, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as written:
        for part in read.namelist():
            written.writestr(part, content if part == name else read.read(part))
    return other


SHEET = "xl/worksheets/sheet1.xml"
START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b" " * (101 * 2**20), "too large"),
        (b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>' + START + b"</sheetData></worksheet>", "document type"),
        (START + b"<row><c></row>", "not a whole workbook"),
        (b"", "not a whole workbook"),
    ],
    ids=["bomb", "entities", "broken", "empty"],
)
def test_a_workbook_that_is_a_trap_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = repacked(saved(tmp_path / "jobs.xlsx", [["titulo"], ["Cajera"]]), SHEET, content)
    with pytest.raises(InvalidInputError, match=reason):
        list(read_rows(path, [("titulo",)]))


def test_a_row_that_says_it_is_the_billionth_is_not_waited_for(tmp_path: Path) -> None:
    text = '<c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    rows = f'<row r="1">{text.format(1, "titulo")}</row><row r="999999999">{text.format(999999999, "Cajera")}</row>'
    content = START + rows.encode() + b"</sheetData></worksheet>"
    path = repacked(saved(tmp_path / "jobs.xlsx", [["titulo"]]), SHEET, content)
    assert list(read_rows(path, [("titulo",)])) == []


@pytest.mark.parametrize("content", [b"", b"PK", b"no es", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "jobs.xlsx"
    path.write_bytes(content)
    with pytest.raises(InvalidInputError, match="not a workbook"):
        list(read_rows(path, [("titulo",)]))

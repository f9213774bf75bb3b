"""CSV as people save it: any encoding and line ends, fields of any length, quotes that do not fit."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest

from engine.errors import InvalidInputError
from engine.jobs import Modality
from store.importers.postings.pipeline import import_jobs
from store.importers.postings.records import SkippedRecord
from store.importers.postings.rows import read_rows
from store.records.records import Records
from tests.store.importers.postings.test_import_jobs import ECUADOR_ROW, PERU_ROW, csv_file

TEXT = 'Título,Descripción\nDiseñadora,"Ñandú, de noche\ny de día"\n¿Cajera?,Atención – “hoy”\n'
ROWS = [
    {"Título": "Diseñadora", "Descripción": "Ñandú, de noche\ny de día"},
    {"Título": "¿Cajera?", "Descripción": "Atención – “hoy”"},
]


def rows_of(path: Path, content: bytes, needed: tuple[tuple[str, ...], ...] = ()) -> list[tuple[int, object]]:
    path.write_bytes(content)
    return list(read_rows(path, needed))


def plain_rows(found: list[tuple[int, object]]) -> list[object]:
    return [row for _, row in found]


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252"),
    ],
)
def test_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    assert plain_rows(rows_of(tmp_path / "jobs.csv", TEXT.encode(encoding))) == ROWS


def test_a_mark_before_quoted_names_is_no_part_of_them(tmp_path: Path) -> None:
    content = '"Título","Descripción"\n"a","b"\n'.encode("utf-8-sig")
    assert plain_rows(rows_of(tmp_path / "jobs.csv", content)) == [{"Título": "a", "Descripción": "b"}]


def test_a_line_of_another_program_is_read_in_its_letters(tmp_path: Path) -> None:
    content = "a,b\nniño,x\n".encode() + "niña,PERÚ\n".encode("latin-1") + "ñandú,".encode() + b"caf\xe9 \x93sin\x94\n"
    found = plain_rows(rows_of(tmp_path / "jobs.csv", content))
    assert found == [{"a": "niño", "b": "x"}, {"a": "niña", "b": "PERÚ"}, {"a": "ñandú", "b": "café “sin”"}]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_any_line_end_is_read(tmp_path: Path, end: str) -> None:
    found = rows_of(tmp_path / "jobs.csv", TEXT.replace("\n", end).encode())
    assert [line for line, _ in found] == [2, 4]
    assert [row["Título"] for _, row in found if isinstance(row, dict)] == ["Diseñadora", "¿Cajera?"]


def test_a_return_inside_a_line_costs_no_row(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "jobs.csv", b'a,b\nuno,"dos\rtres"\ncuatro,cinco\rseis\n')
    assert found == [(2, {"a": "uno", "b": "dos\rtres"}), (3, {"a": "cuatro", "b": "cinco seis"})]


def test_line_ends_of_several_programs_may_stand_in_one_file(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "jobs.csv", b'a,b\nuno,dos\rtres,"cu\natro"\r\ncinco,seis\r')
    assert plain_rows(found) == [{"a": "uno", "b": "dos"}, {"a": "tres", "b": "cu\natro"}, {"a": "cinco", "b": "seis"}]


@pytest.mark.parametrize(
    "start",
    [b"\xef\xbb\xbf\xef\xbb\xbf", b"\0\0\0", b"Reporte de avisos\n\n", b"# hecho a mano\n", b"Avisos;2026\n;\n"],
)
def test_what_stands_before_the_names_is_no_part_of_them(tmp_path: Path, start: bytes) -> None:
    found = rows_of(tmp_path / "jobs.csv", start + b'"T\0a", "b"\nuno, "dos, tres"\n', (("Ta",), ("b",)))
    assert plain_rows(found) == [{"Ta": "uno", "b": "dos, tres"}]


def test_names_whose_quote_stays_open_are_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r'expected a; got "x, b'):
        rows_of(tmp_path / "jobs.csv", b'"x,b\nuno,dos\n', (("a",), ("b",)))


def test_empty_lines_may_come_first_and_between(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "jobs.csv", b"\n\r\n,,\n  \na,b\n\nuno,dos\n,\n")
    assert found == [(7, {"a": "uno", "b": "dos"}), (8, SkippedRecord("an empty row"))]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep={}\n"])
def test_a_spreadsheet_s_delimiter_is_found(tmp_path: Path, delimiter: str, first: str) -> None:
    content = first.format(delimiter) + f'titulo{delimiter}lugar\nuno{delimiter}"Lima, Perú"\n'
    found = rows_of(tmp_path / "jobs.csv", content.encode(), (("titulo",), ("lugar",)))
    assert plain_rows(found) == [{"titulo": "uno", "lugar": "Lima, Perú"}]


def test_a_field_of_any_length_is_one_field(tmp_path: Path) -> None:
    inner = "x" * 131_100 + "\n9,inyectado\nfin"
    found = rows_of(tmp_path / "jobs.csv", f'id,text\n1,"{inner}"\n2,y\n'.encode())
    assert found == [(2, {"id": "1", "text": inner}), (5, {"id": "2", "text": "y"})]


def test_a_name_of_any_length_is_refused_in_few_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="expected titulo") as refused:
        rows_of(tmp_path / "jobs.csv", b"x" * 140_000 + b",lugar\na,b\n", (("titulo",),))
    assert len(str(refused.value)) < 1_000


def test_line_feeds_inside_lines_that_returns_end_cost_no_row(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "jobs.csv", b'a,b\runo,dos\ntres\rcuatro,"cinco\nseis"\r')
    assert plain_rows(found) == [{"a": "uno", "b": "dos tres"}, {"a": "cuatro", "b": "cinco\nseis"}]


def test_a_packed_file_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    assert plain_rows(rows_of(tmp_path / "jobs.csv", gzip.compress(TEXT.encode("utf-16")))) == ROWS


def test_names_in_other_capitals_and_without_accents_are_known(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "jobs.csv", b"TITULO,descripcion,Otra\na,b,c\n", (("Título",), ("Descripción",)))
    assert plain_rows(found) == [{"Título": "a", "Descripción": "b", "Otra": "c"}]


def test_the_names_of_the_columns_again_are_no_row(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "jobs.csv", b"a,b\nuno,dos\na,b\ntres,cuatro\n")
    assert found[1] == (3, SkippedRecord("the names of the columns again"))


def test_rows_of_several_lines_with_too_few_columns_are_each_one(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "jobs.csv", b'a,b,c\nuno,"dos\ntres"\ncuatro,"cinco\nseis"\n')
    assert [(line, str(row)[:23]) for line, row in found] == [
        (2, "wrong number of columns"),
        (4, "wrong number of columns"),
    ]


def outcomes(found: list[tuple[int, object]]) -> list[tuple[int, str]]:
    return [(line, row["id"] if isinstance(row, dict) else str(row)) for line, row in found]


def test_a_quote_that_stays_open_costs_its_own_row_alone(tmp_path: Path) -> None:
    content = 'id,place,text\n1,"Lima, Perú",uno\n2,"Cusco,dos\n3,"Lima, Perú",tres\n4,Puno,cuatro\n'
    found = outcomes(rows_of(tmp_path / "jobs.csv", content.encode()))
    assert [(line, said[:22]) for line, said in found] == [(2, "1"), (3, "not a CSV record; expe"), (4, "3"), (5, "4")]


def test_lines_that_belong_to_a_lost_record_are_named_with_it(tmp_path: Path) -> None:
    content = 'id,place,text\n1,Lima,"uno\nsigue "así" y\nsigue\n2,Puno,dos\n'
    found = outcomes(rows_of(tmp_path / "jobs.csv", content.encode()))
    assert [line for line, _ in found] == [2, 5]
    assert "lines 2 to 4, which are lost" in found[0][1]


def test_quotes_inside_a_quoted_field_are_read_as_they_stand(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "jobs.csv", b'id,text\n1,"Somos "Killa" SAC"\n2,y\n')
    assert [row["id"] for _, row in found if isinstance(row, dict)] == ["1", "2"]
    assert "Killa" in str(found[0][1])


def test_cells_behind_the_last_column_may_be_empty(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "jobs.csv", b"a,b\nuno,dos,,\nuno,dos,tres\n")
    assert found[0] == (2, {"a": "uno", "b": "dos"})
    assert isinstance(found[1][1], InvalidInputError)


JOBSPY = (
    "id,site,job_url,job_url_direct,title,company,location,date_posted,job_type,salary_source,interval,min_amount,"
    "max_amount,currency,is_remote,job_level,job_function,listing_type,emails,description,company_industry,company_url"
)


def jobspy(**told: str) -> str:
    """A row of JobSpy's header that tells what is told."""
    row = dict.fromkeys(JOBSPY.split(","), "") | {"id": "in-1", "site": "indeed", "title": "Redactora", **told}
    text = io.StringIO()
    csv.DictWriter(text, row).writerow(row)
    return text.getvalue()


@pytest.mark.parametrize(
    ("told", "pay"),
    [
        ({"interval": "yearly", "min_amount": "60000.0", "max_amount": "80000.0", "currency": "USD"}, (60_000, "year")),
        ({"interval": "monthly", "min_amount": "1500.0", "currency": "PEN"}, (1_500, "month")),
        ({"interval": "hourly", "min_amount": "18.125", "max_amount": "18.125", "currency": "USD"}, (18.125, "hour")),
        ({"interval": "weekly", "min_amount": "300", "currency": "PEN"}, (300, "week")),
        ({"interval": "daily", "min_amount": "90", "currency": "PEN"}, (90, "day")),
        ({"min_amount": "1500.0", "currency": "PEN"}, None),
        ({}, None),
    ],
)
def test_jobspy_s_pay_is_read(
    records: Records, tmp_path: Path, told: dict[str, str], pay: tuple[float, str] | None
) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text(f"{JOBSPY}\n{jobspy(**told)}", encoding="utf-8")
    assert import_jobs(path, "indeed-pe", records).created == 1
    (job,) = records.iter_jobs()
    assert pay == (None if job.pay is None else (job.pay.amount, job.pay.period.value))


@pytest.mark.parametrize(
    ("told", "modality"),
    [
        ({"is_remote": "True"}, Modality.REMOTE),
        ({"is_remote": "False"}, None),
        ({"is_remote": "False", "description": "Modalidad presencial."}, Modality.ON_SITE),
        ({"is_remote": ""}, None),
    ],
)
def test_jobspy_s_remote_is_read(
    records: Records, tmp_path: Path, told: dict[str, str], modality: Modality | None
) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text(f"{JOBSPY}\n{jobspy(**told)}", encoding="utf-8")
    import_jobs(path, "indeed-pe", records)
    (job,) = records.iter_jobs()
    assert job.modality is modality


def test_every_row_of_a_file_is_in_its_report(records: Records, tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    rows = [PERU_ROW | {"Enlace": f"https://a.pe/{number:032X}"} for number in range(3)]
    with path.open("w", encoding="utf-16") as file:
        writer = csv.DictWriter(file, PERU_ROW.keys())
        writer.writeheader()
        writer.writerows(
            [*rows, rows[0], rows[1] | {"Título": "Otra"}, PERU_ROW | {"Título": ""}, dict.fromkeys(PERU_ROW, "")]
        )
    report = import_jobs(path, "computrabajo-pe", records)
    assert (report.created, len(report.rejected), len(report.skipped), report.read) == (3, 2, 2, 7)
    assert [row.reason for row in report.skipped] == ["the same posting as line 2", "an empty row"]
    again = import_jobs(path, "computrabajo-pe", records)
    assert (again.created, again.unchanged, again.read) == (0, 3, 7)


def test_a_field_that_cannot_be_read_is_counted_and_said(records: Records, tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    row = PERU_ROW | {"Salario": "según perfil", "TipoPago": "", "FechaPublicación": "en breve", "Requisitos": ""}
    with path.open("w", encoding="utf-8") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    report = import_jobs(path, "computrabajo-pe", records)
    assert report.created == 1
    pay, posted_at = report.fields["pay"], report.fields["posted_at"]
    assert (pay.stated, pay.unread, posted_at.stated, posted_at.unread) == (1, 1, 1, 1)
    assert posted_at.first_unread is not None
    assert "en breve" in posted_at.first_unread.reason
    assert pay.first_unread is not None
    assert "según perfil" in pay.first_unread.reason


def test_an_end_that_is_no_later_than_the_posting_is_none(records: Records, tmp_path: Path) -> None:
    row = ECUADOR_ROW | {"fechaHoraVence": ECUADOR_ROW["fechaHoraPublicacion"]}
    report = import_jobs(csv_file(tmp_path / "jobs.csv", row), "computrabajo-ec", records, keep_expired=True)
    (job,) = records.iter_jobs()
    assert job.closes_at is None
    assert report.fields["closes_at"].unread == 1


@pytest.mark.parametrize(("place", "unread"), [("Worldwide", 0), ("Peru", 0), ("Donde vuelan los cóndores", 1)])
def test_a_place_that_limits_nobody_is_understood(records: Records, tmp_path: Path, place: str, unread: int) -> None:
    row = {"Job Title": "Redactora", "Company": "Killa", "Skills": "", "Job Type": "not specified", "Location": place}
    row |= {"Date Posted": "2026-04-16", "Job URL": "https://example.org/remote-jobs/remote-7"}
    report = import_jobs(csv_file(tmp_path / "jobs.csv", row), "remoteok", records)
    assert report.fields["applicant_countries"].unread == unread
    assert "hours_type" not in report.fields


def test_a_row_inside_a_quoted_text_is_no_row_whatever_its_quotes(tmp_path: Path) -> None:
    inner = 'x,"y, z",w'
    content = f'a,b,c\nuno,"{"x" * 200}\n{inner}\n{inner}\nfin",dos\ntres,"cuatro, cinco",seis\n'
    found = rows_of(tmp_path / "jobs.csv", content.encode())
    assert found == [
        (2, {"a": "uno", "b": f"{'x' * 200}\n{inner}\n{inner}\nfin", "c": "dos"}),
        (6, {"a": "tres", "b": "cuatro, cinco", "c": "seis"}),
    ]


def test_rows_after_a_quote_that_stays_open_are_rows(tmp_path: Path) -> None:
    content = 'a,b,c\nuno,"dos,tres\n1,"2, 2",3\n4,"5\n5",6\n'
    found = rows_of(tmp_path / "jobs.csv", content.encode())
    assert [row if isinstance(row, dict) else None for _, row in found] == [
        None,
        {"a": "1", "b": "2, 2", "c": "3"},
        {"a": "4", "b": "5\n5", "c": "6"},
    ]


@pytest.mark.parametrize("company", ["nan", "None", ""])
def test_what_jobspy_lacks_is_no_employer(records: Records, tmp_path: Path, company: str) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text(f"{JOBSPY}\n{jobspy(company=company)}", encoding="utf-8")
    import_jobs(path, "indeed-pe", records)
    assert [job.employer for job in records.iter_jobs()] == [None]

"""Whatever befalls a file, each of its records is a job, or is told with a reason; and damage to one costs no other."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from engine.errors import InvalidInputError
from store.importers.postings.pipeline import import_jobs
from store.importers.postings.report import ImportReport
from store.records.records import Records
from tests.store.importers.postings.test_import_jobs import PERU_ROW

NUMBERS = count()
RECORDS = 5
TROUBLE = st.sampled_from(
    [
        *(
            '"',
            "'",
            ",",
            ";",
            "\n",
            "\r",
            "\0",
            "{",
            "}",
            "[",
            "]",
            "\\",
            "<!--",
            "-->",
            "</script>",
            "//",
            "/*",
            "&quot;",
        ),
        *("ñ", "\ufeff", "\u2028", "\x1f", "]]>", "null", '"@graph":', '"@type":"X"', "\udc80"),
    ]
)


def posting(number: int, place: int) -> dict[str, str]:
    return {"@type": "JobPosting", "title": f"Puesto {place}", "url": f"https://a.pe/{number}/{place}"}


def csv_text(number: int) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, list(PERU_ROW), lineterminator="\n")
    table.writeheader()
    for place in range(RECORDS):
        ours = {"Título": f"Puesto {place}", "Enlace": f"oferta-{number:031X}{place}", "Descripción": "Atender, vender"}
        table.writerow(PERU_ROW | ours)
    return text.getvalue()


def as_csv(number: int) -> bytes:
    return csv_text(number).encode()


def as_utf_16(number: int) -> bytes:
    return csv_text(number).encode("utf-16")


def as_lines(number: int) -> bytes:
    return "\n".join(json.dumps(posting(number, place)) for place in range(RECORDS)).encode()


def as_json(number: int) -> bytes:
    return json.dumps([posting(number, place) for place in range(RECORDS)], indent=1).encode()


def as_page(number: int) -> bytes:
    start = '<script type="application/ld+json">'
    scripts = (f"{start}{json.dumps(posting(number, place))}</script>" for place in range(RECORDS))
    return "\n".join(scripts).encode()


def as_workbook(number: int) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for values in csv.reader(io.StringIO(csv_text(number))):
        book.active.append(values)
    book.save(file)
    return file.getvalue()


KINDS: dict[str, tuple[Callable[[int], bytes], str]] = {
    ".csv": (as_csv, "computrabajo-pe"),
    ".16.csv": (as_utf_16, "computrabajo-pe"),
    ".jsonl": (as_lines, "jobposting"),
    ".json": (as_json, "jobposting"),
    ".html": (as_page, "jobposting"),
    ".xlsx": (as_workbook, "computrabajo-pe"),
}


@st.composite
def damages(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Some bytes taken away, doubled, turned into others, or trouble put among them; here and there."""
    steps = draw(
        st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1), st.integers(1, 60), TROUBLE), min_size=1, max_size=3)
    )

    def damage(content: bytes) -> bytes:
        for kind, share, length, trouble in steps:
            at = int(share * len(content))
            new = (b"", content[at : at + length] * 2, bytes(255 - byte for byte in content[at : at + length]))
            inserted = trouble.encode("utf-8", "surrogateescape")
            content = (
                content[:at] + (inserted if kind == 3 else new[kind]) + content[at + (0 if kind == 3 else length) :]
            )
        return content

    return damage


def imported(path: Path, source: str, records: Records) -> ImportReport | None:
    """What came of it; None where the file as a whole was refused, in words."""
    try:
        return import_jobs(path, source, records)
    except InvalidInputError as error:
        told = str(error)
    assert re.fullmatch(r"[^\x00-\x08\x7f]+", told)
    return None


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(list(KINDS)), damage=damages())
def test_every_record_is_a_job_or_is_told(
    records: Records, tmp_path: Path, kind: str, damage: Callable[[bytes], bytes]
) -> None:
    write, source = KINDS[kind]
    path = tmp_path / f"postings{kind}"
    path.write_bytes(damage(write(next(NUMBERS))))
    before = sum(1 for _ in records.iter_jobs())
    report = imported(path, source, records)
    if report is None:
        return
    after = list(records.iter_jobs())
    assert len(after) - before == report.created
    assert report.read == report.stored + len(report.rejected) + len(report.skipped)
    for told in (report.rejected, report.skipped):
        assert all(row.reason and row.line > 0 for row in told)
    assert all(job.title.strip() for job in after)
    again = import_jobs(path, source, records)
    assert (again.created, again.updated, again.unchanged) == (0, 0, report.stored)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(0, RECORDS - 1), share=st.floats(0, 1), trouble=TROUBLE, kind=st.sampled_from([".csv", ".jsonl"])
)
def test_damage_to_one_line_costs_no_other(
    records: Records, tmp_path: Path, place: int, share: float, trouble: str, kind: str
) -> None:
    write, source = KINDS[kind]
    number, path = next(NUMBERS), tmp_path / f"postings{kind}"
    lines = write(number).splitlines(keepends=True)
    first = len(lines) - RECORDS
    line = lines[first + place]
    at = int(share * (len(line) - 1))
    lines[first + place] = line[:at] + trouble.encode("utf-8", "surrogateescape") + line[at:]
    path.write_bytes(b"".join(lines))
    report = imported(path, source, records)
    assert report is not None
    ids = {job.url or job.job_id for job in records.iter_jobs()}
    lost = {
        n
        for row in report.rejected
        for a, b in re.findall(r"lines (\d+) to (\d+)", row.reason)
        for n in range(int(a), int(b) + 1)
    }
    for other in set(range(RECORDS)) - {place}:
        name = f"https://a.pe/{number}/{other}" if kind == ".jsonl" else f"computrabajo-pe:{number:031X}{other}"
        assert name in ids or first + other + 1 in lost

"""JSON-LD as pages carry it: in comments and CDATA, with real line breaks, under many names, in lists and graphs."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InvalidInputError
from engine.pay import Pay, PayPeriod
from store.importers.postings.linked_data import linked_postings
from store.importers.postings.pipeline import import_jobs
from store.importers.postings.records import SkippedRecord
from store.importers.postings.report import ImportReport
from store.importers.postings.rows import read_rows
from store.records.records import Records

A: dict[str, Any] = {"@type": "JobPosting", "title": "A", "url": "https://a.pe/1"}
TEXT = json.dumps(A)
START = '<script type="application/ld+json">'


def titles(path: Path, content: str) -> list[str]:
    path.write_text(content, encoding="utf-8")
    return [row["title"] if isinstance(row, dict) else f"! {row}" for _, row in read_rows(path)]


def page(*scripts: str) -> str:
    return "<html><body>" + "".join(f"{START}{script}</script>\n" for script in scripts)


@pytest.mark.parametrize(
    "script",
    [
        TEXT,
        f"<!-- {TEXT} -->",
        f"<!--\n{TEXT}\n//-->",
        f"//<![CDATA[\n{TEXT}\n//]]>",
        f"// <![CDATA[\n{TEXT}\n// ]]>",
        f"/*<![CDATA[*/{TEXT}/*]]>*/",
        f"/* <![CDATA[ */ {TEXT} /* ]]> */",
        f"<![CDATA[{TEXT}]]>",
        f"\ufeff{TEXT}",
        f"\n\ufeff  {TEXT};",
        f"{TEXT} ; ",
        f"<!--//--><![CDATA[//><!--\n{TEXT}\n//--><!]]>",
        f"<!--/*--><![CDATA[/*><!--*/\n{TEXT}\n/*]]>*/-->",
        f"#<![CDATA[\n{TEXT}\n#]]>",
        f"/* the ad [1] */ {TEXT} // end",
        f"// the ad {{1}}\n{TEXT}\n/* end */",
        f"<!-- begins -->\n{TEXT}\n<!-- ends -->",
        TEXT.replace('"url"', '/* where */ "url"').replace(", ", ", // more\n"),
        html.escape(html.escape(TEXT)),
        TEXT.replace('"', "&#x22;"),
        html.escape(TEXT),
        TEXT.replace("}", ",}"),
        TEXT.replace('"A"', '"A", "description": "l1\nl2\tl3"'),
        TEXT.replace('"A"', r'"A", "description": "O\'Higgins \Q"'),
        TEXT.replace('"A"', '"A", "baseSalary": NaN, "totalJobOpenings": ' + "1" * 5_000),
        f"[{TEXT},]",
    ],
)
def test_a_script_is_read_however_it_is_wrapped(tmp_path: Path, script: str) -> None:
    assert titles(tmp_path / "page.html", page(script)) == ["A"]
    assert titles(tmp_path / "posting.json", script) == ["A"]


def test_a_script_that_a_cut_page_ends_in_is_read(tmp_path: Path) -> None:
    assert titles(tmp_path / "page.html", f"<html>{START}{TEXT}") == ["A"]
    (cut,) = titles(tmp_path / "page.html", f"<html>{START}{TEXT[:30]}")
    assert "not JSON" in cut


def test_a_line_may_be_a_graph_or_a_list(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    assert titles(path, f'{{"@graph": [{TEXT}]}}\n[{TEXT}, {TEXT}]\n{TEXT}\n{{"title": "B"}}\n') == [*"AAAAB"]


def test_what_is_commented_out_in_a_script_is_no_posting(tmp_path: Path) -> None:
    for script in (f"/* {TEXT} */", f"// {TEXT}"):
        (found,) = titles(tmp_path / "page.html", page(script))
        assert "not JSON" in found
    assert titles(tmp_path / "page.html", page(f"// {TEXT}\n{TEXT.replace('A', 'B')}")) == ["B"]


def test_a_record_of_lines_may_have_line_breaks_in_its_texts(tmp_path: Path) -> None:
    broken = TEXT.replace('"A"', '"A", "description": "l1\nl2\n\nl3"')
    path = tmp_path / "postings.jsonl"
    assert titles(path, f"{broken}\n{TEXT}\n{json.dumps(A, indent=2)}\n{broken}\n") == ["A"] * 4
    lost = titles(path, f"{TEXT}\n{{{TEXT}\nno json\n{TEXT}\n")
    assert [one[:10] for one in lost] == ["A", "! not JSON", "! not JSON", "A"]


def test_line_breaks_in_texts_stay_in_them(records: Records, tmp_path: Path) -> None:
    path = tmp_path / "posting.json"
    path.write_text(TEXT.replace('"A"', '"A", "description": "l1\nl2"'), encoding="utf-8")
    assert import_jobs(path, "jobposting", records) == ImportReport(1, 0, 0, [])
    (job,) = records.iter_jobs()
    assert job.description == "l1\nl2"


def test_entities_in_texts_are_no_quotes_of_json(tmp_path: Path) -> None:
    text = json.dumps(A | {"title": "Operario &quot;A&quot; &amp; B"})
    assert titles(tmp_path / "posting.json", text) == ["Operario &quot;A&quot; &amp; B"]


@pytest.mark.parametrize(
    "quoted",
    [
        f"<!-- {START}{TEXT}</script> -->",
        f"<!--[if IE]>{START}{TEXT}</script><![endif]-->",
        f"<textarea>{START}{TEXT}</script></textarea>",
        f"<script>var page = '{START}{TEXT}';</script>",
        f"<style>/* {START}{TEXT}</script> */</style>",
        f'<script data-type="application/ld+json" type="text/template">{TEXT}</script>',
        f"<!-- {START}{TEXT}</script>",
    ],
)
def test_a_script_that_is_commented_out_or_quoted_is_not_read(tmp_path: Path, quoted: str) -> None:
    other = START + json.dumps(A | {"title": "B"}) + "</script>"
    assert titles(tmp_path / "page.html", f"<html>{other}{quoted}") == ["B"]


@pytest.mark.parametrize(
    "start",
    [
        '<SCRIPT TYPE="application/LD+JSON">',
        "<script type='application/ld+json; charset=utf-8' id=\"a>b\">",
        "<script type=application/ld+json>",
        '<script\n type = "application/ld&#43;json" class="yoast">',
        '<!----><!--> <script type="application/ld+json">',
    ],
)
def test_a_script_s_type_may_be_written_in_many_ways(tmp_path: Path, start: str) -> None:
    assert titles(tmp_path / "page.html", f"<html>{start}{TEXT}</script>") == ["A"]


@pytest.mark.parametrize(
    "document",
    [
        A | {"@type": "https://schema.org/JobPosting"},
        A | {"@type": "http://schema.org/JobPosting"},
        A | {"@type": "schema:JobPosting"},
        A | {"@type": ["JobPosting", "Thing"]},
        A | {"@type": ["http://schema.org/JobPosting"]},
        {"type": "JobPosting", "title": "A"},
        A | {"@type": "https://schema.org/JobPosting/"},
        A | {"@type": " sdo:JobPosting"},
        {"job-count": 1, "jobs": [{"title": "A"}]},
        {"@type": "schema:JobPosting", "schema:title": "A", "schema:hiringOrganization": {"schema:name": "B"}},
        [{"@type": ["http://schema.org/JobPosting"], "http://schema.org/title": [{"@value": "A", "@language": "es"}]}],
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": A}]},
        {"@type": "ItemList", "itemListElement": [A]},
        {"itemListElement": [{"position": 1, "item": A}]},
        {"@type": "WebPage", "mainEntity": A},
        {"@type": "WebPage", "mainEntity": {"@type": "ItemList", "itemListElement": {"item": [A]}}},
        {"@graph": [{"@type": "WebSite", "name": "Bolsa"}, A]},
        {"@type": "Collection", "hasPart": [A]},
    ],
)
def test_a_posting_is_found_under_any_name(document: Any) -> None:
    (found,) = linked_postings(document)
    assert isinstance(found, dict)
    assert found["title"] in ("A", [{"@value": "A", "@language": "es"}])


def test_texts_with_a_language_are_texts(records: Records, tmp_path: Path) -> None:
    path = tmp_path / "posting.json"
    names = {"@type": "schema:JobPosting", "schema:title": {"@value": "Costurera", "@language": "es"}}
    path.write_text(json.dumps(names | {"schema:hiringOrganization": {"schema:name": "Telar"}}), encoding="utf-8")
    import_jobs(path, "jobposting", records)
    (job,) = records.iter_jobs()
    assert (job.title, job.employer) == ("Costurera", "Telar")


def test_what_a_posting_only_names_is_looked_up_in_its_graph() -> None:
    graph = [{"@type": "Organization", "@id": "#org", "name": "Telar"}, A | {"hiringOrganization": {"@id": "#org"}}]
    (found,) = linked_postings({"@graph": graph})
    assert isinstance(found, dict)
    assert found["hiringOrganization"]["name"] == "Telar"


def test_what_is_no_posting_is_skipped_and_said(records: Records, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page('{"@type": "BreadcrumbList", "itemListElement": []}', TEXT, TEXT, "{roto"), encoding="utf-8")
    report = import_jobs(path, "jobposting", records)
    assert (report.created, len(report.rejected), report.read) == (1, 1, 4)
    reasons = [row.reason for row in report.skipped]
    assert reasons == ["no job posting, but breadcrumblist", "the same posting as line 2"]


def test_a_list_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "jobs.json"
    path.write_text(f"[{TEXT},\n{TEXT},\n{TEXT[:20]}", encoding="utf-8")
    found = [row for _, row in read_rows(path)]
    assert [isinstance(row, dict) for row in found] == [True, True, False]
    assert isinstance(found[2], InvalidInputError)
    assert "the rest of it is lost" in str(found[2])


def test_a_list_of_addresses_is_no_posting() -> None:
    document = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "url": "https://a.pe/1"}]}
    (found,) = linked_postings(document)
    assert isinstance(found, SkippedRecord)


def posting(title: str, **told: Any) -> dict[str, Any]:
    return {"@type": "JobPosting", "title": title, "identifier": {"value": "1001"}, **told}


def imported(records: Records, path: Path, *postings: dict[str, Any]) -> ImportReport:
    path.write_text(json.dumps(postings), encoding="utf-8")
    return import_jobs(path, "jobposting", records)


def of(employer: str) -> dict[str, str]:
    return {"@type": "Organization", "name": employer}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"hiringOrganization": of("Telar")}, {"hiringOrganization": of("Killa")}),
        ({"url": "https://a.pe/1"}, {"url": "https://a.pe/2"}),
        ({"url": "https://a.pe/1", "hiringOrganization": of("Telar")}, {"url": "https://a.pe/1"}),
        (
            {"hiringOrganization": of("Telar"), "title": "Costurera"},
            {"hiringOrganization": of("Telar"), "title": "Sastre"},
        ),
    ],
)
def test_postings_that_share_a_requisition_are_each_their_own(
    records: Records, tmp_path: Path, one: dict[str, Any], two: dict[str, Any]
) -> None:
    postings = (posting("Costurera") | one, posting("Costurera") | two)
    assert imported(records, tmp_path / "one.json", *postings) == ImportReport(2, 0, 0, [])
    assert imported(records, tmp_path / "again.json", *postings) == ImportReport(0, 0, 2, [])
    if "title" not in two:
        for place, alone in enumerate(postings):
            assert imported(records, tmp_path / f"{place}.json", alone) == ImportReport(0, 0, 1, [])


def test_a_posting_that_changed_is_the_same_posting(records: Records, tmp_path: Path) -> None:
    told = {"url": "https://a.pe/1", "hiringOrganization": of("Telar")}
    imported(records, tmp_path / "one.json", posting("Costurera", **told))
    assert imported(records, tmp_path / "two.json", posting("Costurera fina", **told)) == ImportReport(0, 1, 0, [])


def test_a_job_that_was_imported_under_its_requisition_alone_keeps_its_id(records: Records, tmp_path: Path) -> None:
    imported(records, tmp_path / "one.json", posting("Costurera", url="https://a.pe/1"))
    (job,) = records.iter_jobs()
    records.delete_job(job.job_id)
    records.put_jobs([replace(job, job_id="jobposting:1001")])
    assert imported(records, tmp_path / "one.json", posting("Costurera", url="https://a.pe/1")).unchanged == 1
    assert imported(records, tmp_path / "two.json", posting("Sastre", url="https://a.pe/2")).created == 1
    assert records.get_job("jobposting:1001").title == "Costurera"


@pytest.mark.parametrize("end", ["9999-12-31", "0001-01-01T00:00:00Z", "0000-00-00", "1970-01-01", "sin fecha", ["x"]])
def test_an_end_that_is_none_costs_no_posting(records: Records, tmp_path: Path, end: Any) -> None:
    assert imported(records, tmp_path / "one.json", posting("A", validThrough=end)).created == 1
    (job,) = records.iter_jobs()
    assert job.closes_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"datePosted": "cuando se pueda"},
        {"validThrough": "2026-02-31"},
        {"url": "ftp://a.pe/1"},
        {"url": "http://"},
        {"totalJobOpenings": -3},
        {"baseSalary": {"value": {"value": 10**30, "unitText": "MONTH"}, "currency": "PEN"}},
        {"hiringOrganization": of("x" * 5_000)},
        {"workHours": "99:99 a 77:77"},
        {"jobLocation": {"address": {"addressCountry": "Narnia"}}},
        {"skills": ["x" * 500, "Excel"]},
    ],
)
def test_a_field_that_is_wrong_is_lost_and_not_the_posting(
    records: Records, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    assert imported(records, tmp_path / "one.json", posting("A", **wrong)).created == 1


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r"])
def test_what_parts_lines_parts_words(records: Records, tmp_path: Path, separator: str) -> None:
    path = tmp_path / "posting.json"
    path.write_text(json.dumps(A | {"description": f"l1{separator}l2"}), encoding="utf-8")
    import_jobs(path, "jobposting", records)
    assert [job.description for job in records.iter_jobs()] == ["l1\nl2"]


@pytest.mark.parametrize(
    "whose",
    [
        ({"identifier": {"name": "X", "value": 7}}, {"identifier": {"name": "Y", "value": 7}}),
        ({"hiringOrganization": {"sameAs": "https://x.pe"}}, {"hiringOrganization": {"sameAs": "https://y.pe"}}),
        ({"hiringOrganization": "X", "url": "/jobs/1"}, {"hiringOrganization": "X", "url": "/jobs/2"}),
    ],
)
def test_an_id_is_an_employer_s_however_it_is_told(records: Records, tmp_path: Path, whose: tuple[Any, Any]) -> None:
    path = tmp_path / "postings.json"
    base = {"@type": "JobPosting", "title": "A", "identifier": "7"}
    path.write_text(json.dumps([base | one for one in whose]), encoding="utf-8")
    assert (import_jobs(path, "jobposting", records).created, len(list(records.iter_jobs()))) == (2, 2)


def test_what_was_escaped_is_read_in_every_field(records: Records, tmp_path: Path) -> None:
    posting = A | {
        "url": "https://a.pe/?a=1&amp;b=2",
        "skills": "Dise&amp;ntilde;o, A&amp;B",
        "datePosted": "16&nbsp;de abril de 2026",
        "jobLocation": {"address": {"addressLocality": "Jun&iacute;n", "addressCountry": "Per&uacute;"}},
        "employmentType": "Tiempo&nbsp;completo",
        "jobLocationType": "H&iacute;brido",
        "baseSalary": {"currency": "PEN", "value": {"value": {"@value": "1500"}, "unitText": "MONTH"}},
    }
    path = tmp_path / "posting.json"
    path.write_text(json.dumps(posting), encoding="utf-8")
    assert not any(count.unread for count in import_jobs(path, "jobposting", records).fields.values())
    (job,) = records.iter_jobs()
    assert (job.url, job.skills, job.city, job.country) == ("https://a.pe/?a=1&b=2", ("Diseño", "A&B"), "Junín", "PE")
    assert (job.hours_type, job.modality, job.posted_at and job.posted_at.day) == ("full_time", "hybrid", 16)
    assert job.pay == Pay(1500, "PEN", PayPeriod.MONTH)

"""Whatever JSON is sent as JSON-LD, it is jobs or it is refused, one posting at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import InvalidInputError
from engine.jobs import Job
from store.importers.postings.linked_data import linked_postings
from store.importers.postings.mapping import load_mapping
from store.importers.postings.markup import without_markup
from store.importers.postings.reading import read_posting
from store.importers.postings.records import SkippedRecord
from store.importers.postings.rows import read_rows

MAPPING = load_mapping("jobposting")
TEXTS = st.text(max_size=12) | st.sampled_from(
    [
        *("Diseñadora", "a\0b", "\ud800", "1" * 5_000, "<!--", "<p>x</p>", "&#0;", "https://a.pe/1", "FULL_TIME", "PE"),
        *("2026-05-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "16 de abril", "PEN", "MONTH"),
        *("Lunes a viernes de 8:00 a 17:00", "24:00", "40 horas", "TELECOMMUTE", "Perú", "S/ 1,500", "-1", "1e400"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([10**400, -0.0]) | TEXTS
KEYS = st.sampled_from(
    [
        *("@type", "@graph", "@id", "title", "name", "description", "identifier", "url", "value", "skills"),
        *("hiringOrganization", "jobLocation", "address", "addressCountry", "addressRegion", "addressLocality"),
        *("baseSalary", "minValue", "maxValue", "currency", "unitText", "workHours", "employmentType"),
        *("jobLocationType", "datePosted", "validThrough", "totalJobOpenings", "applicantLocationRequirements"),
    ]
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=25
)
POSTINGS = st.dictionaries(KEYS, JSON, max_size=8).map(lambda found: {"title": "Diseñadora"} | found)
MANY = 100_000


def nested(value: Any, depth: int, key: str | None = None) -> Any:
    for _ in range(depth):
        value = [value] if key is None else {key: value}
    return value


def read(document: Any) -> list[Job | InvalidInputError | SkippedRecord]:
    """What becomes of each posting of a document."""
    found: list[Job | InvalidInputError | SkippedRecord] = []
    for row in linked_postings(document):
        try:
            found.append(read_posting(row, MAPPING) if isinstance(row, dict) else row)
        except InvalidInputError as error:
            found.append(error)
    return found


@pytest.mark.slow
@settings(max_examples=300)
@given(document=JSON | POSTINGS | st.lists(POSTINGS, max_size=3))
@example({"title": "a", "datePosted": "0001-01-01T00:00:00+14:00"})
@example({"title": "a", "validThrough": "9999-12-31T23:59:59-14:00"})
@example({"title": "a", "totalJobOpenings": "1" * 5_000})
@example({"title": "a", "baseSalary": {"value": 1e308, "currency": "PEN", "unitText": "HOUR"}})
@example({"@type": [[]], "title": "a"})
@example({"@type": {"a": 1}, "title": "a"})
def test_json_ld_is_jobs_or_is_refused(document: Any) -> None:
    for found in read(document):
        if isinstance(found, Job):
            assert found.title.strip()
            assert "\0" not in found.title + found.description
            (found.title + found.description).encode()  # without half of a character, which cannot be stored


@pytest.mark.parametrize(
    "document",
    [
        {"title": nested("a", MANY)},
        {"title": "a", "hiringOrganization": nested("a", MANY, "name")},
        nested({"title": "a"}, MANY),
        nested({"title": "a"}, MANY, "@graph"),
    ],
    ids=["lists in a field", "objects in a field", "lists", "graphs"],
)
def test_what_is_nested_endlessly_is_a_job_without_it_or_is_refused(document: Any) -> None:
    (found,) = read(document)
    assert isinstance(found, InvalidInputError) or (isinstance(found, Job) and found.title == "a")


@given(documents=st.lists(JSON | POSTINGS, max_size=3))
def test_a_file_of_it_is_read_to_its_end(documents: list[Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("linked") / "jobs.json"
    path.write_text(json.dumps(documents))
    in_memory = [row for document in documents for row in linked_postings(document)]
    from_file = [row for _, row in read_rows(path)]
    assert len(from_file) == len(in_memory)


@pytest.mark.parametrize("text", ["[" * MANY, '{"@graph":' * MANY, "[" * MANY + "]" * MANY])
def test_a_file_that_is_nested_endlessly_is_no_json(tmp_path: Path, text: str) -> None:
    path = tmp_path / "jobs.json"
    path.write_text(text)
    with pytest.raises(InvalidInputError, match="not JSON"):
        list(read_rows(path))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<p>uno</p><!-- dos --><p>tres</p>", "uno\n\ntres"),
        ("<p>uno</p><!-- dos <p>tres</p>", "uno\n<!-- dos \ntres"),
        ("<p>uno</p><!-- dos --><!-- tres", "uno\n<!-- tres"),
    ],
)
def test_a_comment_is_left_out_once_it_is_closed(text: str, seen: str) -> None:
    assert without_markup(text).strip() == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("&lt;p&gt;Hola&lt;/p&gt;", "Hola"),
        ("&amp;lt;p&amp;gt;Hola&amp;lt;/p&amp;gt;", "Hola"),
        ("&lt;p&gt;Uno&lt;/p&gt;<br />dos", "Uno\n\n\ndos"),
        ("Dise&amp;ntilde;ador", "Diseñador"),
        ("<p>Dise&amp;ntilde;ador</p>", "Diseñador"),
        ("AT&amp;T y R&amp;amp;D", "AT&T y R&D"),
        ("<p>Conocer &lt;div&gt; y &lt;/span&gt;</p>", "Conocer <div> y </span>"),
        ("Usa &lt;b&gt; siempre", "Usa <b> siempre"),
        ("&amp;amp;amp;lt;p&amp;amp;amp;gt;Hola&amp;amp;amp;lt;/p&amp;amp;amp;gt;", "Hola"),
        ("<p>&lt;strong&gt;Hola&lt;/strong&gt; a todos</p>", "Hola a todos"),
        ("&lt;span style='color:red'&gt;Hola", "Hola"),
        ("&lt;div&gt;Hola y adi", "Hola y adi"),
        ("<![CDATA[<p>Hola</p>]]>", "Hola"),
        ("&lt;![CDATA[&lt;p&gt;Hola&lt;/p&gt;]]&gt;", "Hola"),
        ("Escribe a <juan@acme.pe>", "Escribe a <juan@acme.pe>"),
        ("Pago < 1500 y > 1000, a<b y c>d", "Pago < 1500 y > 1000, a<b y c>d"),
        ("Sueldo <negociable>", "Sueldo <negociable>"),
    ],
)
def test_what_was_escaped_once_too_often_is_plain_text(text: str, seen: str) -> None:
    assert without_markup(text).strip() == seen

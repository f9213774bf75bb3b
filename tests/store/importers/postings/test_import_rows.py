"""Files as rows: every record has its true line, and a bad one does not stop the rest."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidInputError
from store.importers.postings.records import Record
from store.importers.postings.rows import read_rows


def written(folder: Path, name: str, content: bytes) -> Path:
    """A file of `content`, gzipped when its name says so."""
    path = folder / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def outcome(path: Path) -> list[tuple[int, str]]:
    """Each record's line, and its title, what is wrong with it, or why it is passed over."""
    return [(line, said_of(row)) for line, row in read_rows(path)]


def said_of(row: Record) -> str:
    if isinstance(row, dict):
        return str(row["title"])
    return row.message if isinstance(row, InvalidInputError) else row.reason


@pytest.mark.parametrize("name", ["jobs.csv", "jobs.csv.gz"])
def test_csv_records_have_the_line_where_they_start(tmp_path: Path, name: str) -> None:
    content = '\ufefftitle,text\r\nuno,"dos\r\nlíneas, y ""comillas"""\r\n\r\ndos,x\r\n'.encode()
    path = written(tmp_path, name, content)
    assert list(read_rows(path)) == [
        (2, {"title": "uno", "text": 'dos\r\nlíneas, y "comillas"'}),
        (5, {"title": "dos", "text": "x"}),
    ]


def test_bad_csv_records_are_reported_and_the_rest_read(tmp_path: Path) -> None:
    content = b'title,text\nbueno,x\ncorto\nlargo,x,y\nlatin\xe9,x\nbueno,"x\ny"\nfin,x\n'
    assert outcome(written(tmp_path, "jobs.csv", content)) == [
        (2, "bueno"),
        (3, "wrong number of columns"),
        (4, "wrong number of columns"),
        (5, "latiné"),
        (6, "bueno"),
        (8, "fin"),
    ]


def test_a_quote_that_never_closes_is_one_bad_record(tmp_path: Path) -> None:
    content = 'title,text\nuno,x\ndos,"' + "sin fin\n" * 30_000
    rows = list(read_rows(written(tmp_path, "jobs.csv", content.encode())))
    assert rows[0] == (2, {"title": "uno", "text": "x"})
    assert rows[1][0] == 3
    assert isinstance(rows[1][1], InvalidInputError)


@pytest.mark.parametrize("name", ["jobs.jsonl", "jobs.jsonl.gz"])
def test_json_lines_are_read_one_by_one(tmp_path: Path, name: str) -> None:
    content = b'{"title": "uno"}\n\n{"title": \n[1]\n\xff\n{"title": NaN}\n{"title": "dos"}'
    path = written(tmp_path, name, content)
    assert outcome(path) == [
        (1, "uno"),
        (3, "not JSON"),
        (4, "not an object"),
        (5, "not JSON"),
        (6, "None"),
        (7, "dos"),
    ]


def test_linked_data_is_found_alone_in_lists_and_in_graphs(tmp_path: Path) -> None:
    posting = {"@type": "JobPosting", "title": "uno"}
    other = {"@type": "WebSite", "name": "Bolsa"}
    for shape in (posting, {"@graph": [other, posting]}, [{"@graph": posting}]):
        assert outcome(written(tmp_path, "jobs.json", json.dumps(shape).encode())) == [(1, "uno")]
    beside = written(tmp_path, "jobs.json", json.dumps([other, posting]).encode())
    assert outcome(beside) == [(1, "no job posting, but website"), (1, "uno")]


def test_items_of_a_json_list_have_their_own_lines(tmp_path: Path) -> None:
    content = b'\n[\n  {"title": "uno"},\n  3,\n\n  {"title":\n "dos"}\n]'
    assert outcome(written(tmp_path, "jobs.jsonld", content)) == [(3, "uno"), (4, "not an object"), (6, "dos")]


def test_a_page_gives_its_linked_data(tmp_path: Path) -> None:
    page = (
        "<html><script>var x = {};</script>\n"
        '<script type="application/ld+json">{"@type": "JobPosting", "title": "uno"}</script>\n'
        '<script type="application/ld+json">{roto}</script>\n'
        '<script type=\'application/ld+json\'>\n{"@type": "JobPosting", "title": "dos"}</script>'
    )
    assert outcome(written(tmp_path, "page.html", page.encode())) == [(2, "uno"), (3, "not JSON"), (4, "dos")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("jobs.xls", b"x", "kind of file"),
        ("jobs", b"x", "kind of file"),
        ("jobs.json", b"{", "not JSON"),
        ("jobs.json", b"", "nothing is in it"),
        ("jobs.json", b"\xff\xfe", "nothing is in it"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_an_error(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(InvalidInputError, match=reason):
        list(read_rows(written(tmp_path, name, content)))


def test_a_file_that_is_missing_or_not_gzip_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="no such file"):
        list(read_rows(tmp_path / "none.csv"))
    (tmp_path / "plain.csv.gz").write_bytes(b"title\nuno\n")
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(b"title\n" + b"uno\n" * 5000)[:-20])
    for name in ("plain.csv.gz", "cut.csv.gz"):
        with pytest.raises(InvalidInputError, match="not whole gzip"):
            list(read_rows(tmp_path / name))


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, "jobs.csv", b"titulo,lugar\nx,y\n")
    assert len(list(read_rows(path, needed=[("title", "titulo")]))) == 1
    with pytest.raises(InvalidInputError, match=r"expected Pay or Salary; got titulo, lugar"):
        list(read_rows(path, needed=[("title", "titulo"), ("Pay", "Salary")]))


CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)


@given(st.lists(st.tuples(st.text("abc", min_size=1), CELLS), max_size=8))
def test_any_csv_comes_back_with_the_lines_a_plain_count_gives(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "jobs.csv"
    lines, line = [], 2
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(("title", "text"))
        for row in rows:
            writer.writerow(row)
            lines.append(line)
            line += 1 + row[1].count("\n")
    read = list(read_rows(path))
    assert [row for _, row in read] == [{"title": title, "text": text} for title, text in rows]
    assert [number for number, _ in read] == lines

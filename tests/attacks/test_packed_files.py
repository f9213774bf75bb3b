"""Small files that are endless when unpacked, and records without an end."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from engine.errors import InvalidInputError
from store.importers.esco.files import rows
from store.importers.gzip_files import ALWAYS_ALLOWED, MEGABYTE
from store.importers.postings.rows import read_rows


def packed(path: Path, head: bytes, filling: bytes, megabytes: int) -> Path:
    """A gzip of `head` and so much of `filling`."""
    with gzip.open(path, "wb", 1) as file:
        file.write(head)
        for _ in range(megabytes):
            file.write(filling * (MEGABYTE // len(filling)))
    assert path.stat().st_size < MEGABYTE
    return path


@pytest.mark.parametrize(
    ("name", "head", "filling"),
    [
        ("jobs.csv.gz", b"title,description\n", b"a"),
        ("jobs.jsonl.gz", b'{"title": "uno"}\n', b" "),
        ("jobs.html.gz", b"<p>", b"<script>"),
    ],
)
def test_a_file_of_postings_that_is_endless_when_unpacked_is_refused(
    tmp_path: Path, name: str, head: bytes, filling: bytes
) -> None:
    path = packed(tmp_path / name, head, filling, ALWAYS_ALLOWED // MEGABYTE + 2)
    with pytest.raises(InvalidInputError, match="far larger when unpacked"):
        list(read_rows(path))


def test_so_is_one_of_a_classification(tmp_path: Path) -> None:
    path = packed(tmp_path / "skills.csv.gz", b"conceptUri,preferredLabel\n", b"a", ALWAYS_ALLOWED // MEGABYTE + 2)
    with pytest.raises(InvalidInputError, match="far larger when unpacked"):
        list(rows(path, ["conceptUri"]))


def test_a_record_of_endless_lines_is_lost_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    line = b" " * MEGABYTE + b"\n"
    path.write_bytes(b'{"title": "' + line * 17 + b'uno"}\n{"title": "dos"}\n')
    found = [record for _, record in read_rows(path)]
    assert found[-1] == {"title": "dos"}
    assert {type(record) for record in found[:-1]} == {InvalidInputError}

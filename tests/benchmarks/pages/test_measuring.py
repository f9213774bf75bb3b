"""What `chamba bench pages` is made of: a copy of the data that leaves the data alone, requests, mails, tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.pages.request_bytes import alternately
from benchmarks.pages.run import sections
from benchmarks.pages.town import Somebody, copy_data_dir
from benchmarks.pages.views import mailed_code
from engine.errors import ArtifactError, ChambaError

VIEW = {"kilobytes": 27.2, "script_kilobytes": 18.7, "requests": 11.0, "nodes": 65.0}


def test_what_is_written_to_a_copy_is_not_in_the_data(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    for folder in (data / "bundles", data / "models", copy):
        folder.mkdir(parents=True)
    (data / "master.keys").write_text("keys")
    with closing(sqlite3.connect(data / "chamba.db")) as ours:
        ours.execute("CREATE TABLE jobs (title TEXT)")
        copy_data_dir(data, copy)
        with closing(sqlite3.connect(copy / "chamba.db")) as theirs:
            theirs.execute("INSERT INTO jobs VALUES ('Costura')")
            theirs.commit()
        assert ours.execute("SELECT count(*) FROM jobs").fetchone() == (0,)
    assert (copy / "bundles").resolve() == data / "bundles"


def test_without_data_it_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="chamba sample"):
        copy_data_dir(tmp_path, tmp_path)


def test_each_is_asked_of_the_api_and_then_as_a_page() -> None:
    asked = alternately(("127.0.0.1", 8000), [Somebody("ana", "galleta-ana"), Somebody("eva", "galleta-eva")])
    first = [next(asked) for _ in range(4)]
    assert [one.partition(b" HTTP")[0] for one in first] == [b"POST /v1/me/recommendations", b"GET /trabajos"] * 2
    assert b"Bearer ana" in first[0]
    assert b"galleta-eva" in first[3]
    assert first[0].endswith(b"\r\nContent-Type: application/json\r\n\r\n" + b'{"limit":21}')


def test_a_code_is_read_of_the_newest_mail_to_somebody(tmp_path: Path) -> None:
    for name, to, text in [
        ("1", "ana@a.pe", "123456 es"),
        ("2", "ana@a.pe", "042517 es"),
        ("3", "eva@a.pe", "999999 es"),
    ]:
        (tmp_path / f"{name}.eml").write_text(f"To: {to}\nSubject: Hola\n\n{text} tu código\n")
    assert mailed_code(tmp_path, "ana@a.pe", 0) == "042517"
    with pytest.raises(ChambaError, match="no mail"):
        mailed_code(tmp_path, "luz@a.pe", 0)


def test_a_page_is_told_beside_the_api() -> None:
    latency = {
        "api": {"p50_ms": 2.0, "p99_ms": 5.0},
        "page": {"p50_ms": 4.0, "p99_ms": 12.0},
        "capacity_per_second": 80.0,
    }
    journey = {name: value for name, value in VIEW.items() if name != "nodes"}
    views, way, beside = sections({"latency": latency, "views": {"/": VIEW}, "journey": journey})
    assert [row.measures.get("kilobytes") for row in views.rows] == [27.2, 246.0, 2_559.0]
    assert way.rows[0].measures == journey
    assert beside.rows[-1].measures == {"p50_ms": 2.0, "p99_ms": 7.0}

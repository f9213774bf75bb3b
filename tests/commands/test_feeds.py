"""`chamba feeds` as an operator meets it: what it prints, what it exits with, and that a kill costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from typer.testing import CliRunner

import chamba
from store.feeds.status import read_status
from tests.local_site import Reply, Site, local_site
from tests.store.feeds.conftest import board, page, sitemap

FEED = 'kind = "remotive"\naddress = "{site}/{path}"\nevery = "6h"\ngap_seconds = 0.1\n'


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback."""
    with local_site() as found:
        yield found


@pytest.fixture
def data_dir(
    tmp_path: Path, database_url: str, commands_use: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A data folder without feeds, from which loopback may be read."""
    commands_use(database_url)
    monkeypatch.setenv("CHAMBA_FEEDS_NETWORKS", "127.0.0.0/8")
    (tmp_path / "feeds").mkdir()
    return tmp_path


def run(data_dir: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and everything printed."""
    result = CliRunner().invoke(chamba.app, ["feeds", *arguments, "--data-dir", str(data_dir)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def write(data_dir: Path, site: Site, name: str, path: str) -> None:
    (data_dir / "feeds" / f"{name}.toml").write_text(FEED.format(site=site.address, path=path))


def test_from_a_file_to_a_report(data_dir: Path, site: Site) -> None:
    assert run(data_dir) == (0, f"no feed file (.toml) in {data_dir}/feeds\n")
    write(data_dir, site, "taller", "api")
    assert run(data_dir) == (0, "taller: remotive, every 6h; never run, due now\n")
    assert run(data_dir, "report") == (0, "no feed has run yet\n")
    site.set("/api", board(1, 2))
    status, printed = run(data_dir, "run")
    assert (status, printed) == (
        0,
        "taller: complete: 2 read = 2 new + 0 changed + 0 same + 0 rejected + 0 skipped; 0 closed; "
        "1 documents, 0 failed\n",
    )
    assert run(data_dir, "run") == (0, "no feed is due\n")
    assert "2 same" in run(data_dir, "run", "taller")[1]
    assert "2 same" in run(data_dir, "run", "--all")[1]
    assert "last run complete: 2 read, 0 new" in run(data_dir)[1]
    status, printed = run(data_dir, "report", "taller", "--runs", "3")
    assert [line.split(",")[1] for line in printed.splitlines()] == [" run 3", " run 2", " run 1"]


def test_one_that_fails_leaves_the_rest_and_the_exit_status_says_so(data_dir: Path, site: Site) -> None:
    for name in ("a", "malo", "z"):
        write(data_dir, site, name, name)
    (data_dir / "feeds" / "roto.toml").write_text("kind = 3")
    site.set("/a", board(1))
    site.set("/z", board(1, 2))
    site.set("/malo", Reply(status=403))
    status, printed = run(data_dir, "run")
    assert status == 1
    assert "a: complete" in printed
    assert "z: complete" in printed
    assert "malo: failed" in printed
    assert "the host answered 403" in printed
    assert "roto: the feed roto.toml cannot be used" in printed
    told = read_status(data_dir / "feeds")
    assert {name: (one.failures, one.postings["new"]) for name, one in told.items()} == {
        "a": (0, 1),
        "malo": (1, 0),
        "z": (0, 2),
    }


def test_half_a_source_is_closed_by_somebodys_word_alone(data_dir: Path, site: Site) -> None:
    write(data_dir, site, "taller", "api")
    site.set("/api", board(1, 2, 3, 4))
    run(data_dir, "run", "--all")
    site.set("/api", board(1))
    run(data_dir, "run", "--all")
    status, printed = run(data_dir, "run", "--all")
    assert (status, "3 that disappeared left open" in printed) == (1, True)
    status, printed = run(data_dir, "run", "--all", "--accept-closing")
    assert (status, "3 closed" in printed) == (0, True)


def test_a_feed_that_is_not_there_is_told(data_dir: Path, site: Site) -> None:
    write(data_dir, site, "taller", "api")
    result = CliRunner().invoke(chamba.app, ["feeds", "run", "otro", "--data-dir", str(data_dir)])
    assert "no such feed; expected taller; got otro" in str(result.exception)


def test_loopback_is_asked_only_where_it_is_named(data_dir: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHAMBA_FEEDS_NETWORKS")
    write(data_dir, site, "taller", "api")
    status, printed = run(data_dir, "run")
    assert (status, "private network" in printed, site.paths()) == (1, True, [])


@pytest.mark.slow
def test_a_process_that_is_killed_is_gone_on_with(data_dir: Path, site: Site, database_url: str) -> None:
    def stall(_handler: BaseHTTPRequestHandler) -> None:
        process.kill()
        site.ended.wait()

    numbers = range(8)
    for number in numbers:
        site.set(f"/aviso/{number}", page(number))
    site.set("/aviso/5", Reply(writes=stall), Reply(page(5)))
    site.set("/sitemap.xml", sitemap(*[f"{site.address}/aviso/{number}" for number in numbers]))
    text = f'kind = "sitemap"\naddress = "{site.address}/sitemap.xml"\ngap_seconds = 0.1\n'
    (data_dir / "feeds" / "mapa.toml").write_text(text)
    place = ["--data-dir", str(data_dir), "--database-url", database_url]
    process = subprocess.Popen([sys.executable, "-m", "chamba", "feeds", "run", *place])
    assert process.wait() == -9
    site.forget()
    assert "8 read = 8 new" in run(data_dir, "run")[1]
    assert [path for path in site.paths() if path.startswith("/aviso")] == ["/aviso/5", "/aviso/6", "/aviso/7"]


def test_what_servers_show_is_what_the_last_run_did(data_dir: Path, site: Site) -> None:
    write(data_dir, site, "taller", "api")
    site.set("/api", board(1, 2))
    run(data_dir, "run")
    told = json.loads((data_dir / "feeds" / "status.json").read_text())["taller"]
    assert told["postings"] == {
        **{"read": 2, "new": 2, "changed": 0, "same": 0, "rejected": 0, "skipped": 0},
        **{"held": 0, "closed": 0, "not_closed": 0},
    }
    assert told["outcome"] == "complete"


def test_a_feed_that_is_read_no_more_leaves_nothing_open(data_dir: Path, site: Site) -> None:
    for name in ("taller", "otro"):
        write(data_dir, site, name, "api")
    site.set("/api", board(1, 2))
    run(data_dir, "run")
    result = CliRunner().invoke(chamba.app, ["feeds", "retire", "taller", "--data-dir", str(data_dir)])
    assert "has its file still" in str(result.exception)
    (data_dir / "feeds" / "taller.toml").unlink()
    assert run(data_dir, "retire", "taller") == (0, "taller: 2 postings closed\n")
    assert run(data_dir, "retire", "taller") == (0, "taller: 0 postings closed\n")
    assert "taller" not in run(data_dir, "report")[1]
    write(data_dir, site, "taller", "api")
    assert "2 changed" in run(data_dir, "run")[1]

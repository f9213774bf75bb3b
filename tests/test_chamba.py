"""The command line as a newcomer meets it: every command, on the tiny model, in a folder of its own."""

from __future__ import annotations

import json
import re
import shlex
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

import chamba
from engine.errors import InvalidInputError
from index.bundle import current_folder
from index.serving import open_bundle
from tests.databases import NewDatabaseUrl

HEADER = (
    "Título,Ubicación,FechaPublicación,Enlace,DetalleContrato,Salario,TipoPago,Descripción,Requisitos,NombreEmpresa"
)


def run(*arguments: str, data_dir: Path) -> tuple[int, str]:
    """Exit status and everything printed."""
    result = CliRunner().invoke(chamba.app, [*arguments, "--data-dir", str(data_dir)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture
def data_dir(tmp_path: Path, tiny_models: Path, database_url: str, commands_use: Callable[[str], None]) -> Path:
    """A data folder that has a model and an empty database."""
    commands_use(database_url)
    (tmp_path / "models").symlink_to(tiny_models)
    return tmp_path


def test_from_a_sample_to_a_recommendation(data_dir: Path) -> None:
    status, printed = run("sample", "--jobs", "60", "--seekers", "20", data_dir=data_dir)
    assert (status, "60 jobs new" in printed, "20 people" in printed) == (0, True, True)
    status, printed = run("index", "--recall-floor", "0.5", data_dir=data_dir)
    # Some ads have ended, some wait for a moderator.
    (jobs, encoded) = re.findall(r"(\d+) jobs, (\d+) encoded", printed)[0]
    assert (status, 50 <= int(jobs) < 60, jobs == encoded) == (0, True, True)
    status, printed = run("index", "--recall-floor", "0.5", data_dir=data_dir)
    assert (status, f"{jobs} jobs, 0 encoded" in printed) == (0, True)
    status, printed = run("recommend", "Diseñadora gráfica", "--limit", "3", data_dir=data_dir)
    assert status == 0
    assert [line[:2] for line in printed.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]


def test_a_sample_is_of_the_day_it_is_taken_on(data_dir: Path) -> None:
    today = datetime.now(UTC)
    run("sample", "--jobs", "60", "--seekers", "5", data_dir=data_dir)
    run("index", "--recall-floor", "0.5", data_dir=data_dir)
    bundle = open_bundle(current_folder(data_dir / "bundles") or data_dir)
    posted = bundle.recommender.segments[0].catalogue.columns.posted_at.tolist()
    ages = [today - datetime.fromtimestamp(at, UTC) for at in posted]
    assert timedelta(0) <= min(ages)
    assert max(ages) <= timedelta(days=41)
    of_a_day = ["sample", "--jobs", "60", "--seekers", "5", "--as-of", "2026-07-01", "--days", "730"]
    assert "60 changed" in run(*of_a_day, data_dir=data_dir)[1]
    assert "60 as they were" in run(*of_a_day, data_dir=data_dir)[1]


def test_hours_in_the_text_count_like_hours_asked_for(data_dir: Path) -> None:
    run("sample", "--jobs", "60", "--seekers", "5", data_dir=data_dir)
    run("index", "--recall-floor", "0.5", data_dir=data_dir)
    text = "Asistente, disponible lunes a viernes de 19:00 a 23:00"
    stated = run("recommend", text, data_dir=data_dir)
    asked = run("recommend", text, "--free", "mon-fri 19:00-23:00", data_dir=data_dir)
    anytime = run("recommend", "Asistente", data_dir=data_dir)
    assert stated[1].splitlines()[0] == "understood: Horario: lun a vie 19:00-23:00"
    assert stated[1].splitlines()[1:] == asked[1].splitlines()
    assert stated[1].splitlines()[-1] != anytime[1].splitlines()[-1]
    calendar, busy = data_dir / "calendario.ics", "DTSTART:20200106T080000\nDURATION:PT11H\nRRULE:FREQ=DAILY"
    calendar.write_text(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n{busy}\nEND:VEVENT\nEND:VCALENDAR\n", encoding="utf-8")
    named = ["--calendar", str(calendar), "--free", "lun-vie 08:00-23:00"]
    status, printed = run("recommend", text, *named, data_dir=data_dir)
    assert (status, [line for line in printed.splitlines() if line not in asked[1]]) == (
        0,
        ["- Eventos que se repiten y que quitamos de tus horas libres: 1."],
    )
    with pytest.raises(InvalidInputError, match="--free"):
        run("recommend", text, "--calendar", str(calendar), data_dir=data_dir)


def test_a_bundle_that_shrank_is_told_and_not_published(
    data_dir: Path, new_database_url: NewDatabaseUrl, commands_use: Callable[[str], None]
) -> None:
    run("sample", "--jobs", "60", "--seekers", "5", data_dir=data_dir)
    run("index", "--recall-floor", "0.5", data_dir=data_dir)
    status, printed = run("index", "--recall-floor", "1", "--as-of", "2020-01-01", data_dir=data_dir)
    assert (status, " jobs, " in printed) == (0, True)
    commands_use(new_database_url(data_dir))
    run("sample", "--jobs", "20", "--seekers", "5", data_dir=data_dir)
    status, printed = run("index", "--recall-floor", "0.5", data_dir=data_dir)
    assert status == 1
    assert "the catalogue shrank" in printed
    assert "--force" in printed


def test_bad_rows_are_printed_with_their_line(data_dir: Path) -> None:
    file = data_dir / "postings.csv"
    url = "https://example.org/0123456789ABCDEF0123456789ABCDEF"
    good = f"Asistente,Lima,1 de mayo,{url},Teletrabajo,No disponible,No disponible,Hola,,Taller"
    file.write_text(f"{HEADER}\n{good}\n,Lima,,,,,,,,\n", encoding="utf-8")
    status, printed = run("import-jobs", str(file), "--source", "computrabajo-pe", data_dir=data_dir)
    assert status == 0
    assert "line 3:" in printed
    assert "1 jobs new" in printed
    assert "1 rows rejected" in printed


def test_the_printed_request_works_and_the_server_stops_cleanly(
    tiny_bundles: Path, tmp_path: Path, database_url: str, commands_use: Callable[[str], None]
) -> None:
    commands_use(database_url)
    (tmp_path / "bundles").symlink_to(tiny_bundles)
    run("partner", "create", "demo", "--key-file", str(tmp_path / "demo.key"), data_dir=tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "chamba", "serve", "--port", port, "--data-dir", str(tmp_path)]
    root = Path(chamba.__file__).parent
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root) as server:
        try:
            assert server.stdout is not None
            line = next(line for line in server.stdout if line.startswith("curl "))
            read = re.sub(r"\$\(cat (.*?)\)", lambda found: Path(found[1]).read_text().strip(), line)
            words = shlex.split(read.split("|")[0])
            url = next(word for word in words if word.startswith("http"))
            headers = [after.split(": ") for word, after in pairwise(words) if word == "-H"]
            request = urllib.request.Request(url, words[words.index("-d") + 1].encode(), dict(headers))
            with urllib.request.urlopen(request, timeout=30) as answer:
                assert set(json.load(answer)) >= {"recommendations", "bundle", "candidates"}
        finally:
            server.terminate()
            _, errors = server.communicate(timeout=30)
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["import-jobs", "nowhere.csv", "--source", "computrabajo-pe"], "nowhere.csv"),
        (["import-jobs", "nowhere.csv", "--source", "linkedin"], "computrabajo-pe"),
        (["index"], "chamba build-model"),
        (["recommend", "hola"], "chamba index"),
        (["recommend", "hola", "--free", "noon"], "mon-fri 19:00-23:00"),
        (["train"], "chamba sample"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_do(
    arguments: list[str],
    expected: str,
    tmp_path: Path,
    tiny_bundles: Path,
    new_database_url: NewDatabaseUrl,
    commands_use: Callable[[str], None],
) -> None:
    commands_use(new_database_url(tmp_path, is_migrated=False))
    if "--free" in arguments:
        (tmp_path / "bundles").symlink_to(tiny_bundles)
    command = [sys.executable, "-m", "chamba", *arguments, "--data-dir", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(chamba.__file__).parent)
    assert result.returncode == 2
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("chamba:")]
    assert expected in line
    assert "Traceback" not in result.stderr

"""chamba analytics and chamba report, as somebody who types them meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands.app import app
from engine.errors import ChambaError
from engine.jobs import Job
from engine.seekers import Seeker
from store.database import open_database
from store.records.records import Records


def run(*arguments: str, data_dir: Path, **environment: str) -> tuple[int, str]:
    """Exit status and everything printed."""
    result = CliRunner().invoke(app, [*arguments, "--data-dir", str(data_dir)], env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_from_a_store_to_answers_and_a_report(database_url: str, tmp_path: Path) -> None:
    records = Records(open_database(database_url))
    records.put_jobs([Job("job-a", "Redactora", skills=("Excel",))])
    records.put_seekers(Seeker(f"person-{number}", text="Excel") for number in range(6))
    assert "take one: chamba analytics snapshot" in run("analytics", "list", data_dir=tmp_path)[1]
    with pytest.raises(ChambaError, match="chamba analytics snapshot"):
        run("report", "--out", str(tmp_path / "report.html"), data_dir=tmp_path)
    status, printed = run("analytics", "snapshot", data_dir=tmp_path, CHAMBA_DATABASE_URL=database_url)
    version = (tmp_path / "analytics" / "current").resolve().name
    assert (status, f"snapshot {version}: 5 people, 1 jobs, 1 skills, 0 shown, 0 steps" in printed) == (0, True)
    assert f"* {version}" in run("analytics", "list", data_dir=tmp_path)[1]
    shown = json.loads(run("analytics", "show", "skills", data_dir=tmp_path)[1])
    assert shown["rows"] == [["Excel", 5, 1, 1, 5.0]]
    assert (
        run("analytics", "show", "skills", "--format", "csv", data_dir=tmp_path)[1].splitlines()[1] == "Excel,5,1,1,5.0"
    )
    with pytest.raises(ChambaError, match="--out FILE"):
        run("analytics", "show", "skills", "--format", "parquet", data_dir=tmp_path)
    out = tmp_path / "skills.parquet"
    chosen = ("--format", "parquet", "--out", str(out), "--snapshot", version)
    assert "1 rows, 0 cells hidden" in run("analytics", "show", "skills", *chosen, data_dir=tmp_path)[1]
    assert out.read_bytes()[:4] == b"PAR1"
    period = ("--since", "2026-06-01", "--until", "2026-06-30", "--language", "en")
    assert run("report", "--out", str(tmp_path / "report.html"), *period, data_dir=tmp_path)[0] == 0
    assert '<html lang="en">' in (tmp_path / "report.html").read_text("utf-8")
    assert run("analytics", "forget", "--before", "2100-01-01", data_dir=tmp_path) == (0, "")


def test_people_have_the_same_pseudonyms_in_every_snapshot_of_a_database(database_url: str, tmp_path: Path) -> None:
    records = Records(open_database(database_url))
    records.put_seekers([Seeker("ana")])
    for _ in range(2):
        run("analytics", "snapshot", data_dir=tmp_path, CHAMBA_DATABASE_URL=database_url)
    files = {path.read_bytes() for path in tmp_path.glob("analytics/2*/people.parquet")}
    assert len(list(tmp_path.glob("analytics/2*"))) == 2
    assert len(files) == 1


def test_a_period_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    run("analytics", "snapshot", data_dir=tmp_path)
    with pytest.raises(ChambaError, match="ends before it begins"):
        run("analytics", "show", "funnel", "--since", "2026-06-02", "--until", "2026-06-01", data_dir=tmp_path)

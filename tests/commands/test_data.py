"""chamba data, as somebody who types it meets it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from typer.testing import CliRunner

import chamba
from engine.placements import Placement
from store.database import open_database
from store.records.records import Records


def run(*arguments: str, data_dir: Path) -> tuple[int, str]:
    """Exit status and everything printed."""
    result = CliRunner().invoke(chamba.app, ["data", *arguments, "--data-dir", str(data_dir)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_from_a_sample_to_a_snapshot_that_fails(
    tmp_path: Path, database_url: str, commands_use: Callable[[str], None]
) -> None:
    commands_use(database_url)
    assert run("list", data_dir=tmp_path) == (
        0,
        f"no snapshot in {tmp_path}/snapshots; take one: chamba data snapshot\n",
    )
    CliRunner().invoke(chamba.app, ["sample", "--jobs", "120", "--seekers", "90", "--data-dir", str(tmp_path)])
    status, printed = run("snapshot", data_dir=tmp_path)
    version = (tmp_path / "snapshots" / "current").resolve().name
    assert (status, f"snapshot {version}: 120 jobs, 90 seekers" in printed) == (0, True)
    assert "nothing written" in run("snapshot", data_dir=tmp_path)[1]
    assert run("check", str(tmp_path / "snapshots" / version), data_dir=tmp_path)[0] == 0
    future = datetime.now(UTC) + timedelta(days=400)
    database = open_database(database_url)
    late = [Placement(f"late-{number}", "sample:job-000001", future, 0) for number in range(25)]
    Records(database).add_placements(late)
    database.dispose()
    status, printed = run("snapshot", "--accept-drift", data_dir=tmp_path)
    assert status == 2
    assert "ranges: a value is impossible: grade, date, pay, hours, count, kind or position; 25 in all" in printed
    assert len([line for line in printed.split("ranges:")[1].splitlines() if "late-" in line]) >= 20
    status, printed = run("list", data_dir=tmp_path)
    passed, failed = printed.splitlines()
    assert (passed[:18], passed.endswith("passed")) == (f"* {version}", True)
    assert (failed[:2], failed.endswith("failed")) == ("  ", True)
    assert run("check", str(tmp_path / "snapshots" / failed.split()[0]), data_dir=tmp_path)[0] == 2
    assert run("check", data_dir=tmp_path)[0] == 0


def test_a_folder_that_is_no_snapshot_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chamba", "data", "check", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(chamba.__file__).parent)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("chamba: there is no snapshot.json")
    assert "chamba data snapshot" in line

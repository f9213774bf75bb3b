"""What a command makes is its owner's alone to read, and a server shuts the folder of before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.server import _keep_from_others


@pytest.mark.sqlite_only("the files of PostgreSQL are its own")
def test_a_command_makes_nothing_that_others_can_read(tmp_path: Path) -> None:
    data = tmp_path / "data"
    command = [sys.executable, "-m", "chamba", "partner", "create", "Bolsa Sur", "--data-dir", str(data)]
    before = os.umask(0o022)
    try:
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"CHAMBA_DATABASE_URL": ""})
    finally:
        os.umask(before)
    made = [data, *data.rglob("*")]
    assert {path.name for path in made} >= {"chamba.db", "master.keys"}
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in made if path.stat().st_mode & 0o077} == {}


def test_a_server_shuts_a_folder_that_everybody_could_read_and_leaves_its_group(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    _keep_from_others(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o750
    _keep_from_others(tmp_path / "none")

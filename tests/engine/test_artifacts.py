"""One writer a folder: the lock says who is busy, and a killed holder does not keep it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.artifacts import only_one
from engine.errors import ArtifactError

HOLD = """
import sys, time
from pathlib import Path
from engine.artifacts import only_one
with only_one(Path(sys.argv[1]), "a child holds"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_holder_is_told_who_is_busy_and_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "not there yet"
    told = r"another job is in .*not there yet.*run it again"
    with (
        only_one(folder, "a test holds"),
        pytest.raises(ArtifactError, match=told),
        only_one(folder, "another job is in"),
    ):
        pytest.fail("held twice")
    with only_one(folder, "another job is in"):
        pass


def test_a_killed_holder_frees_the_folder(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(ArtifactError, match="a test waits"), only_one(tmp_path, "a test waits for"):
            pytest.fail("held twice")
        child.kill()
    with only_one(tmp_path, "a test waits for"):
        pass

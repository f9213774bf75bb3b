"""The Prefect flow really runs: every step of a retraining on a tiny world, one of which dies once and is tried again.

It needs Prefect's own environment, which `make check-flow` makes; without that it is skipped.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.encoder.encoder import TowerEncoder
from index.bundle import BundleManifest, current_folder
from sample.world import generate_world
from tests.databases import NewDatabaseUrl
from tests.training.snapshot_parts import store_of

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-prefect" / "bin" / "python"
FLOW = ROOT / "deploy" / "prefect" / "flow.py"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only("slow, and the same with any database"),
    pytest.mark.skipif(not (PYTHON.parents[1] / ".installed").exists(), reason="no .venv-prefect: make check-flow"),
]


@pytest.fixture
def data_dir(tmp_path: Path, new_database_url: NewDatabaseUrl, commands_use: Callable[[str], None]) -> Path:
    """A data folder with a tiny sample world."""
    url = new_database_url(tmp_path / "data")
    store_of(generate_world(seed=3, job_count=90, seeker_count=240), url)
    commands_use(url)
    return tmp_path / "data"


@pytest.fixture
def chamba(tmp_path: Path) -> Path:
    """Chamba's command line, killed the first time that it exports."""
    script = tmp_path / "chamba"
    script.write_text(
        f"""#!/bin/sh
case "$*" in *"--step export"*)
    if mkdir "{tmp_path}/died"; then kill -9 $$; fi;;
esac
exec "{sys.executable}" -m chamba "$@"
"""
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def test_a_step_that_died_is_tried_again_and_the_model_is_served(
    data_dir: Path, chamba: Path, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    options = [
        "--encoder",
        f"hf:{tiny_hugging_face}",
        "--epochs",
        "4",
        "--batch-pairs",
        "32",
        "--learning-rate",
        "0.02",
    ]
    options += ["--recall-floor", "0.5", "--no-reranker", "--data-dir", str(data_dir)]
    command = [str(PYTHON), str(FLOW), "once", "--chamba", str(chamba), "--retry-delay-seconds", "0", "--", *options]
    environment = os.environ | {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    printed = done.stdout + done.stderr
    assert done.returncode == 0, printed
    assert printed.count("Retry 1/2") == 1
    assert "export ended with status -9" in printed.replace("--step ", "")
    (state,) = [json.loads(path.read_text()) for path in (data_dir / "retrain").glob("2*/state.json")]
    assert state["outcome"] == "published"
    bundle = current_folder(data_dir / "bundles")
    assert bundle is not None
    assert BundleManifest.read(bundle).model_id == TowerEncoder(data_dir / "models" / "current").model_id

"""The README tells the truth: its request is the one that is printed, and its files are there."""

from __future__ import annotations

import re
from pathlib import Path

from api.server import example_request

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_request_is_the_one_that_make_run_prints(tmp_path: Path) -> None:
    (tmp_path / "demo.key").write_text("chamba_…")
    shown = example_request("http://127.0.0.1:8000", tmp_path).replace(str(tmp_path), "data")
    assert shown in README


def test_every_file_to_edit_exists() -> None:
    table = README.split("## To change X, edit Y")[1]
    named = re.findall(r"`((?:engine|index|store|training|api|commands|benchmarks|sample|grafana)/[\w./-]*)`", table)
    assert len(named) > 8
    assert [path for path in named if not (ROOT / path).exists()] == []

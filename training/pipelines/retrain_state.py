"""What a retraining has done so far, on disk after every step, so that a killed one goes on where it stopped.

retrain/
  current -> 20261124T020000        the one that goes on, or the last that ended
  20261124T020000/
    state.json  gate.json  models/
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from engine.artifacts import point_link, write_atomically
from engine.errors import ArtifactError, InvalidInputError

STATE, CURRENT = "state.json", "current"
STATE_FORMAT_VERSION = 1
ID_FORMAT = "%Y%m%dT%H%M%S%f"
FRESH = "begin anew: chamba retrain --fresh"

Output = dict[str, Any]


class Outcome(StrEnum):
    """How far a retraining is."""

    UNFINISHED = "unfinished"
    REFUSED = "refused"
    PUBLISHED = "published"


@dataclass(slots=True)
class RetrainState:
    """One retraining: its settings and the output of every finished step, by the step's name."""

    folder: Path
    config: dict[str, Any]
    steps: dict[str, Output] = field(default_factory=dict)
    outcome: Outcome = Outcome.UNFINISHED

    @property
    def retrain_id(self) -> str:
        """Its name: when it began."""
        return self.folder.name

    def output(self, step: str) -> Output:
        """What a finished step left for those after it; raises InvalidInputError when it has not run."""
        if step not in self.steps:
            raise InvalidInputError(f"the step {step} has not run yet", fix=f"chamba retrain --step {step}")
        output: Output = self.steps[step]["output"]
        return output

    def record(self, step: str, output: Output, seconds: float) -> None:
        """Keep a finished step."""
        self.steps[step] = {
            "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(seconds, 1),
            "config_hash": config_hash(self.config),
            "output": output,
        }
        self.save()

    def forget(self, step: str) -> None:
        """Have a step run again."""
        del self.steps[step]
        self.save()

    @property
    def began_at(self) -> datetime:
        """When it began."""
        return datetime.strptime(self.retrain_id, ID_FORMAT).replace(tzinfo=UTC)

    def save(self) -> None:
        """Write it."""
        document = {
            "format_version": STATE_FORMAT_VERSION,
            "outcome": self.outcome.value,
            "config": self.config,
            "config_hash": config_hash(self.config),
            "steps": self.steps,
        }
        write_atomically(self.folder / STATE, orjson.dumps(document, option=orjson.OPT_INDENT_2))


def config_hash(config: Mapping[str, Any]) -> str:
    """A name for settings."""
    return hashlib.sha256(orjson.dumps(config, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def begin(retrains: Path, config: dict[str, Any]) -> RetrainState:
    """A new retraining, which becomes `current`."""
    folder = retrains / f"{datetime.now(UTC):{ID_FORMAT}}"
    state = RetrainState(folder, config)
    state.save()
    point_link(retrains / CURRENT, folder.name)
    return state


def latest(retrains: Path) -> RetrainState | None:
    """The current retraining, None before the first; raises ArtifactError when its state cannot be read."""
    folder = (retrains / CURRENT).resolve()
    if not (retrains / CURRENT).is_symlink():
        return None
    try:
        document = orjson.loads((folder / STATE).read_bytes())
        if document["format_version"] != STATE_FORMAT_VERSION:
            raise ValueError("another format")
        return RetrainState(folder, document["config"], document["steps"], Outcome(document["outcome"]))
    except (OSError, ValueError, KeyError) as cause:
        raise ArtifactError(f"{folder / STATE} cannot be read", fix=FRESH) from cause


def require_same(state: RetrainState, config: dict[str, Any]) -> None:
    """Raise InvalidInputError when a retraining on its way began with other settings."""
    changed = sorted(name for name in config if state.config.get(name) != config[name])
    if changed:
        raise InvalidInputError(
            f"the retraining {state.retrain_id} began with other settings",
            expected=", ".join(f"{name} {state.config.get(name)}" for name in changed),
            got=", ".join(f"{name} {config[name]}" for name in changed),
            fix=f"run it with those, or {FRESH}",
        )

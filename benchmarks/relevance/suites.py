"""The tests that `chamba bench relevance` knows, and the folder of the data that each of them reads."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from engine.errors import InvalidInputError


class Suite(StrEnum):
    """A test; the values are what `--only` takes."""

    TALENTCLEF = "talentclef"
    MELO = "melo"
    DECISION_BR = "decision-br"
    SAMPLE = "sample"


FOLDERS = {
    Suite.TALENTCLEF: "talentclef2025-taskA",
    Suite.MELO: "melo-es",
    Suite.DECISION_BR: "decision-br",
}


def chosen_suites(only: list[Suite], data: Path | None) -> list[Suite]:
    """The suites asked for; without a word all of them, or, without data, those that need none.

    Raises:
        InvalidInputError: a chosen suite's folder is not there.
    """
    chosen = list(dict.fromkeys(only)) or [suite for suite in Suite if data is not None or suite not in FOLDERS]
    for suite in chosen:
        if suite in FOLDERS and (data is None or not (data / FOLDERS[suite]).is_dir()):
            raise InvalidInputError(
                f"{suite} needs data that is not here",
                expected=f"a folder {FOLDERS[suite]} in --data",
                got=str(data) if data is not None else "no --data",
                fix="name the folder that holds it, or leave it out: --only sample",
            )
    return chosen

"""The sentences labelled by hand, as rows to measure readers on. `LABELS.md` beside this says how they are labelled."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

FOLDER = Path(__file__).parent
SILENT_KINDS = frozenset({"none", "unclear", "hours_only"})
WINDOWS_TELL_HOURS = frozenset({"fixed", "one_of", "core_overlap"})

Value = Any  # what a field says, as plain JSON; None: nothing, or not in one way


class Half(StrEnum):
    """The halves by employer: readers are worked on with one and judged on the other."""

    DEVELOPMENT = "development"
    TEST = "test"


@dataclasses.dataclass(frozen=True, slots=True)
class LabelledSentence:
    """What a posting of `source` says in running text or in columns of its own, and the `truths`, any of them right."""

    sentence_id: str
    field: str
    source: str
    truths: tuple[Value, ...]
    text: str = ""
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def states(self) -> bool:
        """Whether a reader has to answer: no truth says that nothing is told."""
        return None not in self.truths

    @property
    def words(self) -> str:
        """What the posting says, for people who read examples."""
        return self.text or " | ".join(self.columns.values())


def labelled_sentences(half: Half, folder: Path = FOLDER) -> list[LabelledSentence]:
    """Every sentence of a half. A line of schedules is two rows: one of the schedule, one of the hours a week."""
    return [row for path in sorted((folder / half).glob("*.jsonl")) for row in _rows(path)]


def _rows(path: Path) -> Iterator[LabelledSentence]:
    for line in path.read_bytes().splitlines():
        document = orjson.loads(line)
        if path.stem != "schedule":
            yield _row(document, path.stem, tuple(document["truths"]))
            continue
        yield _row(document, "schedule", tuple(_schedule(truth) for truth in document["truths"]))
        hours = document.get("weekly_hours")
        if hours is not None or document["truths"][0]["kind"] not in WINDOWS_TELL_HOURS:
            yield _row(document, "weekly_hours", (hours,))


def _row(document: Mapping[str, Any], name: str, truths: tuple[Value, ...]) -> LabelledSentence:
    text, columns = document.get("text", ""), document.get("columns", {})
    return LabelledSentence(document["id"], name, document["source"], truths, text, columns)


def _schedule(truth: Mapping[str, Any]) -> Value:
    """The schedule of a label; None where a reader should be silent."""
    is_silent = truth["kind"] in SILENT_KINDS or truth.get("time_zones") == ["unknown"]
    return None if is_silent else truth

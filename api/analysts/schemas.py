"""What analysts read: snapshots, and answers as columns and rows."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from api.schemas.fields import WHEN, Document

SNAPSHOT = "20261125T190000000000-5f2d6c1a"


class SnapshotDocument(Document):
    """A snapshot of everything, people under pseudonyms; `rewritten_at`: when somebody was erased from it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "version": SNAPSHOT,
                    "taken_at": WHEN,
                    "counts": {"people": 4000, "jobs": 3000},
                    "rewritten_at": None,
                    "is_current": True,
                }
            ]
        }
    )

    version: str
    taken_at: str
    counts: dict[str, int]
    rewritten_at: str | None
    is_current: bool


class Snapshots(Document):
    """Every snapshot, the oldest first; `damaged` says what is wrong with those that cannot be read."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [], "damaged": []}]})

    items: list[SnapshotDocument]
    damaged: list[str]


class AnswerColumn(Document):
    """A column and the unit of its values."""

    name: str
    type: str
    unit: str


class AnswerTable(Document):
    """An answer; null where a value is hidden, because it would tell about few people, or where there is none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": "funnel",
                    "snapshot": SNAPSHOT,
                    "columns": [{"name": "step", "type": "text", "unit": ""}],
                    "rows": [["shown"], ["clicked"]],
                    "suppressed_cells": 0,
                    "hidden": [],
                    "notes": ["Una persona y un trabajo cuentan una vez por paso."],
                }
            ]
        }
    )

    question: str
    snapshot: str
    columns: list[AnswerColumn]
    rows: list[list[Any]]
    suppressed_cells: int
    hidden: list[list[int]]
    notes: list[str]

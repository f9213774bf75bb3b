"""What a file of postings is made of: records, each with the line where it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.errors import InvalidInputError

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SkippedRecord:
    """A record that is no posting, and why."""

    reason: str


Record = Row | InvalidInputError | SkippedRecord
NumberedRow = tuple[int, Record]

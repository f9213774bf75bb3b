"""What a run counts: read = new + changed + same + rejected + skipped, always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_PROBLEMS = 50
LONGEST_PROBLEM = 400


class Outcome(StrEnum):
    """How a run ended; one that stopped, or was killed, is gone on with by the next."""

    RUNNING = "running"
    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True)
class RunCounts:
    """Postings by what became of them, and documents.

    `held`: those of them that signs of fraud keep from being shown; `not_closed`: those that disappeared, too many at
    once to be believed; `unread`: fields that postings state and that were not understood, by name.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    skipped: dict[str, int] = field(default_factory=dict)  # by why
    unread: dict[str, int] = field(default_factory=dict)
    held: int = 0
    closed: int = 0
    not_closed: int = 0
    documents: int = 0
    failed_documents: int = 0
    failed_listings: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def skipped_count(self) -> int:
        """All that were passed over."""
        return sum(self.skipped.values())

    @property
    def read(self) -> int:
        """All that were met."""
        return self.new + self.changed + self.same + self.rejected + self.skipped_count

    def skip(self, reasons: Iterable[str]) -> None:
        """Count what is passed over, by why."""
        self.skipped = dict(Counter(self.skipped) + Counter(reasons))

    def leave_unread(self, fields: Iterable[str]) -> None:
        """Count fields that were lost, by name."""
        self.unread = dict(Counter(self.unread) + Counter(fields))

    def tell(self, problem: str) -> None:
        """Keep a problem for the report; of very many the first."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem.replace("\0", "")[:LONGEST_PROBLEM])

    def document(self) -> dict[str, Any]:
        """As it is stored, without the problems."""
        names = [name for name in self.__slots__ if name != "problems"]
        return {"read": self.read, **{name: getattr(self, name) for name in names}}

    @classmethod
    def of(cls, stored: Mapping[str, Any], problems: list[str]) -> RunCounts:
        """The counts of a document; what it lacks is 0."""
        names = [name for name in cls.__slots__ if name != "problems"]
        return cls(**{name: stored[name] for name in names if name in stored}, problems=list(problems))

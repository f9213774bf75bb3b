"""Writes that the server said it has, with what proves each, and what was answered meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock

OURS = 500


class Kind(StrEnum):
    """What was written; the name and the proof of each are told beside."""

    ACCOUNT = "accounts"  # mail address; account id
    PROFILE = "profiles saved"  # account id and number; the number
    APPLICATION = "applications"  # application id; account id
    MESSAGE = "messages"  # its own text; application id
    JOB = "partner's jobs"  # job id; title
    PERSON = "partner's people"  # seeker id; text
    EVENT = "events"  # event id; job id
    POSTING = "imported ads"  # job id; title


@dataclass
class Ledger:
    """Of many threads."""

    acknowledged: dict[Kind, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    statuses: Counter[int] = field(default_factory=Counter)
    unanswered: int = 0
    failures: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def acknowledge(self, kind: Kind, name: str, proof: str) -> None:
        """The server said that it has it."""
        with self._lock:
            self.acknowledged[kind][name] = proof

    def names(self, kind: Kind) -> list[str]:
        """Of what was acknowledged so far."""
        with self._lock:
            return list(self.acknowledged[kind])

    def count(self, status: int | None, asked: str, told: str = "") -> None:
        """An answer, or None for a connection that ended without one; a failure of ours is kept in words."""
        with self._lock:
            if status is None:
                self.unanswered += 1
                return
            self.statuses[status] += 1
            if status == OURS:
                self.failures.append(f"{asked}: {status} {told[:200]}")

    def fail(self, told: str) -> None:
        """Something else went wrong."""
        with self._lock:
            self.failures.append(told)

    def lost(self, kind: Kind, found: Mapping[str, str]) -> list[str]:
        """The names of what was acknowledged and is not among what was found, or is with another proof."""
        return [name for name, proof in self.acknowledged[kind].items() if found.get(name) != proof]

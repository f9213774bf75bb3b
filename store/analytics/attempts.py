"""Whether a snapshot is being taken, since when, and how long the last one took: a file beside the snapshots.

Every process that serves reads it. A killed one leaves an attempt behind that goes on for ever: it is soon late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import orjson

from engine.artifacts import write_atomically

ATTEMPT = "attempt.json"
LATE_AFTER, LATE_FACTOR = timedelta(minutes=1), 3


class AttemptState(StrEnum):
    """What became of the newest attempt."""

    NONE = "none"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Attempt:
    """The newest attempt: when it began, and the seconds that the last one took which went well."""

    state: AttemptState = AttemptState.NONE
    begun_at: datetime | None = None
    last_seconds: float | None = None

    @property
    def is_running(self) -> bool:
        """Whether a snapshot is being taken."""
        return self.state is AttemptState.RUNNING

    def is_late(self, now: datetime) -> bool:
        """Whether it goes on for so long that whoever took it may be gone."""
        usual = max(LATE_AFTER, LATE_FACTOR * timedelta(seconds=self.last_seconds or 0))
        return self.is_running and self.begun_at is not None and now > self.begun_at + usual


def newest_attempt(folder: Path) -> Attempt:
    """What is known of the newest attempt in the folder of snapshots; a file that cannot be read is none."""
    try:
        document = orjson.loads((folder / ATTEMPT).read_bytes())
        seconds = document["last_seconds"]
        return Attempt(
            AttemptState(document["state"]),
            datetime.fromisoformat(document["begun_at"]),
            None if seconds is None else float(seconds),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Attempt()


def note_beginning(folder: Path, now: datetime) -> None:
    """A snapshot is being taken from now on."""
    _write(folder, Attempt(AttemptState.RUNNING, now, newest_attempt(folder).last_seconds))


def note_end(folder: Path, seconds: float | None) -> None:
    """The attempt took so many seconds; None: nothing came of it."""
    attempt = newest_attempt(folder)
    if seconds is None:
        _write(folder, replace(attempt, state=AttemptState.FAILED))
    else:
        _write(folder, replace(attempt, state=AttemptState.DONE, last_seconds=seconds))


def _write(folder: Path, attempt: Attempt) -> None:
    begun_at = None if attempt.begun_at is None else attempt.begun_at.isoformat()
    document = {"state": attempt.state, "begun_at": begun_at, "last_seconds": attempt.last_seconds}
    write_atomically(folder / ATTEMPT, orjson.dumps(document))

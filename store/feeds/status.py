"""How feeds stand, in a file of the data folder: servers show it in `/metrics` without asking the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from pydantic import AwareDatetime, TypeAdapter, ValidationError

from engine.artifacts import write_atomically

if TYPE_CHECKING:
    from store.feeds.ledger import FeedState

STATUS_FILE = "status.json"
OUTCOMES = ("read", "new", "changed", "same", "rejected", "held", "closed", "not_closed")


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """How a feed stands; `postings`: those of its last run by what became of them."""

    succeeded_at: AwareDatetime | None
    due_at: AwareDatetime
    outcome: str
    failures: int
    postings: dict[str, int]

    def age_seconds(self, now: datetime) -> float | None:
        """How long ago it was read whole; None where it never was."""
        return None if self.succeeded_at is None else (now - self.succeeded_at).total_seconds()


STATUS = TypeAdapter(dict[str, FeedStatus])


def feeds_folder(data_dir: Path) -> Path:
    """Where feed files lie, and their status beside them."""
    return data_dir / "feeds"


def write_status(folder: Path, states: Mapping[str, FeedState], names: Iterable[str]) -> None:
    """Write how the feeds of `names` stand, those that never ran apart."""
    told = {name: _told(states[name]) for name in sorted(names) if name in states}
    write_atomically(folder / STATUS_FILE, orjson.dumps(told, option=orjson.OPT_INDENT_2))


def read_status(folder: Path) -> dict[str, FeedStatus]:
    """What was written last; nothing where nothing was, or where it cannot be read."""
    try:
        return STATUS.validate_json((folder / STATUS_FILE).read_bytes())
    except (OSError, ValidationError):
        return {}


def _told(state: FeedState) -> FeedStatus:
    counts = state.counts.document()
    postings = {**{name: counts[name] for name in OUTCOMES}, "skipped": state.counts.skipped_count}
    return FeedStatus(state.succeeded_at, state.due_at, state.outcome, state.failures, postings)

"""How feeds stand, in a file of the data folder: servers show it in `/metrics` without asking the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from engine.artifacts import write_atomically
from store.feeds.ledger import FeedState

STATUS_FILE = "status.json"
OUTCOMES = ("read", "new", "changed", "same", "rejected", "held", "closed", "not_closed")


def feeds_folder(data_dir: Path) -> Path:
    """Where feed files lie, and their status beside them."""
    return data_dir / "feeds"


def write_status(folder: Path, states: Mapping[str, FeedState], names: Iterable[str]) -> None:
    """Write how the feeds of `names` stand, those that never ran apart."""
    told = {name: _told(states[name]) for name in sorted(names) if name in states}
    write_atomically(folder / STATUS_FILE, orjson.dumps(told, option=orjson.OPT_INDENT_2))


def read_status(folder: Path) -> dict[str, dict[str, Any]]:
    """What was written last; nothing where nothing was, or where it cannot be read."""
    try:
        found = orjson.loads((folder / STATUS_FILE).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def age_seconds(status: Mapping[str, Any], now: datetime) -> float | None:
    """How long ago the feed was read whole; None where it never was."""
    stated = status.get("succeeded_at")
    return (now - datetime.fromisoformat(stated)).total_seconds() if stated else None


def _told(state: FeedState) -> dict[str, Any]:
    counts = state.counts.document()
    return {
        "succeeded_at": None if state.succeeded_at is None else state.succeeded_at.isoformat(),
        "due_at": state.due_at.isoformat(),
        "outcome": state.outcome,
        "failures": state.failures,
        "postings": {**{name: counts[name] for name in OUTCOMES}, "skipped": state.counts.skipped_count},
    }

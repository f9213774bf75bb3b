"""Names for new rows: UUIDs of version 7 (RFC 9562, 5.7), whose texts sort in the order in which they were made."""

from __future__ import annotations

from uuid_utils import uuid7


def new_id() -> str:
    """A new UUID of version 7; of one process, the later one is larger. Safe to call from any thread."""
    return str(uuid7())

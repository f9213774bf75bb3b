"""Names for new rows: UUIDs of version 7 (RFC 9562, 5.7), whose texts sort in the order in which they were made."""

from __future__ import annotations

import os
import time
import uuid


def new_id() -> str:
    """A new UUID of version 7: 48 bits of milliseconds since 1970, 74 bits of chance."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = milliseconds << 80 | 0x7 << 76 | (random >> 68) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return str(uuid.UUID(int=value))

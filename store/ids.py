"""Names for new rows: UUIDs of version 7 (RFC 9562, 5.7), whose texts sort in the order in which they were made."""

from __future__ import annotations

import os
import time
import uuid
from threading import Lock

CHANCE_BITS = 74
STEP_BYTES = 4  # how far apart two of one millisecond may be: nobody guesses one from the other


class _Ids:
    """48 bits of milliseconds since 1970, 74 bits of chance. In one millisecond the later is larger (RFC 9562, 6.2)."""

    def __init__(self) -> None:
        self._lock, self._last = Lock(), 0

    def new(self) -> uuid.UUID:
        """The next; larger than any before, whatever the clock says."""
        chance = int.from_bytes(os.urandom(CHANCE_BITS // 8 + 1)) >> 8 - CHANCE_BITS % 8
        now = time.time_ns() // 1_000_000 << CHANCE_BITS | chance
        step = 1 + int.from_bytes(os.urandom(STEP_BYTES))
        with self._lock:
            number = self._last = max(now, self._last + step)
        milliseconds, first, rest = number >> CHANCE_BITS, number >> 62 & 0xFFF, number & (1 << 62) - 1
        return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | first << 64 | 0b10 << 62 | rest)


_IDS = _Ids()


def new_id() -> str:
    """A new UUID of version 7; of one process, the later one is larger. Safe to call from any thread."""
    return str(_IDS.new())

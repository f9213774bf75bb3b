"""What computes steps back behind what answers: threads of lower priority, where the system has such (Linux)."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

# As `nice` counts. The interpreter's lock is held by one thread at a time, and whoever answers waits for it: a thread
# that holds it may not stand far behind other programs. One that lets go of it while it computes may.
BESIDE, COMPUTING = 5, 19


def step_back(niceness: int, native_id: int | None = None) -> None:
    """Have a thread, this one by default, and those that it starts, stand so far back. Nothing brings it forward."""
    if sys.platform != "linux":
        return
    thread_id = threading.get_native_id() if native_id is None else native_id
    with suppress(OSError):  # it has ended meanwhile, or a sandbox lets no thread choose
        if os.getpriority(os.PRIO_PROCESS, thread_id) < niceness:
            os.setpriority(os.PRIO_PROCESS, thread_id, niceness)

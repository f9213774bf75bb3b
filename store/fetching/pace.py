"""A rate for each host, whoever asks it: two feeds of one host share it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from store.fetching.errors import OutOfTimeError

Clock = Callable[[], float]
Sleep = Callable[[float], None]


class HostPace:
    """Hands out turns of hosts, one after the other."""

    def __init__(self, clock: Clock = time.monotonic, sleep: Sleep = time.sleep) -> None:
        """`clock` in seconds from any moment on."""
        self.clock, self._sleep = clock, sleep
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def take_turn(self, host: str, gap_seconds: float, until: float) -> None:
        """Wait for the host's next turn, after which it has `gap_seconds` of rest.

        Raises OutOfTimeError at once, and takes no turn, where that one comes after `until` by the clock.
        """
        with self._lock:
            now = self.clock()
            turn = max(now, self._free_at.get(host, now))
            if turn > until:
                raise OutOfTimeError(f"{host} may be asked again in {turn - now:.0f} s, after the end of this run")
            self._free_at[host] = turn + gap_seconds
        if turn > now:
            self._sleep(turn - now)

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for a while."""
        with self._lock:
            self._free_at[host] = max(self._free_at.get(host, 0.0), self.clock() + seconds)

"""Following the store's changes of jobs on a thread of its own: to read a new ad takes milliseconds, and the event loop
answers nobody meanwhile."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Lock

from engine.encoder.thread_priority import BESIDE, step_back
from index.serving import BundleWatch

# So few are followed within a hundredth of a second, and an answer waits for them. More than those are an import, for
# which nobody waits: an answer meanwhile is that of the moment before it.
CHANGES_AT_ONCE = 16
LONGEST_WAIT_SECONDS = 0.5  # for few whose texts are long


class JobFollower:
    """Has the served bundle take in changes. Safe to share between threads."""

    def __init__(self, watch: BundleWatch) -> None:
        self._watch, self._lock = watch, Lock()
        self._executor: ThreadPoolExecutor | None = None
        self._queued: Future[None] | None = None

    def follow(self) -> Future[None]:
        """Done when every change that is there now is served; those who ask meanwhile share the next round.

        Its error is the store's.
        """
        with self._lock:
            if self._executor is None:
                self._executor = ThreadPoolExecutor(1, "following", initializer=partial(step_back, BESIDE))
            if self._queued is None:
                self._queued = self._executor.submit(self._round)
            return self._queued

    def wait(self, change_count: int) -> None:
        """Have so many changes followed, and wait for few of them; raises the store's error where it waited."""
        following = self.follow()
        if change_count <= CHANGES_AT_ONCE:
            with suppress(TimeoutError):
                following.result(LONGEST_WAIT_SECONDS)

    async def wait_beside(self, change_count: int) -> None:
        """As `wait`, while the event loop answers others."""
        following = self.follow()
        if change_count <= CHANGES_AT_ONCE:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                    await asyncio.shield(asyncio.wrap_future(following))

    def close(self) -> None:
        """Wait for the round that has begun, and end the thread; the next `follow` starts another."""
        with self._lock:
            executor, self._executor, self._queued = self._executor, None, None
        if executor is not None:
            executor.shutdown(cancel_futures=True)

    def _round(self) -> None:
        with self._lock:
            self._queued = None
        self._watch.catch_up()

"""Threads for work of one kind, apart from those of requests: following bundles, answering batches, looking on."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TypeVar

LEAST_PRIORITY = 19

Result = TypeVar("Result")


class BackgroundThread:
    """Does one piece of work after the other on a thread of its own, which starts with the first.

    It has the least priority, so that requests go first, unless it `is_prompt`.
    """

    def __init__(self, name: str, *, is_prompt: bool = False) -> None:
        self._name, self._initializer = name, None if is_prompt else _step_back
        self._executor: Executor | None = None

    async def run(self, work: Callable[[], Result]) -> Result:
        """What `work` returns, once those before it are done."""
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, self._name, initializer=self._initializer)
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def close(self) -> None:
        """Wait for the work that has begun, and end the thread; the next `run` starts another."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


def _step_back() -> None:
    if sys.platform == "linux":  # where a thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LEAST_PRIORITY)

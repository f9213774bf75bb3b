"""Threads for work of one kind, apart from those of requests: following bundles, answering batches, looking on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from engine.encoder.thread_priority import BESIDE, step_back

Result = TypeVar("Result")


class BackgroundThread:
    """Does one piece of work after the other on a thread of its own, which starts with the first.

    It steps back, so that requests go first, unless it `is_prompt`.
    """

    def __init__(self, name: str, *, is_prompt: bool = False) -> None:
        self._name, self._initializer = name, None if is_prompt else partial(step_back, BESIDE)
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

"""Who is let in: past a number of requests waiting, the next is told at once to come again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Self, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter

from api.http.problems import ProblemError, ProblemKind

RETRY_AFTER_SECONDS = 1
# So many are answered one after the other within a few milliseconds, before anybody else is looked at.
FEW = 4
# They are answered in turns; each of a thousand people takes the better part of a second.
MOST_BATCHES, RETRY_BATCH_AFTER_SECONDS = 8, 5

Result = TypeVar("Result")


class Admission:
    """Counts the requests of one process that wait or are answered, and lets no more than `most_inside` in."""

    def __init__(self, most_inside: int, threads: int) -> None:
        """`threads`: how many requests that need the encoder, or wait for the database, run at a time."""
        self._most_inside, self._inside = most_inside, 0
        self._batches = 0
        self._threads = threads
        self._limiter: CapacityLimiter | None = None
        self._turns = asyncio.Lock()

    @property
    def is_full(self) -> bool:
        """Whether nobody else gets in."""
        return self._inside >= self._most_inside

    def overloaded(self) -> ProblemError:
        """What the next is told."""
        return _overloaded(f"{self._inside} requests", RETRY_AFTER_SECONDS)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """A place for a batch while it is answered; raises the 503 problem, with Retry-After, when there is none."""
        if self._batches >= MOST_BATCHES:
            raise _overloaded(f"{self._batches} batches", RETRY_BATCH_AFTER_SECONDS)
        self._batches += 1
        try:
            yield
        finally:
            self._batches -= 1

    async def __aenter__(self) -> Self:
        """Take a place inside; raises the 503 problem, with Retry-After, when there is none."""
        if self.is_full:
            raise self.overloaded()
        self._inside += 1
        try:
            # Everybody who has arrived enters, and is counted, before the first is answered.
            await asyncio.sleep(0)
        except BaseException:  # cancelled here, nobody leaves
            self._inside -= 1
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave."""
        self._inside -= 1

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """The event loop for some work of one's own; between two turns it reads who has arrived and turns them away."""
        async with self._turns:
            if self._inside > FEW:
                await asyncio.sleep(0)
            yield

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """`work` on a worker thread, when one of the few is free."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(self._threads)
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)


def _overloaded(waiting: str, retry_after_seconds: int) -> ProblemError:
    detail = f"{waiting} wait already; try again in {retry_after_seconds} s"
    return ProblemError(ProblemKind.OVERLOADED, detail, headers={"Retry-After": str(retry_after_seconds)})

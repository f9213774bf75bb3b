"""Who is let in: past a number of requests waiting, the next is told at once to come again.

Places go round by caller. When all are taken, somebody who has fewer than another gets one of theirs: the request of
the other that has waited shortest is told to come again.
"""

from __future__ import annotations

import asyncio
from collections import Counter as Counts
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

import anyio.to_thread
from anyio import CapacityLimiter

from api.http.problems import ProblemError
from api.http.turns import Turns, overloaded
from engine.errors import Message

# So many are answered one after the other within a few milliseconds, before anybody else is looked at.
FEW, MOST_OVER = 4, 2
# They are answered in turns; each of a thousand people takes the better part of a second.
MOST_BATCHES, MOST_BATCHES_OF_ONE, RETRY_BATCH_AFTER_SECONDS = 8, 4, 5
# With those whose reader does not read: each keeps a piece of a megabyte until it does, or is cut off.
MOST_BEGUN, MOST_BEGUN_OF_ONE = 128, 16

# They wait for the database, and compute next to nothing.
READING_THREADS = 8

Result = TypeVar("Result")


class Admission:
    """The requests of one process that wait or are answered, by caller; no more than `most_inside` are let in."""

    def __init__(self, most_inside: int, threads: int) -> None:
        """`threads`: how many requests that need the encoder, or wait for the database, run at a time."""
        self._most_inside = most_inside
        self._inside: Counts[str] = Counts()
        self._batches: Counts[str] = Counts()
        self._begun: Counts[str] = Counts()
        self._turns, self._threads, self._reading_threads = Turns(1), _Threads(threads), _Threads(READING_THREADS)

    def has_place(self, caller: str) -> bool:
        """Whether a caller would get in: a place is free, or another has more than their share."""
        return self._inside.total() < self._most_inside or self._greediest(caller) is not None

    def overloaded(self) -> ProblemError:
        """What the next is told."""
        return overloaded(Message("{count} requests", count=self._inside.total()))

    @asynccontextmanager
    async def place(self, caller: str) -> AsyncIterator[None]:
        """A place inside; raises the 503 problem, with Retry-After, when there is none."""
        if self._inside.total() >= self._most_inside and not self._make_room(caller):
            raise self.overloaded()
        self._inside[caller] += 1
        try:
            # Everybody who has arrived enters, and is counted, before the first is answered.
            await asyncio.sleep(0)
            yield
        finally:
            _count_out(self._inside, caller)

    @asynccontextmanager
    async def turn(self, caller: str) -> AsyncIterator[None]:
        """The event loop for some work of one's own; between two turns it reads who has arrived and turns them away."""
        async with self._turns.turn(caller):
            if self._inside.total() > FEW:
                await asyncio.sleep(0)
            yield

    async def in_thread(self, caller: str, work: Callable[[], Result]) -> Result:
        """`work` on a worker thread, when one of the few is free and it is the caller's turn."""
        return await self._threads.run(caller, work)

    async def in_reading_thread(self, caller: str, read: Callable[[], Result]) -> Result:
        """As `in_thread`, for what waits for the database and nothing else: nobody's encoder is waited for."""
        return await self._reading_threads.run(caller, read)

    @contextmanager
    def batch(self, caller: str) -> Iterator[BatchPlace]:
        """A place for a batch while it is answered; raises the 503 problem, with Retry-After, when there is none."""
        limits = ((self._batches, MOST_BATCHES, MOST_BATCHES_OF_ONE), (self._begun, MOST_BEGUN, MOST_BEGUN_OF_ONE))
        for counts, most, most_of_one in limits:
            if counts.total() >= most or counts[caller] >= most_of_one:
                raise overloaded(Message("{count} batches", count=counts.total()), RETRY_BATCH_AFTER_SECONDS)
        place = BatchPlace(self._batches, caller)
        self._begun[caller] += 1
        try:
            yield place
        finally:
            place.leave()
            _count_out(self._begun, caller)

    def _greediest(self, caller: str) -> str | None:
        """Who has so many more places than a caller that one of them is the caller's."""
        other, count = max(self._inside.items(), key=lambda one: one[1], default=("", 0))
        return other if count > self._inside[caller] + 1 else None

    def _make_room(self, caller: str) -> bool:
        greediest = self._greediest(caller)
        if greediest is None:
            return False
        if any(turns.drop(greediest) for turns in (self._threads.turns, self._reading_threads.turns, self._turns)):
            return True
        return self._inside.total() < MOST_OVER * self._most_inside  # all of theirs have only just come, or begun


class _Threads:
    """Some worker threads, whose `turns` go round by caller."""

    def __init__(self, count: int) -> None:
        self.turns, self._count = Turns(count), count
        self._limiter: CapacityLimiter | None = None

    async def run(self, caller: str, work: Callable[[], Result]) -> Result:
        """What `work` returns, when one of the threads is free and it is the caller's turn."""
        if self._limiter is None:  # which is made within an event loop
            self._limiter = CapacityLimiter(self._count)
        async with self.turns.turn(caller):
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)


class BatchPlace:
    """The place of a batch, which is nobody's while its reader does not read."""

    def __init__(self, batches: Counts[str], caller: str) -> None:
        self._batches, self._caller, self._is_held = batches, caller, False
        self.hold()

    def hold(self) -> None:
        """Take it, if need be as one more than there are: what has begun goes on."""
        if not self._is_held:
            self._is_held = True
            self._batches[self._caller] += 1

    def leave(self) -> None:
        """Leave it to others."""
        if self._is_held:
            self._is_held = False
            _count_out(self._batches, self._caller)


def _count_out(counts: Counts[str], caller: str) -> None:
    counts[caller] -= 1
    if not counts[caller]:
        del counts[caller]

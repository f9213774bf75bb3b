"""Turns: what only so many can use at a time goes round those who want it, a turn of each, whoever came with more."""

from __future__ import annotations

import asyncio
import math
from collections import Counter as Counts
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.http.problems import ProblemError, ProblemKind
from engine.errors import Message

RETRY_AFTER_SECONDS = 1
LONGEST_WAIT_SECONDS = 10.0

Waiting = asyncio.Future[None]


class Turns:
    """Of one event loop. A caller that waits alone waits in the order of its requests."""

    def __init__(self, at_once: float, longest_wait_seconds: float = LONGEST_WAIT_SECONDS) -> None:
        """So many have a turn at a time; whoever waits longer than that is told to come again."""
        self._at_once, self._longest_wait_seconds = at_once, longest_wait_seconds
        self._running: Counts[str] = Counts()
        self._waiting: OrderedDict[str, deque[Waiting]] = OrderedDict()  # in the order in which they have their turns
        self._most: dict[str, float] = {}

    @asynccontextmanager
    async def turn(
        self, caller: str, most_at_once: float = math.inf, most_waiting: float = math.inf
    ) -> AsyncIterator[None]:
        """A turn, when it is the caller's; raises the 503 problem, with Retry-After, where it does not come.

        `most_at_once` and `most_waiting` are of this caller's requests.
        """
        await self._take(caller, most_at_once, most_waiting)
        try:
            yield
        finally:
            self._leave(caller)

    def drop(self, caller: str) -> bool:
        """Tell the request of a caller that waits shortest to come again; False where none waits."""
        for waiting in reversed(self._waiting.get(caller, ())):
            if not waiting.done():
                waiting.set_exception(overloaded(Message("others who asked less")))
                return True
        return False

    async def _take(self, caller: str, most_at_once: float, most_waiting: float) -> None:
        if self._has_turn(caller, most_at_once):
            self._running[caller] += 1
            return
        count = len(self._waiting.get(caller, ()))
        if count >= most_waiting:
            raise overloaded(Message("{count} requests of this caller", count=count))
        waiting: Waiting = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(caller, deque()).append(waiting)
        self._most[caller] = most_at_once
        try:
            async with asyncio.timeout(self._longest_wait_seconds):
                await waiting
        except BaseException as error:
            self._forget(caller, waiting)
            if waiting.done() and not waiting.cancelled() and waiting.exception() is None:
                self._leave(caller)  # it came at the moment when nobody waited any more
            if isinstance(error, TimeoutError):
                raise overloaded(Message("others")) from None
            raise

    def _has_turn(self, caller: str, most_at_once: float) -> bool:
        """Whether a turn is free and nobody waits for it who could have it."""
        return self._running.total() < self._at_once and self._running[caller] < most_at_once

    def _leave(self, caller: str) -> None:
        self._running[caller] -= 1
        if not self._running[caller]:
            del self._running[caller]
        self._grant()

    def _grant(self) -> None:
        """Give what is free to those who wait, each caller once before anybody twice."""
        while self._running.total() < self._at_once:
            caller = next((one for one in self._waiting if self._running[one] < self._most[one]), None)
            if caller is None:
                return
            waiting = self._waiting[caller].popleft()
            if self._waiting[caller]:
                self._waiting.move_to_end(caller)
            else:
                self._end_waiting(caller)
            if not waiting.done():
                self._running[caller] += 1
                waiting.set_result(None)

    def _forget(self, caller: str, waiting: Waiting) -> None:
        queue = self._waiting.get(caller)
        if queue is not None and waiting in queue:
            queue.remove(waiting)
            if not queue:
                self._end_waiting(caller)

    def _end_waiting(self, caller: str) -> None:
        del self._waiting[caller], self._most[caller]


def overloaded(waiting: Message, retry_after_seconds: int = RETRY_AFTER_SECONDS) -> ProblemError:
    """What somebody is told for whom there is no place."""
    detail = Message("{waiting} wait already; try again in {seconds} s", waiting=waiting, seconds=retry_after_seconds)
    return ProblemError(ProblemKind.OVERLOADED, detail, headers={"Retry-After": str(retry_after_seconds)})

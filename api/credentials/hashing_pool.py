"""Hashes of passwords are made by few threads of their own: each takes a core and `password_memory_kib` of memory.

A request takes a place before anything is done for it. When all are taken it is refused at once, so that however many
log in together, memory stays bounded and the threads of other requests stay free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore
from time import perf_counter
from typing import TypeVar

from api.credentials.passwords import Passwords
from api.http.metrics import Metrics
from api.http.problems import ProblemError, ProblemKind
from engine.encoder.thread_priority import COMPUTING, step_back
from engine.errors import Message
from engine.explain import Locale

RETRY_AFTER_SECONDS = 2  # in which the queue has emptied
REFUSED = {
    Locale.ES: "Muchas personas están entrando a la vez. Espera {seconds} segundos y vuelve a intentarlo.",
    Locale.EN: "Many people are logging in at once. Wait {seconds} seconds and try again.",
}

Result = TypeVar("Result")


class HashingPool:
    """`passwords` on a few threads; safe to share between threads, which wait for the result."""

    def __init__(self, passwords: Passwords, threads: int, most_waiting: int, metrics: Metrics) -> None:
        """`threads` hashes are made at a time, for which `most_waiting` requests more may wait."""
        self._passwords, self._metrics = passwords, metrics
        self._executor = ThreadPoolExecutor(threads, "hashing", initializer=partial(step_back, COMPUTING))
        self._places = BoundedSemaphore(threads + most_waiting)

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for a request that hashes; raises the 503 problem, with Retry-After, when there is none."""
        if not self._places.acquire(blocking=False):
            self._metrics.hashing_refused.inc()
            raise _refused()
        try:
            yield
        finally:
            self._places.release()

    def hashed(self, password: str) -> str:
        """As `Passwords.hashed`."""
        return self._run(lambda: self._passwords.hashed(password))

    def is_right(self, hashed: str | None, password: str) -> bool:
        """As `Passwords.is_right`."""
        return self._run(lambda: self._passwords.is_right(hashed, password))

    def is_outdated(self, hashed: str) -> bool:
        """As `Passwords.is_outdated`, which hashes nothing."""
        return self._passwords.is_outdated(hashed)

    def close(self) -> None:
        """End the threads, once what they have been given is done."""
        self._executor.shutdown()

    def _run(self, work: Callable[[], Result]) -> Result:
        asked_at = perf_counter()

        def begin() -> Result:
            self._metrics.hashing_waiting.dec()
            self._metrics.hashing_wait_seconds.observe(perf_counter() - asked_at)
            return work()

        self._metrics.hashing_waiting.inc()
        return self._executor.submit(begin).result()


def _refused() -> ProblemError:
    messages = {locale.value: text.format(seconds=RETRY_AFTER_SECONDS) for locale, text in REFUSED.items()}
    detail = Message(
        "as many passwords as can be are looked at already; try again in {seconds} s", seconds=RETRY_AFTER_SECONDS
    )
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return ProblemError(ProblemKind.OVERLOADED, detail, {"messages": messages}, headers)

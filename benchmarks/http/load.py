"""A load generator that measures what a caller would wait, from the moment a request was due.

`open_loop` sends at given moments, whatever the server does: a server that stalls cannot make its load wait
(no coordinated omission). `closed_loop` keeps every connection busy: requests a second at capacity.
"""

from __future__ import annotations

import select
import selectors
from collections import deque
from collections.abc import Iterator, Sequence
from time import perf_counter, process_time
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from benchmarks.http.answers import NO_ANSWER, Answers
from benchmarks.http.connections import Address, Connection

MOST_CONNECTIONS = 512
PATIENCE_SECONDS = 30.0
LEAD_SECONDS = 0.005


def even_moments(per_second: float, seconds: float) -> NDArray[np.float64]:
    """Seconds after the start at which requests are due, `[N]`: as many a second, evenly."""
    return np.arange(int(per_second * seconds)) / per_second


def poisson_moments(per_second: float, seconds: float, seed: int = 0) -> NDArray[np.float64]:
    """Seconds after the start at which requests are due, `[N]`: independent callers, so sometimes many at once."""
    count = int(per_second * seconds)
    return np.cumsum(np.random.default_rng(seed).exponential(1 / per_second, count))


def open_loop(
    address: Address,
    requests: Iterator[bytes],
    moments: Sequence[float] | NDArray[np.float64],
    most_connections: int = MOST_CONNECTIONS,
    patience_seconds: float = PATIENCE_SECONDS,
) -> Answers:
    """Send one request at each of the `moments` (seconds after the start, ascending) and wait for all answers.

    A request that finds no idle connection opens another; at the cap it waits, and that counts in its latency.
    Answers still missing `patience_seconds` after the last request count as none.
    """
    with _Caller(address, requests, most_connections) as caller:
        began = perf_counter() + LEAD_SECONDS
        for moment in moments:
            due = began + float(moment)
            while True:  # looks for answers at least once a request, also when late
                caller.receive(max(0.0, due - perf_counter()))
                if perf_counter() >= due:
                    break
            caller.send_request(due)
        return caller.finish(began, patience_seconds)


def closed_loop(
    address: Address,
    requests: Iterator[bytes],
    connections: int,
    seconds: float,
    patience_seconds: float = PATIENCE_SECONDS,
) -> Answers:
    """Keep `connections` connections busy for `seconds`: each sends its next request when it has an answer."""
    with _Caller(address, requests, connections) as caller:
        began = perf_counter()
        for _ in range(connections):
            caller.send_request(perf_counter())
        while (left := began + seconds - perf_counter()) > 0:
            for _ in range(caller.receive(left)):
                caller.send_request(perf_counter())
        return caller.finish(began, patience_seconds)


class _Caller:
    """Connections to one address, the requests asked for in order, and what came of each."""

    def __init__(self, address: Address, requests: Iterator[bytes], most_connections: int) -> None:
        self._address, self._requests, self._most = address, requests, most_connections
        self._selector = selectors.DefaultSelector()
        self._idle: list[Connection] = []
        self._waiting: deque[int] = deque()
        self._sent: list[bytes] = []
        self._due: list[float] = []
        self._lateness: list[float] = []
        self._ended: list[float] = []
        self._statuses: list[int] = []
        self._unfinished = self._retry_after_count = self._resent_count = 0
        self._cpu_began = process_time()

    def send_request(self, due: float) -> None:
        """Send the next request, which was due at `due`, or let it wait for a connection."""
        self._sent.append(next(self._requests))
        self._due.append(due)
        self._lateness.append(perf_counter() - due)
        self._ended.append(np.nan)
        self._statuses.append(NO_ANSWER)
        self._unfinished += 1
        self._waiting.append(len(self._due) - 1)
        self._send_waiting()

    def receive(self, seconds: float) -> int:
        """Read what comes within `seconds`, returning at the first arrival; how many requests that ended."""
        before = self._unfinished
        if seconds > 0:
            # epoll counts whole milliseconds; select, on epoll's own descriptor, microseconds.
            select.select([self._selector], [], [], seconds)
        for key, _ in self._selector.select(0):
            self._receive(key.data)
        self._send_waiting()
        return before - self._unfinished

    def finish(self, began: float, patience_seconds: float) -> Answers:
        """Wait for the answers still missing, and sum up."""
        give_up_at = perf_counter() + patience_seconds
        while self._unfinished and (left := give_up_at - perf_counter()) > 0:
            self.receive(left)
        ended = np.array(self._ended)
        return Answers(
            latency_seconds=ended - np.array(self._due),
            lateness_seconds=np.array(self._lateness),
            statuses=np.array(self._statuses, dtype=np.int16),
            retry_after_count=self._retry_after_count,
            resent_count=self._resent_count,
            elapsed_seconds=float(np.nanmax(ended, initial=perf_counter() if self._unfinished else began) - began),
            generator_cpu_seconds=process_time() - self._cpu_began,
        )

    def __enter__(self) -> _Caller:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for key in list(self._selector.get_map().values()):
            key.data.socket.close()
        self._selector.close()

    def _send_waiting(self) -> None:
        while self._waiting and (connection := self._free_connection()) is not None:
            number = self._waiting.popleft()
            try:
                connection.send(number, self._sent[number])
            except OSError:
                self._lose(connection)

    def _free_connection(self) -> Connection | None:
        if self._idle:
            return self._idle.pop()
        if len(self._selector.get_map()) >= self._most:
            return None
        connection = Connection(self._address)
        self._selector.register(connection.socket, selectors.EVENT_READ, connection)
        return connection

    def _receive(self, connection: Connection) -> None:
        number = connection.number
        try:
            answer = connection.receive()
        except BlockingIOError:
            return
        except OSError:
            self._lose(connection)
            return
        if answer is None or number is None:
            return
        self._end(number, answer.status)
        self._retry_after_count += answer.has_retry_after
        if answer.closes:
            self._drop(connection)
        else:
            self._idle.append(connection)

    def _lose(self, connection: Connection) -> None:
        """The server closed: between two requests that is its right, and the request is sent again."""
        number = connection.number
        self._drop(connection)
        if number is None:
            self._idle.remove(connection)
        elif connection.reused:
            self._resent_count += 1
            self._waiting.appendleft(number)
        else:
            self._end(number, NO_ANSWER)

    def _drop(self, connection: Connection) -> None:
        self._selector.unregister(connection.socket)
        connection.socket.close()

    def _end(self, number: int, status: int) -> None:
        self._ended[number] = perf_counter()
        self._statuses[number] = status
        self._unfinished -= 1

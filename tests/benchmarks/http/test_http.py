"""`chamba bench http`: the load generator against tiny real servers."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import repeat

import numpy as np
import pytest

from benchmarks.http.answers import NO_ANSWER
from benchmarks.http.connections import Address
from benchmarks.http.load import closed_loop, even_moments, open_loop, poisson_moments

REQUEST = b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\n{}"
Handler = Callable[[int], Awaitable[bytes]]


def answer(status: int, headers: str = "", body: bytes = b"{}") -> bytes:
    return f"HTTP/1.1 {status} Reason\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


@contextmanager
def serving(handler: Handler, closes: bool = False) -> Iterator[Address]:
    """A server in a thread of its own that answers the n-th request, from 1 on, with `handler(n)`."""
    started: list[Address] = []
    ready, count = threading.Event(), 0
    loop = asyncio.new_event_loop()
    stopping = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        try:
            while True:
                await reader.readexactly(len(REQUEST))
                count += 1
                writer.write(await handler(count))
                await writer.drain()
                if closes:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def serve() -> None:
        async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
            started.append(server.sockets[0].getsockname()[:2])
            ready.set()
            await stopping.wait()
        await asyncio.sleep(0.05)  # connections that the caller has closed end meanwhile

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield started[0]
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(10)
        loop.close()


async def at_once(_: int) -> bytes:
    return answer(200)


@pytest.mark.parametrize("connections", [1, 64])
def test_a_stall_is_felt_by_every_request_that_was_due_meanwhile(connections: int) -> None:
    async def stalling(number: int) -> bytes:
        if number == 50:
            time.sleep(0.5)  # noqa: ASYNC251 (the whole server stands still)
        return answer(200)

    with serving(stalling) as address:
        found = open_loop(address, repeat(REQUEST), even_moments(100, 1.5), connections)
    assert found.count(200) == 150
    # 49 were answered before; those due in the stall's first 0.3 s waited more than 0.2 s, however fast the machine.
    assert np.count_nonzero(found.latency_seconds > 0.2) >= 28


def test_statuses_are_counted_and_retry_after_noted() -> None:
    async def shedding(number: int) -> bytes:
        if number % 4 == 0:
            return answer(503, "Retry-After: 5\r\n" if number % 8 == 0 else "")
        return answer(429 if number % 10 == 1 else 200)

    with serving(shedding) as address:
        found = open_loop(address, repeat(REQUEST), even_moments(400, 0.2), 8)
    assert found.statuses_counted() == {200: 52, 429: 8, 503: 20}
    figures = found.figures()
    assert figures["shed_share"] == pytest.approx(0.25)
    assert figures["failed_share"] == pytest.approx(0.1)
    assert figures["retry_after_share_of_shed"] == pytest.approx(0.5)
    assert figures["sent_count"] == 80


def test_percentiles_are_of_the_answered_alone() -> None:
    async def slow_to_shed(number: int) -> bytes:
        if number % 2:
            await asyncio.sleep(0.3)
            return answer(503)
        return answer(200)

    with serving(slow_to_shed) as address:
        found = open_loop(address, repeat(REQUEST), even_moments(100, 0.2), 64)
    assert found.seconds_of(503).min() >= 0.29
    figures = found.figures()
    assert figures["latency_max_seconds"] == found.seconds_of(200).max()
    assert figures["shed_latency_p50_seconds"] >= 0.29
    assert figures["latency_p50_seconds"] <= figures["latency_p95_seconds"] <= figures["latency_max_seconds"]


def test_a_generator_that_cannot_keep_up_says_so_and_counts_it_as_waiting() -> None:
    def dawdling() -> Iterator[bytes]:
        for number in range(60):
            if number == 10:
                time.sleep(0.4)
            yield REQUEST

    with serving(at_once) as address:
        found = open_loop(address, dawdling(), even_moments(100, 0.6), 64)
    assert np.count_nonzero(found.lateness_seconds > 0.1) >= 25
    assert (found.latency_seconds >= found.lateness_seconds).all()
    assert found.figures()["lateness_max_seconds"] > 0.3


def test_a_request_without_a_free_connection_waits_and_the_wait_counts() -> None:
    open_now, most = 0, 0

    async def slow(_: int) -> bytes:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0.1)
        open_now -= 1
        return answer(200)

    with serving(slow) as address:
        found = open_loop(address, repeat(REQUEST), even_moments(50, 0.2), 2)
    assert most == 2
    # Ten requests over two connections, a tenth of a second each: the last was due at 0.18 and done at 0.5.
    assert found.latency_seconds[-1] >= 0.3
    assert found.lateness_seconds.shape == (10,)


def test_connections_that_the_server_ends_are_replaced() -> None:
    async def last(_: int) -> bytes:
        return answer(200, "Connection: close\r\n")

    with serving(last, closes=True) as address:
        found = open_loop(address, repeat(REQUEST), even_moments(100, 0.2), 4)
    assert found.count(200) == 20
    with serving(at_once, closes=True) as address:  # closes without a word, as after a keep-alive timeout
        found = closed_loop(address, repeat(REQUEST), 2, 0.2)
    assert found.count(200) == len(found.statuses)


def test_no_answer_is_counted_as_none() -> None:
    async def silent(_: int) -> bytes:
        return b""

    with serving(silent, closes=True) as address:
        found = open_loop(address, repeat(REQUEST), even_moments(100, 0.1), 4)
    assert found.statuses_counted() == {NO_ANSWER: 10}
    assert found.figures()["failed_share"] == 1
    with serving(silent) as address:
        found = open_loop(address, repeat(REQUEST), even_moments(100, 0.1), 4, patience_seconds=0.1)
    assert found.statuses_counted() == {NO_ANSWER: 10}
    assert np.isnan(found.latency_seconds).all()


def test_answers_come_in_pieces() -> None:
    body = b"x" * 3_000_000

    async def large(_: int) -> bytes:
        return answer(200, body=body)

    with serving(large) as address:
        found = closed_loop(address, repeat(REQUEST), 2, 0.1)
    assert found.count(200) == len(found.statuses) > 0


def test_a_closed_loop_keeps_every_connection_busy() -> None:
    now, most = 0, 0

    async def counting(_: int) -> bytes:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        return answer(200)

    with serving(counting) as address:
        found = closed_loop(address, repeat(REQUEST), 5, 0.3)
    assert most == 5
    assert found.figures()["answered_per_second"] <= 5 / 0.02
    assert found.latency_seconds.min() >= 0.019


def test_moments_are_as_many_as_asked() -> None:
    np.testing.assert_allclose(even_moments(4, 1), [0, 0.25, 0.5, 0.75])
    moments = poisson_moments(1000, 10, seed=3)
    assert len(moments) == 10_000
    assert (np.diff(moments) >= 0).all()
    assert moments[-1] == pytest.approx(10, rel=0.1)
    assert np.diff(moments).std() == pytest.approx(0.001, rel=0.1)  # as wide as its mean: memoryless
    assert not np.array_equal(moments, poisson_moments(1000, 10, seed=4))

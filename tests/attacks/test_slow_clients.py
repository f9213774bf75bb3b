"""Strangers who are slow, endless or many hold nobody else up, and do not fill memory or the log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.attacks.real_server import (
    GET,
    GIVE_UP_SECONDS,
    HALF_BODY,
    HALF_HEADERS,
    RealServer,
    drip,
    read_to_end,
    real_server,
)
from tests.databases import NewDatabaseUrl

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("slow, and the same with any database")]

IMPATIENT = {"header_seconds": 1, "body_seconds": 3, "stalled_seconds": 1, "keep_alive_seconds": 1}
MEGABYTE = 2**20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, new_module_database_url: NewDatabaseUrl) -> Iterator[RealServer]:
    """One that waits for nobody longer than a second or three."""
    folder = tmp_path_factory.mktemp("server")
    with real_server(folder, new_module_database_url(folder), IMPATIENT) as running:
        yield running


def test_half_headers_are_answered_with_408_and_closed(server: RealServer) -> None:
    with ExitStack() as stack:
        halves = [stack.enter_context(server.connect(HALF_HEADERS)) for _ in range(50)]
        for half in halves:
            assert read_to_end(half).startswith(b"HTTP/1.1 408 ")
    assert server.refused("slow_headers") >= 50


@pytest.mark.parametrize("sent", [HALF_HEADERS, GET + HALF_HEADERS])
def test_headers_that_drip_in_end_too(server: RealServer, sent: bytes) -> None:
    assert b"HTTP/1.1 408 " in drip(server.connect(sent))


@pytest.mark.parametrize("dripped", [b"", b"\r\n"])
def test_who_asks_nothing_is_left(server: RealServer, dripped: bytes) -> None:
    assert drip(server.connect(), dripped) == b""


def test_a_body_that_stalls_is_answered_with_408_and_closed(server: RealServer) -> None:
    answer = read_to_end(server.connect(HALF_BODY))
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer
    assert server.refused("slow_body") >= 1


def test_a_body_that_drips_in_ends(server: RealServer) -> None:
    endless = HALF_BODY.replace(b"Content-Length: 100", b"Content-Length: 100000")
    assert drip(server.connect(endless), b" ").startswith(b"HTTP/1.1 408 ")
    assert drip(server.connect(endless), b" " * 100).startswith(b"HTTP/1.1 408 ")  # fast enough, but not for ever


def test_a_body_behind_its_answer_does_not_hold_the_connection(server: RealServer) -> None:
    nowhere = HALF_BODY.replace(b"/v1/auth/sign-up", b"/nowhere").replace(b"100", b"100000")
    assert drip(server.connect(nowhere), b" ").startswith(b"HTTP/1.1 404 ")


def test_who_keeps_a_connection_and_asks_nothing_more_is_left(server: RealServer) -> None:
    answer = read_to_end(server.connect(GET))
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize(
    ("begin", "more", "status"),
    [
        (HALF_HEADERS, b"a" * MEGABYTE, b"431"),
        (b"GET /", b"a" * MEGABYTE, b"431"),
        (b"GET /healthz HTTP/1.1\r\n", b"A: b\r\n" * 2**17, b"431"),
        (b"\r\n", b"\r\n" * 2**19, b""),
        (b"POST /nowhere HTTP/1.1\r\nHost: chamba\r\nTransfer-Encoding: chunked\r\n\r\n5;", b"a" * MEGABYTE, b"404"),
        (
            b"POST /nowhere HTTP/1.1\r\nHost: chamba\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: ",
            b"a" * MEGABYTE,
            b"404",
        ),
        (b"POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n" * 2**17, b"404"),
    ],
    ids=["header", "address", "headers", "empty lines", "extension", "trailer", "trailers"],
)
def test_what_never_ends_is_ended_before_it_fills_memory(
    server: RealServer, begin: bytes, more: bytes, status: bytes
) -> None:
    assert server.answers()
    before = most = server.memory_bytes()
    endless = server.connect(begin)
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    with suppress(ConnectionError):
        while True:
            endless.sendall(more)
            most = max(most, server.memory_bytes())
            assert time.monotonic() < give_up_at
    assert most - before < 20 * MEGABYTE
    endless.close()
    assert server.answers()
    said = read_to_end(server.connect(begin + more[:200_000]))
    assert said.startswith(b"HTTP/1.1 " + status if status else b"")


@pytest.mark.parametrize(
    "headers", [b"A: b\r\n" * 101, b"A: " + b"b" * 33_000 + b"\r\n", (b"A: " + b"b" * 400 + b"\r\n") * 90]
)
def test_whole_headers_that_are_too_many_or_too_large_are_answered_with_431(server: RealServer, headers: bytes) -> None:
    answer = read_to_end(server.connect(b"GET /healthz HTTP/1.1\r\nHost: chamba\r\n" + headers + b"\r\n"))
    assert answer.startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("headers", [b"A: b\r\n" * 98, b"A: " + b"b" * 31_000 + b"\r\n"])
def test_headers_within_the_limits_are_taken(server: RealServer, headers: bytes) -> None:
    answer = read_to_end(server.connect(b"GET /healthz HTTP/1.1\r\nHost: chamba\r\n" + headers + b"\r\n"))
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_requests_sent_ahead_are_answered_in_order_but_only_so_many(server: RealServer) -> None:
    answer = read_to_end(server.connect((GET + GET.replace(b"healthz", b"nowhere")) * 10))
    assert [line[:3] for line in answer.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404"] * 10
    assert read_to_end(server.connect(GET * 3000)).count(b"HTTP/1.1 200") < 3000


def test_answers_that_nobody_reads_end_and_who_reads_has_them_all(server: RealServer) -> None:
    asked = GET.replace(b"healthz", b"openapi.json") * 60
    stalled = server.connect(asked)
    assert read_to_end(server.connect(asked)).count(b"HTTP/1.1 200 ") == 60
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while time.monotonic() < give_up_at and not server.refused("slow_reader"):
        time.sleep(0.1)
    assert server.refused("slow_reader") == 1
    stalled.close()


def test_nonsense_does_not_fill_the_log(server: RealServer) -> None:
    before = len(server.log)
    for _ in range(200):
        assert read_to_end(server.connect(b"nonsense\r\n\r\n")).startswith(b"HTTP/1.1 400 ")
    upgrade = GET[:-2] + b"Connection: close, upgrade\r\nUpgrade: websocket\r\n\r\n"
    for _ in range(200):
        assert read_to_end(server.connect(upgrade)).startswith(b"HTTP/1.1 200 ")
    assert len(server.log) - before < 2_000


def test_strangers_may_come_and_go_hundreds_of_times(tmp_path: Path, database_url: str) -> None:
    """What is counted in is counted out, however a connection ends."""
    with real_server(tmp_path, database_url, {"most_connections": 20} | IMPATIENT) as server:
        for sent in (GET, HALF_HEADERS, HALF_BODY, b"nonsense\r\n\r\n", b""):
            for _ in range(40):
                server.connect(sent).close()
        assert server.answers()
        with ExitStack() as stack:
            together = [stack.enter_context(server.connect(HALF_BODY)) for _ in range(10)]
            assert all(read_to_end(one).startswith(b"HTTP/1.1 408 ") for one in together)

"""Too many connections are refused while others are served; a server that is told to stop ends."""

from __future__ import annotations

import os
import resource
import selectors
import socket
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest

from tests.attacks.real_server import GET, HALF_BODY, HALF_HEADERS, RealServer, read_to_end, real_server, stop

pytestmark = pytest.mark.slow

GIVE_UP_SECONDS = 120
PATIENT = {"header_seconds": 3_600, "body_seconds": 3_600, "stalled_seconds": 3_600, "keep_alive_seconds": 3_600}
EXPECTED_BODY = HALF_BODY.replace(b"\r\n", b"\r\nExpect: 100-continue\r\n", 1)[:-1]


def ask(kept: socket.socket) -> bytes:
    """The answer on a connection that is kept."""
    kept.sendall(GET)
    answer = b""
    while not answer.endswith(b"}"):
        piece = kept.recv(65536)
        assert piece, answer
        answer += piece
    return answer


def test_connections_past_the_limit_are_refused_while_others_are_served(tmp_path: Path, database_url: str) -> None:
    with real_server(tmp_path, database_url, PATIENT | {"most_connections": 8}) as server, ExitStack() as stack:
        kept = stack.enter_context(server.connect())
        assert ask(kept).startswith(b"HTTP/1.1 200 ")
        for _ in range(7):
            stack.enter_context(server.connect(HALF_HEADERS))
        for _ in range(50):
            refused = read_to_end(server.connect())
            assert refused.startswith(b"HTTP/1.1 503 ")
            assert b"Retry-After" in refused
        assert ask(kept).startswith(b"HTTP/1.1 200 ")
        stack.close()
        assert server.answers()
        assert server.refused("most_connections") >= 50


def test_one_address_gets_so_many_and_a_proxy_more(tmp_path: Path, database_url: str) -> None:
    settings = PATIENT | {"most_connections_per_address": 5, "proxy_addresses": "127.0.0.1, 10.0.0.0/8"}
    with real_server(tmp_path, database_url, settings) as server, ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(server.connect(HALF_HEADERS, "127.0.0.2"))
        assert read_to_end(server.connect(b"", "127.0.0.2")).startswith(b"HTTP/1.1 503 ")
        for source in ("127.0.0.3", *["127.0.0.1"] * 20):
            assert ask(stack.enter_context(server.connect(b"", source))).startswith(b"HTTP/1.1 200 ")
        assert server.refused("most_of_address") >= 1


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_that_is_told_to_stop_ends_with_half_requests_open(
    tmp_path: Path, database_url: str, workers: int
) -> None:
    settings = PATIENT | {"stop_seconds": 4}
    with real_server(tmp_path, database_url, settings, workers=workers) as server, ExitStack() as stack:
        for sent in (HALF_HEADERS, HALF_BODY, GET, b"") * 30:
            stack.enter_context(server.connect(sent))
        unread = stack.enter_context(server.connect(GET.replace(b"healthz", b"openapi.json") * 60))
        assert unread.recv(12) == b"HTTP/1.1 200"  # the first is written, and nobody reads on
        awaited = [stack.enter_context(server.connect(EXPECTED_BODY)) for _ in range(30)]
        for one in awaited:
            assert one.recv(65536).startswith(b"HTTP/1.1 100 ")  # it has begun to wait for the body
        stop(server)
        assert "Traceback" not in server.log
        for one in awaited:
            assert read_to_end(one).startswith(b"HTTP/1.1 503 ")


def test_few_descriptors_and_many_connections_leave_some_for_the_rest(tmp_path: Path, database_url: str) -> None:
    with real_server(tmp_path, database_url, PATIENT, descriptors=256) as server:
        with ExitStack() as stack:
            kept = stack.enter_context(server.connect())
            assert ask(kept).startswith(b"HTTP/1.1 200 ")
            wait_for_answers([stack.enter_context(connected(server)) for _ in range(500)], 200)
            assert ask(kept).startswith(b"HTTP/1.1 200 ")
        assert server.answers()
        assert server.refused("descriptors") >= 200
        assert len(server.log) < 10_000, server.log[:20_000]


def wait_for_answers(connections: list[socket.socket], count: int) -> None:
    """Wait until so many were answered or closed: those that are not refused wait for an hour."""
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    with selectors.DefaultSelector() as selector:
        for one in connections:
            selector.register(one, selectors.EVENT_READ)
        while len(connections) - len(selector.get_map()) < count:
            assert time.monotonic() < give_up_at
            for key, _ in selector.select(timeout=1):
                selector.unregister(key.fileobj)


def connected(server: RealServer) -> socket.socket:
    """A connection on which half headers were sent, if it is not refused before."""
    one = server.connect()
    with suppress(ConnectionError):
        one.sendall(HALF_HEADERS)
    return one


def test_when_no_descriptor_is_left_it_waits_quietly_and_goes_on(tmp_path: Path, database_url: str) -> None:
    with real_server(tmp_path, database_url, PATIENT) as server, ExitStack() as stack:
        kept = stack.enter_context(server.connect())
        assert ask(kept).startswith(b"HTTP/1.1 200 ")
        soft, hard = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (3, hard))
        waiting = [stack.enter_context(server.connect(GET)) for _ in range(50)]
        for _ in range(20):
            assert ask(kept).startswith(b"HTTP/1.1 200 ")
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (soft, hard))
        for one in waiting:
            assert one.recv(65536).startswith(b"HTTP/1.1 200 ")
        assert server.refused("not_accepted") >= 1
        assert server.log.count("connections cannot be taken") == 1


def test_a_worker_that_does_not_end_is_killed(tmp_path: Path, database_url: str) -> None:
    with real_server(tmp_path, database_url, PATIENT | {"stop_seconds": 1}, workers=2) as server:
        worker = next(one for one in psutil.Process(server.process.pid).children() if is_serving(one))
        os.kill(worker.pid, 19)  # SIGSTOP: it hears nothing
        stop(server)
        assert not psutil.pid_exists(worker.pid)


def is_serving(one: psutil.Process) -> bool:
    """Whether it listens, as workers do."""
    return any(held.status == psutil.CONN_LISTEN for held in one.net_connections("tcp"))

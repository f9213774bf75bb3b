"""Several workers of one server: one port, one set of counts, fresh jobs on each."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.partner_server import partner_server

GIVE_UP_SECONDS = 180
TOGETHER = 64  # of as many, fewer than two go to one of two workers less than once in 10**17 times


@pytest.fixture
def server(tiny_bundles: Path, tmp_path: Path, database_url: str) -> Iterator[tuple[str, int]]:
    """A server of two workers over the tiny bundle: its address and its process."""
    chamba = [sys.executable, "-m", "chamba"]
    with partner_server(chamba, tiny_bundles, tmp_path, database_url, GIVE_UP_SECONDS, workers=2) as server:
        yield server.address, server.process_id


@pytest.fixture
def address(server: tuple[str, int]) -> str:
    return server[0]


@pytest.fixture
def key(server: tuple[str, int], tmp_path: Path) -> str:
    """A partner's key; the server is there first, which made it."""
    assert server
    return (tmp_path / "key").read_text().strip()


def ask(address: str, path: str, body: dict[str, Any] | None = None, method: str | None = None, key: str = "") -> str:
    """The answer's text; each call is a connection of its own, so that either worker may take it."""
    data = json.dumps(body).encode() if body is not None else None
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    request = urllib.request.Request(address + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=GIVE_UP_SECONDS) as answer:
        return str(answer.read().decode())


@pytest.mark.slow
def test_workers_count_together_and_all_know_a_fresh_job(address: str, key: str) -> None:
    person = {"text": "Tejedora de redes de pesca"}
    ask(address, "/v1/jobs/red", {"title": "Tejedora de redes de pesca", "modality": "remote"}, "PUT", key)
    for _ in range(30):
        answer = json.loads(ask(address, "/v1/recommendations", {"profile": person, "limit": 100}, key=key))
        assert "red" in [job["job_id"] for job in answer["recommendations"]]
    ask(address, "/v1/jobs/red", method="DELETE", key=key)
    for _ in range(30):
        answer = json.loads(ask(address, "/v1/recommendations", {"profile": person, "limit": 100}, key=key))
        assert "red" not in [job["job_id"] for job in answer["recommendations"]]
    counted = r'^chamba_http_requests_total\{method="POST",route="/v1/recommendations",status="200"\} (\S+)$'
    for _ in range(6):
        (count,) = re.findall(counted, ask(address, "/metrics"), re.MULTILINE)
        assert float(count) == 60


@pytest.mark.slow
def test_connections_that_come_together_are_shared_out(server: tuple[str, int]) -> None:
    address, pid = server
    port = int(address.rpartition(":")[2])
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    shares: list[int] = []
    fair = 0
    while time.monotonic() < give_up_at:  # one worker may still be starting when the other answers
        with ExitStack() as stack:
            together = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(TOGETHER)]
            for connection in together:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: chamba\r\n\r\n")
            for connection in together:
                assert connection.recv(4096).startswith(b"HTTP/1.1 200")
            shares = connections_of_each(pid, port)
        if len(shares) >= 2 and min(shares) >= 2:
            fair += 1
        elif fair:
            break
        if fair == 5:
            return
    pytest.fail(f"{TOGETHER} connections went to the workers as {shares}")


@pytest.mark.slow
def test_a_port_that_another_server_has_is_not_shared_with_it(server: tuple[str, int], tmp_path: Path) -> None:
    port = server[0].rpartition(":")[2]
    command = [sys.executable, "-m", "chamba", "serve", "--workers", "2", "--port", port, "--data-dir", str(tmp_path)]
    second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=GIVE_UP_SECONDS)
    assert second.returncode != 0
    assert "Address already in use" in second.stderr


def connections_of_each(pid: int, port: int) -> list[int]:
    """How many connections to the port each worker of a server holds."""
    held = []
    for worker in psutil.Process(pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # a process that only looked something up at the start
            connections = worker.net_connections("tcp")
            held.append(sum(one.status == psutil.CONN_ESTABLISHED and one.laddr.port == port for one in connections))
    return [count for count in held if count]

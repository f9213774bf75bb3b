"""Several workers of one server: one port, one set of counts, fresh jobs on each."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

GIVE_UP_SECONDS = 60


@pytest.fixture
def address(tiny_bundles: Path, tmp_path: Path) -> Iterator[str]:
    """A server of two workers over the tiny bundle."""
    (tmp_path / "bundles").symlink_to(tiny_bundles)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "chamba", "serve", "--workers", "2", "--port", str(port)]
    command += ["--data-dir", str(tmp_path)]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", tmp_path / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.kill(server.pid, signal.SIGTERM)
            server.wait(GIVE_UP_SECONDS)


def wait_until_ready(address: str, log: Path) -> None:
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while time.monotonic() < give_up_at:
        try:
            ask(address, "/readyz")
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    pytest.fail(log.read_text())


def ask(address: str, path: str, body: dict[str, Any] | None = None, method: str | None = None) -> str:
    """The answer's text; each call is a connection of its own, so that either worker may take it."""
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=GIVE_UP_SECONDS) as answer:
        return str(answer.read().decode())


@pytest.mark.slow
def test_workers_count_together_and_all_know_a_fresh_job(address: str) -> None:
    person = {"text": "Tejedora de redes de pesca"}
    ask(address, "/v1/jobs/red", {"title": "Tejedora de redes de pesca", "modality": "remote"}, "PUT")
    for _ in range(30):
        answer = json.loads(ask(address, "/v1/recommendations", {"profile": person, "limit": 100}))
        assert "red" in [job["job_id"] for job in answer["recommendations"]]
    ask(address, "/v1/jobs/red", method="DELETE")
    for _ in range(30):
        answer = json.loads(ask(address, "/v1/recommendations", {"profile": person, "limit": 100}))
        assert "red" not in [job["job_id"] for job in answer["recommendations"]]
    counted = r'^chamba_http_requests_total\{method="POST",route="/v1/recommendations",status="200"\} (\S+)$'
    for _ in range(6):
        (count,) = re.findall(counted, ask(address, "/metrics"), re.MULTILINE)
        assert float(count) == 60

"""A server in a process of its own, and what strangers do to it with bare sockets."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

GIVE_UP_SECONDS = 60
HALF_HEADERS = b"GET /healthz HTTP/1.1\r\nHost: chamba\r\nX-More: "
GET = b"GET /healthz HTTP/1.1\r\nHost: chamba\r\n\r\n"
BODY_OF_100 = b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"
HALF_BODY = b"POST /v1/auth/sign-up HTTP/1.1\r\nHost: chamba\r\n" + BODY_OF_100 + b"{"


@dataclass(frozen=True)
class RealServer:
    """A running server; everything here waits long before it gives up."""

    process: subprocess.Popen[bytes]
    port: int
    log_file: Path

    @property
    def log(self) -> str:
        """What it wrote so far."""
        return self.log_file.read_text()

    def connect(self, sent: bytes = b"", source: str = "127.0.0.1") -> socket.socket:
        """A connection on which some bytes were sent."""
        one = socket.create_connection(("127.0.0.1", self.port), GIVE_UP_SECONDS, (source, 0))
        one.sendall(sent)
        return one

    def answers(self) -> bool:
        """Whether an ordinary request is answered, within the time to wait."""
        give_up_at = time.monotonic() + GIVE_UP_SECONDS
        while time.monotonic() < give_up_at:
            try:
                if self.get("/healthz"):
                    return True
            except OSError:
                time.sleep(0.05)
        return False

    def get(self, path: str) -> str:
        """The text of an answer."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            return str(answer.read().decode())

    def refused(self, reason: str) -> float:
        """How many connections were refused or ended for this reason."""
        sample = rf'^chamba_refused_connections_total\{{reason="{reason}"\}} (\S+)$'
        return sum(float(count) for count in re.findall(sample, self.get("/metrics"), re.MULTILINE))

    def memory_bytes(self) -> int:
        """What it holds in memory."""
        return int(psutil.Process(self.process.pid).memory_info().rss)


@contextmanager
def real_server(
    folder: Path, database_url: str, settings: Mapping[str, object], descriptors: int = 0, workers: int = 1
) -> Iterator[RealServer]:
    """A server with these settings, and at most so many descriptors, that answers; it is killed at the end."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "chamba", "serve", "--workers", str(workers), "--port", str(port)]
    command += ["--data-dir", str(folder), "--database-url", database_url]
    if descriptors:
        command = ["sh", "-c", f'ulimit -n {descriptors} && exec "$@"', "sh", *command]
    environment = os.environ | {f"CHAMBA_{name.upper()}": str(value) for name, value in settings.items()}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        server = RealServer(process, port, folder / "log")
        assert server.answers(), server.log
        yield server
    finally:
        if process.poll() is None:
            for one in (*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)):
                one.kill()
        process.wait(GIVE_UP_SECONDS)


def stop(server: RealServer) -> int:
    """The exit status after SIGTERM; raises TimeoutExpired for a server that does not end."""
    server.process.send_signal(signal.SIGTERM)
    return server.process.wait(GIVE_UP_SECONDS)


def read_to_end(one: socket.socket) -> bytes:
    """All that comes until the server ends the connection; raises TimeoutError where it does not."""
    read = bytearray()  # whoever copied all of it for each piece would be a slow reader
    with one:
        try:
            while piece := one.recv(65536):
                read += piece
        except ConnectionError:
            pass
    return bytes(read)


def drip(one: socket.socket, dripped: bytes = b"a") -> bytes:
    """Send a little again and again until the server ends the connection, and give what it said."""
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    one.settimeout(0.05)
    read = b""
    with one:
        while time.monotonic() < give_up_at:
            try:
                one.sendall(dripped)
                piece = one.recv(65536)
            except TimeoutError:
                continue
            except ConnectionError:
                return read
            if not piece:
                return read
            read += piece
    raise TimeoutError(f"the connection is still open after {GIVE_UP_SECONDS} s; read {read[:200]!r}")

"""A web server on loopback that is told things, as a partner's would be."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    """A request that a receiver got."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> dict[str, Any]:
        """The body as JSON."""
        document: dict[str, Any] = json.loads(self.body)
        return document


@dataclass
class Receiver:
    """Answers with `statuses`, the last one again and again; None: not before it is let go. `headers`: what it adds."""

    port: int
    statuses: list[int | None]
    received: list[Received] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    let_go: threading.Event = field(default_factory=threading.Event)
    waiting: queue.Queue[Received] = field(default_factory=queue.Queue)
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.host}:{self.port}/hooks?of=chamba"

    def take(self, request: Received) -> int:
        """Keep a request; the status to answer with."""
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        self.received.append(request)
        self.waiting.put(request)
        if status is None:
            self.let_go.wait()
            return 204
        return status


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Whoever asked may be gone."""


@contextmanager
def web_receiver(
    statuses: list[int | None], wrap: Callable[..., Any] | None = None, host: str = "127.0.0.1"
) -> Iterator[Receiver]:
    """A receiver while it listens; `wrap` encrypts the socket it listens on."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(receiver.take(Received(self.path, headers, body)))
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = _Server((host, 0), Handler)
    if wrap is not None:
        server.socket = wrap(server.socket)
    receiver = Receiver(server.server_address[1], statuses, host=host)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()

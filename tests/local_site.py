"""A web site on this machine, over real sockets, whose pages and faults a test states."""

from __future__ import annotations

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from store.fetching.addresses import networks_of

LOOPBACK = networks_of("127.0.0.0/8,::1/128")


@dataclass(frozen=True)
class Reply:
    """What a path answers; `writes`, if given, writes the body by itself, and may do it badly."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    writes: Callable[[BaseHTTPRequestHandler], object] | None = None

    @property
    def content(self) -> bytes:
        """The body's bytes."""
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True)
class Request:
    """What was asked: the path with its query, and the headers, in lower case."""

    path: str
    headers: Mapping[str, str]


class Site:
    """Paths with their replies, of which the last is given again and again; what was asked is in `requests`."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.requests: list[Request] = []
        self.ended = threading.Event()
        self._replies: dict[str, list[Reply]] = {}

    def set(self, path: str, *replies: Reply | str) -> None:
        """What a path answers from now on."""
        self._replies[path] = [reply if isinstance(reply, Reply) else Reply(reply) for reply in replies]

    def remove(self, path: str) -> None:
        """Answer 404 there."""
        self._replies.pop(path, None)

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.path for request in self.requests]

    def forget(self) -> None:
        """Begin to count anew."""
        self.requests.clear()

    def take(self, request: Request) -> Reply:
        """The next reply to a request; 304 where its condition says that nothing changed."""
        self.requests.append(request)
        replies = self._replies.get(request.path, [Reply(status=404)])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        tag = reply.headers.get("ETag")
        if tag is not None and request.headers.get("if-none-match") == tag:
            return Reply(status=304, headers=reply.headers)
        return reply


@contextmanager
def local_site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site that answers until the block ends, by `tls` where that is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = site.take(Request(self.path, headers))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            if reply.writes is None:
                self.send_header("Content-Length", str(len(reply.content)))
            self.end_headers()
            try:
                if reply.writes is not None:
                    reply.writes(self)
                elif reply.status != 304:
                    self.wfile.write(reply.content)
            except OSError:
                pass  # whoever asked has gone
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


def gzipped(text: str, cut: int | None = None) -> Reply:
    """A compressed reply, of which all after `cut` bytes is missing."""
    return Reply(gzip.compress(text.encode())[:cut], headers={"Content-Encoding": "gzip"})

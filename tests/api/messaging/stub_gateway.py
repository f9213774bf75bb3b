"""A gateway by HTTP on this machine. It is a stub of ours: it notes what it is asked, and answers as a test says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import orjson


@dataclass
class StubGateway:
    """What came in, and what is answered."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[dict[str, object]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/send"


@contextmanager
def stub_gateway() -> Iterator[StubGateway]:
    """One that runs."""
    stub = StubGateway()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kind = self.headers.get("Content-Type") or ""
            is_form = kind.startswith("application/x-www-form-urlencoded")
            body = dict(parse_qsl(content.decode())) if is_form else orjson.loads(content) if content else None
            query = dict(parse_qsl(urlsplit(self.path).query))
            seen = {"method": self.command, "path": urlsplit(self.path).path, "query": query, "body": body}
            stub.seen.append(seen | {"authorization": self.headers.get("Authorization")})
            self.send_response(stub.status)
            for name, value in stub.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(stub.body)))
            self.end_headers()
            self.wfile.write(stub.body)

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""One keep-alive HTTP/1.1 connection of the load generator: sends bytes, reads as little of an answer as it can."""

from __future__ import annotations

import re
import socket
from typing import NamedTuple

Address = tuple[str, int]

READ_BYTES = 256 * 1024
CONNECT_SECONDS = 10
HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)")


class Answer(NamedTuple):
    """An answer that is whole; `closes` when the server wants no more requests on this connection."""

    status: int
    has_retry_after: bool
    closes: bool


class Connection:
    """At most one request is under way; `number` is the caller's name for it, `reused` once one was answered."""

    __slots__ = ("_received", "number", "reused", "socket")

    def __init__(self, address: Address) -> None:
        # On one machine the kernel accepts, however busy the server is: connecting does not hold the generator up.
        self.socket = socket.create_connection(address, CONNECT_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.number: int | None = None
        self.reused = False
        self._received = b""

    def send(self, number: int, request: bytes) -> None:
        """Send a request whole: it is far smaller than what a socket's buffer holds. Raises OSError if closed."""
        self.number = number
        if self.socket.send(request) < len(request):
            raise ConnectionError("a request did not fit into the socket's buffer")

    def receive(self) -> Answer | None:
        """The answer once it is whole; raises OSError when the server has closed the connection."""
        data = self.socket.recv(READ_BYTES)
        if not data:
            raise ConnectionResetError("closed by the server")
        self._received += data
        head_bytes = self._received.find(HEAD_END)
        if head_bytes < 0:
            return None
        head = self._received[:head_bytes].lower()
        length = _LENGTH.search(head)
        if length is None:
            raise ConnectionError("an answer without Content-Length cannot be read")
        if len(self._received) < head_bytes + len(HEAD_END) + int(length[1]):
            return None
        self._received, self.number, self.reused = b"", None, True
        return Answer(int(head[9:12]), b"\r\nretry-after:" in head, b"\r\nconnection: close" in head)

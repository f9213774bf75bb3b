"""Takes connections from sockets, a few at a time, and looks after them.

asyncio's own way takes as many as come at once; when descriptors run out it logs each of two thousand attempts, and
makes as many timers, every second.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from api.http.connection import Connection
from api.http.connections import counted_address
from api.http.metrics import Refusal
from api.http.refusals import refusal_answer

AT_ONCE = 16
PAUSE_SECONDS = LONGEST_BETWEEN_LOOKS = 1.0
MISSING_FAMILY = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL)

log = logging.getLogger("chamba.connections")


class ServingLoop(asyncio.SelectorEventLoop):
    """asyncio's loop, whose servers are `Listening`.

    A worker among several listens on a socket of its own beside those of the others, so that the kernel shares
    connections out: on one socket for all, the worker that wakes first takes every connection of a caller that opens
    several at once, and keeps them.
    """

    async def create_server(  # type: ignore[override]
        self,
        protocol_factory: Callable[[], Connection],
        host: str | None = None,
        port: int = 0,
        *,
        sock: socket.socket | None = None,
        backlog: int = 2048,
        **_options: Any,
    ) -> Listening:
        """A server on what `sock` is bound to or on `host` and `port`; raises OSError where another server is."""
        if sock is None:
            sockets = await self._bound_sockets(host, port)
        elif sys.platform == "linux":  # elsewhere the kernel would give all to one of them
            sockets = [bound_socket(sock.family, sock.getsockname())]
        else:
            sockets = [sock]
        return Listening(self, sockets, protocol_factory, backlog)

    async def _bound_sockets(self, host: str | None, port: int) -> list[socket.socket]:
        """One for each address of the host that this machine has."""
        found = await self.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        sockets: list[socket.socket] = []
        missing: OSError | None = None
        for family, _, _, _, address in dict.fromkeys(found):
            try:
                sockets.append(bound_socket(family, address, is_shared=False))
            except OSError as error:
                if error.errno not in MISSING_FAMILY:
                    raise
                missing = error
        if not sockets and missing is not None:
            raise missing
        return sockets


class Listening:
    """A server of one loop, with what uvicorn asks of asyncio's.

    Who is refused gets a short answer at once, and costs no protocol.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        sockets: Sequence[socket.socket],
        protocol_factory: Callable[[], Connection],
        backlog: int,
    ) -> None:
        self.sockets = tuple(sockets)
        self._loop, self._protocol_factory = loop, protocol_factory
        one = protocol_factory()  # which knows what all of them share
        self._connections, self._open = one.limits, one.connections
        settings = self._connections.settings
        shortest = min(
            settings.header_seconds, settings.body_seconds, settings.stalled_seconds, settings.stop_seconds / 4
        )
        self._between_looks = min(LONGEST_BETWEEN_LOOKS, shortest / 2)
        self._beginning: set[asyncio.Task[None]] = set()
        self._is_closed = False
        for listening in sockets:
            listening.setblocking(False)
            listening.listen(backlog)
            loop.add_reader(listening, self._accept, listening)
        self._check()

    def close(self) -> None:
        """Take no more connections; those that are open go on."""
        if not self._is_closed:
            self._is_closed = True
            for listening in self.sockets:
                self._loop.remove_reader(listening)
                listening.close()

    async def wait_closed(self) -> None:
        """Nothing is left to wait for."""

    def _accept(self, listening: socket.socket) -> None:
        for _ in range(AT_ONCE):
            try:
                accepted, address = listening.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                self._pause(listening, error)
                return
            self._let_in_or_refuse(accepted, counted_address(address[0]))

    def _let_in_or_refuse(self, accepted: socket.socket, address: str) -> None:
        accepted.setblocking(False)
        refusal = self._connections.refusal(accepted.fileno(), address)
        if refusal is not None:
            self._connections.count(refusal)
            with accepted, suppress(OSError):
                accepted.send(refusal_answer(refusal))
            return
        self._connections.enter(address)
        protocol = self._protocol_factory()
        protocol.leave = partial(self._connections.leave, address)
        beginning = self._loop.create_task(self._begin(accepted, protocol))
        self._beginning.add(beginning)
        beginning.add_done_callback(self._beginning.discard)

    async def _begin(self, accepted: socket.socket, protocol: Connection) -> None:
        await self._loop.connect_accepted_socket(lambda: protocol, accepted)

    def _pause(self, listening: socket.socket, error: OSError) -> None:
        """The socket stays ready however often it is asked, so it is not asked for a while."""
        self._connections.count(Refusal.NOT_ACCEPTED)
        log.warning("connections cannot be taken just now, mostly for want of descriptors (ulimit -n): %s", error)
        self._loop.remove_reader(listening)
        self._loop.call_later(PAUSE_SECONDS, self._go_on, listening)

    def _go_on(self, listening: socket.socket) -> None:
        if not self._is_closed:
            self._loop.add_reader(listening, self._accept, listening)

    def _check(self) -> None:
        """See who is slow, as long as the loop runs: also when no more connections are taken."""
        self._loop.call_later(self._between_looks, self._check)
        now = self._loop.time()
        for connection in tuple(self._open):
            if isinstance(connection, Connection):
                connection.look(now)


def bound_socket(family: int, address: Any, *, is_shared: bool = True) -> socket.socket:
    """A socket that others may have the address of where it `is_shared`.

    It is named TCP: on sockets that are not, asyncio leaves Nagle's algorithm on, and each answer waits for 40 ms.
    """
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if is_shared and sys.platform == "linux":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if not is_shared and family == socket.AF_INET6:  # IPv4 has a socket of its own
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound

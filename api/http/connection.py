"""One connection: uvicorn's, which waits for nobody for ever and reads no more than it should.

What an ordinary request adds is a handful of assignments. Whether somebody is slow is looked at from outside, once a
second (`look`), so that a request that comes whole sets no timer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from api.http.connections import CONNECTIONS, Connections
from api.http.metrics import Refusal
from api.http.refusals import refusal_answer
from api.http.timeouts import ConnectionTimeouts, Waiting

# What is left of the time to stop is for answers that are being worked out.
SHARE_OF_THE_SLOW = 0.75
# The app refuses too large a body itself; this is for those who send on all the same, or only wrapping.
MOST_BODIES, LEAST_BYTES = 8, 8 * 1024 * 1024


class Phase(Enum):
    """What of a request is being read."""

    BETWEEN = auto()
    HEADERS = auto()
    BODY = auto()
    REFUSED = auto()


class Connection(HttpToolsProtocol):
    """Reads requests of one caller, within the limits of the app's `Connections`."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.limits: Connections = app_state[CONNECTIONS]
        self.leave: Callable[[], None] = _nothing
        self._settings = self.limits.settings
        self._most_bytes = max(LEAST_BYTES, MOST_BODIES * self._settings.max_body_bytes)
        # Read for every request, and a setting costs more to read than an attribute.
        self._most_header_bytes: int = self._settings.max_header_bytes
        self._most_headers: int = self._settings.max_headers
        self._timeouts = ConnectionTimeouts(self._settings)
        self._phase = Phase.BETWEEN
        self._message_number = self._message_bytes = self._packet_bytes = self._times_drained = 0
        self._refusal: Refusal | None = None

    def data_received(self, data: bytes) -> None:
        """Read on; more than the limits is answered with why."""
        if self._phase is Phase.REFUSED:
            return
        self._packet_bytes = len(data)
        self._message_bytes += self._packet_bytes
        super().data_received(data)
        if self._message_bytes > self._most_header_bytes:
            self._require_fewer_bytes()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._phase = Phase.HEADERS
        self._message_number += 1
        self._message_bytes = 0

    def on_headers_complete(self) -> None:
        """Answer, or refuse to: an exception ends the parsing, and `send_400_response` says why."""
        if self._has_large_headers():
            self._refusal = Refusal.LARGE_HEADERS
        elif self.pipeline and len(self.pipeline) >= self._settings.most_pipelined:
            self._refusal = Refusal.PIPELINED
        if self._refusal is not None:
            raise ValueError(self._refusal)
        super().on_headers_complete()
        self._phase = Phase.BODY

    def on_message_complete(self) -> None:
        """The request is whole."""
        super().on_message_complete()
        self._phase = Phase.BETWEEN

    def resume_writing(self) -> None:
        """The caller reads on."""
        self._times_drained += 1
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """What cannot be parsed, and what `on_headers_complete` refused."""
        if self._refusal is None and self._has_room_for_answer():
            self.limits.count(Refusal.MALFORMED)
            super().send_400_response(msg)
        else:
            self.refuse(self._refusal or Refusal.MALFORMED)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it out."""
        self.leave()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End, or as soon as what is asked is answered; who is slow has most of the time, not all of it."""
        stop_by = self.loop.time() + self._settings.stop_seconds * SHARE_OF_THE_SLOW
        self.limits.stop_by = min(self.limits.stop_by, stop_by)
        super().shutdown()

    def refuse(self, refusal: Refusal) -> None:
        """Say why, where an answer still has its place, and end.

        What the caller goes on sending is thrown away until then: a socket closed before would take the answer with it.
        """
        if self._phase is Phase.REFUSED or self.transport.is_closing():
            return
        self.limits.count(refusal)
        answer = refusal_answer(refusal)
        if not answer or not self._has_room_for_answer():
            self.transport.close()
            return
        self._phase = Phase.REFUSED
        self._unset_keepalive_if_required()
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.write(answer)
        with suppress(OSError):
            self.transport.write_eof()
        self.flow.resume_reading()

    def look(self, now: float) -> None:
        """End what waits too long; called every second or so with the loop's clock."""
        waiting = self._waiting_for()
        size = self.transport.get_write_buffer_size()
        progress = -size if waiting is Waiting.READER else self._message_bytes
        since = (waiting, self._message_number, self._times_drained)
        refusal = self._timeouts.refusal(since, progress, now, self.limits.stop_by)
        if refusal is None:
            return
        if waiting is Waiting.READER:
            self.limits.count(refusal)
            self.transport.abort()
        elif waiting is Waiting.LEAVING:
            self.transport.abort()
        elif self._phase is Phase.BETWEEN:
            self.limits.count(refusal)
            self.transport.close()  # nothing was asked, so nothing is answered
        else:
            self.refuse(refusal)

    def _waiting_for(self) -> Waiting:
        if self._phase is Phase.REFUSED:
            return Waiting.LEAVING
        is_answering = self.cycle is not None and not self.cycle.response_complete
        nobody_writes = not is_answering or self.flow.write_paused or self.transport.is_closing()
        if nobody_writes and self.transport.get_write_buffer_size():
            return Waiting.READER
        if self._phase is Phase.BODY:
            return Waiting.NOBODY if self.flow.read_paused else Waiting.BODY
        if is_answering or (self._phase is Phase.BETWEEN and self.timeout_keep_alive_task is not None):
            return Waiting.NOBODY
        return Waiting.HEADERS

    def _has_room_for_answer(self) -> bool:
        """Whether no answer to this or an earlier request has begun or is due first."""
        if self.cycle is None or self.cycle.response_complete:
            return self._phase is not Phase.BODY  # else it has its answer
        has_begun: bool = self.cycle.response_started
        return self._phase is Phase.BODY and not self.pipeline and not has_begun

    def _has_large_headers(self) -> bool:
        """Sizes are added up only where all that came is larger."""
        if len(self.headers) > self._most_headers:
            return True
        if self._packet_bytes + self._message_bytes <= self._most_header_bytes:
            return False
        size: int = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        return size > self._most_header_bytes

    def _require_fewer_bytes(self) -> None:
        if self._phase is Phase.HEADERS:
            self.refuse(Refusal.LARGE_HEADERS)
        elif self._phase is Phase.BODY:
            if len(self.headers) > self._most_headers:  # those behind a body in pieces count too
                self.refuse(Refusal.LARGE_HEADERS)
            elif self._message_bytes > self._most_bytes:
                self.refuse(Refusal.LARGE_BODY)


def _nothing() -> None:
    pass

"""What one caller may ask for at a time: so many requests of theirs are answered at once, and some more may wait.

Callers are told apart twice. Before it is known who asks, by the credentials as they are sent, or by the address that
sends none: looking at them is cheap, and made-up ones cost no more than that. From then on by whoever asks.
"""

from __future__ import annotations

import math
from contextlib import AbstractAsyncContextManager

from fastapi import Request

from api.configuration.settings import Settings
from api.http.connections import Connections, counted_address
from api.http.turns import Turns

MOST_WAITING = 64
# The cookie of a request for a page, in its scope; empty where it shows none, absent where no page is asked for.
PAGE_TOKEN = "chamba.page_token"  # noqa: S105 (a name)
# A family or a village may share an address.
CALLERS_OF_ADDRESS = 8


class FairShares:
    """Those of one process."""

    def __init__(self, settings: Settings, connections: Connections) -> None:
        self._most, self._connections = settings.most_at_once_per_caller, connections
        # All together they are bounded by threads. A bound here would let a few who send slowly keep everybody out.
        self._identifying, self._answering = Turns(math.inf), Turns(math.inf)

    def identifying(self, request: Request) -> AbstractAsyncContextManager[None]:
        """A turn to find out who asks; raises the 503 problem, with Retry-After, where it does not come."""
        shown = request.scope.get(PAGE_TOKEN, request.headers.get("authorization"))
        if not shown:
            return self._turn_of_address(self._identifying, request)
        return self._identifying.turn(f"{hash(shown)}", self._most, MOST_WAITING)

    def answering(self, caller: str | None, request: Request) -> AbstractAsyncContextManager[None]:
        """A turn to be answered, None for somebody unknown; raises the 503 problem as `identifying` does."""
        if caller is not None:
            return self._answering.turn(caller, self._most, MOST_WAITING)
        return self._turn_of_address(self._answering, request)

    def _turn_of_address(self, turns: Turns, request: Request) -> AbstractAsyncContextManager[None]:
        """Of everybody at an address; a proxy that names nobody speaks for all of its own."""
        host = request.client.host if request.client else ""
        try:
            address = counted_address(host)
        except ValueError:  # of a test, or a socket of this machine
            return turns.turn(host)
        if self._connections.is_proxy(address):
            return turns.turn(address, math.inf, math.inf)
        many = self._most * CALLERS_OF_ADDRESS
        return turns.turn(address, many, many + MOST_WAITING)

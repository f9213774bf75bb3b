"""Around every request: it gets an id, is counted and timed by its route, and its partner is told what is left to it.

A plain ASGI layer, a few microseconds a request.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from itertools import count
from time import perf_counter
from typing import Any

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.metrics import Metrics
from api.http.problems import REQUEST_ID
from api.language.reader import CALLER

Headers = tuple[tuple[bytes, bytes], ...]

# A client chooses the method and the address: neither may make new label values.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD, UNMATCHED_ROUTE = "other", "unmatched"

REQUEST_ID_HEADER = b"x-request-id"
# What a caller may name a request: nothing that could end a header, a log line or a page.
USABLE_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_PROCESS, _NUMBERS = secrets.token_hex(8), count(1)

# The id of the request that this context answers, for its log lines; empty outside of one.
current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")


class RequestLayer:
    """An ASGI layer around an app."""

    def __init__(self, app: ASGIApp, metrics: Metrics, limits_of: Callable[[Any, int], Headers]) -> None:
        """`limits_of`: the headers that tell a partner its limits, with an answer of a status."""
        self._app, self._metrics, self._limits_of = app, metrics, limits_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does; a failure without an answer counts as a 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, request_id = 500, _request_id(scope)
        scope[REQUEST_ID] = request_id
        current_request_id.set(request_id)

        async def telling(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (REQUEST_ID_HEADER, request_id.encode()),
                    *self._limits(scope.get(CALLER), status),
                ]
            await send(message)

        start = perf_counter()
        try:
            await self._app(scope, receive, telling)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER_METHOD
            route = getattr(scope.get("route"), "path", UNMATCHED_ROUTE)  # the router has filled it in
            requests, seconds = self._counters(method, route, status)
            requests.inc()
            seconds.observe(perf_counter() - start)

    def _limits(self, caller: Any, status: int) -> Headers:
        """What is left to the partner that asks; of those past a limit the problem itself tells."""
        if caller is None or caller.partner is None:
            return ()
        return self._limits_of(caller.partner, status)

    @lru_cache(maxsize=1024)  # noqa: B019 (as long-lived as the app)
    def _counters(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        metrics = self._metrics
        return metrics.requests.labels(method, route, status), metrics.request_seconds.labels(method, route)


async def answer_head(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer HEAD as GET would be answered, without the body. Routes need not know of it.

    The scope keeps being the same, as the router fills it in; who sends the answer has to see HEAD there again.
    """
    scope["method"] = "GET"

    async def without_body(message: Message) -> None:
        scope["method"] = "HEAD"
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    try:
        await app(scope, receive, without_body)
    finally:
        scope["method"] = "HEAD"


def _request_id(scope: Scope) -> str:
    """The caller's own name for the request where it is a short token, else a new one."""
    for name, value in scope["headers"]:
        if name == REQUEST_ID_HEADER:
            if USABLE_ID.fullmatch(value):
                named: str = value.decode("ascii")
                return named
            break
    return f"{_PROCESS}-{next(_NUMBERS):x}"

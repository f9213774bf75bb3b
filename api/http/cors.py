"""Which pages of others may ask with a partner's key (CORS): those whose origins an operator names, none by default.

Only routes that a key opens, and never with cookies: a key is sent by whoever has it. A preflight is answered from
memory, before any rule is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from re import Pattern

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ORIGIN, ASKED_METHOD = b"origin", b"access-control-request-method"
ANSWERS_SECONDS = b"600"
READABLE = b"ETag, Idempotent-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-ID"
SENDABLE = b"Accept-Language, Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-ID"
METHODS = b"DELETE, GET, HEAD, PATCH, POST, PUT"
VARY = (b"vary", b"Origin")


class CrossOrigin:
    """An ASGI layer around an app."""

    def __init__(self, app: ASGIApp, origins: Collection[str], paths: Iterable[Pattern[str]]) -> None:
        """`paths`: of the routes that a key opens."""
        self._app = app
        self._origins, self._paths = frozenset(origin.encode("ascii") for origin in origins), tuple(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight; of another request, let the page read the answer."""
        headers = dict(scope["headers"]) if scope["type"] == "http" else {}
        origin = headers.get(ORIGIN)
        if origin is None or not any(path.match(scope["path"]) for path in self._paths):
            await self._app(scope, receive, send)
            return
        allowed = [(b"access-control-allow-origin", origin)] if origin in self._origins else []
        if allowed and scope["method"] == "OPTIONS" and ASKED_METHOD in headers:
            await send({"type": "http.response.start", "status": 204, "headers": [*allowed, VARY, *_PREFLIGHT]})
            await send({"type": "http.response.body", "body": b""})
            return

        async def readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = [*allowed, (b"access-control-expose-headers", READABLE)] if allowed else []
                message["headers"] = [*message.get("headers", ()), *told, VARY]
            await send(message)

        await self._app(scope, receive, readable)


_PREFLIGHT = (
    (b"access-control-allow-methods", METHODS),
    (b"access-control-allow-headers", SENDABLE),
    (b"access-control-max-age", ANSWERS_SECONDS),
)

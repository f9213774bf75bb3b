"""Counts and times every request by its route's template: a plain ASGI layer, a few microseconds a request."""

from __future__ import annotations

from functools import lru_cache
from time import perf_counter

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.metrics import Metrics

# A client chooses the method and the address: neither may make new label values.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD, UNMATCHED_ROUTE = "other", "unmatched"


class RequestMetrics:
    """An ASGI layer around an app."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does; a failure without an answer counts as a 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def noting_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        start = perf_counter()
        try:
            await self._app(scope, receive, noting_status)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER_METHOD
            route = getattr(scope.get("route"), "path", UNMATCHED_ROUTE)  # the router has filled it in
            count, seconds = self._counters(method, route, status)
            count.inc()
            seconds.observe(perf_counter() - start)

    @lru_cache(maxsize=1024)  # noqa: B019 (as long-lived as the app)
    def _counters(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        metrics = self._metrics
        return metrics.requests.labels(method, route, status), metrics.request_seconds.labels(method, route)

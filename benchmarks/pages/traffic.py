"""The bytes that a page brings over the network, by kind, as the browser's developer tools count them.

An answer counts with its headers and as compressed as it came; what comes out of the cache counts nothing. What a
service worker fetches beside the page is counted by `WorkerTraffic`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Request

SCRIPT, WORKER = "Script", "Worker"


@dataclass
class Traffic:
    """What came, and how often it was asked, since the last `forget`."""

    received_bytes: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    _kinds: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, session: CDPSession, context: BrowserContext) -> Traffic:
        """Count what the page of a session asks for from now on, and the workers of its context."""
        traffic = cls()
        session.on("Network.requestWillBeSent", traffic._asked)
        session.on("Network.responseReceived", traffic._answered)
        session.on("Network.loadingFinished", traffic._finished)
        context.on("requestfinished", traffic._finished_by_worker)
        return traffic

    @property
    def total_bytes(self) -> int:
        """Of all kinds."""
        return self.received_bytes.total()

    @property
    def script_bytes(self) -> int:
        """Of JavaScript, a service worker's own included."""
        return self.received_bytes[SCRIPT]

    def forget(self) -> None:
        """Begin to count anew."""
        self.received_bytes.clear()
        self.requests = 0

    def _asked(self, event: Mapping[str, Any]) -> None:
        redirected = event.get("redirectResponse")
        if redirected is not None:
            self.received_bytes[event.get("type", "Other")] += int(redirected["encodedDataLength"])
        if not event["request"]["url"].startswith("data:"):
            self.requests += 1
            self._kinds[event["requestId"]] = event.get("type", "Other")

    def _answered(self, event: Mapping[str, Any]) -> None:
        if event["requestId"] in self._kinds:
            self._kinds[event["requestId"]] = event["type"]

    def _finished(self, event: Mapping[str, Any]) -> None:
        kind = self._kinds.pop(event["requestId"], None)
        if kind is not None:
            self.received_bytes[kind] += int(event["encodedDataLength"])

    def _finished_by_worker(self, request: Request) -> None:
        if request.service_worker is None:
            return
        sizes = request.sizes()
        self.requests += 1
        self.received_bytes[WORKER] += sizes["responseHeadersSize"] + sizes["responseBodySize"]

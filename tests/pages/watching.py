"""What must not happen behind a page: requests to other hosts, refusals, errors of scripts, breaches of its policy.

Of breaches the browser's console tells, as of errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Answers are judged one by one, with their addresses.
TOLD_ELSEWHERE = "Failed to load resource"
# A page that is left, or a search whose words change, no longer waits for its answer.
LEFT = "net::ERR_ABORTED"


class Watch:
    """Notes what goes wrong in a browser's pages that are all of `site`."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.faults: list[str] = []
        self._site, self._expected, self._is_offline = site, frozenset[int](), False
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)
        context.on("console", self._said)
        context.on("weberror", self._broke)

    @contextmanager
    def refusals(self, *statuses: int) -> Iterator[None]:
        """Answers of these statuses are what a test wants meanwhile."""
        self._expected = frozenset(statuses)
        try:
            yield
        finally:
            self._expected = frozenset()

    @contextmanager
    def no_network(self) -> Iterator[None]:
        """Requests fail meanwhile."""
        self._is_offline = True
        try:
            yield
        finally:
            self._is_offline = False

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self._site}/", "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.faults.append(f"{response.status}: {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        if not self._is_offline and request.failure != LEFT:
            self.faults.append(f"failed, {request.failure}: {request.method} {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(TOLD_ELSEWHERE):
            self.faults.append(f"console: {message.text}")

    def _broke(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error.message}")

"""An app whose clock and sending are the tests' to move, a partner of it, web receivers and SMTP servers."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.partners.parts import Clock, PartnerApp, make_partner, services_of
from tests.api.partners.smtp_sink import SmtpSink, open_smtp_sink
from tests.api.partners.web_receiver import Receiver, web_receiver

NEVER = 1e6


@pytest.fixture
def clock() -> Clock:
    """The clock of `app`."""
    return Clock()


@pytest.fixture
def app(open_app: Callable[..., TestClient], clock: Clock) -> TestClient:
    """An app that sends nothing by itself."""
    client = open_app(webhooks_to_loopback=True, delivery_poll_seconds=NEVER)
    services_of(client).clock = clock
    del client.headers["Authorization"]
    return client


@pytest.fixture
def partner(app: TestClient) -> PartnerApp:
    """A partner of `app` with a key that opens everything."""
    return make_partner(app)


@pytest.fixture
def open_receiver() -> Iterator[Callable[..., Receiver]]:
    """Opens receivers of webhooks: `open_receiver(503, 204)` fails first."""
    with ExitStack() as opened:

        def open_(*statuses: int | None, wrap: Callable[..., Any] | None = None) -> Receiver:
            return opened.enter_context(web_receiver(list(statuses) or [204], wrap))

        yield open_


@pytest.fixture
def open_sink() -> Iterator[Callable[..., SmtpSink]]:
    """Opens SMTP servers."""
    with ExitStack() as opened:

        def open_(tls: ssl.SSLContext | None = None) -> SmtpSink:
            return opened.enter_context(open_smtp_sink(tls))

        yield open_

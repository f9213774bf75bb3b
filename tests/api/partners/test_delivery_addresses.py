"""Deliveries go only to addresses that were just checked, and to the receiver that the name stands for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from api.delivering.deliveries import Deliveries
from api.delivering.webhook_sending import WebhookSender
from store.database import writing
from store.partners.webhooks import WEBHOOKS
from tests.api.partners.certificates import tls_for
from tests.api.partners.parts import PartnerApp
from tests.api.partners.web_receiver import Receiver
from tests.api.partners.webhooks_told import followed, is_signed, make_webhook, tell
from tests.api.services_of import services_of

OpenReceiver = Callable[..., Receiver]


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "https://127.0.0.1/", "https://169.254.169.254/", "http://user@a/"]
)
def test_an_address_that_became_private_is_not_connected_to(
    app: TestClient, partner: PartnerApp, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a name leads elsewhere than on the day when the webhook was made."""
    webhook_id, _ = make_webhook(app, partner, "http://127.0.0.1:9/")
    with writing(services_of(app).database).begin() as connection:
        connection.execute(update(WEBHOOKS).values(url=url))
    tell(app, partner)
    connected: list[Any] = []

    async def connect(*arguments: Any, **options: Any) -> Any:
        connected.append((arguments, options))
        raise OSError

    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", connect)
    worker = Deliveries(services_of(app), WebhookSender(allows_loopback=False))
    worker.send_due()
    worker.close()
    assert connected == []
    assert followed(app, partner, webhook_id) == [("waiting", 1, None)]


def test_the_connection_goes_to_the_address_that_was_checked_and_its_certificate_to_the_name(
    app: TestClient, partner: PartnerApp, open_receiver: OpenReceiver, tmp_path: Path
) -> None:
    server_tls, client_tls = tls_for("hooks.bolsasur.test", tmp_path)
    receiver = open_receiver(wrap=partial(server_tls.wrap_socket, server_side=True))
    webhook_id, secret = make_webhook(app, partner, "http://127.0.0.1:9/")
    resolved: list[str] = []

    def resolve(host: str, _port: int) -> list[Any]:
        resolved.append(host)
        return [ip_address("127.0.0.1")]

    def send_to(host: str) -> None:
        with writing(services_of(app).database).begin() as connection:
            connection.execute(update(WEBHOOKS).values(url=f"https://{host}:{receiver.port}/hook"))
        tell(app, partner)
        worker = Deliveries(services_of(app), WebhookSender(allows_loopback=True, tls=client_tls, resolve=resolve))
        worker.send_due()
        worker.close()

    send_to("hooks.bolsasur.test")
    (request,) = receiver.received
    assert request.headers["host"] == f"hooks.bolsasur.test:{receiver.port}"
    assert is_signed(request, secret)
    send_to("another.test")  # whose certificate that is not
    assert len(receiver.received) == 1
    assert resolved == ["hooks.bolsasur.test", "another.test"]
    assert sorted(followed(app, partner, webhook_id)) == [("delivered", 1, 204), ("waiting", 1, None)]


def test_of_a_names_addresses_the_first_that_answers_is_taken(
    app: TestClient, partner: PartnerApp, open_receiver: OpenReceiver
) -> None:
    receiver = open_receiver()
    make_webhook(app, partner, receiver.url)
    tell(app, partner)
    addresses = [ip_address("127.0.0.2"), ip_address("127.0.0.1")]  # nobody listens at the first
    sender = WebhookSender(allows_loopback=True, resolve=lambda _host, _port: addresses)
    worker = Deliveries(services_of(app), sender)
    worker.send_due()
    worker.close()
    assert len(receiver.received) == 1


def test_nothing_private_is_logged(
    app: TestClient,
    partner: PartnerApp,
    worker: Deliveries,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _, secret = make_webhook(app, partner, "http://127.0.0.1:9/token-in-the-path")
    tell(app, partner)
    with caplog.at_level(logging.DEBUG, "chamba"):
        worker.send_due()
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("chamba"))
    assert "delivery" in ours
    assert "token-in-the-path" not in ours
    assert secret not in ours

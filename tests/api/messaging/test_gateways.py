"""Messages go out by the gateway that settings describe, once, and lie in the outbox where none is set."""

from __future__ import annotations

import logging
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from api.configuration.settings import Settings
from api.delivering.deliveries import Deliveries
from store.people.phone_messages import MESSAGES, PhoneMessage, PhoneWay, SendingTime, post_message
from tests.api.messaging.stub_gateway import StubGateway, stub_gateway
from tests.api.partners.parts import Clock
from tests.api.services_of import services_of

ROSA = "+51987654321"
OpenApp = Callable[..., TestClient]
Scraped = Callable[..., float]


@pytest.fixture
def gateway() -> Iterator[StubGateway]:
    with stub_gateway() as stub:
        yield stub


@pytest.fixture
def clock() -> Clock:
    return Clock()


def post(app: TestClient, text: str, way: PhoneWay = PhoneWay.SMS) -> None:
    services = services_of(app)
    at = SendingTime(services.now(), timedelta(hours=1))
    services.write(partial(post_message, cipher=services.cipher, message=PhoneMessage(ROSA, text, way), at=at))


def opened(open_app: OpenApp, clock: Clock, **settings: Any) -> tuple[TestClient, Deliveries]:
    app = open_app(**settings)
    services_of(app).clock = clock
    return app, Deliveries(services_of(app))


def waiting(app: TestClient) -> int:
    with services_of(app).database.connect() as connection:
        return len(connection.execute(select(MESSAGES)).all())


def test_without_a_gateway_a_message_is_a_file_that_only_its_owner_reads(
    open_app: OpenApp, clock: Clock, caplog: pytest.LogCaptureFixture, scraped: Scraped
) -> None:
    app, worker = opened(open_app, clock)
    post(app, "Tu código es 042517")
    with caplog.at_level(logging.INFO, "chamba.deliveries"):
        assert worker.send_due()
        assert not worker.send_due()
    outbox = services_of(app).settings.data_dir / "outbox"
    (file,) = outbox.iterdir()
    assert file.read_text() == f"To: {ROSA}\nBy: sms\n\nTu código es 042517\n"
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o700
    assert not any(word in caplog.text for word in ("987654321", "042517"))
    assert scraped(app, "chamba_deliveries_total", kind="sms", outcome="delivered") == 1
    assert waiting(app) == 0


@pytest.mark.parametrize("body", ["json", "form", "query"])
def test_any_gateway_is_asked_as_the_settings_describe_it(
    open_app: OpenApp, clock: Clock, gateway: StubGateway, body: str
) -> None:
    gateway.status, gateway.body = 201, b'{"result": "QUEUED"}'
    app, worker = opened(
        open_app,
        clock,
        sms_gateway="http",
        sms_url=gateway.url,
        sms_body=body,
        sms_parameters='{"msisdn": "{digits}", "body": "{text}", "src": "{sender}", "dcs": "{coding}"}',
        sms_header="Authorization: Key s3cret",
        sms_sender="Chamba",
        sms_accepted_statuses="201",
        sms_accepted_text="QUEUED",
    )
    post(app, "Ñandú & {sender} +1")
    worker.send_due()
    told = {"msisdn": "51987654321", "body": "Ñandú & {sender} +1", "src": "Chamba", "dcs": "2"}
    (seen,) = gateway.seen
    assert seen["query" if body == "query" else "body"] == told
    assert (seen["method"], seen["authorization"]) == ("GET" if body == "query" else "POST", "Key s3cret")
    assert waiting(app) == 0


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (200, b'{"result": "REJECTED"}', {}),
        (500, b"QUEUED", {}),
        (302, b"QUEUED", {"Location": "/elsewhere"}),
    ],
)
def test_what_is_not_taken_is_tried_again_and_no_redirect_is_followed(
    open_app: OpenApp,
    clock: Clock,
    gateway: StubGateway,
    scraped: Scraped,
    status: int,
    body: bytes,
    headers: dict[str, str],
) -> None:
    gateway.status, gateway.body, gateway.headers = status, body, headers
    app, worker = opened(
        open_app, clock, sms_gateway="http", sms_url=gateway.url, sms_accepted_text="QUEUED", sms_body="query"
    )
    post(app, "Hola")
    worker.send_due()
    assert not worker.send_due(), "it waits"
    assert [one["path"] for one in gateway.seen] == ["/send"]
    assert scraped(app, "chamba_deliveries_total", kind="sms", outcome="failed") == 1
    gateway.status, gateway.body, gateway.headers = 200, b"QUEUED", {}
    clock.move(seconds=31)
    worker.send_due()
    assert (len(gateway.seen), waiting(app)) == (2, 0)


def test_a_gateway_that_is_away_is_given_up_after_eight_times(
    open_app: OpenApp, clock: Clock, gateway: StubGateway, scraped: Scraped
) -> None:
    gateway.status = 503
    app, worker = opened(open_app, clock, sms_gateway="http", sms_url=gateway.url)
    services = services_of(app)
    at = SendingTime(services.now(), timedelta(days=3))
    services.write(partial(post_message, cipher=services.cipher, message=PhoneMessage(ROSA, "Hola"), at=at))
    for _ in range(10):
        worker.send_due()
        clock.move(hours=2)
    assert len(gateway.seen) == 8
    assert scraped(app, "chamba_deliveries_total", kind="sms", outcome="given_up") == 1
    assert waiting(app) == 0


def test_what_a_gateway_took_is_not_sent_again_though_the_database_was_away_then(
    open_app: OpenApp, clock: Clock, gateway: StubGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, worker = opened(open_app, clock, sms_gateway="http", sms_url=gateway.url)
    post(app, "Hola")

    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("away", None, Exception("away"))

    with monkeypatch.context() as patched:
        patched.setattr("api.delivering.messaging.lane.message_over", away)
        worker.send_due()
        clock.move(minutes=10)
        worker.send_due()
    clock.move(minutes=10)
    worker.send_due()
    assert (len(gateway.seen), waiting(app)) == (1, 0)


def test_kannel_is_asked_by_its_own_names(open_app: OpenApp, clock: Clock, gateway: StubGateway) -> None:
    gateway.status, gateway.body = 202, b"0: Accepted for delivery"
    app, worker = opened(
        open_app, clock, sms_url=gateway.url, sms_user="chamba", sms_sender="4321", **{"sms_password": "s3cret"}
    )
    post(app, "Mañana: «¿sí?»")
    worker.send_due()
    assert gateway.seen[0]["query"] == {
        "username": "chamba",
        "password": "s3cret",
        "from": "4321",
        "to": ROSA,
        "text": "Mañana: «¿sí?»",
        "charset": "UTF-8",
        "coding": "2",
    }
    gateway.body = b"5: Queued by nobody"
    post(app, "Hola")
    worker.send_due()
    assert waiting(app) == 1


@pytest.mark.parametrize("template", ["", "aviso"])
def test_whatsapp_is_asked_as_its_cloud_api_is(
    open_app: OpenApp, clock: Clock, gateway: StubGateway, template: str
) -> None:
    """The other side is a stub of ours: nothing here has met WhatsApp itself."""
    gateway.body = b'{"messaging_product": "whatsapp", "messages": [{"id": "wamid.x"}]}'
    settings = {"whatsapp_token": "t0ken", "whatsapp_template": template, "whatsapp_language": "es"}
    app, worker = opened(open_app, clock, whatsapp_url=gateway.url, **settings)
    post(app, "Hay dos trabajos\npara ti", PhoneWay.WHATSAPP)
    worker.send_due()
    (seen,) = gateway.seen
    body: Any = seen["body"]
    assert (body["messaging_product"], body["to"]) == ("whatsapp", "51987654321")
    assert seen["authorization"] == "Bearer t0ken"
    if template:
        (component,) = body["template"]["components"]
        assert (body["template"]["name"], body["template"]["language"]) == ("aviso", {"code": "es"})
        assert component["parameters"] == [{"type": "text", "text": "Hay dos trabajos para ti"}]
    else:
        assert body["text"] == {"preview_url": False, "body": "Hay dos trabajos\npara ti"}
    assert waiting(app) == 0
    gateway.body = b'{"error": {"code": 131047}}'
    post(app, "Otro", PhoneWay.WHATSAPP)
    worker.send_due()
    assert waiting(app) == 1


@pytest.mark.parametrize(
    "settings",
    [
        {"sms_url": "http://sms.example/send"},
        {"sms_url": "ftp://127.0.0.1/"},
        {"sms_url": "https://user:password@sms.example/"},
        {"whatsapp_url": "http://graph.example/"},
        {"sms_parameters": "[1]"},
        {"sms_parameters": '{"to": "{recipient}"}'},
        {"sms_header": "Authorization: a\r\nX: b"},
        {"sms_accepted_statuses": "ok"},
        {"sms_countries": "Peru"},
        {"incoming_secret": "short"},
    ],
)
def test_settings_that_nothing_could_be_sent_by_are_refused(settings: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="expected"):
        Settings(**settings)  # type: ignore[arg-type]

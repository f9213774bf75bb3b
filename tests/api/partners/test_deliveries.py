"""What waits is sent: signed, again after a failure, once by several servers, never along a redirect."""

from __future__ import annotations

import base64
import logging
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from fastapi.testclient import TestClient

import api.delivering.webhook_sending
from api.delivering.deliveries import Deliveries
from store.partners.deliveries import take_due
from store.people.mail import Mail, post_mail
from tests.api.partners.parts import Clock, PartnerApp, make_partner
from tests.api.partners.smtp_sink import SmtpSink
from tests.api.partners.web_receiver import Receiver
from tests.api.partners.webhooks_told import followed, is_signed, make_webhook, tell
from tests.api.services_of import services_of
from tests.databases import Databases

OpenReceiver = Callable[..., Receiver]
Scraped = Callable[..., float]


def test_a_delivery_is_signed_json_about_what_happened(
    app: TestClient, partner: PartnerApp, worker: Deliveries, open_receiver: OpenReceiver, clock: Clock
) -> None:
    receiver = open_receiver()
    webhook_id, secret = make_webhook(app, partner, receiver.url)
    tell(app, partner)
    clock.move(seconds=5)
    assert worker.send_due()
    (request,) = receiver.received
    assert request.path == "/hooks?of=chamba"
    assert request.document == {
        "type": "job.closed",
        "timestamp": "2026-11-25T19:05:30+00:00",
        "data": {"job_id": "web-1"},
    }
    assert is_signed(request, secret)
    assert not is_signed(request, "whsec_" + base64.b64encode(b"another").decode())
    assert request.headers["webhook-timestamp"] == str(int(clock.now.timestamp()))
    assert (request.headers["content-type"], request.headers["host"]) == (
        "application/json",
        f"127.0.0.1:{receiver.port}",
    )
    assert followed(app, partner, webhook_id) == [("delivered", 1, 204)]
    assert not worker.send_due()


def test_what_failed_is_sent_again_later_under_the_same_id(
    app: TestClient,
    partner: PartnerApp,
    worker: Deliveries,
    open_receiver: OpenReceiver,
    clock: Clock,
    scraped: Scraped,
) -> None:
    receiver = open_receiver(503, 200)
    webhook_id, secret = make_webhook(app, partner, receiver.url)
    tell(app, partner)
    worker.send_due()
    assert followed(app, partner, webhook_id) == [("waiting", 1, 503)]
    assert not worker.send_due()
    clock.move(seconds=13)
    worker.send_due()
    assert followed(app, partner, webhook_id) == [("delivered", 2, 200)]
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] < second.headers["webhook-timestamp"]
    assert first.body == second.body
    assert is_signed(second, secret)
    counts = {
        outcome: scraped(app, "chamba_deliveries_total", kind="job.closed", outcome=outcome)
        for outcome in ("delivered", "failed", "given_up")
    }
    assert counts == {"delivered": 1, "failed": 1, "given_up": 0}


def test_a_redirect_is_not_followed(
    app: TestClient, partner: PartnerApp, worker: Deliveries, open_receiver: OpenReceiver
) -> None:
    elsewhere, receiver = open_receiver(), open_receiver(307)
    receiver.headers["Location"] = elsewhere.url
    webhook_id, _ = make_webhook(app, partner, receiver.url)
    tell(app, partner)
    worker.send_due()
    assert (len(receiver.received), elsewhere.received) == (1, [])
    assert followed(app, partner, webhook_id) == [("waiting", 1, 307)]


def test_a_slow_receiver_is_left_and_holds_up_nobody(
    app: TestClient,
    partner: PartnerApp,
    worker: Deliveries,
    open_receiver: OpenReceiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api.delivering.webhook_sending, "TOTAL_SECONDS", 2.0)
    slow, quick = open_receiver(None), open_receiver()
    slow_id, _ = make_webhook(app, partner, slow.url)
    quick_id, _ = make_webhook(app, partner, quick.url)
    tell(app, partner)
    worker.send_due()
    assert (len(slow.received), len(quick.received)) == (1, 1)
    assert followed(app, partner, slow_id) == [("waiting", 1, None)]
    assert followed(app, partner, quick_id) == [("delivered", 1, 204)]


def test_a_receiver_that_is_not_there_is_tried_again(app: TestClient, partner: PartnerApp, worker: Deliveries) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        webhook_id, _ = make_webhook(app, partner, url)
        tell(app, partner)
        worker.send_due()
    assert followed(app, partner, webhook_id) == [("waiting", 1, None)]


def test_a_receiver_that_says_it_is_gone_is_told_nothing_more(
    app: TestClient, partner: PartnerApp, worker: Deliveries, open_receiver: OpenReceiver, scraped: Scraped
) -> None:
    receiver = open_receiver(410)
    webhook_id, _ = make_webhook(app, partner, receiver.url)
    tell(app, partner)
    worker.send_due()
    tell(app, partner)
    worker.send_due()
    assert len(receiver.received) == 1
    assert followed(app, partner, webhook_id) == [("failed", 1, 410)]
    assert app.get("/v1/webhooks", headers=partner.headers).json()["items"][0]["is_active"] is False
    assert app.post(f"/v1/webhooks/{webhook_id}:test", headers=partner.headers).status_code == 409
    assert scraped(app, "chamba_deliveries_total", kind="job.closed", outcome="given_up") == 1


def test_what_was_given_up_or_delivered_is_sent_once_more_when_it_is_asked_for(
    app: TestClient, partner: PartnerApp, worker: Deliveries, open_receiver: OpenReceiver
) -> None:
    receiver = open_receiver(204, 204)
    webhook_id, secret = make_webhook(app, partner, receiver.url)
    tell(app, partner)
    path = f"/v1/webhooks/{webhook_id}/deliveries"
    delivery_id = app.get(path, headers=partner.headers).json()["items"][0]["delivery_id"]
    again = f"{path}/{delivery_id}:redeliver"
    assert app.post(again, headers=partner.headers).status_code == 409, "it waits"
    worker.send_due()
    answer = app.post(again, headers=partner.headers)
    assert (answer.status_code, answer.json()) == (202, {"delivery_id": delivery_id})
    worker.send_due()
    first, second = receiver.received
    assert first.document == second.document
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == delivery_id
    assert is_signed(second, secret)
    assert followed(app, partner, webhook_id) == [("delivered", 1, 204)]
    unknown = f"{path}/{webhook_id}:redeliver"
    assert app.post(unknown, headers=partner.headers).status_code == 404
    another = make_partner(app, name="Otra")
    assert app.post(again, headers=another.headers).status_code == 404


def test_a_changed_secret_signs_what_waited_too(
    app: TestClient, partner: PartnerApp, worker: Deliveries, open_receiver: OpenReceiver
) -> None:
    receiver = open_receiver()
    webhook_id, before = make_webhook(app, partner, receiver.url)
    tell(app, partner)
    headers = partner.headers | {"Idempotency-Key": "secret-1"}
    rotations = [app.post(f"/v1/webhooks/{webhook_id}:rotate-secret", headers=headers) for _ in range(2)]
    assert [one.status_code for one in rotations] == [201, 409]
    secret = rotations[0].json()["secret"]
    assert secret not in rotations[1].text
    worker.send_due()
    (request,) = receiver.received
    assert is_signed(request, secret)
    assert not is_signed(request, before)


def test_a_ping_arrives(app: TestClient, partner: PartnerApp, worker: Deliveries, open_receiver: OpenReceiver) -> None:
    receiver = open_receiver()
    webhook_id, secret = make_webhook(app, partner, receiver.url)
    delivery_id = app.post(f"/v1/webhooks/{webhook_id}:test", headers=partner.headers).json()["delivery_id"]
    worker.send_due()
    (request,) = receiver.received
    assert (request.document["type"], request.headers["webhook-id"]) == ("ping", delivery_id)
    assert is_signed(request, secret)


def test_several_servers_send_each_delivery_once(
    app: TestClient, partner: PartnerApp, open_receiver: OpenReceiver
) -> None:
    receiver = open_receiver()
    make_webhook(app, partner, receiver.url)
    for number in range(24):
        tell(app, partner, f"job-{number}")
    servers = [Deliveries(services_of(app)) for _ in range(3)]

    def serve(server: Deliveries) -> None:
        while server.send_due():
            pass

    threads = [threading.Thread(target=serve, args=[server]) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for server in servers:
        server.close()
    response = [request.document["data"]["job_id"] for request in receiver.received]
    assert sorted(response) == sorted(f"job-{number}" for number in range(24))


def test_what_a_server_that_died_had_taken_another_sends_later(
    app: TestClient, partner: PartnerApp, worker: Deliveries, open_receiver: OpenReceiver, clock: Clock
) -> None:
    receiver, services = open_receiver(), services_of(app)
    webhook_id, _ = make_webhook(app, partner, receiver.url)
    tell(app, partner)
    services.write(partial(take_due, cipher=services.cipher, now=clock.now, limit=16))  # and then it dies
    worker.send_due()
    assert receiver.received == []
    clock.move(minutes=3)
    worker.send_due()
    assert len(receiver.received) == 1
    assert followed(app, partner, webhook_id) == [("delivered", 2, 204)]


def test_a_database_that_is_away_ends_nothing(
    databases: Databases,
    new_database_url: Callable[..., str],
    open_app: Callable[..., TestClient],
    open_receiver: OpenReceiver,
    caplog: pytest.LogCaptureFixture,
) -> None:
    url, receiver = new_database_url(), open_receiver()
    app = open_app(database_url=url, webhooks_to_loopback=True, delivery_poll_seconds=1e6)
    partner = make_partner(app)
    make_webhook(app, partner, receiver.url)
    tell(app, partner)
    worker = Deliveries(services_of(app))
    databases.take_away(url)
    services_of(app).database.dispose()  # after it: what else runs in the app may have connected until then
    with caplog.at_level(logging.WARNING, "chamba.deliveries"):
        assert [worker.send_due() for _ in range(3)] == [False] * 3
    assert [record.name for record in caplog.records].count("chamba.deliveries") == 1
    databases.bring_back(url)
    services_of(app).database.dispose()  # so may whoever looked for it while it was away
    assert worker.send_due()
    worker.close()
    assert len(receiver.received) == 1


def test_a_running_app_sends_by_itself(open_app: Callable[..., TestClient], open_receiver: OpenReceiver) -> None:
    receiver = open_receiver(500, 204)
    app = open_app(webhooks_to_loopback=True, delivery_poll_seconds=0.02)
    partner = make_partner(app)
    _, secret = make_webhook(app, partner, receiver.url)
    tell(app, partner)
    tell(app, partner, "web-2")
    requests = [receiver.waiting.get(timeout=60) for _ in range(2)]
    assert {request.document["data"]["job_id"] for request in requests} == {"web-1", "web-2"}
    assert all(is_signed(request, secret) for request in requests)


def told(receiver: Receiver) -> str:
    """The next job that a receiver is told of."""
    job_id: str = receiver.waiting.get(timeout=60).document["data"]["job_id"]
    return job_id


def test_a_host_that_does_not_answer_holds_one_place_and_no_mail(
    open_app: Callable[..., TestClient], open_receiver: OpenReceiver, open_sink: Callable[..., SmtpSink]
) -> None:
    """By the order of events: the slow ones are let go last, and everything else has happened by then."""
    sink, quick = open_sink(), open_receiver(host="127.0.0.99")
    slow = [open_receiver(None, host=f"127.0.0.{number}") for number in range(2, 6)]
    app = open_app(webhooks_to_loopback=True, delivery_poll_seconds=0.02, smtp_url=f"smtp://127.0.0.1:{sink.port}")
    slow_partner, quick_partner = make_partner(app), make_partner(app, name="Bolsa Norte")
    for receiver in slow:
        for _ in range(2):  # two webhooks of one host share its place
            make_webhook(app, slow_partner, receiver.url)
    make_webhook(app, quick_partner, quick.url)
    for number in range(3):
        tell(app, slow_partner, f"slow-{number}")
    held = [told(receiver) for receiver in slow]
    for number in range(6):  # more than are taken of one webhook at a time
        tell(app, quick_partner, f"quick-{number}")
    assert sorted(told(quick) for _ in range(6)) == [f"quick-{number}" for number in range(6)]
    services = services_of(app)
    mail = Mail("rosa@correo.pe", "Tu código", "Hola")
    services.write(partial(post_mail, cipher=services.cipher, mail=mail, now=services.now(), holds=timedelta(hours=1)))
    assert "rosa@correo.pe" in sink.waiting.get(timeout=60)
    assert [len(receiver.received) for receiver in slow] == [1] * 4  # still the first of each
    for receiver in slow:
        receiver.statuses = [204]
        receiver.let_go.set()
    everything = [*held, *(told(receiver) for receiver in slow for _ in range(5))]
    assert sorted(everything) == sorted(f"slow-{number}" for number in range(3) for _ in range(8))


def test_what_is_behind_a_host_that_does_not_answer_is_not_counted_as_tried(
    app: TestClient,
    partner: PartnerApp,
    worker: Deliveries,
    open_receiver: OpenReceiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api.delivering.webhook_sending, "TOTAL_SECONDS", 0.3)
    receiver = open_receiver(None, 204)
    webhook_id, _ = make_webhook(app, partner, receiver.url)
    for number in range(3):
        tell(app, partner, f"job-{number}")
    worker.send_due()
    assert sorted(followed(app, partner, webhook_id)) == [
        ("delivered", 1, 204),
        ("delivered", 1, 204),
        ("waiting", 1, None),
    ]

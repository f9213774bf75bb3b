"""Deliveries: told within the caller's transaction, taken by one server at a time, retried for a day, then given up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, text

from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.notices.outgoing import what_is_due
from store.partners.deliveries import (
    DELIVERIES,
    TakenDelivery,
    delivered,
    enqueue,
    enqueue_ping,
    failed,
    list_deliveries,
    take_due,
)
from store.partners.partners import PartnerStatus, set_status
from store.partners.webhooks import NewWebhook, WebhookKind, create_webhook, get_webhook
from store.people.mail import Mail, post_mail, take_mails
from store.retention.retention import delete_in_batches
from store.upserts import in_transaction

MakeWebhook = Callable[..., NewWebhook]
Take = Callable[..., list[TakenDelivery]]
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
JOB = {"job_id": "web-1"}


@pytest.fixture
def make_webhook(database: Engine, cipher: FieldCipher, partner_id: str, now: datetime) -> MakeWebhook:
    """Makes webhooks of the partner that listen to closed jobs, or to `kinds`."""

    def make(*kinds: WebhookKind) -> NewWebhook:
        told = kinds or (WebhookKind.JOB_CLOSED,)
        with writing(database).begin() as connection:
            return create_webhook(connection, cipher, partner_id, "https://hooks.example.pe", told, now)

    return make


@pytest.fixture
def tell(database: Engine, partner_id: str, now: datetime) -> Callable[..., int]:
    """Tells the partner that a job was closed."""

    def tell_(body: dict[str, str] = JOB, kind: WebhookKind = WebhookKind.JOB_CLOSED) -> int:
        with writing(database).begin() as connection:
            return enqueue(connection, kind, body, now, partner_id)

    return tell_


@pytest.fixture
def take(database: Engine, cipher: FieldCipher) -> Take:
    """Takes what is due at a moment."""

    def take_(at: datetime, limit: int = 100) -> list[TakenDelivery]:
        return in_transaction(database, partial(take_due, cipher=cipher, now=at, limit=limit))

    return take_


def states(database: Engine) -> dict[str, str]:
    with database.connect() as connection:
        rows = connection.execute(text("select delivery_id, state from webhook_deliveries"))
        return {row.delivery_id: row.state for row in rows}


def test_only_webhooks_that_listen_to_the_kind_are_told(
    make_webhook: MakeWebhook, tell: Callable[..., int], take: Take, now: datetime
) -> None:
    jobs = make_webhook(WebhookKind.JOB_CLOSED)
    both = make_webhook(WebhookKind.JOB_CLOSED, WebhookKind.SEEKER_ERASED)
    assert (tell(), tell({"seeker_id": "rosa-1"}, WebhookKind.SEEKER_ERASED)) == (2, 1)
    assert tell(kind=WebhookKind.PLACEMENT_CREATED) == 0
    taken = take(now)
    assert {(one.webhook_id, one.kind) for one in taken} == {
        (jobs.webhook_id, "job.closed"),
        (both.webhook_id, "job.closed"),
        (both.webhook_id, "seeker.erased"),
    }
    assert {one.secret for one in taken} == {jobs.secret, both.secret}
    assert {one.attempts for one in taken} == {1}
    assert dict(next(one for one in taken if one.kind == "seeker.erased").body) == {"seeker_id": "rosa-1"}


def test_nobody_is_told_of_what_is_no_partners_or_was_rolled_back(
    database: Engine, make_webhook: MakeWebhook, partner_id: str, take: Take, now: datetime
) -> None:
    make_webhook()
    with writing(database).begin() as connection:
        assert enqueue(connection, WebhookKind.JOB_CLOSED, JOB, now, None) == 0
    with writing(database).connect() as connection, connection.begin() as transaction:
        assert enqueue(connection, WebhookKind.JOB_CLOSED, JOB, now, partner_id) == 1
        transaction.rollback()
    assert take(now) == []


def test_what_one_server_took_another_takes_only_after_the_lease(
    make_webhook: MakeWebhook, tell: Callable[..., int], take: Take, now: datetime
) -> None:
    make_webhook()
    tell()
    (first,) = take(now)
    assert take(now + MINUTE) == []
    (again,) = take(now + 3 * MINUTE)  # the first server is gone
    assert (again.delivery_id, again.attempts) == (first.delivery_id, 2)


def test_what_a_server_says_of_a_delivery_that_it_lost_changes_nothing(
    database: Engine, make_webhook: MakeWebhook, tell: Callable[..., int], take: Take, now: datetime
) -> None:
    webhook = make_webhook()
    tell()
    (lost,) = take(now)
    (ours,) = take(now + 3 * MINUTE)
    with writing(database).begin() as connection:
        failed(connection, lost, now + 3 * MINUTE, 500)
        assert take_due_count(connection, webhook) == (2, None)
        delivered(connection, ours, 204)
        failed(connection, ours, now + 3 * MINUTE, 500)  # it was delivered: nothing more happens to it
        (told,) = list_deliveries(connection, webhook.webhook_id, None, 10)
    assert (told.state, told.last_status) == ("delivered", 204)


def take_due_count(connection: object, webhook: NewWebhook) -> tuple[int, int | None]:
    (told,) = list_deliveries(connection, webhook.webhook_id, None, 10)  # type: ignore[arg-type]
    return told.attempts, told.last_status


def test_servers_at_once_take_each_delivery_once(
    make_webhook: MakeWebhook, tell: Callable[..., int], take: Take, now: datetime
) -> None:
    for _ in range(4):
        make_webhook()
    for number in range(4):
        tell({"job_id": str(number)})
    barrier, taken = Barrier(4), list[str]()

    def serve() -> None:
        barrier.wait()
        while found := take(now, 3):
            taken.extend(one.delivery_id for one in found)

    threads = [Thread(target=serve) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(taken), len(set(taken))) == (16, 16)


def test_one_webhook_does_not_hold_up_the_others(
    make_webhook: MakeWebhook, tell: Callable[..., int], take: Take, database: Engine, now: datetime
) -> None:
    busy, other = make_webhook(), make_webhook(WebhookKind.SEEKER_ERASED)
    for number in range(30):
        tell({"job_id": str(number)})
    tell({"seeker_id": "rosa-1"}, WebhookKind.SEEKER_ERASED)
    taken = take(now, 16)
    counts = {
        webhook.webhook_id: sum(one.webhook_id == webhook.webhook_id for one in taken) for webhook in (busy, other)
    }
    assert counts == {busy.webhook_id: 4, other.webhook_id: 1}
    assert len(states(database)) == 31


def test_ten_attempts_are_made_over_a_day_with_growing_waits(
    database: Engine, make_webhook: MakeWebhook, tell: Callable[..., int], take: Take, now: datetime
) -> None:
    webhook = make_webhook()
    tell()
    at, waits = now, []
    for attempt in range(1, 11):
        (one,) = take(at)
        assert one.attempts == attempt
        with writing(database).begin() as connection:
            state = failed(connection, one, at, 503)
            (told,) = list_deliveries(connection, webhook.webhook_id, None, 1)
        assert (told.state, told.last_status) == (state, 503)
        if attempt < 10:
            assert state == "waiting"
            assert take(told.next_attempt_at - SECOND) == []
            waits.append(told.next_attempt_at - at)
            at = told.next_attempt_at
    assert state == "failed"
    assert take(at + 1_000 * HOUR) == []
    expected = [10 * SECOND * 3**n for n in range(9)]
    assert all(0.75 * mean <= wait <= 1.25 * mean for wait, mean in zip(waits, expected, strict=True))
    assert sum(expected, timedelta(0)) > 24 * HOUR
    assert len({wait / mean for wait, mean in zip(waits, expected, strict=True)}) == 9  # by chance


def test_a_server_that_dies_in_the_last_attempt_leaves_a_delivery_given_up(
    database: Engine, make_webhook: MakeWebhook, tell: Callable[..., int], take: Take, now: datetime
) -> None:
    make_webhook()
    tell()
    for attempt in range(10):
        assert len(take(now + attempt * HOUR)) == 1
    assert take(now + 10 * HOUR) == []
    assert set(states(database).values()) == {"failed"}


def test_a_receiver_that_is_gone_is_told_nothing_more(
    database: Engine, make_webhook: MakeWebhook, tell: Callable[..., int], take: Take, partner_id: str, now: datetime
) -> None:
    webhook = make_webhook()
    tell()
    (one,) = take(now)
    tell()
    with writing(database).begin() as connection:
        assert failed(connection, one, now, 410) == "failed"
        assert not get_webhook(connection, partner_id, webhook.webhook_id).is_active
    assert tell() == 0
    assert take(now + HOUR) == []
    assert set(states(database).values()) == {"failed"}


def test_a_suspended_partner_is_told_nothing(
    database: Engine, make_webhook: MakeWebhook, tell: Callable[..., int], take: Take, partner_id: str, now: datetime
) -> None:
    make_webhook()
    tell()
    with writing(database).begin() as connection:
        set_status(connection, partner_id, PartnerStatus.SUSPENDED, now)
    assert tell() == 0
    assert take(now) == []
    with database.connect() as connection:
        assert not what_is_due(connection, now).has_deliveries


def test_deliveries_are_listed_newest_first_and_old_ones_forgotten(
    database: Engine, make_webhook: MakeWebhook, now: datetime
) -> None:
    webhook = make_webhook()
    with writing(database).begin() as connection:
        made = [enqueue_ping(connection, webhook.webhook_id, now + n * HOUR) for n in range(5)]
        first = list_deliveries(connection, webhook.webhook_id, None, 3)
        rest = list_deliveries(connection, webhook.webhook_id, first[-1].delivery_id, 3)
        assert [one.delivery_id for one in [*first, *rest]] == sorted(made, reverse=True)
        assert {one.kind for one in first} == {"ping"}
    assert delete_in_batches(database, DELIVERIES, DELIVERIES.c.created_at < now + 3 * HOUR) == 3
    with database.connect() as connection:
        left = list_deliveries(connection, webhook.webhook_id, None, 10)
    assert {one.delivery_id for one in left} == set(made[3:])


def test_what_is_due_is_told_apart(
    database: Engine,
    cipher: FieldCipher,
    make_webhook: MakeWebhook,
    tell: Callable[..., int],
    take: Take,
    now: datetime,
) -> None:
    def due(at: datetime) -> tuple[bool, bool]:
        with database.connect() as connection:
            found = what_is_due(connection, at)
        return found.has_deliveries, found.has_mails

    make_webhook()
    assert due(now) == (False, False)
    tell()
    assert (due(now - SECOND), due(now)) == ((False, False), (True, False))
    with writing(database).begin() as connection:
        post_mail(connection, cipher, Mail("rosa@correo.pe", "Hola", "…"), now, holds=HOUR)
    assert due(now) == (True, True)
    take(now)
    with writing(database).begin() as connection:
        take_mails(connection, cipher, now, 5)
    assert due(now) == (False, False)

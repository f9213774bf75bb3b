"""What webhooks are told: kept with what it is about in one transaction, sent by whoever finds it due, retried.

A server that takes a delivery has it to itself for a lease; if it dies, another takes it after that. A receiver may
so be told twice, and knows it by the delivery's id.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, update

from engine.errors import ConflictError, NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.partners.partners import PARTNERS, PartnerStatus
from store.partners.webhooks import PING, SECRET, WEBHOOKS, WebhookKind
from store.tables.partners import WebhookDeliveryRow

DELIVERIES: Table = WebhookDeliveryRow.metadata.tables["webhook_deliveries"]
LEASE = timedelta(minutes=2)
# Ten attempts: at once, then after 10 s, 30 s, 90 s and so on, the last after some 27 hours.
FIRST_WAIT, WAIT_GROWTH, MOST_ATTEMPTS = timedelta(seconds=10), 3, 10
# So that what failed together is not tried together again.
LEAST_JITTER, MOST_JITTER = 0.75, 1.25
# A webhook that is slow or gone does not hold up the others.
MOST_OF_ONE_WEBHOOK = 4
GONE = 410


class DeliveryState(StrEnum):
    """What became of a delivery."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TakenDelivery:
    """A delivery that is this server's to send: the `attempts`th attempt, this one included."""

    delivery_id: str
    webhook_id: str
    kind: str
    url: str
    secret: str
    body: Mapping[str, Any]
    created_at: datetime
    attempts: int
    partner_id: str


@dataclass(frozen=True, slots=True)
class Busy:
    """Whom nothing more is taken for while what was taken before is on its way."""

    webhook_ids: frozenset[str]
    partner_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as its partner sees it; `last_status` is the HTTP status of the last answer, None without one."""

    delivery_id: str
    kind: str
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime
    last_status: int | None
    created_at: datetime


def enqueue(
    connection: Connection, kind: WebhookKind, body: Mapping[str, Any], now: datetime, partner_id: str | None
) -> int:
    """Tell a partner's webhooks that listen to `kind`, once the caller's transaction is committed; how many.

    Nobody is told for None, of what is no partner's, nor while the partner is suspended. `body` is JSON without
    anything private: ids, codes and times.
    """
    query = (
        select(WEBHOOKS.c.webhook_id, WEBHOOKS.c.kinds)
        .join(PARTNERS, PARTNERS.c.partner_id == WEBHOOKS.c.partner_id)
        .where(WEBHOOKS.c.partner_id == partner_id, WEBHOOKS.c.is_active, PARTNERS.c.status == PartnerStatus.ACTIVE)
        .order_by(WEBHOOKS.c.webhook_id)
    )
    receivers = [row.webhook_id for row in connection.execute(query) if kind in row.kinds] if partner_id else []
    for webhook_id in receivers:
        _insert(connection, webhook_id, kind, body, now)
    return len(receivers)


def enqueue_ping(connection: Connection, webhook_id: str, now: datetime) -> str:
    """Send a webhook something to try it by; the delivery's id."""
    return _insert(connection, webhook_id, PING, {"webhook_id": webhook_id}, now)


def take_due(
    connection: Connection, cipher: FieldCipher, now: datetime, limit: int, busy: Busy | None = None
) -> list[TakenDelivery]:
    """At most `limit` deliveries that are due, at most 4 of one webhook, which nobody else takes for the lease.

    None for those that are `busy`. Those that are due for a suspended partner, or for an address that is gone, are
    given up.
    """
    _give_up(connection, now)
    rank = func.row_number().over(partition_by=DELIVERIES.c.webhook_id, order_by=DELIVERIES.c.next_attempt_at)
    ranked = select(DELIVERIES.c.delivery_id, rank.label("place")).where(_is_due(now)).subquery()
    few_of_each = select(ranked.c.delivery_id).where(ranked.c.place <= MOST_OF_ONE_WEBHOOK)
    query = (
        select(DELIVERIES, WEBHOOKS.c.url, WEBHOOKS.c.secret_sealed, WEBHOOKS.c.partner_id)
        .join(WEBHOOKS, WEBHOOKS.c.webhook_id == DELIVERIES.c.webhook_id)
        .where(DELIVERIES.c.delivery_id.in_(few_of_each), _is_due(now))
        .order_by(DELIVERIES.c.next_attempt_at, DELIVERIES.c.delivery_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=DELIVERIES)
    )
    if busy is not None:
        is_free = WEBHOOKS.c.webhook_id.not_in(busy.webhook_ids) & WEBHOOKS.c.partner_id.not_in(busy.partner_ids)
        query = query.where(is_free)
    rows = connection.execute(query).all()
    taken = update(DELIVERIES).where(DELIVERIES.c.delivery_id.in_([row.delivery_id for row in rows]))
    connection.execute(taken.values(next_attempt_at=now + LEASE, attempts=DELIVERIES.c.attempts + 1))
    return [_taken(row, cipher) for row in rows]


def given_back(connection: Connection, taken: Collection[TakenDelivery], now: datetime) -> None:
    """What was taken and not tried is due again, as if nobody had taken it."""
    for one in taken:
        _end_attempt(connection, one, next_attempt_at=now, attempts=one.attempts - 1)


def delivered(connection: Connection, taken: TakenDelivery, status: int) -> None:
    """Note that the receiver took it; nothing where the lease had run out and another server tried since."""
    _end_attempt(connection, taken, state=DeliveryState.DELIVERED, last_status=status)


def failed(
    connection: Connection,
    taken: TakenDelivery,
    now: datetime,
    status: int | None,
    chance: Callable[[float, float], float] = random.uniform,
) -> DeliveryState:
    """Try again later, or give up: after ten attempts, or when the receiver says that it is gone (410).

    `status` is that of the answer, None without one. A webhook that is gone is told nothing more.
    """
    if status == GONE:
        connection.execute(update(WEBHOOKS).where(WEBHOOKS.c.webhook_id == taken.webhook_id).values(is_active=False))
    if status == GONE or taken.attempts >= MOST_ATTEMPTS:
        _end_attempt(connection, taken, state=DeliveryState.FAILED, last_status=status)
        return DeliveryState.FAILED
    wait = FIRST_WAIT * WAIT_GROWTH ** (taken.attempts - 1) * chance(LEAST_JITTER, MOST_JITTER)
    _end_attempt(connection, taken, next_attempt_at=now + wait, last_status=status)
    return DeliveryState.WAITING


def list_deliveries(connection: Connection, webhook_id: str, before: str | None, limit: int) -> list[Delivery]:
    """The newest `limit` deliveries of a webhook older than the one with the id `before` (None: from the newest)."""
    query = select(DELIVERIES).where(DELIVERIES.c.webhook_id == webhook_id)
    if before is not None:
        query = query.where(DELIVERIES.c.delivery_id < before)
    rows = connection.execute(query.order_by(DELIVERIES.c.delivery_id.desc()).limit(limit))
    return [
        Delivery(
            row.delivery_id,
            row.kind,
            DeliveryState(row.state),
            row.attempts,
            row.next_attempt_at,
            row.last_status,
            row.created_at,
        )
        for row in rows
    ]


def deliver_again(connection: Connection, webhook_id: str, delivery_id: str, now: datetime) -> None:
    """Send what was delivered or given up once more, by the same id and with all its attempts.

    Raises NotFoundError for another webhook's or one that was forgotten, ConflictError for one that waits.
    """
    at = (DELIVERIES.c.delivery_id == delivery_id) & (DELIVERIES.c.webhook_id == webhook_id)
    is_over = DELIVERIES.c.state != DeliveryState.WAITING
    again = {"state": DeliveryState.WAITING, "attempts": 0, "next_attempt_at": now}
    if connection.execute(update(DELIVERIES).where(at, is_over).values(**again)).rowcount:
        return
    if connection.execute(select(DELIVERIES.c.delivery_id).where(at)).scalar() is None:
        raise NotFoundError("no such delivery", got=repr(delivery_id[:80]), field="delivery_id")
    raise ConflictError("the delivery waits to be sent", fix="wait for its next attempt", field="delivery_id")


def _insert(connection: Connection, webhook_id: str, kind: str, body: Mapping[str, Any], now: datetime) -> str:
    delivery_id = new_id()
    connection.execute(
        insert(DELIVERIES).values(
            delivery_id=delivery_id,
            webhook_id=webhook_id,
            kind=kind,
            body=dict(body),
            state=DeliveryState.WAITING,
            attempts=0,
            next_attempt_at=now,
            created_at=now,
        )
    )
    return delivery_id


def _give_up(connection: Connection, now: datetime) -> None:
    is_reachable = select(WEBHOOKS.c.webhook_id).join(PARTNERS, PARTNERS.c.partner_id == WEBHOOKS.c.partner_id)
    is_reachable = is_reachable.where(WEBHOOKS.c.is_active, PARTNERS.c.status == PartnerStatus.ACTIVE)
    # All attempts made and still waiting: the server that made the last never told how it went.
    is_over = (DELIVERIES.c.attempts >= MOST_ATTEMPTS) | DELIVERIES.c.webhook_id.not_in(is_reachable)
    connection.execute(update(DELIVERIES).where(_is_due(now), is_over).values(state=DeliveryState.FAILED))


def _is_due(now: datetime) -> Any:
    return (DELIVERIES.c.state == DeliveryState.WAITING) & (DELIVERIES.c.next_attempt_at <= now)


def _taken(row: Row[Any], cipher: FieldCipher) -> TakenDelivery:
    secret = cipher.open(SECRET, row.webhook_id, row.secret_sealed)
    attempts = row.attempts + 1
    return TakenDelivery(
        row.delivery_id,
        row.webhook_id,
        row.kind,
        row.url,
        secret,
        row.body,
        row.created_at,
        attempts,
        row.partner_id,
    )


def _end_attempt(connection: Connection, taken: TakenDelivery, **values: Any) -> None:
    # Each taking raises `attempts`: who took it before another did changes nothing any more.
    is_still_ours = (DELIVERIES.c.delivery_id == taken.delivery_id) & (DELIVERIES.c.attempts == taken.attempts)
    statement = update(DELIVERIES).where(is_still_ours, DELIVERIES.c.state == DeliveryState.WAITING)
    connection.execute(statement.values(**values))

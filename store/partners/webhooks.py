"""Webhooks: addresses of partners that are told what happened. Their secrets are shown once and kept sealed."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from engine.errors import ConflictError, InvalidInputError, Message, NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.partners.partners import lock_partner
from store.requests.quotas import WEBHOOKS as QUOTA
from store.tables.partners import WebhookRow

WEBHOOKS: Table = WebhookRow.metadata.tables["webhooks"]
SECRET = "webhooks.secret_sealed"  # noqa: S105 (a column)
SECRET_PREFIX, SECRET_BYTES = "whsec_", 32  # as Standard Webhooks writes them
MOST_WEBHOOKS = QUOTA.most


class WebhookKind(StrEnum):
    """What partners are told of."""

    JOB_CLOSED = "job.closed"
    APPLICATION_STAGE_CHANGED = "application.stage_changed"
    APPLICATION_MESSAGE_SENT = "application.message_sent"
    PLACEMENT_CREATED = "placement.created"
    SEEKER_ERASED = "seeker.erased"
    RECOMMENDATION_CONTESTED = "recommendation.contested"


# Sent when a partner asks for it; nobody subscribes to it.
PING = "ping"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address and what it is told of; one that is not active has answered that it is gone."""

    webhook_id: str
    partner_id: str
    url: str
    kinds: tuple[str, ...]
    is_active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A webhook that was just made; its `secret` is not shown again."""

    webhook_id: str
    secret: str


def create_webhook(
    connection: Connection, cipher: FieldCipher, partner_id: str, url: str, kinds: Iterable[WebhookKind], now: datetime
) -> NewWebhook:
    """Have an address be told; whether it may be one is for the caller to see.

    Raises NotFoundError for an unknown partner, InvalidInputError where nothing is told, and ConflictError for a
    partner with 10 webhooks.
    """
    distinct_kinds = sorted(set(kinds))
    if not distinct_kinds:
        raise InvalidInputError("a webhook that is told nothing", expected="at least one kind", field="kinds")
    lock_partner(connection, partner_id)
    count = select(func.count()).select_from(WEBHOOKS).where(WEBHOOKS.c.partner_id == partner_id)
    if connection.execute(count).scalar_one() >= MOST_WEBHOOKS:
        raise ConflictError(
            "the partner has as many webhooks as it may",
            expected=Message("at most {most}", most=MOST_WEBHOOKS),
            fix="remove one first",
        )
    webhook_id, secret = new_id(), _new_secret()
    connection.execute(
        insert(WEBHOOKS).values(
            webhook_id=webhook_id,
            partner_id=partner_id,
            url=url,
            secret_sealed=cipher.seal(SECRET, webhook_id, secret),
            kinds=distinct_kinds,
            is_active=True,
            created_at=now,
        )
    )
    return NewWebhook(webhook_id, secret)


def get_webhook(connection: Connection, partner_id: str, webhook_id: str) -> Webhook:
    """A partner's webhook; raises NotFoundError."""
    query = select(WEBHOOKS).where(_at(partner_id, webhook_id))
    row = connection.execute(query).one_or_none()
    if row is None:
        raise _no_webhook(webhook_id)
    return _webhook(row)


def list_webhooks(connection: Connection, partner_id: str, after: str | None, limit: int) -> list[Webhook]:
    """The first `limit` webhooks of a partner after the id `after` (None: from the first), in the order of making."""
    query = select(WEBHOOKS).where(WEBHOOKS.c.partner_id == partner_id).order_by(WEBHOOKS.c.webhook_id).limit(limit)
    if after is not None:
        query = query.where(WEBHOOKS.c.webhook_id > after)
    return [_webhook(row) for row in connection.execute(query)]


def delete_webhook(connection: Connection, partner_id: str, webhook_id: str) -> None:
    """Forget a webhook with its deliveries; raises NotFoundError."""
    if connection.execute(delete(WEBHOOKS).where(_at(partner_id, webhook_id))).rowcount == 0:
        raise _no_webhook(webhook_id)


def rotate_secret(connection: Connection, cipher: FieldCipher, partner_id: str, webhook_id: str) -> NewWebhook:
    """Sign by another secret from now on, what waits to be delivered too; raises NotFoundError."""
    secret = _new_secret()
    values = {"secret_sealed": cipher.seal(SECRET, webhook_id, secret)}
    if connection.execute(update(WEBHOOKS).where(_at(partner_id, webhook_id)).values(**values)).rowcount == 0:
        raise _no_webhook(webhook_id)
    return NewWebhook(webhook_id, secret)


def _new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _at(partner_id: str, webhook_id: str) -> Any:
    return (WEBHOOKS.c.webhook_id == webhook_id) & (WEBHOOKS.c.partner_id == partner_id)


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(row.webhook_id, row.partner_id, row.url, tuple(row.kinds), row.is_active, row.created_at)


def _no_webhook(webhook_id: str) -> NotFoundError:
    return NotFoundError("no such webhook", got=repr(webhook_id[:80]), field="webhook_id")

"""Whether anything waits to be sent: one cheap read, so that nobody takes a lock only to find nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, select

from store.partners.deliveries import DELIVERIES, DeliveryState
from store.people.mail import MAILS


@dataclass(frozen=True, slots=True)
class Due:
    """What is due."""

    has_deliveries: bool
    has_mails: bool


def what_is_due(connection: Connection, now: datetime) -> Due:
    """Whether a webhook's delivery or a mail is due at `now`."""
    is_waiting = (DELIVERIES.c.state == DeliveryState.WAITING) & (DELIVERIES.c.next_attempt_at <= now)
    row = connection.execute(select(exists().where(is_waiting), exists().where(MAILS.c.next_attempt_at <= now))).one()
    return Due(bool(row[0]), bool(row[1]))

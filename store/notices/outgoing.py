"""Whether anything waits to be sent: one cheap read, so that nobody takes a lock only to find nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, select

from store.partners.deliveries import DELIVERIES, DeliveryState
from store.people.mail import MAILS
from store.people.phone_messages import MESSAGES
from store.tables.notices import WaitingNoticeRow

WAITING = WaitingNoticeRow.metadata.tables["waiting_notices"]


@dataclass(frozen=True, slots=True)
class Due:
    """What is due."""

    has_deliveries: bool
    has_mails: bool
    has_notices: bool
    has_messages: bool


def what_is_due(connection: Connection, now: datetime) -> Due:
    """Whether a webhook's delivery, a mail, what waits to be told together or a message to a phone is due at `now`."""
    is_waiting = (DELIVERIES.c.state == DeliveryState.WAITING) & (DELIVERIES.c.next_attempt_at <= now)
    is_due = (is_waiting, MAILS.c.next_attempt_at <= now, WAITING.c.due_at <= now, MESSAGES.c.next_attempt_at <= now)
    row = connection.execute(select(*(exists().where(one) for one in is_due))).one()
    return Due(*map(bool, row))

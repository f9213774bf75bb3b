"""Messages to phones on their way out: kept with what they are about in one transaction, sealed, sent when due.

They are taken, tried again and given up as mails are (`store/people/mail.py`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from engine.errors import ArtifactError
from store.encryption.field_cipher import FieldCipher
from store.identity_keys import digits_key
from store.ids import new_id
from store.people.phones import is_stopped
from store.tables.phones import IncomingMessageRow, OutgoingMessageRow

MESSAGES: Table = OutgoingMessageRow.metadata.tables["outgoing_messages"]
INCOMING: Table = IncomingMessageRow.metadata.tables["incoming_messages"]
SEALED = "outgoing_messages.message_sealed"
# Long enough for a gateway to answer all that are taken together; then another may try.
TAKEN = timedelta(minutes=3)
FIRST_WAIT, MOST_ATTEMPTS = timedelta(seconds=30), 8
# A gateway that repeats a message does so within days.
REMEMBERED = timedelta(days=7)


class PhoneWay(StrEnum):
    """What a phone gets a message by."""

    SMS = "sms"
    WHATSAPP = "whatsapp"


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """A message in plain text, to a number in E.164."""

    number: str
    text: str
    way: PhoneWay = PhoneWay.SMS


@dataclass(frozen=True, slots=True)
class TakenMessage:
    """A message that is this server's to send."""

    message_id: str
    message: PhoneMessage
    attempts: int


@dataclass(frozen=True, slots=True)
class SendingTime:
    """From when on a message may be sent, and until when it is of use."""

    begins: datetime
    holds: timedelta


def post_message(
    connection: Connection, cipher: FieldCipher, message: PhoneMessage, at: SendingTime, *, after_stop: bool = False
) -> bool:
    """Put a message in the queue; False for a number whose owner wants none.

    `after_stop`: it says that there are no more.
    """
    if not after_stop and is_stopped(connection, cipher, message.number):
        return False
    message_id = new_id()
    connection.execute(
        insert(MESSAGES).values(
            message_id=message_id,
            message_sealed=cipher.seal(SEALED, message_id, orjson.dumps(asdict(message)).decode()),
            attempts=0,
            next_attempt_at=at.begins,
            expires_at=at.begins + at.holds,
        )
    )
    return True


def take_messages(connection: Connection, cipher: FieldCipher, now: datetime, limit: int) -> list[TakenMessage]:
    """Messages that are due, which nobody else takes for a while."""
    due = select(MESSAGES).where(MESSAGES.c.next_attempt_at <= now)
    ordered = due.order_by(MESSAGES.c.next_attempt_at, MESSAGES.c.message_id).limit(limit)
    rows = connection.execute(ordered.with_for_update(skip_locked=True)).all()
    ids = [row.message_id for row in rows]
    taken = update(MESSAGES).where(MESSAGES.c.message_id.in_(ids))
    connection.execute(taken.values(next_attempt_at=now + TAKEN, attempts=MESSAGES.c.attempts + 1))
    return [TakenMessage(row.message_id, _message(cipher, row), row.attempts + 1) for row in rows]


def give_up_messages(connection: Connection, now: datetime) -> int:
    """Drop what is of no use any more, or was tried as often as may be; how many. What is under way stays."""
    is_over = (MESSAGES.c.expires_at <= now) | (MESSAGES.c.attempts >= MOST_ATTEMPTS)
    return connection.execute(delete(MESSAGES).where(is_over, MESSAGES.c.next_attempt_at <= now)).rowcount


def message_over(connection: Connection, message_id: str) -> None:
    """Forget a message that a gateway took, or that is given up."""
    connection.execute(delete(MESSAGES).where(MESSAGES.c.message_id == message_id))


def message_failed(connection: Connection, taken: TakenMessage, now: datetime) -> None:
    """Try a message again later: after half a minute, then each time after twice as long."""
    wait = FIRST_WAIT * 2 ** (taken.attempts - 1)
    at_id = MESSAGES.c.message_id == taken.message_id
    connection.execute(update(MESSAGES).where(at_id).values(next_attempt_at=now + wait))


def drop_messages(connection: Connection, cipher: FieldCipher, numbers: Collection[str]) -> int:
    """Drop what waits to be sent to some numbers; how many."""
    wanted, found = {digits_key(number) for number in numbers}, []
    for row in connection.execute(select(MESSAGES)).all():
        try:
            number = _message(cipher, row).number
        except ArtifactError:  # nobody can read it ever again
            continue
        if digits_key(number) in wanted:
            found.append(row.message_id)
    return connection.execute(delete(MESSAGES).where(MESSAGES.c.message_id.in_(found))).rowcount


def is_first_time(connection: Connection, message_hash: str, now: datetime) -> bool:
    """Note that a message came; False for one that came before."""
    known = select(INCOMING.c.message_hash).where(INCOMING.c.message_hash == message_hash)
    if connection.execute(known).scalar() is not None:
        return False
    connection.execute(insert(INCOMING).values(message_hash=message_hash, received_at=now))
    return True


def forget_incoming(connection: Connection, now: datetime) -> int:
    """Forget which messages came long ago; how many."""
    return connection.execute(delete(INCOMING).where(INCOMING.c.received_at < now - REMEMBERED)).rowcount


def _message(cipher: FieldCipher, row: Row[Any]) -> PhoneMessage:
    told = orjson.loads(cipher.open(SEALED, row.message_id, row.message_sealed))
    return PhoneMessage(told["number"], told["text"], PhoneWay(told["way"]))

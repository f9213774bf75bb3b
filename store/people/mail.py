"""Mails on their way out: kept with what they are about in one transaction, sealed, sent by whoever finds them due."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import orjson
from sqlalchemy import Connection, Table, delete, insert, select, update

from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.tables.people import OutgoingMailRow

MAILS: Table = OutgoingMailRow.metadata.tables["outgoing_mails"]
SEALED = "outgoing_mails.mail_sealed"
# Long enough for a server to send it; then another may try.
TAKEN = timedelta(minutes=2)
FIRST_WAIT, MOST_ATTEMPTS = timedelta(seconds=30), 8


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in plain text; `unsubscribe_url` is asked by POST to have no more of its kind (RFC 8058)."""

    recipient: str
    subject: str
    body: str
    unsubscribe_url: str | None = None


@dataclass(frozen=True, slots=True)
class TakenMail:
    """A mail that is this server's to send."""

    mail_id: str
    mail: Mail
    attempts: int


def post_mail(connection: Connection, cipher: FieldCipher, mail: Mail, now: datetime, *, holds: timedelta) -> str:
    """Put a mail in the box; it is of no use once `holds` has passed. Its id."""
    mail_id = new_id()
    connection.execute(
        insert(MAILS).values(
            mail_id=mail_id,
            mail_sealed=cipher.seal(SEALED, mail_id, orjson.dumps(asdict(mail)).decode()),
            attempts=0,
            next_attempt_at=now,
            expires_at=now + holds,
        )
    )
    return mail_id


def take_mails(connection: Connection, cipher: FieldCipher, now: datetime, limit: int) -> list[TakenMail]:
    """Mails that are due, which nobody else takes for a while; those that are of no use any more are dropped."""
    connection.execute(delete(MAILS).where((MAILS.c.expires_at <= now) | (MAILS.c.attempts >= MOST_ATTEMPTS)))
    due = select(MAILS).where(MAILS.c.next_attempt_at <= now).order_by(MAILS.c.next_attempt_at).limit(limit)
    rows = connection.execute(due.with_for_update(skip_locked=True)).all()
    ids = [row.mail_id for row in rows]
    taken = update(MAILS).where(MAILS.c.mail_id.in_(ids))
    connection.execute(taken.values(next_attempt_at=now + TAKEN, attempts=MAILS.c.attempts + 1))
    opened = ((row, orjson.loads(cipher.open(SEALED, row.mail_id, row.mail_sealed))) for row in rows)
    return [TakenMail(row.mail_id, Mail(**document), row.attempts + 1) for row, document in opened]


def mail_sent(connection: Connection, mail_id: str) -> None:
    """Forget a mail that was sent."""
    connection.execute(delete(MAILS).where(MAILS.c.mail_id == mail_id))


def mail_failed(connection: Connection, taken: TakenMail, now: datetime) -> None:
    """Try a mail again later: after half a minute, then each time after twice as long."""
    wait = FIRST_WAIT * 2 ** (taken.attempts - 1)
    connection.execute(update(MAILS).where(MAILS.c.mail_id == taken.mail_id).values(next_attempt_at=now + wait))

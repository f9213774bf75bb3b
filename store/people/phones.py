"""Numbers of phones, as E.164: whose each is, and which of them get no more messages. Sealed, found by keyed hash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from engine.errors import ConflictError
from store.encryption.field_cipher import FieldCipher
from store.identity_keys import digits_key
from store.ids import new_id
from store.tables.phones import AccountPhoneRow, NumberedJobRow, StoppedPhoneRow

PHONES: Table = AccountPhoneRow.metadata.tables["account_phones"]
STOPPED: Table = StoppedPhoneRow.metadata.tables["stopped_phones"]
NUMBERED: Table = NumberedJobRow.metadata.tables["numbered_jobs"]
NUMBERS_HOLD, MOST_NUMBER = timedelta(days=7), 99
NUMBER, INDEX = "account_phones.number_sealed", "account_phones.number_index"
STOPPED_NUMBER, STOPPED_INDEX = "stopped_phones.number_sealed", "stopped_phones.number_index"


def find_phone_account(connection: Connection, cipher: FieldCipher, number: str) -> str | None:
    """The account that confirmed that number, None for none."""
    at_index = PHONES.c.number_index.in_(cipher.indexes(INDEX, digits_key(number)))
    found: str | None = connection.execute(select(PHONES.c.account_id).where(at_index)).scalar()
    return found


def phone_of(connection: Connection, cipher: FieldCipher, account_id: str) -> str | None:
    """The number that somebody confirmed; None for none."""
    query = select(PHONES.c.number_sealed).where(PHONES.c.account_id == account_id)
    sealed = connection.execute(query).scalar()
    return None if sealed is None else cipher.open(NUMBER, account_id, sealed)


def write_phone(connection: Connection, cipher: FieldCipher, account_id: str, number: str, now: datetime) -> None:
    """Have somebody log in by a number that they confirmed; raises ConflictError when another account has it."""
    if find_phone_account(connection, cipher, number) not in (None, account_id):
        raise ConflictError("the number has an account", field="phone")
    connection.execute(delete(PHONES).where(PHONES.c.account_id == account_id))
    sealed, index = cipher.seal(NUMBER, account_id, number), cipher.index(INDEX, digits_key(number))
    row = {"account_id": account_id, "number_sealed": sealed, "number_index": index, "confirmed_at": now}
    connection.execute(insert(PHONES).values(row))


def remove_phone(connection: Connection, account_id: str) -> bool:
    """Have somebody log in by no number any more; False where they did not. What they were told by it goes too."""
    connection.execute(delete(NUMBERED).where(NUMBERED.c.account_id == account_id))
    return connection.execute(delete(PHONES).where(PHONES.c.account_id == account_id)).rowcount > 0


def put_numbers(connection: Connection, account_id: str, job_ids: Sequence[str], now: datetime) -> dict[int, str]:
    """Have numbers stand for some jobs from now on: 1, 2, … or those after the last that were told within a week.

    So a number means one job for as long as the message with it may be answered.
    """
    theirs = NUMBERED.c.account_id == account_id
    connection.execute(delete(NUMBERED).where(theirs, NUMBERED.c.told_at < now - NUMBERS_HOLD))
    last = connection.execute(select(func.max(NUMBERED.c.number)).where(theirs)).scalar() or 0
    if last + len(job_ids) > MOST_NUMBER:
        connection.execute(delete(NUMBERED).where(theirs))
        last = 0
    numbered = dict(enumerate(job_ids, last + 1))
    for number, job_id in numbered.items():
        row = {"account_id": account_id, "number": number, "job_id": job_id, "told_at": now}
        connection.execute(insert(NUMBERED).values(row))
    return numbered


def numbered_jobs(connection: Connection, account_id: str) -> dict[int, str]:
    """Which job each number stands for."""
    query = select(NUMBERED.c.number, NUMBERED.c.job_id).where(NUMBERED.c.account_id == account_id)
    return {row.number: row.job_id for row in connection.execute(query.order_by(NUMBERED.c.number))}


def stop_messages(connection: Connection, cipher: FieldCipher, number: str, now: datetime) -> bool:
    """Send no more messages to a number; False where none were sent already."""
    if is_stopped(connection, cipher, number):
        return False
    stop_id, index = new_id(), cipher.index(STOPPED_INDEX, digits_key(number))
    sealed = cipher.seal(STOPPED_NUMBER, stop_id, number)
    row = {"stop_id": stop_id, "number_sealed": sealed, "number_index": index, "stopped_at": now}
    connection.execute(insert(STOPPED).values(row))
    return True


def resume_messages(connection: Connection, cipher: FieldCipher, number: str) -> bool:
    """Send messages to a number again; False where they were not stopped."""
    return connection.execute(delete(STOPPED).where(_at_stop(cipher, number))).rowcount > 0


def is_stopped(connection: Connection, cipher: FieldCipher, number: str) -> bool:
    """Whether the owner of a number asked for no more messages."""
    return connection.execute(select(STOPPED.c.stop_id).where(_at_stop(cipher, number))).scalar() is not None


def stopped_since(connection: Connection, cipher: FieldCipher, number: str) -> datetime | None:
    """Since when the owner of a number wants no messages; None for one who does."""
    found: datetime | None = connection.execute(select(STOPPED.c.stopped_at).where(_at_stop(cipher, number))).scalar()
    return found


def forget_stops(connection: Connection, cipher: FieldCipher, before: datetime) -> int:
    """Forget who asked for no messages before a moment, but for numbers of accounts; how many."""
    old = [
        row.stop_id
        for row in connection.execute(select(STOPPED).where(STOPPED.c.stopped_at < before))
        if find_phone_account(connection, cipher, cipher.open(STOPPED_NUMBER, row.stop_id, row.number_sealed)) is None
    ]
    return connection.execute(delete(STOPPED).where(STOPPED.c.stop_id.in_(old))).rowcount


def _at_stop(cipher: FieldCipher, number: str) -> ColumnElement[bool]:
    return STOPPED.c.number_index.in_(cipher.indexes(STOPPED_INDEX, digits_key(number)))

"""What waits for a code that was sent: a new account, a new password, another address or number.

A code has six digits, holds for fifteen minutes and may be tried five times.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.tables.people import ConfirmationRow

CONFIRMATIONS: Table = ConfirmationRow.metadata.tables["confirmations"]
LIFETIME = timedelta(minutes=15)
ATTEMPTS = 5
CODE_DIGITS = 6
WANTED = "confirmations.wanted_sealed"


class ConfirmationKind(StrEnum):
    """What a code confirms; NOTHING: no code was sent, and none is right."""

    SIGN_UP = "sign_up"
    NEW_PASSWORD = "new_password"  # noqa: S105 (what is confirmed)
    NEW_EMAIL = "new_email"
    NEW_PHONE = "new_phone"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a right code sets going."""

    kind: ConfirmationKind
    wanted: dict[str, Any]


def ask_confirmation(
    connection: Connection, cipher: FieldCipher, kind: ConfirmationKind, wanted: dict[str, Any], now: datetime
) -> tuple[str, str]:
    """The id to confirm under, and the code to send."""
    confirmation_id = new_id()
    code = _new_code()
    connection.execute(
        insert(CONFIRMATIONS).values(
            confirmation_id=confirmation_id,
            kind=kind,
            code_hash=_hashed(cipher, confirmation_id, code),
            wanted_sealed=cipher.seal(WANTED, confirmation_id, orjson.dumps(wanted).decode()),
            attempts_left=ATTEMPTS,
            expires_at=now + LIFETIME,
        )
    )
    return confirmation_id, code


def confirm(
    connection: Connection, cipher: FieldCipher, confirmation_id: str, code: str, now: datetime
) -> Confirmation | None:
    """What was asked for, once; None for a wrong code, one that has expired or was tried too often."""
    at_id = CONFIRMATIONS.c.confirmation_id == confirmation_id
    row = connection.execute(select(CONFIRMATIONS).where(at_id).with_for_update()).one_or_none()
    if row is None or row.expires_at <= now or row.attempts_left == 0:
        return None
    is_right = hmac.compare_digest(row.code_hash, _hashed(cipher, confirmation_id, code))
    if row.kind == ConfirmationKind.NOTHING or not is_right:
        connection.execute(update(CONFIRMATIONS).where(at_id).values(attempts_left=row.attempts_left - 1))
        return None
    connection.execute(delete(CONFIRMATIONS).where(at_id))
    return _confirmation(row, cipher)


def waiting_confirmation(
    connection: Connection, cipher: FieldCipher, confirmation_id: str, now: datetime
) -> Confirmation | None:
    """What waits for a code; None for what is over."""
    at_id = CONFIRMATIONS.c.confirmation_id == confirmation_id
    row = connection.execute(select(CONFIRMATIONS).where(at_id)).one_or_none()
    return None if row is None or row.expires_at <= now else _confirmation(row, cipher)


def renew_code(connection: Connection, cipher: FieldCipher, confirmation_id: str, now: datetime) -> str:
    """Another code, for as long and as many attempts as a first one; that of before is void."""
    code = _new_code()
    renewed = {
        "code_hash": _hashed(cipher, confirmation_id, code),
        "attempts_left": ATTEMPTS,
        "expires_at": now + LIFETIME,
    }
    at_id = CONFIRMATIONS.c.confirmation_id == confirmation_id
    connection.execute(update(CONFIRMATIONS).where(at_id).values(**renewed))
    return code


def forget_confirmations(connection: Connection, now: datetime) -> int:
    """Drop those that have expired; how many."""
    return connection.execute(delete(CONFIRMATIONS).where(CONFIRMATIONS.c.expires_at <= now)).rowcount


def _confirmation(row: Row[Any], cipher: FieldCipher) -> Confirmation:
    wanted = orjson.loads(cipher.open(WANTED, row.confirmation_id, row.wanted_sealed))
    return Confirmation(ConfirmationKind(row.kind), wanted)


def _new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def _hashed(cipher: FieldCipher, confirmation_id: str, code: str) -> str:
    return cipher.keyed_hash(Purpose.ATTEMPT, f"{confirmation_id} {code}")

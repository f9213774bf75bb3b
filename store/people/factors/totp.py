"""Codes of an authenticator app (RFC 6238): six digits of thirty seconds, taken once, a step early or late.

SHA-1, since most apps read no other from an `otpauth:` address; it is not weak inside HMAC.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from engine.errors import ConflictError
from store.encryption.field_cipher import FieldCipher
from store.tables.credentials import TotpFactorRow

FACTORS: Table = TotpFactorRow.metadata.tables["totp_factors"]
SECRET = "totp_factors.secret_sealed"  # noqa: S105 (a column)
SECRET_BYTES, DIGITS, STEP_SECONDS, DRIFT = 20, 6, 30, 1
ISSUER = "Chamba"
UNCONFIRMED_FOR = timedelta(days=1)


def begin_totp(connection: Connection, cipher: FieldCipher, account_id: str, now: datetime) -> str:
    """The secret of a factor to be, as Base32, in the place of one that was never confirmed.

    Raises ConflictError for an account that has the factor.
    """
    if totp_confirmed_at(connection, account_id) is not None:
        raise ConflictError("the account has an authenticator app", fix="remove it first: DELETE /v1/me/totp")
    remove_totp(connection, account_id)
    secret = b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    sealed = cipher.seal(SECRET, account_id, secret)
    values = {"account_id": account_id, "secret_sealed": sealed, "made_at": now, "last_step": 0}
    connection.execute(insert(FACTORS).values(values))
    return secret


def confirm_totp(connection: Connection, cipher: FieldCipher, account_id: str, code: str, now: datetime) -> bool:
    """Make the secret a factor by a code of it; False for a wrong code or without a secret that waits."""
    row = _locked(connection, account_id)
    if row is None or row.confirmed_at is not None or not _take(connection, cipher, row, code, now):
        return False
    connection.execute(update(FACTORS).where(FACTORS.c.account_id == account_id).values(confirmed_at=now))
    return True


def use_totp(connection: Connection, cipher: FieldCipher, account_id: str, code: str, now: datetime) -> bool:
    """Whether that is a code of the account's factor now, which was not taken before; it is taken by this."""
    row = _locked(connection, account_id)
    return row is not None and row.confirmed_at is not None and _take(connection, cipher, row, code, now)


def totp_confirmed_at(connection: Connection, account_id: str) -> datetime | None:
    """Since when the account has the factor, None where it has not."""
    return connection.execute(select(FACTORS.c.confirmed_at).where(FACTORS.c.account_id == account_id)).scalar()


def remove_totp(connection: Connection, account_id: str) -> bool:
    """Drop the factor, or what waits to be one; False for none."""
    return connection.execute(delete(FACTORS).where(FACTORS.c.account_id == account_id)).rowcount > 0


def forget_unconfirmed(connection: Connection, before: datetime) -> int:
    """Drop secrets that were told before a moment and never confirmed; how many."""
    is_over = FACTORS.c.confirmed_at.is_(None) & (FACTORS.c.made_at < before)
    return connection.execute(delete(FACTORS).where(is_over)).rowcount


def totp_code(secret: str, at: datetime) -> str:
    """The code that an app shows for a secret at a moment."""
    return _totp(secret).generate(int(at.timestamp())).decode()


def otpauth_uri(secret: str, email: str) -> str:
    """The address by which an app takes the secret in, as a QR code or by a touch."""
    return _totp(secret).get_provisioning_uri(email, ISSUER)


def _take(connection: Connection, cipher: FieldCipher, row: Row[Any], code: str, now: datetime) -> bool:
    """Codes of the steps around now, none of them of a step that was taken or of one before it."""
    totp, current = _totp(cipher.open(SECRET, row.account_id, row.secret_sealed)), _step(now)
    taken = None
    for step in range(max(0, current - DRIFT), current + DRIFT + 1):
        is_same = hmac.compare_digest(totp.generate(step * STEP_SECONDS), code.encode("utf-8", "replace"))
        if is_same and step > row.last_step:
            taken = step
    if taken is None:
        return False
    connection.execute(update(FACTORS).where(FACTORS.c.account_id == row.account_id).values(last_step=taken))
    return True


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def _totp(secret: str) -> TOTP:
    return TOTP(b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303


def _locked(connection: Connection, account_id: str) -> Row[Any] | None:
    return connection.execute(select(FACTORS).where(FACTORS.c.account_id == account_id).with_for_update()).one_or_none()

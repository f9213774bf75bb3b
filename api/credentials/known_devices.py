"""Devices that somebody logged in on: a token that lets them try passwords while strangers are locked out.

Given with a session and shown at the next log-in, as OWASP describes for device cookies. It says nothing: a number of
the device, the day it was made and a keyed hash that binds both to an account. It opens nothing either: a password is
needed as ever, and only so many wrong ones are taken from one device.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher

NUMBER_BYTES = 12
HOLDS = timedelta(days=366)
_DAY = timedelta(days=1).total_seconds()


def device_token(cipher: FieldCipher, account_id: str, now: datetime) -> str:
    """A token for a device that just logged in."""
    number, day = secrets.token_urlsafe(NUMBER_BYTES), int(now.timestamp() // _DAY)
    return f"{number}.{day}.{_signature(cipher, account_id, number, str(day))}"


def known_device(cipher: FieldCipher, text: str, account_id: str | None, now: datetime) -> str | None:
    """The number of the device whose token `text` is, None for one that was never logged in on with the account.

    For no account it takes the same time.
    """
    number, _, rest = text.partition(".")
    day, _, signature = rest.partition(".")
    is_right = hmac.compare_digest(_signature(cipher, account_id or "", number, day).encode(), signature.encode())
    if not is_right or account_id is None:
        return None
    made_at = int(day) * _DAY
    return number if made_at <= now.timestamp() < made_at + HOLDS.total_seconds() else None


def _signature(cipher: FieldCipher, account_id: str, number: str, day: str) -> str:
    # No text that attempts are counted by has a NUL in it.
    return cipher.keyed_hash(Purpose.ATTEMPT, f"known device\0{account_id}\0{number}\0{day}")

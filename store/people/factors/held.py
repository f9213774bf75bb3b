"""Which factors an account has beside its password."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Connection, exists, select

from store.people.factors.challenges import close_challenges
from store.people.factors.passkeys import PASSKEYS, remove_passkeys
from store.people.factors.recovery_codes import recovery_codes_left, remove_recovery_codes
from store.people.factors.totp import remove_totp, totp_confirmed_at


class Factor(StrEnum):
    """A way to take the second step of a log-in."""

    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"


def factors_of(connection: Connection, account_id: str) -> list[Factor]:
    """The factors that an account may show; recovery codes alone are none."""
    found = []
    if totp_confirmed_at(connection, account_id) is not None:
        found.append(Factor.TOTP)
    if connection.execute(select(exists().where(PASSKEYS.c.account_id == account_id))).scalar():
        found.append(Factor.PASSKEY)
    if found and recovery_codes_left(connection, account_id):
        found.append(Factor.RECOVERY_CODE)
    return found


def drop_factors(connection: Connection, account_id: str) -> None:
    """Remove every factor of an account, for whoever lost all of them."""
    remove_totp(connection, account_id)
    remove_passkeys(connection, account_id)
    remove_recovery_codes(connection, account_id)
    close_challenges(connection, account_id)

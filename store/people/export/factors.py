"""What somebody proves themselves by, without what would let others do so: no secret and no code is told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from store.encryption.field_cipher import FieldCipher
from store.people.factors.passkeys import list_passkeys
from store.people.factors.recovery_codes import CODES
from store.people.factors.totp import FACTORS


def portable_factors(connection: Connection, cipher: FieldCipher, account_id: str) -> dict[str, Any]:
    """When factors were added and used, and what passkeys are called."""
    app = connection.execute(select(FACTORS).where(FACTORS.c.account_id == account_id)).one_or_none()
    codes = connection.execute(select(CODES).where(CODES.c.account_id == account_id).order_by(CODES.c.number))
    return {
        "authenticator_app": None
        if app is None
        else {
            "made_at": app.made_at.isoformat(),
            "confirmed_at": None if app.confirmed_at is None else app.confirmed_at.isoformat(),
        },
        "recovery_codes": [
            {"made_at": row.made_at.isoformat(), "used_at": None if row.used_at is None else row.used_at.isoformat()}
            for row in codes
        ],
        "passkeys": [
            {
                "name": one.name,
                "credential_id": one.credential_id,
                "public_key": one.public_key.hex(),
                "signature_count": one.signature_count,
                "added_at": one.added_at.isoformat(),
                "last_used_at": None if one.last_used_at is None else one.last_used_at.isoformat(),
            }
            for one in list_passkeys(connection, cipher, account_id)
        ],
    }

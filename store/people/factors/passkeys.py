"""Passkeys as they are kept: the public keys of WebAuthn credentials, with the names that their owners gave them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from engine.errors import ConflictError, Message
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.tables.credentials import PasskeyRow

PASSKEYS: Table = PasskeyRow.metadata.tables["passkeys"]
NAME = "passkeys.name_sealed"
MOST_PER_ACCOUNT = 10


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What an authenticator registered; `credential_id` in URL-safe Base64, `public_key` as COSE."""

    credential_id: str
    public_key: bytes
    signature_count: int
    name: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as it is kept."""

    passkey_id: str
    account_id: str
    credential_id: str
    public_key: bytes
    signature_count: int
    name: str
    added_at: datetime
    last_used_at: datetime | None


def add_passkey(connection: Connection, cipher: FieldCipher, account_id: str, new: NewPasskey, now: datetime) -> str:
    """The id of a new passkey; raises ConflictError for a credential that somebody has, and for the eleventh."""
    if find_passkey(connection, cipher, new.credential_id) is not None:
        raise ConflictError("this passkey is registered", fix="use another device or key", field="credential")
    if len(list_passkeys(connection, cipher, account_id)) >= MOST_PER_ACCOUNT:
        raise ConflictError(
            Message("an account has {most} passkeys at most", most=MOST_PER_ACCOUNT), fix="remove one first"
        )
    passkey_id = new_id()
    connection.execute(
        insert(PASSKEYS).values(
            passkey_id=passkey_id,
            account_id=account_id,
            credential_id=new.credential_id,
            public_key=new.public_key,
            signature_count=new.signature_count,
            name_sealed=cipher.seal(NAME, passkey_id, new.name),
            added_at=now,
        )
    )
    return passkey_id


def find_passkey(connection: Connection, cipher: FieldCipher, credential_id: str) -> Passkey | None:
    """The passkey of a credential, locked until the transaction ends; None for none."""
    query = select(PASSKEYS).where(PASSKEYS.c.credential_id == credential_id).with_for_update()
    row = connection.execute(query).one_or_none()
    return None if row is None else _passkey(cipher, row)


def list_passkeys(connection: Connection, cipher: FieldCipher, account_id: str) -> list[Passkey]:
    """An account's passkeys, the first first."""
    query = select(PASSKEYS).where(PASSKEYS.c.account_id == account_id).order_by(PASSKEYS.c.passkey_id)
    return [_passkey(cipher, row) for row in connection.execute(query)]


def note_use(connection: Connection, passkey_id: str, signature_count: int, now: datetime) -> None:
    """Note that a passkey signed, and how often it says that it has."""
    values = {"signature_count": signature_count, "last_used_at": now}
    connection.execute(update(PASSKEYS).where(PASSKEYS.c.passkey_id == passkey_id).values(values))


def remove_passkey(connection: Connection, account_id: str, passkey_id: str) -> bool:
    """Drop one of an account's passkeys; False for none of them."""
    theirs = (PASSKEYS.c.passkey_id == passkey_id) & (PASSKEYS.c.account_id == account_id)
    return connection.execute(delete(PASSKEYS).where(theirs)).rowcount > 0


def remove_passkeys(connection: Connection, account_id: str) -> int:
    """Drop all of an account's passkeys; how many."""
    return connection.execute(delete(PASSKEYS).where(PASSKEYS.c.account_id == account_id)).rowcount


def _passkey(cipher: FieldCipher, row: Row[Any]) -> Passkey:
    name = cipher.open(NAME, row.passkey_id, row.name_sealed)
    return Passkey(
        row.passkey_id,
        row.account_id,
        row.credential_id,
        row.public_key,
        row.signature_count,
        name,
        row.added_at,
        row.last_used_at,
    )

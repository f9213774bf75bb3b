"""Ten codes for whoever lost their other factors: 80 random bits each, shown once, kept by their scrypt hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from store.tables.credentials import RecoveryCodeRow

CODES: Table = RecoveryCodeRow.metadata.tables["recovery_codes"]
COUNT, CODE_BYTES, SALT_BYTES, GROUP = 10, 10, 16, 4
# Nobody guesses 80 bits; the cost is for a copy of the table that falls into the wrong hands.
SCRYPT_COST, SCRYPT_BLOCK, DIGEST_BYTES = 2**12, 8, 32
_TYPED_FOR = str.maketrans("018", "OIB")  # what Base32 has no signs for is taken for the letters that look alike


@dataclass(frozen=True, slots=True)
class RecoveryCodes:
    """A set of codes in the clear, and their hashes."""

    texts: Sequence[str]
    salt: str
    hashes: Sequence[str]


def new_recovery_codes() -> RecoveryCodes:
    """A new set; hashing it takes a tenth of a second: not inside a transaction."""
    salt = secrets.token_hex(SALT_BYTES)
    plain = [b32encode(secrets.token_bytes(CODE_BYTES)).decode() for _ in range(COUNT)]
    texts = ["-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP)) for code in plain]
    return RecoveryCodes(texts, salt, [recovery_hash(text, salt) for text in texts])


def recovery_hash(text: str, salt: str) -> str:
    """The hash of a code as somebody typed it: capitals, spaces and hyphens do not matter."""
    typed = "".join(text.upper().split()).replace("-", "").translate(_TYPED_FOR)
    digest = hashlib.scrypt(
        typed.encode("utf-8", "replace"),
        salt=bytes.fromhex(salt),
        n=SCRYPT_COST,
        r=SCRYPT_BLOCK,
        p=1,
        dklen=DIGEST_BYTES,
    )
    return digest.hex()


def store_recovery_codes(connection: Connection, account_id: str, codes: RecoveryCodes, now: datetime) -> None:
    """Keep a set in the place of every earlier one."""
    remove_recovery_codes(connection, account_id)
    rows = [
        {"account_id": account_id, "number": number, "salt": codes.salt, "code_hash": hashed, "made_at": now}
        for number, hashed in enumerate(codes.hashes)
    ]
    connection.execute(insert(CODES), rows)


def recovery_salt(connection: Connection, account_id: str) -> str | None:
    """The salt of an account's set, None where it has none."""
    return connection.execute(select(CODES.c.salt).where(CODES.c.account_id == account_id).limit(1)).scalar()


def use_recovery_code(connection: Connection, account_id: str, hashed: str, now: datetime) -> bool:
    """Whether an unused code has that hash; it is used by this."""
    unused = (CODES.c.account_id == account_id) & CODES.c.used_at.is_(None)
    for row in connection.execute(select(CODES).where(unused).with_for_update()).all():
        if hmac.compare_digest(row.code_hash, hashed):
            connection.execute(update(CODES).where(unused, CODES.c.number == row.number).values(used_at=now))
            return True
    return False


def recovery_codes_left(connection: Connection, account_id: str) -> int:
    """How many codes were not used."""
    unused = (CODES.c.account_id == account_id) & CODES.c.used_at.is_(None)
    return connection.execute(select(func.count()).where(unused)).scalar_one()


def remove_recovery_codes(connection: Connection, account_id: str) -> None:
    """Drop an account's codes."""
    connection.execute(delete(CODES).where(CODES.c.account_id == account_id))

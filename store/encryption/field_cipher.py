"""Seals private fields, opens them, and makes the keyed hashes by which they are found again.

    sealed = cipher.seal("accounts.email_sealed", account_id, "ana@example.pe")
    where(accounts.c.email_index.in_(cipher.indexes("accounts.email_index", "ana@example.pe")))

A field is `table.column`, a row's id the values of its primary key joined by "/".
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from datetime import datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import Engine

from engine.errors import ArtifactError, InvalidInputError
from store.encryption.aes_gcm import context_of, decrypt, encrypt, utf8
from store.encryption.data_keys import DataKey, DataKeys, Purpose, utc_now
from store.encryption.master_keys import MasterKeys
from store.encryption.sealed_format import head_of, padded, split, unpadded

HASHING = frozenset({Purpose.PSEUDONYM, Purpose.ATTEMPT})


class FieldCipher:
    """The ciphers of one database, for all threads of a process.

    Reads which keys there are every ten seconds of use, and when a value is sealed under a key it does not know: a
    short query on a connection of its own. `refresh` in the background keeps even that out of requests.
    """

    def __init__(self, engine: Engine, master_keys: MasterKeys, clock: Callable[[], datetime] = utc_now) -> None:
        """Over a migrated database, outside any transaction: makes the data keys that are missing.

        Raises:
            ArtifactError: `master_keys` cannot unwrap the data keys.
        """
        self.data_keys = DataKeys(engine, master_keys, clock)

    def seal(self, field: str, row_id: str, text: str) -> bytes:
        """`text` encrypted for one column of one row, to other bytes each time."""
        key = self.data_keys.current(Purpose.FIELD)
        head = head_of(key.key_id)
        return head + encrypt(key.secret, padded(text), head + context_of(field, row_id))

    def open(self, field: str, row_id: str, sealed: bytes) -> str:
        """The text that was sealed for that column of that row, under whatever key.

        Raises:
            ArtifactError: it was sealed for another place, or altered, or its key is not there; never shows a value.
        """
        key_id, encrypted = split(sealed)
        key = self.data_keys.find(key_id)
        try:
            if key is None:
                raise InvalidTag
            return unpadded(decrypt(key.secret, encrypted, head_of(key_id) + context_of(field, row_id)))
        except InvalidTag as cause:
            raise ArtifactError(
                f"a value of {field} does not open",
                expected="one that was sealed for this column and row, unaltered, under a key of data_keys",
                fix="restore the row, or the table data_keys, from a backup",
            ) from cause

    def index(self, field: str, text: str) -> bytes:
        """The keyed hash [32 bytes] to store beside a sealed value; the caller brings the text to one form first."""
        return _index(self.data_keys.current(Purpose.INDEX), field, text)

    def indexes(self, field: str, text: str) -> list[bytes]:
        """The keyed hashes that a stored value may have, while keys change too; that of `index` comes first."""
        return [_index(key, field, text) for key in self.data_keys.live(Purpose.INDEX)]

    def past_indexes(self, field: str, text: str) -> list[bytes]:
        """The keyed hashes under every index key that there ever was."""
        return [_index(key, field, text) for key in self.data_keys.all_of(Purpose.INDEX)]

    def keyed_hash(self, purpose: Purpose, text: str) -> str:
        """HMAC-SHA256 of `text` in hexadecimal, for the purposes `pseudonym` and `attempt`.

        Raises:
            InvalidInputError: another purpose, whose key must hash no text of anybody's choice.
        """
        if purpose not in HASHING:
            raise InvalidInputError("this key hashes no texts", expected=" or ".join(sorted(HASHING)), got=purpose)
        return hmac.digest(self.data_keys.current(purpose).secret, utf8(text), "sha256").hex()

    def key(self, purpose: Purpose) -> tuple[str, bytes]:
        """Id and bytes [32] of the current key."""
        return _id_and_secret(self.data_keys.current(purpose))

    def keys(self, purpose: Purpose) -> list[tuple[str, bytes]]:
        """Ids and bytes of the keys that are not retired, the current one first."""
        return [_id_and_secret(key) for key in self.data_keys.live(purpose)]

    def refresh(self) -> None:
        """Read again which keys there are, from one short query."""
        self.data_keys.refresh()


def row_id_of(primary_key: Iterable[object]) -> str:
    """The values of a row's primary key, in the order of its columns, as `seal` and `open` take them."""
    return "/".join(str(value) for value in primary_key)


def _index(key: DataKey, field: str, text: str) -> bytes:
    return hmac.digest(key.secret, context_of(field) + utf8(text), "sha256")


def _id_and_secret(key: DataKey) -> tuple[str, bytes]:
    return key.key_id, key.secret

"""A cipher over the migrated database, rows with private values in several tables, and what they open to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import MasterKeys, create_master_keys
from store.tables import Base

# (table.column, row id) → text
Values = dict[tuple[str, str], str]
TABLES = Base.metadata.tables
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MESSAGES = 1900  # more batches than a rotation makes passes


@pytest.fixture
def master_keys(tmp_path: Path) -> MasterKeys:
    """A file with one master key."""
    return create_master_keys(tmp_path / "keys" / "master.keys")


@pytest.fixture
def cipher(database: Engine, master_keys: MasterKeys) -> FieldCipher:
    """A process's cipher."""
    return FieldCipher(database, master_keys)


@pytest.fixture
def add_account(database: Engine) -> Callable[[FieldCipher, str, str], None]:
    """Adds an account of an id and an address, sealed and indexed by a cipher."""

    def add(cipher: FieldCipher, account_id: str, email: str) -> None:
        with writing(database).begin() as connection:
            connection.execute(
                insert(TABLES["accounts"]).values(
                    account_id=account_id,
                    status="active",
                    email_sealed=cipher.seal("accounts.email_sealed", account_id, email),
                    email_index=cipher.index("accounts.email_index", email.strip().casefold()),
                    name_sealed=cipher.seal("accounts.name_sealed", account_id, f"Ana {account_id}"),
                    password_hash="",
                    locale="es",
                    created_at=NOW,
                    updated_at=NOW,
                )
            )

    return add


@pytest.fixture
def find_account(database: Engine) -> Callable[[FieldCipher, str], list[str]]:
    """Looks accounts up by an address, as a cipher indexes it."""
    accounts = TABLES["accounts"]

    def find(cipher: FieldCipher, email: str) -> list[str]:
        indexes = cipher.indexes("accounts.email_index", email.strip().casefold())
        with database.connect() as connection:
            return list(
                connection.execute(select(accounts.c.account_id).where(accounts.c.email_index.in_(indexes))).scalars()
            )

    return find


@pytest.fixture
def fill(database: Engine, add_account: Callable[[FieldCipher, str, str], None]) -> Callable[[FieldCipher], Values]:
    """Stores private values in five tables, one of them with a composite key, and gives what was stored."""

    def store(cipher: FieldCipher) -> Values:
        values: Values = {}

        def sealed(field: str, row_id: str, text: str) -> bytes:
            values[field, row_id] = text
            return cipher.seal(field, row_id, text)

        for account_id in ("a-1", "a-2", "a-3"):
            add_account(cipher, account_id, f" {account_id}@Example.pe")
            values["accounts.email_sealed", account_id] = f" {account_id}@Example.pe"
            values["accounts.name_sealed", account_id] = f"Ana {account_id}"
        rows: dict[str, list[dict[str, Any]]] = {
            "seeker_accounts": [
                {
                    "account_id": "a-1",
                    "seeker_id": "s-1",
                    "national_id_sealed": sealed("seeker_accounts.national_id_sealed", "a-1", "4455-6677"),
                    "national_id_index": cipher.index("seeker_accounts.national_id_index", "44556677"),
                    "income_sealed": sealed("seeker_accounts.income_sealed", "a-1", "930.50"),
                    "updated_at": NOW,
                }
            ],
            "idempotency_keys": [
                {
                    "caller": "account:a-1",
                    "idempotency_key": f"put/{number}",
                    "request_hash": "",
                    "status": 200,
                    "answer_sealed": sealed("idempotency_keys.answer_sealed", f"account:a-1/put/{number}", "{}"),
                    "created_at": NOW,
                }
                for number in range(2)
            ],
            "applications": [
                {
                    "application_id": "p-1",
                    "seeker_id": "s-1",
                    "job_id": "j-1",
                    "stage": "applied",
                    "version": 1,
                    "applied_at": NOW,
                    "updated_at": NOW,
                }
            ],
            "messages": [
                {
                    "message_id": f"m-{number}",
                    "application_id": "p-1",
                    "sent_by": "seeker",
                    "body_sealed": sealed("messages.body_sealed", f"m-{number}", f"Hola {number}"),
                    "sent_at": NOW,
                }
                for number in range(MESSAGES)
            ],
        }
        with writing(database).begin() as connection:
            for name, of_table in rows.items():
                connection.execute(insert(TABLES[name]), of_table)
        return values

    return store


@pytest.fixture
def sealed_values(database: Engine) -> Callable[[], dict[tuple[str, str], bytes]]:
    """Reads every sealed value of the database, as it is stored."""

    def read() -> dict[tuple[str, str], bytes]:
        found = {}
        with database.connect() as connection:
            for table in TABLES.values():
                for column in (column for column in table.columns if column.name.endswith("_sealed")):
                    key = list(table.primary_key.columns)
                    for *row_id, sealed in connection.execute(select(*key, column).where(column.is_not(None))):
                        found[f"{table.name}.{column.name}", "/".join(row_id)] = sealed
        return found

    return read


@pytest.fixture
def open_values(sealed_values: Callable[[], dict[tuple[str, str], bytes]]) -> Callable[[FieldCipher], Values]:
    """Opens every sealed value of the database with a cipher."""

    def read(cipher: FieldCipher) -> Values:
        return {place: cipher.open(*place, sealed) for place, sealed in sealed_values().items()}

    return read


@pytest.fixture
def keys_in_use(sealed_values: Callable[[], dict[tuple[str, str], bytes]]) -> Callable[[], set[str]]:
    """The ids of the keys that values are sealed under, as their bytes tell."""
    return lambda: {sealed[2 : 2 + sealed[1]].decode() for sealed in sealed_values().values()}


@pytest.fixture
def live_keys(database: Engine) -> Callable[[], set[str]]:
    """The ids of the keys of fields and indexes that are not retired."""

    def read() -> set[str]:
        live = TABLES["data_keys"].c.retired_at.is_(None)
        with database.connect() as connection:
            ids = connection.execute(select(TABLES["data_keys"].c.key_id).where(live)).scalars().all()
        return {key_id for key_id in ids if key_id.startswith(("field", "index"))}

    return read


@pytest.fixture
def set_account(database: Engine) -> Callable[..., None]:
    """Writes columns, given by name, of the account of an id."""

    def write(account_id: str, **columns: Any) -> None:
        accounts = TABLES["accounts"]
        with writing(database).begin() as connection:
            connection.execute(update(accounts).where(accounts.c.account_id == account_id).values(columns))

    return write

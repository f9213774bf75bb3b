"""What commands open before they work: the database, the store's records, the cipher of private values.

Nothing heavy is imported before a command asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.encryption.field_cipher import FieldCipher
    from store.records.records import Records


def open_migrated(data_dir: Path, stated_url: str) -> Engine:
    """The database at a URL, or that of a data folder where none is stated, made where there is none, and migrated."""
    from store.database import database_url, migrate, open_database
    from store.encryption.opening import require_not_lost

    database = open_database(database_url(data_dir, stated_url))
    require_not_lost(database, data_dir)
    migrate(database)
    return database


@contextmanager
def migrated_database(data_dir: Path, stated_url: str) -> Iterator[Engine]:
    """The same database, closed at the end."""
    database = open_migrated(data_dir, stated_url)
    try:
        yield database
    finally:
        database.dispose()


def open_records(data_dir: Path, stated_url: str) -> Records:
    """The jobs, people and placements of that database, until the command ends."""
    from store.records.records import Records

    return Records(open_migrated(data_dir, stated_url))


def open_cipher(database: Engine, data_dir: Path, master_key_file: Path | None) -> FieldCipher:
    """The cipher of private values, under the master keys of a file, or of the data folder where none is stated."""
    from store.encryption.opening import cipher_of

    return cipher_of(database, data_dir, master_key_file)

"""Opens what belongs together, a database and its master keys, and makes neither anew beside what is left of both."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, select

from engine.errors import ArtifactError
from store.database import current_revision
from store.encryption.data_keys import DATA_KEYS
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import FILE_NAME, master_keys_of


def cipher_of(engine: Engine, data_dir: Path, stated: Path | None = None) -> FieldCipher:
    """The cipher of a migrated database, with the master keys of the stated file or of `data_dir`.

    Raises as `master_keys_of` and `FieldCipher` do, and ArtifactError where the file of `data_dir` is gone while there
    are keys that it wraps: new ones would open nothing.
    """
    path = data_dir / FILE_NAME
    # Whoever makes both makes the file first.
    if stated is None and _has_data_keys(engine) and not path.exists():
        raise ArtifactError(
            f"{path} is not there",
            expected="the master keys that wrap the keys of this database",
            fix="put the file back from its copy, or state where it is: --master-keys, CHAMBA_MASTER_KEYS",
        )
    return FieldCipher(engine, master_keys_of(data_dir, stated))


def require_not_lost(engine: Engine, data_dir: Path) -> None:
    """Raises ArtifactError for a SQLite file without tables beside master keys, which are made after the tables."""
    if engine.dialect.name != "sqlite" or not (data_dir / FILE_NAME).exists():
        return
    with engine.connect() as connection:
        if current_revision(connection) is not None:
            return
    raise ArtifactError(
        "the database is gone",
        expected=f"one with tables at {engine.url.database}, as {data_dir / FILE_NAME} wraps keys of one",
        got="none, or an empty one",
        fix=f"put it back from a copy; to begin anew on purpose, move {FILE_NAME} away",
    )


def _has_data_keys(engine: Engine) -> bool:
    with engine.connect() as connection:
        return connection.execute(select(DATA_KEYS.c.key_id).limit(1)).scalar() is not None

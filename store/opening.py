"""Opens a database that is there: where a path is wrong, some commands would tell nonsense of a new and empty one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from engine.errors import ArtifactError
from store.database import current_revision, database_url, migrate, open_database


@contextmanager
def existing_database(data_dir: Path, stated_url: str = "") -> Iterator[Engine]:
    """The database at a URL, or that of a data folder, at the newest revision; closed at the end.

    Raises ArtifactError where there is none of ours.
    """
    database = open_database(database_url(data_dir, stated_url))
    try:
        with database.connect() as connection:
            is_ours = current_revision(connection) is not None
        if not is_ours:
            raise ArtifactError(
                "no database of Chamba's there",
                expected="one that Chamba has served from",
                fix="see --data-dir and --database-url",
            )
        migrate(database)
        yield database
    finally:
        database.dispose()

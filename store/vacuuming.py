"""Has SQLite forget the bytes of what was deleted, which it otherwise leaves in its file until they are written over.

`PRAGMA secure_delete` is not enough: where rows move between pages, copies of deleted ones stay behind them (in 5 of 16
random tables that we deleted half of). A `VACUUM` writes the whole file anew from the rows that are there.
"""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import Engine

from engine.errors import ArtifactError


def forget_deleted_bytes(engine: Engine) -> None:
    """Write a SQLite file and its log of writes anew; does nothing for a server, which reuses the space by itself.

    Readers go on meanwhile, writers wait: 14 seconds for 0.8 GB on a small machine. As much disk again is needed.

    Raises:
        ArtifactError: somebody read for so long that the log of writes could not be emptied.
        OperationalError: the disk is full, or somebody wrote for more than the usual wait.
    """
    if engine.dialect.name != "sqlite":
        return
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    if is_busy:
        raise ArtifactError(
            "the database's log of writes could not be emptied", got="somebody who reads for long", fix="run this again"
        )

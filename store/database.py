"""Opens the database and brings its tables to the newest revision.

    engine = open_database("sqlite:///data/chamba.db")
    migrate(engine)

SQLite is opened for one machine (WAL, waits for a lock); any other SQLAlchemy URL works too.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import as_file, files
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from engine.errors import ArtifactError, InvalidInputError

MIGRATIONS = files("store") / "migrations"
WRITES = "chamba_writes"  # execution option: the transaction will write
LOCK_WAIT_SECONDS = 30


def database_url(data_dir: Path, stated: str = "") -> str:
    """The URL that somebody stated, or that of the SQLite file in `data_dir`."""
    return stated or f"sqlite:///{data_dir / 'chamba.db'}"


def open_database(url: str) -> Engine:
    """An engine for `url`; a SQLite file's folder is made. Raises InvalidInputError for an unusable URL."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, json_serializer=_json_text, json_deserializer=orjson.loads)
    except (ArgumentError, NoSuchModuleError, ImportError) as cause:
        raise InvalidInputError(
            "the database cannot be opened",
            expected="a SQLAlchemy URL such as sqlite:///chamba.db, with its driver installed",
            got=f"{url.partition('://')[0]}: {cause}",
        ) from cause
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, for transactions that write: SQLite then takes its write lock at the start.

    A transaction that read first could not upgrade once another process has written; it would fail at once.
    """
    return engine.execution_options(**{WRITES: True})


def head_revision() -> str:
    """The newest revision the code knows."""
    return max(file.name for file in (MIGRATIONS / "versions").iterdir() if file.name[0].isdigit())[:-3]


def current_revision(connection: Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision; does nothing, cheaply, when they are there already."""
    with engine.connect() as connection:
        if current_revision(connection) == head_revision():
            return
    with writing(engine).begin() as connection:
        revision = current_revision(connection)  # again, now that nobody else can migrate
        known = {file.name[:-3] for file in (MIGRATIONS / "versions").iterdir()}
        if revision is not None and revision not in known:
            raise ArtifactError(
                "the database is newer than this Chamba",
                expected=f"revision {head_revision()} or earlier",
                got=revision,
                fix="install the version of Chamba that wrote it",
            )
        from alembic import command  # here, not above: it takes longer to import than a start may cost

        _with_config(connection, command.upgrade, "head")


def migrate_down(engine: Engine, revision: str) -> None:
    """Take the tables back to `revision` (`base`: to none), dropping what later revisions added."""
    from alembic import command

    with writing(engine).begin() as connection:
        _with_config(connection, command.downgrade, revision)


def _with_config(connection: Connection, run: Any, revision: str) -> None:
    from alembic.config import Config

    with as_file(MIGRATIONS) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        run(config, revision)


def _json_text(document: object) -> str:
    return orjson.dumps(document).decode()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late; ours is below
    connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_SECONDS * 1000}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Turn write-ahead logging on. SQLite does not wait for the lock this needs, so we do."""
    give_up_at = monotonic() + LOCK_WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if monotonic() > give_up_at:
                raise
            sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

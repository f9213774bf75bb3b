"""Opening and migrating a database."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from engine.errors import ArtifactError, InvalidInputError
from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from store.database import migrate, migrate_down, open_database
from store.records import Records
from store.tables import Base


def test_migrations_go_up_down_and_up_again_with_data(database: Engine, records: Records) -> None:
    records.put_jobs([Job("a:1", "Redactora")])
    records.put_seeker(Seeker("s1", "hola"), np.ones(3, np.float32), "m1")
    records.add_placements([Placement("s1", "a:1", datetime(2026, 1, 1, tzinfo=UTC))])
    migrate_down(database, "base")
    assert inspect(database).get_table_names() == ["alembic_version"]
    migrate(database)
    assert records.count_jobs() == 0
    assert records.put_jobs([Job("a:1", "Redactora")]).created == 1


def test_migrating_again_keeps_the_data(database: Engine, records: Records) -> None:
    records.put_jobs([Job("a:1", "Redactora")])
    migrate(database)
    assert records.get_job("a:1").title == "Redactora"


def test_the_migrated_tables_are_those_the_code_declares(database: Engine) -> None:
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_start_on_a_migrated_database_does_not_load_alembic(database: Engine) -> None:
    code = (
        "import sys; from store.database import migrate, open_database; "
        f"migrate(open_database({str(database.url)!r})); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_database_of_a_later_version_is_refused(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_of_the_future'"))
    with pytest.raises(ArtifactError, match="9999_of_the_future"):
        migrate(database)


def test_sqlite_gets_its_folder_and_write_ahead_logging(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/new/folder/chamba.db")
    with engine.connect() as connection:
        modes = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
    engine.dispose()
    assert modes == ["wal", 1]
    assert (tmp_path / "new" / "folder" / "chamba.db").exists()


def test_four_starts_at_once_on_a_new_file_all_succeed(tmp_path: Path) -> None:
    """Each start turns on write-ahead logging, for a lock that SQLite itself does not wait for."""
    for attempt in range(15):
        engines = [open_database(f"sqlite:///{tmp_path}/{attempt}.db") for _ in range(4)]
        together = Barrier(4)

        def start(engine: Engine, together: Barrier = together) -> None:
            together.wait()
            migrate(engine)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(start, engines))
        for engine in engines:
            assert Records(engine).count_jobs() == 0
            engine.dispose()


@pytest.mark.parametrize("url", ["chamba.db", "oracle9://x", "sqlite+nodriver:///x.db"])
def test_an_unusable_url_says_what_a_url_looks_like(url: str) -> None:
    with pytest.raises(InvalidInputError, match="sqlite:///"):
        open_database(url)

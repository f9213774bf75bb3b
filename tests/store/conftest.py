"""A migrated SQLite database of its own for each test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from store.database import migrate, open_database
from store.records import Records


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    """An empty database at the newest revision."""
    engine = open_database(f"sqlite:///{tmp_path}/chamba.db")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def records(database: Engine) -> Records:
    """Records over `database`."""
    return Records(database)

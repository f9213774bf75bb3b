"""A migrated database of its own for each test of the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from store.database import open_database
from store.records.records import Records


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """An empty database at the newest revision."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def records(database: Engine) -> Records:
    """Records over `database`."""
    return Records(database)

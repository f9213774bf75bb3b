"""A partner over the migrated database, and the cipher of its private values."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import create_master_keys
from store.partners.partners import NewPartner, RequestLimits, create_partner


@pytest.fixture
def now() -> datetime:
    """The moment at which these tests begin."""
    return datetime(2026, 11, 25, 19, 5, 30, tzinfo=UTC)


@pytest.fixture
def cipher(database: Engine, tmp_path: Path) -> FieldCipher:
    """The database's cipher."""
    return FieldCipher(database, create_master_keys(tmp_path / "keys" / "master.keys"))


@pytest.fixture
def partner_id(database: Engine, cipher: FieldCipher, now: datetime) -> str:
    """A partner with wide limits."""
    new = NewPartner("Bolsa Sur", RequestLimits(1_000, 100), "Rosa, rosa@bolsasur.pe")
    with writing(database).begin() as connection:
        return create_partner(connection, cipher, new, now)

"""What a person did and learned, and where they show it: one sealed document for those whom they apply to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Table, delete, insert, select

from store.encryption.field_cipher import FieldCipher
from store.tables.people import CareerRow

CAREERS: Table = CareerRow.metadata.tables["careers"]
CAREER = "careers.career_sealed"


def put_career(
    connection: Connection, cipher: FieldCipher, seeker_id: str, career: Mapping[str, Any], now: datetime
) -> None:
    """Keep a person's career in the place of the one before."""
    connection.execute(delete(CAREERS).where(CAREERS.c.seeker_id == seeker_id))
    sealed = cipher.seal(CAREER, seeker_id, orjson.dumps(career).decode())
    connection.execute(insert(CAREERS).values(seeker_id=seeker_id, career_sealed=sealed, updated_at=now))


def read_career(connection: Connection, cipher: FieldCipher, seeker_id: str) -> dict[str, Any] | None:
    """A person's career, in the clear; None where they told none."""
    sealed = connection.execute(select(CAREERS.c.career_sealed).where(CAREERS.c.seeker_id == seeker_id)).scalar()
    if sealed is None:
        return None
    career: dict[str, Any] = orjson.loads(cipher.open(CAREER, seeker_id, sealed))
    return career

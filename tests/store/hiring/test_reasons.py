"""Reasons are read by both sides and kept in the clear: no telephone, address or id of anybody is in them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import MasterKeys, create_master_keys
from store.hiring.applications import NewApplication, Stage, StepTaker, apply, step, steps_of
from store.hiring.standing import Owner

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
def cipher(database: Engine, tmp_path: object) -> FieldCipher:
    keys: MasterKeys = create_master_keys(tmp_path / "keys" / "master.keys")  # type: ignore[operator]
    return FieldCipher(database, keys)


@pytest.mark.parametrize(
    "private", ["DNI 45678912", "987 654 321", "rosa@correo.pe", "wa.me/51987654321", "identificada con 45678912"]
)
def test_a_reason_of_a_step_holds_no_contact(database: Engine, cipher: FieldCipher, private: str) -> None:
    with writing(database).begin() as connection:
        applied = apply(connection, cipher, NewApplication("rosa", "ad", Owner("killa")), NOW)
        reason = f"No cumple: {private} dijo otra cosa"
        step(
            connection,
            applied.application_id,
            Stage.DECLINED,
            version=1,
            reason=reason,
            taken_by=StepTaker.EMPLOYER,
            now=NOW,
        )
        told = steps_of(connection, applied.application_id)[-1].reason
    assert told is not None
    assert (told.startswith("No cumple: "), told.endswith("dijo otra cosa"), "[contacto]" in told) == (True,) * 3
    assert private not in told

"""Data keys under a new master key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from engine.errors import ArtifactError
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import MasterKeys
from store.encryption.rotation import rewrap, rotate

Values = dict[tuple[str, str], str]

NEW_LINE = f"new {'A' * 43}"


def test_a_master_key_is_changed_and_the_old_one_taken_out(
    database: Engine,
    cipher: FieldCipher,
    master_keys: MasterKeys,
    fill: Callable[[FieldCipher], Values],
    open_values: Callable[[FieldCipher], Values],
) -> None:
    values, path = fill(cipher), master_keys.path
    old_line = path.read_text().splitlines()[-1]
    path.write_text(f"{NEW_LINE}\n{old_line}\n")
    assert rewrap(database, master_keys) == 6
    assert rewrap(database, master_keys) == 0
    path.write_text(f"{NEW_LINE}\n")
    assert open_values(FieldCipher(database, MasterKeys(path))) == values


def test_a_server_that_started_before_the_change_makes_no_key_under_the_old_one(
    database: Engine,
    cipher: FieldCipher,
    master_keys: MasterKeys,
    fill: Callable[[FieldCipher], Values],
    open_values: Callable[[FieldCipher], Values],
) -> None:
    values, path = fill(cipher), master_keys.path
    path.write_text(f"{NEW_LINE}\n{path.read_text()}")
    rewrap(database, MasterKeys(path))
    rotate(database, cipher, settle=timedelta(0))
    path.write_text(f"{NEW_LINE}\n")
    assert open_values(FieldCipher(database, MasterKeys(path))) == values


def test_nothing_is_wrapped_again_while_a_master_key_is_missing(
    database: Engine,
    cipher: FieldCipher,
    master_keys: MasterKeys,
    fill: Callable[[FieldCipher], Values],
    open_values: Callable[[FieldCipher], Values],
) -> None:
    values, path = fill(cipher), master_keys.path
    before = path.read_text()
    path.write_text(NEW_LINE)
    with pytest.raises(ArtifactError, match="lacks a master key"):
        rewrap(database, MasterKeys(path))
    path.write_text(before)
    assert open_values(FieldCipher(database, MasterKeys(path))) == values

"""`chamba account create` takes no easy password, and others can write while its hash is made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner

from chamba import app
from engine.errors import InvalidInputError

EMAIL = "ana@municipalidad.example"


def create(data_dir: Path, password: str) -> BaseException | None:
    command = ["account", "create", EMAIL, "--password-stdin", "--data-dir", str(data_dir), "--database-url", ""]
    return CliRunner().invoke(app, command, input=f"{password}\n").exception


@pytest.mark.parametrize("password", ["corta", "", "peru1234", "qwertyui", "municipalidad1", "ana123456", "x!7Kq" * 26])
def test_an_easy_password_makes_no_account(tmp_path: Path, password: str) -> None:
    refused = create(tmp_path, password)
    assert isinstance(refused, InvalidInputError)
    assert refused.expected == (
        "three or four words that only you would put together, without your name or your address"
    )
    assert not (tmp_path / "chamba.db").exists()


def test_others_can_write_while_the_hash_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed, written_meanwhile = PasswordHasher.hash, []

    def hash_beside_a_writer(hasher: PasswordHasher, password: str) -> str:
        other = sqlite3.connect(tmp_path / "chamba.db", timeout=0, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # raises when somebody else writes
        other.execute("ROLLBACK")
        other.close()
        written_meanwhile.append(password)
        return hashed(hasher, password)

    monkeypatch.setattr(PasswordHasher, "hash", hash_beside_a_writer)
    monkeypatch.setenv("CHAMBA_PASSWORD_MEMORY_KIB", "19456")
    assert create(tmp_path, "lluvia en Huaraz") is None
    assert written_meanwhile == ["lluvia en Huaraz"]

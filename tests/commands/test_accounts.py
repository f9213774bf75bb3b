"""`chamba account create` takes no easy password; whoever lost every factor begins anew by `drop-factors`."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from pydantic import SecretStr
from typer.testing import CliRunner

from api.configuration.settings import Settings
from api.services.services import Services
from chamba import app
from engine.errors import InvalidInputError, NotFoundError
from store.audit import read_audit
from store.people.accounts import find_account
from store.people.factors.held import factors_of
from store.people.mail import MAILS, SEALED
from store.people.open_sessions import account_sessions
from tests.api.signed_in import add_app, signed_in

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


def test_an_administrator_is_told_what_comes_first_and_one_who_lost_all_factors_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAMBA_PASSWORD_MEMORY_KIB", "19456")
    place = ["--data-dir", str(tmp_path), "--database-url", ""]
    made = CliRunner().invoke(app, ["account", "create", EMAIL, "--password-stdin", *place], input="lluvia en Huaraz\n")
    assert "POST /v1/me/totp" in made.output
    services = Services(Settings(data_dir=tmp_path, database_url=SecretStr("")))
    account_id = services.read(lambda connection: find_account(connection, services.cipher, EMAIL))
    assert account_id is not None
    add_app(services, account_id)
    signed_in(services, account_id)
    dropped = CliRunner().invoke(app, ["account", "drop-factors", EMAIL, *place])
    assert dropped.exit_code == 0, dropped.output
    with services.database.connect() as connection:
        assert factors_of(connection, account_id) == []
        (session,) = account_sessions(connection, services.cipher, account_id, limit=None)
        assert session[0].ended_at is not None
        actions = [entry.action for entry in read_audit(connection, limit=10, newest_first=True)]
        (mail,) = connection.execute(MAILS.select()).all()
    assert actions[0] == "account.factors_dropped"
    told = services.cipher.open(SEALED, mail.mail_id, mail.mail_sealed)
    services.database.dispose()
    assert "Quitamos el segundo paso" in told
    unknown = CliRunner().invoke(app, ["account", "drop-factors", "nadie@correo.pe", *place])
    assert isinstance(unknown.exception, NotFoundError)

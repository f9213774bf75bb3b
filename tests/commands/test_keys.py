"""`chamba keys`, as an operator uses it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from commands.keys import keys
from engine.errors import ArtifactError
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import MasterKeys

Values = dict[tuple[str, str], str]


@pytest.fixture
def run(database: Engine, tmp_path: Path) -> Callable[..., str]:
    """Runs a command on the database, and gives all that it printed."""

    def invoke(*arguments: str, **environment: str) -> str:
        variables = {
            "CHAMBA_DATA_DIR": str(tmp_path),
            "CHAMBA_DATABASE_URL": database.url.render_as_string(hide_password=False),
            "CHAMBA_MASTER_KEYS": str(tmp_path / "keys" / "master.keys"),
        }
        result = CliRunner().invoke(keys, arguments, env=variables | environment, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    return invoke


def test_keys_are_listed_with_the_values_under_them_and_nothing_secret(
    run: Callable[..., str], cipher: FieldCipher, master_keys: MasterKeys, fill: Callable[[FieldCipher], Values]
) -> None:
    count = len(fill(cipher))
    printed = run("list")
    lines = printed.splitlines()
    assert [line.split()[0] for line in lines] == sorted(f"{purpose}-1" for purpose in Purpose)
    assert f"  live  {count} values  {master_keys.current_id()}" in next(line for line in lines if "field-1" in line)
    secrets = [cipher.key(purpose)[1] for purpose in Purpose]
    secrets.append(base64.urlsafe_b64decode(master_keys.path.read_text().split()[-1]))
    for secret in secrets:
        for form in (secret.hex(), base64.b64encode(secret).decode(), base64.urlsafe_b64encode(secret).decode()):
            assert form.rstrip("=") not in printed


def test_without_keys_the_list_says_so(run: Callable[..., str]) -> None:
    assert "no key yet" in run("list")


def test_a_rotation_says_what_it_did_and_the_list_shows_it(
    run: Callable[..., str], cipher: FieldCipher, fill: Callable[[FieldCipher], Values]
) -> None:
    fill(cipher)
    printed = run("rotate", "--settle-seconds", "0")
    assert "now field-2, index-2" in printed
    assert "messages.body_sealed: 1900 rows" in printed
    assert "field-1, index-1" in printed.splitlines()[-1]
    listed = {line.split()[0]: line for line in run("list").splitlines()}
    assert "  retired " in listed["field-1"]
    assert "  0 values  " in listed["field-1"]
    assert "  live  " in listed["index-2"]


def test_the_key_of_tokens_is_rotated_and_no_value_is_sealed_again(
    run: Callable[..., str], cipher: FieldCipher
) -> None:
    assert cipher.key(Purpose.TOKEN)
    printed = run("rotate", "--purpose", "token", "--settle-seconds", "0")
    assert "now token-2" in printed
    assert "token-1" in printed.splitlines()[-1]
    listed = {line.split()[0]: line for line in run("list").splitlines()}
    assert "  retired " in listed["token-1"]
    assert "  live  " in listed["field-1"]


def test_a_rotation_says_that_it_waits_for_servers(run: Callable[..., str], cipher: FieldCipher) -> None:
    assert cipher.key(Purpose.INDEX)
    printed = run("rotate", "--purpose", "index", "--settle-seconds", "0.5")
    assert "seconds for the servers" in printed
    assert "now index-2" in printed


def test_what_a_rotation_cannot_do_is_said_and_a_second_run_goes_on(
    run: Callable[..., str],
    cipher: FieldCipher,
    fill: Callable[[FieldCipher], Values],
    set_account: Callable[..., None],
) -> None:
    fill(cipher)
    set_account("a-1", phone_sealed=cipher.seal("accounts.phone_sealed", "another row", "999 888 777"))
    printed = run("rotate", "--purpose", "field", "--settle-seconds", "0")
    assert "accounts.phone_sealed: 1 rows left as they were: each does not open" in printed
    assert "still in use: field-1; retire it by running this again" in printed
    set_account("a-1", phone_sealed=None)
    printed = run("rotate", "--purpose", "field", "--settle-seconds", "0")
    assert "finished the rotation that was begun: now field-2" in printed
    assert "retired" in printed


def test_rewrapping_names_the_master_key_that_is_used_now(
    run: Callable[..., str], cipher: FieldCipher, master_keys: MasterKeys
) -> None:
    assert cipher.key(Purpose.FIELD)
    master_keys.path.write_text(f"2027 {'A' * 43}\n{master_keys.path.read_text()}")
    assert "6 data keys wrapped again; all of them are under 2027" in run("rewrap")
    assert all(line.endswith("  2027") for line in run("list").splitlines())


def test_without_a_stated_file_the_master_keys_are_those_of_the_data_folder(
    run: Callable[..., str], tmp_path: Path
) -> None:
    run("rotate", "--settle-seconds", "0", CHAMBA_MASTER_KEYS="")
    key_id = (tmp_path / "master.keys").read_text().split()[-2]
    assert f"all of them are under {key_id}" in run("rewrap", CHAMBA_MASTER_KEYS="")


def test_other_master_keys_and_an_empty_database_are_refused(
    run: Callable[..., str], cipher: FieldCipher, tmp_path: Path, new_database_url: Callable[..., str]
) -> None:
    assert cipher.key(Purpose.FIELD)
    (tmp_path / "other.keys").write_text(f"other {'A' * 43}\n")
    with pytest.raises(ArtifactError, match="lacks a master key"):
        run("rewrap", CHAMBA_MASTER_KEYS=str(tmp_path / "other.keys"))
    with pytest.raises(ArtifactError, match="no database of Chamba's"):
        run("rotate", CHAMBA_DATABASE_URL=new_database_url(is_migrated=False))

"""The file of master keys: what it may hold, what is refused without being shown, and who makes it first."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.errors import ArtifactError, ChambaError, InvalidInputError
from store.encryption.master_keys import create_master_keys, master_keys_of, open_master_keys

OLD, NEW = bytes(range(32)), bytes(range(100, 132))


def line(key_id: str, key: bytes) -> str:
    """A line of the file."""
    return f"{key_id} {urlsafe_b64encode(key).decode()}"


def names(folder: Path) -> list[str]:
    """What a folder holds."""
    return [path.name for path in folder.iterdir()]


def test_the_first_key_wraps_and_the_others_still_unwrap(tmp_path: Path) -> None:
    path = tmp_path / "master.keys"
    path.write_text(line("2025", OLD))
    key_id, wrapped = open_master_keys(path).wrap(b"secret", b"here")
    path.write_text(f"# llaves\n\n  {line('2026', NEW)}  \n{line('2025', OLD).rstrip('=')}\n")
    keys = open_master_keys(path)
    assert (key_id, keys.wrap(b"secret", b"here")[0]) == ("2025", "2026")
    assert keys.unwrap(key_id, wrapped, b"here") == b"secret"


def test_what_was_wrapped_for_one_place_does_not_unwrap_for_another(tmp_path: Path) -> None:
    keys = create_master_keys(tmp_path / "master.keys")
    key_id, wrapped = keys.wrap(b"secret", b"here")
    with pytest.raises(ArtifactError, match="does not unwrap"):
        keys.unwrap(key_id, wrapped, b"there")


def test_open_keys_follow_their_file(tmp_path: Path) -> None:
    path = tmp_path / "master.keys"
    path.write_text(line("2025", OLD))
    server = open_master_keys(path)
    path.write_text(f"{line('2026', NEW)}\n{line('2025', OLD)}")
    assert server.wrap(b"secret", b"")[0] == "2026"
    path.write_text(f"{line('2027', NEW)}\n{path.read_text()}")
    key_id, wrapped = open_master_keys(path).wrap(b"secret", b"")
    assert (key_id, server.unwrap(key_id, wrapped, b"")) == ("2027", b"secret")


def test_a_key_that_is_gone_is_asked_for_by_its_id(tmp_path: Path) -> None:
    path = tmp_path / "master.keys"
    path.write_text(line("2025", OLD))
    key_id, wrapped = open_master_keys(path).wrap(b"secret", b"")
    path.write_text(line("2026", NEW))
    with pytest.raises(ArtifactError, match=r"lacks a master key.*2025.*got 2026"):
        open_master_keys(path).unwrap(key_id, wrapped, b"")


def test_another_key_of_the_same_id_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "master.keys"
    path.write_text(line("m", OLD))
    key_id, wrapped = open_master_keys(path).wrap(b"secret", b"")
    path.write_text(line("m", NEW))
    with pytest.raises(ArtifactError, match=r"master key m of .* does not unwrap"):
        open_master_keys(path).unwrap(key_id, wrapped, b"")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no master key"),
        ("# nothing yet\n\n", "has no master key"),
        (urlsafe_b64encode(OLD).decode(), "line 1 .*1 words"),
        (f"# a\n{line('m', OLD)} more", "line 2 .*3 words"),
        (f"{line('a', OLD)}\n{line('a', NEW)}", "line 2 .*an id that an earlier line has"),
        (line("m", OLD[:31]), "line 1 .*a key of 44 characters"),
        (line("m", bytes(33)), "line 1 .*a key of 44 characters"),
        (f"m {'+' * 43}", "line 1 .*a key of 43 characters"),
        (f"{urlsafe_b64encode(OLD).decode()} m", "line 1 .*an id that is too long"),
        (line(urlsafe_b64encode(OLD).decode().rstrip("="), NEW), "line 1 .*an id that is too long"),
        (line("ñ", OLD), "line 1 .*an id"),
    ],
)
def test_a_file_that_holds_something_else_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "master.keys"
    path.write_text(text)
    with pytest.raises(InvalidInputError, match=said):
        open_master_keys(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.text(), max_size=3),
    planted=st.binary(min_size=32, max_size=32),
    after=st.lists(st.text(), max_size=3),
    separator=st.sampled_from(["\n", " ", "\r\n", "\t", ""]),
)
@example(before=[], planted=NEW, after=["m"], separator=" ")
def test_no_file_makes_an_error_show_a_key(
    tmp_path: Path, before: list[str], planted: bytes, after: list[str], separator: str
) -> None:
    key = urlsafe_b64encode(planted).decode()
    path = tmp_path / "master.keys"
    path.write_bytes(separator.join([*before, key, *after]).encode())
    said = ""
    try:
        open_master_keys(path)
    except ChambaError as error:
        said = str(error)
    assert key.rstrip("=") not in said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.text("abcXYZ019._-", min_size=1, max_size=40), st.binary(min_size=32, max_size=32), min_size=1, max_size=5
    )
)
def test_every_well_formed_file_opens_and_its_first_key_wraps(tmp_path: Path, keys: dict[str, bytes]) -> None:
    path = tmp_path / "master.keys"
    path.write_text("\n".join(line(key_id, key) for key_id, key in keys.items()))
    opened = open_master_keys(path)
    key_id, wrapped = opened.wrap(b"secret", b"")
    assert key_id == next(iter(keys))
    assert opened.unwrap(key_id, wrapped, b"") == b"secret"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match=r"there is no .*nowhere.keys"):
        open_master_keys(tmp_path / "nowhere.keys")


def test_a_folder_in_the_place_of_the_file_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="cannot be read"):
        open_master_keys(tmp_path)


def test_a_new_file_is_its_owners_alone_and_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "new" / "master.keys"
    create_master_keys(path)
    before = path.read_bytes()
    with pytest.raises(ArtifactError, match="there already"):
        create_master_keys(path)
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(path.parent) == ["master.keys"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArtifactError, match="cannot be written"):
        create_master_keys(tmp_path / "file" / "master.keys")


def test_a_file_that_others_can_read_is_warned_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "master.keys"
    with caplog.at_level(logging.WARNING, "chamba.store"):
        create_master_keys(path)
        assert not caplog.records
        path.chmod(0o640)
        open_master_keys(path)
    assert "chmod 600" in caplog.text


def test_a_stated_file_is_used_and_never_made(tmp_path: Path) -> None:
    stated = tmp_path / "stated.keys"
    with pytest.raises(ArtifactError, match="there is no"):
        master_keys_of(tmp_path, stated)
    assert names(tmp_path) == []
    stated.write_text(line("stated", OLD))
    assert master_keys_of(tmp_path, stated).current_id() == "stated"
    assert names(tmp_path) == ["stated.keys"]


def test_threads_that_ask_at_once_for_the_first_time_get_the_same_keys(tmp_path: Path) -> None:
    for attempt in range(20):
        folder, together = tmp_path / str(attempt), Barrier(4)

        def ask(folder: Path = folder, together: Barrier = together) -> str:
            together.wait()
            return master_keys_of(folder).current_id()

        with ThreadPoolExecutor(4) as threads:
            ids = {asked.result() for asked in [threads.submit(ask) for _ in range(4)]}
        assert len(ids) == 1
        assert names(folder) == ["master.keys"]


def test_no_key_is_in_the_representation_of_the_keys(tmp_path: Path) -> None:
    path = tmp_path / "master.keys"
    path.write_text(line("m", OLD))
    assert not any(form in repr(open_master_keys(path)) for form in (repr(OLD)[2:-1], OLD.hex()))


def test_importing_the_keys_reads_nothing(tmp_path: Path) -> None:
    code = "import store.encryption.master_keys, store.encryption.field_cipher, store.encryption.rotation"
    environment = {**os.environ, "CHAMBA_MASTER_KEYS": str(tmp_path / "none"), "CHAMBA_DATA_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert names(tmp_path) == []

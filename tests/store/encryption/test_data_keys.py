"""Data keys are agreed on by processes that never speak to each other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

from sqlalchemy import Engine, func, insert, select, update

from store.database import open_database, writing
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import MasterKeys
from store.tables import Base

DATA_KEYS = Base.metadata.tables["data_keys"]
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
EMAIL = "accounts.email_sealed"

# Says that it has started, waits for a line, then makes or reads all keys and seals a value; prints what it got.
PROCESS = """
import sys
from pathlib import Path
from store.database import open_database
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import master_keys_of
url, folder = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
cipher = FieldCipher(open_database(url), master_keys_of(Path(folder)))
print([(cipher.key(purpose)[0], cipher.key(purpose)[1].hex()) for purpose in Purpose])
print(cipher.seal("accounts.email_sealed", "a-1", "ana@example.pe").hex())
"""


def count_keys(database: Engine) -> int:
    """How many rows the table of keys has."""
    with database.connect() as connection:
        return connection.execute(select(func.count()).select_from(DATA_KEYS)).scalar_one()


def test_ciphers_that_start_at_once_agree_on_every_key(
    new_database_url: Callable[..., str], master_keys: MasterKeys
) -> None:
    for _ in range(8):
        engines = [open_database(url) for url in [new_database_url()] * 4]
        together = Barrier(4)

        def start(engine: Engine, together: Barrier = together) -> list[tuple[str, bytes]]:
            together.wait()
            cipher = FieldCipher(engine, master_keys)
            return [cipher.key(purpose) for purpose in Purpose]

        with ThreadPoolExecutor(4) as threads:
            started = [threads.submit(start, engine) for engine in engines]
            agreed = [done.result() for done in started]
        assert agreed == [agreed[0]] * 4
        assert count_keys(engines[0]) == 6
        for engine in engines:
            engine.dispose()


def test_processes_that_start_at_once_agree_on_the_master_key_and_every_data_key(
    database: Engine, tmp_path: Path
) -> None:
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", PROCESS, url, str(tmp_path / "data")]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) for _ in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate()[0].splitlines() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0]
    assert len({keys for keys, _ in printed}) == 1
    assert len({sealed for _, sealed in printed}) == 3
    assert count_keys(database) == 6


def test_a_key_that_another_process_made_is_read_when_it_is_met(
    database: Engine, cipher: FieldCipher, master_keys: MasterKeys
) -> None:
    frozen = FieldCipher(database, master_keys, clock=lambda: NOON)
    cipher.data_keys.begin_rotation([Purpose.FIELD], datetime.now(UTC))
    sealed = cipher.seal(EMAIL, "a-1", "ana@example.pe")
    assert b"field-2" in sealed
    assert frozen.open(EMAIL, "a-1", sealed) == "ana@example.pe"


def test_an_open_transaction_that_writes_does_not_keep_a_cipher_from_reading_keys(
    database: Engine, cipher: FieldCipher, master_keys: MasterKeys
) -> None:
    other = FieldCipher(database, master_keys)
    other.data_keys.begin_rotation([Purpose.FIELD], datetime.now(UTC))
    sealed = other.seal(EMAIL, "a-1", "ana@example.pe")
    with writing(database).begin():
        assert cipher.open(EMAIL, "a-1", sealed) == "ana@example.pe"
        cipher.refresh()
        assert cipher.key(Purpose.FIELD)[0] == "field-2"


def test_a_key_is_known_to_every_process_before_any_uses_it(database: Engine, master_keys: MasterKeys) -> None:
    moment = NOON
    first = FieldCipher(database, master_keys, clock=lambda: moment)
    second = FieldCipher(database, master_keys, clock=lambda: moment)
    first.data_keys.begin_rotation([Purpose.FIELD, Purpose.INDEX], NOON + timedelta(seconds=30))
    assert first.key(Purpose.INDEX)[0] == second.key(Purpose.INDEX)[0] == "index-1"
    moment = NOON + timedelta(seconds=11)
    old, announced = second.indexes("accounts.email_index", "ana@example.pe")
    assert second.index("accounts.email_index", "ana@example.pe") == old
    moment = NOON + timedelta(seconds=30)
    assert [second.key(purpose)[0] for purpose in (Purpose.FIELD, Purpose.INDEX)] == ["field-2", "index-2"]
    assert second.indexes("accounts.email_index", "ana@example.pe") == [announced, old]
    assert first.index("accounts.email_index", "ana@example.pe") == announced


def test_a_rotation_that_has_not_ended_is_gone_on_with(database: Engine, cipher: FieldCipher) -> None:
    now = datetime.now(UTC)
    assert cipher.data_keys.begin_rotation([Purpose.FIELD, Purpose.INDEX], now) == ([*Purpose][:2], False)
    assert cipher.data_keys.begin_rotation([Purpose.FIELD, Purpose.INDEX], now) == ([*Purpose][:2], True)
    assert count_keys(database) == 8


def test_rotations_that_begin_at_once_make_one_key(database: Engine, master_keys: MasterKeys) -> None:
    together = Barrier(4)
    ciphers = [FieldCipher(database, master_keys) for _ in range(4)]

    def begin(cipher: FieldCipher) -> bool:
        together.wait()
        return cipher.data_keys.begin_rotation([Purpose.FIELD], datetime.now(UTC))[1]

    with ThreadPoolExecutor(4) as threads:
        resumed = [begun.result() for begun in [threads.submit(begin, cipher) for cipher in ciphers]]
    assert sorted(resumed) == [False, True, True, True]
    assert count_keys(database) == 7


def test_the_tenth_key_is_newer_than_the_ninth(database: Engine, cipher: FieldCipher, master_keys: MasterKeys) -> None:
    for _ in range(10):
        cipher.data_keys.begin_rotation([Purpose.FIELD], datetime.now(UTC))
        newest = cipher.key(Purpose.FIELD)[0]
        with writing(database).begin() as connection:
            older = (DATA_KEYS.c.purpose == "field") & (DATA_KEYS.c.key_id != newest)
            connection.execute(update(DATA_KEYS).where(older).values(retired_at=NOON))
        cipher.refresh()
    assert FieldCipher(database, master_keys).keys(Purpose.FIELD) == [cipher.key(Purpose.FIELD)]
    assert cipher.key(Purpose.FIELD)[0] == "field-11"


def test_keys_of_a_purpose_of_a_later_version_are_left_to_it(
    database: Engine, cipher: FieldCipher, master_keys: MasterKeys
) -> None:
    later = {"key_id": "dreams-1", "purpose": "dreams", "master_key_id": "?", "wrapped_key": b"?", "created_at": NOON}
    with writing(database).begin() as connection:
        connection.execute(insert(DATA_KEYS).values(later))
    cipher.refresh()
    assert FieldCipher(database, master_keys).key(Purpose.FIELD) == cipher.key(Purpose.FIELD)


def test_no_key_is_in_the_representation_of_a_key(cipher: FieldCipher) -> None:
    key = cipher.data_keys.current(Purpose.TOKEN)
    assert "token-1" in repr(key)
    assert repr(key.secret)[2:-1] not in repr(key)

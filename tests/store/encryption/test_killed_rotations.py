"""A rotation that is killed at any point has broken nothing, and the next run finishes it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import MasterKeys
from store.encryption.rotation import rotate

Values = dict[tuple[str, str], str]

# Rotates, and is killed when it is about to commit the transaction of a given number, or to retire keys.
ROTATION = """
import os, signal, sys
from datetime import timedelta
from pathlib import Path
from sqlalchemy import event
from store.database import open_database
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import open_master_keys
from store.encryption.rotation import rotate

url, master_keys, moment = sys.argv[1:]
engine = open_database(url)
cipher = FieldCipher(engine, open_master_keys(Path(master_keys)))
commits = 0

def kill_at_commit(connection):
    global commits
    commits += 1
    if str(commits) == moment:
        os.kill(os.getpid(), signal.SIGKILL)

def kill_at_retiring(connection, cursor, statement, *rest):
    if moment == "retiring" and statement.startswith("UPDATE data_keys"):
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(engine, "commit", kill_at_commit)
event.listen(engine, "after_cursor_execute", kill_at_retiring)
rotate(engine, cipher, settle=timedelta(0))
"""


# 1: the new keys; 2 and 3: accounts; then seekers, answers, seven batches of messages; the last: retiring.
@pytest.mark.parametrize("moments", [["1"], ["2"], ["3"], ["8"], ["retiring"], ["2", "2", "3", "retiring"]])
def test_the_next_run_finishes_what_a_killed_one_began(
    database: Engine,
    cipher: FieldCipher,
    master_keys: MasterKeys,
    fill: Callable[[FieldCipher], Values],
    open_values: Callable[[FieldCipher], Values],
    find_account: Callable[[FieldCipher, str], list[str]],
    keys_in_use: Callable[[], set[str]],
    live_keys: Callable[[], set[str]],
    moments: list[str],
) -> None:
    values = fill(cipher)
    url = database.url.render_as_string(hide_password=False)
    for moment in moments:
        command = [sys.executable, "-c", ROTATION, url, str(master_keys.path), moment]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        later = FieldCipher(database, master_keys)
        assert open_values(later) == values
        assert keys_in_use() <= live_keys()
        for number in range(1, 4):
            assert find_account(later, f"a-{number}@example.pe") == [f"a-{number}"]
    report = rotate(database, cipher, settle=timedelta(0))
    assert report.is_resumed == (moments != ["1"])
    assert (report.current, report.retained, report.obstacles) == (("field-2", "index-2"), (), {})
    assert open_values(FieldCipher(database, master_keys)) == values
    assert keys_in_use() == {"field-2"}
    assert live_keys() == {"field-2", "index-2"}
    for number in range(1, 4):
        assert find_account(cipher, f"a-{number}@example.pe") == [f"a-{number}"]

"""The journal keeps what it was given: whoever is killed, whoever ships meanwhile, wherever a power cut tears it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.evidence.journal import JournalWriter, framed, read_records, seal, sealed, shipping_turn, waiting_bytes
from tests.full_disk import largest_file

ROOT = Path(__file__).parents[3]
LINES = st.lists(st.binary(max_size=60).filter(lambda record: b"\n" not in record), max_size=8)
WRITER = """
import sys
from pathlib import Path
from store.evidence.journal import JournalWriter

folder, name, count = sys.argv[1:]
writer = JournalWriter(Path(folder))
for number in range(int(count)):
    writer.append(f"{name} {number} {'x' * (number % 700)}".encode())
print("written", flush=True)
sys.stdin.read()
"""


def records(path: Path) -> list[bytes | None]:
    return list(read_records(path))


def sealed_records(folder: Path) -> list[bytes | None]:
    seal(folder)
    return [record for path in sealed(folder) for record in read_records(path)]


@given(LINES)
def test_what_is_framed_is_read_back(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("journal") / "file"
    path.write_bytes(b"".join(map(framed, lines)))
    assert records(path) == lines


@given(LINES.filter(bool), st.data())
def test_a_torn_file_gives_every_whole_record_and_tells_of_the_torn_one(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], data: st.DataObject
) -> None:
    content = b"".join(map(framed, lines))
    end = data.draw(st.integers(0, len(content) - 1))
    path = tmp_path_factory.mktemp("journal") / "file"
    path.write_bytes(content[:end])
    whole, length = 0, 0
    for line in map(framed, lines):
        if length + len(line) > end:
            break
        whole, length = whole + 1, length + len(line)
    assert records(path) == lines[:whole] + [None] * (end > length)


@given(LINES.filter(bool), st.data())
def test_a_damaged_byte_costs_its_record_or_two_neighbours_and_is_told(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], data: st.DataObject
) -> None:
    content = bytearray(b"".join(map(framed, lines)))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.mktemp("journal") / "file"
    path.write_bytes(content)
    got = records(path)
    assert None in got
    kept = [record for record in got if record is not None]
    assert len(lines) - 2 <= len(kept) < len(lines)
    left = iter(lines)
    assert all(record in left for record in kept)


def test_a_record_of_two_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one line"):
        JournalWriter(tmp_path).append(b"a\nb")


def test_what_is_appended_after_a_file_was_taken_away_is_in_another(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path / "journal")
    writer.append(b"first")
    assert sealed_records(tmp_path / "journal") == [b"first"]
    for path in sealed(tmp_path / "journal"):
        path.unlink()
    for record in (b"second", b"third"):
        writer.append(record)
    assert sealed_records(tmp_path / "journal") == [b"second", b"third"]
    writer.close()


def test_nobody_else_may_read_what_waits(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path / "journal")
    writer.append(b"private")
    (path,) = (tmp_path / "journal").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert waiting_bytes(path.parent) == path.stat().st_size > 0
    writer.close()


def test_a_write_that_ends_in_the_middle_leaves_nothing_of_its_record(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path)
    writer.append(b"a" * 500)
    with largest_file(800), pytest.raises(OSError, match=os.strerror(28)):
        writer.append(b"b" * 500)
    writer.append(b"c" * 500)
    assert sealed_records(tmp_path) == [b"a" * 500, b"c" * 500]
    writer.close()


def test_two_who_ship_take_turns(tmp_path: Path) -> None:
    with shipping_turn(tmp_path, wait=False) as first, shipping_turn(tmp_path, wait=False) as second:
        assert (first, second) == (True, False)
    with shipping_turn(tmp_path, wait=True) as again:
        assert again


def test_writers_that_are_shipped_meanwhile_and_killed_lose_nothing(tmp_path: Path) -> None:
    count = 3000
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [
        subprocess.Popen([*command, name, str(count)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for name in ("x", "y", "z")
    ]
    got: list[bytes | None] = []
    waiting = list(writers)
    while waiting:
        for path in sealed(tmp_path):
            got += records(path)
            path.unlink()
        seal(tmp_path)
        waiting = [one for one in waiting if not _has_written(one)]
    for writer in writers:
        writer.kill()
        writer.communicate()
    got += sealed_records(tmp_path)
    assert None not in got
    expected = {f"{name} {number} {'x' * (number % 700)}".encode() for name in "xyz" for number in range(count)}
    assert set(got) == expected


def _has_written(writer: subprocess.Popen[bytes]) -> bool:
    assert writer.stdout is not None
    os.set_blocking(writer.stdout.fileno(), False)
    return bool(writer.stdout.read())

"""Records that wait on disk until the database has them, a line each: `CRC-32 in hexadecimal, space, record`.

A writer appends to a file of its own, one write a record. Whoever ships first marks and renames the file; a writer
that finds the mark after a write cannot tell whether that record was read in time, and writes it to a new file too.
So no record is lost, and one may come twice.
"""

from __future__ import annotations

import errno
import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.artifacts import sync
from store.ids import new_id

GROWING, SEALED, SHIPPING_LOCK = ".journal", ".sealed", ".draining"
TRIED, TRIED_BYTES = ".tried", 64 * 1024
CHECKSUM_DIGITS = 8
ONLY_OURS, MARKED = 0o600, 0o400
WRITABLE = 0o200


class JournalWriter:
    """Appends to a file of its own; for one thread at a time.

    A record is in the kernel when `append` returns: a killed process loses nothing. It is not yet on the disk: a power
    cut loses what was written since somebody shipped last.
    """

    def __init__(self, folder: Path) -> None:
        """The folder is made with the first record."""
        self._folder = folder
        self._descriptor: int | None = None

    def append(self, record: bytes) -> None:
        """Write one record, which holds no line break; raises OSError, and leaves no part of it, when it cannot."""
        line = framed(record)
        if self._descriptor is None:
            self._descriptor = self._begin()
        _write_whole(self._descriptor, line)
        while not os.fstat(self._descriptor).st_mode & WRITABLE:
            self.close()
            self._descriptor = self._begin()
            _write_whole(self._descriptor, line)

    def close(self) -> None:
        """Let go of the file, which waits to be shipped; another append begins another."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _begin(self) -> int:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{new_id()}{GROWING}"
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, ONLY_OURS)


def try_writing(folder: Path) -> None:
    """Write as much as a large record and take it away again; raises OSError where that cannot be."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{new_id()}{TRIED}"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OURS)
        try:
            _write_whole(descriptor, b"\n" * TRIED_BYTES)
        finally:
            os.close(descriptor)
    finally:
        path.unlink(missing_ok=True)


def free_bytes(folder: Path) -> int:
    """What the disk of a folder has left; of the nearest one above, where it is not made yet."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
    disk = os.statvfs(there)
    return disk.f_bavail * disk.f_frsize


def framed(record: bytes) -> bytes:
    """A record as a line; raises ValueError for one with a line break."""
    if b"\n" in record:
        raise ValueError("a record is one line")
    return b"%08x %s\n" % (zlib.crc32(record), record)


def read_records(path: Path) -> Iterator[bytes | None]:
    """The records of a file in their order; None for each line that is torn or damaged."""
    with path.open("rb") as file:
        for line in file:
            yield _record_of(line)


@contextmanager
def shipping_turn(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Whether it is this process's turn to ship the folder, nobody else's meanwhile; with `wait` it will be."""
    with (folder / SHIPPING_LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def seal(folder: Path) -> None:
    """Take every file away from its writer, living or dead; only who ships may."""
    for path in folder.glob(f"*{GROWING}"):
        path.chmod(MARKED)  # before anything is read: what is written after the mark is written again
        path.rename(path.with_suffix(SEALED))


def sealed(folder: Path) -> list[Path]:
    """The files that wait to be shipped, the oldest first; nothing is added to them."""
    return sorted(folder.glob(f"*{SEALED}"))


def make_last(folder: Path) -> None:
    """Make what waits survive a power cut."""
    for path in (*folder.glob(f"*{GROWING}"), *sealed(folder), folder):
        with suppress(FileNotFoundError):  # shipped meanwhile
            sync(path)


def waiting_bytes(folder: Path) -> int:
    """How much waits."""
    total = 0
    for pattern in (GROWING, SEALED):
        for path in folder.glob(f"*{pattern}"):
            with suppress(FileNotFoundError):
                total += path.stat().st_size
    return total


def _record_of(line: bytes) -> bytes | None:
    checksum, space, record = line[:CHECKSUM_DIGITS], line[CHECKSUM_DIGITS : CHECKSUM_DIGITS + 1], line[9:-1]
    is_whole = line.endswith(b"\n") and space == b" " and checksum == b"%08x" % zlib.crc32(record)
    return record if is_whole else None


def _write_whole(descriptor: int, line: bytes) -> None:
    written = os.write(descriptor, line)
    if written < len(line):  # the disk is full; half a line would hide the next one
        os.ftruncate(descriptor, os.fstat(descriptor).st_size - written)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

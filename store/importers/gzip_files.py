"""Files that are gzip, opened: a small one that never ends costs no more than an honest one may."""

from __future__ import annotations

import gzip
from pathlib import Path

from engine.errors import InvalidInputError

MEGABYTE = 2**20
# Tables of ads are a tenth when packed, hardly ever a fiftieth; deflate can make them a thousandth.
MOST_GROWTH, ALWAYS_ALLOWED = 100, 64 * MEGABYTE


class BoundedGzipFile(gzip.GzipFile):
    """What is in a file that is gzip; raises InvalidInputError where it is far larger than such files are."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self._path = path
        self._most = max(ALWAYS_ALLOWED, MOST_GROWTH * path.stat().st_size)

    def read(self, size: int | None = -1) -> bytes:
        """All that is left, or at most `size` bytes."""
        if size is None or size < 0:
            size = self._most + 1
        return self._counted(super().read(size))

    def read1(self, size: int = -1) -> bytes:
        """What is at hand, at most `size` bytes."""
        return self._counted(super().read1(size))

    def _counted(self, found: bytes) -> bytes:
        if self.tell() > self._most:
            raise InvalidInputError(
                "the file is far larger when unpacked than such files are",
                expected=f"at most {self._most // MEGABYTE} MB, {MOST_GROWTH} times what it has when packed",
                got=self._path.name,
                fix="unpack it and look at it; if it is right, import it unpacked",
            )
        return found

"""Bodies within a cap, of what they are when decompressed: a bomb costs no more than an honest answer may."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from store.fetching.errors import FetchError

GZIP, GZIP_MAGIC = ("gzip", "x-gzip"), b"\x1f\x8b"
_GZIP_WINDOW = zlib.MAX_WBITS | 16


class Body:
    """What has come of a body, decompressed as it comes."""

    def __init__(self, encoding: str, most_bytes: int, *, is_cut: bool = False) -> None:
        """`encoding` is the answer's Content-Encoding, of which gzip and none are read.

        More than `most_bytes` is a FetchError, or cut off.
        """
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", *GZIP):
            raise FetchError("an encoding that was not asked for", expected="gzip or none", got=encoding[:40])
        self._most, self._is_cut = most_bytes, is_cut
        self._parts: list[bytes] = []
        self._size = 0
        self._gunzip = zlib.decompressobj(_GZIP_WINDOW) if encoding in GZIP else None

    @property
    def is_full(self) -> bool:
        """Whether nothing more is wanted."""
        return self._is_cut and self._size > self._most

    def add(self, chunk: bytes) -> None:
        """Take the next bytes of the answer; raises FetchError."""
        for part in [chunk] if self._gunzip is None else self._decompressed(chunk):
            self._size += len(part)
            if self._size > self._most and not self._is_cut:
                raise FetchError("too large", expected=f"at most {self._most:,} bytes", fix="see most_megabytes")
            self._parts.append(part)

    def whole(self) -> bytes:
        """All of it; raises FetchError where the compressed end is missing."""
        if self._gunzip is not None and not self._gunzip.eof and self._parts and not self.is_full:
            raise FetchError("the answer ended in the middle of its gzip", is_passing=True)
        return b"".join(self._parts)[: self._most]

    def _decompressed(self, chunk: bytes) -> Iterator[bytes]:
        try:
            while chunk:
                if self._gunzip is None or self._gunzip.eof:  # another member follows, or what is no part of it
                    if not chunk.startswith(GZIP_MAGIC):
                        return
                    self._gunzip = zlib.decompressobj(_GZIP_WINDOW)
                yield self._gunzip.decompress(chunk, self._most - self._size + 1)
                chunk = self._gunzip.unconsumed_tail or self._gunzip.unused_data
        except zlib.error as cause:
            raise FetchError("the answer is no whole gzip", got=str(cause), is_passing=True) from cause


def gunzipped(content: bytes, most_bytes: int) -> bytes:
    """A file that is gzip, such as `sitemap.xml.gz`, opened; any other as it is. Raises FetchError."""
    if not content.startswith(GZIP_MAGIC):
        return content
    body = Body("gzip", most_bytes)
    body.add(content)
    return body.whole()

"""PDF files (ISO 32000-2) that are whole, open without a password, and do nothing when they are opened.

What names things in a file stands in its dictionaries: in the clear, or packed in object streams, which are unpacked
within bounds. What pages show is never looked at.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from store.importers.cv.faults import active, damaged, encrypted, too_large_inside

_MAGIC = re.compile(rb"%PDF-[12]\.[0-9]")
_END, _END_WITHIN = b"%%EOF", 1_024
MOST_UNPACKED = 16 * 1024 * 1024
LONGEST_DICTIONARY = 4_096
_STREAM = re.compile(rb"stream\r?\n")
_ENCRYPT = re.compile(rb"/Encrypt[\s/<\[(]|/Encrypt[0-9]")
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm|Movie|Sound|Rendition|GoToE)"
    rb"(?![A-Za-z])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def is_pdf(content: bytes) -> bool:
    """Whether a file begins as a PDF."""
    return _MAGIC.match(content) is not None


def require_plain_pdf(content: bytes) -> None:
    """Raises InvalidInputError for a file that is cut off, has a password, or does something."""
    if _END not in content[-_END_WITHIN:] or b"startxref" not in content or b"/Root" not in _named(content):
        raise damaged()
    for part in _structure(content):
        names = _named(part)
        if _ENCRYPT.search(names):
            raise encrypted()
        if _ACTIVE.search(names):
            raise active()


def _structure(content: bytes) -> Iterator[bytes]:
    """What stands between streams, and what is packed in object streams."""
    at, unpacked = 0, 0
    while found := _STREAM.search(content, at):
        yield content[at : found.start()]
        end = content.find(b"endstream", found.end())
        if end < 0:
            raise damaged()
        head = _named(content[max(at, found.start() - LONGEST_DICTIONARY) : found.start()])
        if b"/ObjStm" in head[head.rfind(b" obj") + 1 :]:
            part = _unpacked(content[found.end() : end], head, MOST_UNPACKED - unpacked)
            unpacked += len(part)
            yield part
        at = end + len(b"endstream")
    yield content[at:]


def _unpacked(packed: bytes, head: bytes, most: int) -> bytes:
    if b"/FlateDecode" not in head and b"/Fl" not in head:
        return packed
    unpacking = zlib.decompressobj()
    try:
        part = unpacking.decompress(packed, most + 1)
    except zlib.error:
        raise damaged() from None
    if len(part) > most:
        raise too_large_inside()
    return part


def _named(part: bytes) -> bytes:
    """The part with the escapes of its names written out: `/J#53` is `/JS`."""
    if b"#" not in part:
        return part
    return _ESCAPED.sub(lambda code: bytes([int(code.group(1), 16)]), part)

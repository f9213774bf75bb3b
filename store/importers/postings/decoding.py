"""Bytes of a file as lines of text: UTF-8, UTF-16 and UTF-32 with and without a mark, or Windows' Latin letters; any
line ends."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import IO

from engine.errors import InvalidInputError

MOST_CHARACTERS = 256 * 2**20  # of a file that is read at once
LONGEST_LINE = 16 * 2**20
LOOKED_AT = 2**20  # bytes at the start of a file
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UTF_8_LETTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
NOT_ASCII = re.compile(rb"[\x80-\xff]")


def text_lines(file: IO[bytes]) -> Iterator[str]:
    """The lines of a file from its start, each with its end: a line feed, or what the first line ends with."""
    start = file.read(LOOKED_AT)
    file.seek(0)
    encoding = _wide_encoding(start)
    # Latin-1 keeps every byte as it is: what a line's bytes mean is told apart line by line.
    name = encoding or "latin-1"
    wrapped = io.TextIOWrapper(file, encoding=name, errors="replace", newline=_line_end(start.decode(name, "ignore")))
    try:
        while line := wrapped.readline(LONGEST_LINE):
            line = line if encoding else _decoded(line.encode("latin-1"))
            yield line.replace("\0", "").lstrip("\ufeff")
    finally:
        if not file.closed:
            wrapped.detach()  # who opened the file closes it


def _line_end(start: str) -> str:
    """How the file's lines end; the empty text stands for any."""
    found = re.search("\r?\n|\r", start)
    if found is None or found[0] != "\r":
        return "\n"
    return "\r" if start.count("\r") >= start.count("\n") else ""


def whole_text(file: IO[bytes]) -> str:
    """All of a file, with line feeds alone; raises InvalidInputError for one that is too long."""
    lines, length = [], 0
    for line in text_lines(file):
        length += len(line)
        if length > MOST_CHARACTERS:
            raise InvalidInputError(
                "the file is too long to be read at once",
                expected=f"at most {MOST_CHARACTERS} characters",
                fix="cut it into several, or write a posting a line (.jsonl)",
            )
        lines.append(line)
    return "".join(lines).replace("\r\n", "\n").replace("\r", "\n")


def _wide_encoding(start: bytes) -> str | None:
    """UTF-16 or UTF-32, by the file's mark or by the bytes of a letter that are zero."""
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    first, second, third, fourth = (start[lane::4].count(0) * 5 for lane in range(4))
    if len(start) < min(third, fourth):
        return "utf-32-le"
    if len(start) < min(first, second):
        return "utf-32-be"
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 8 < len(start) or not start:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decoded(line: bytes) -> str:
    """A line that is UTF-8; else the letters of Windows-1252, but for what is UTF-8 in it after all."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        letters = UTF_8_LETTER.findall(line)
        is_mostly = len(letters) * 2 > len(NOT_ASCII.findall(line)) - sum(map(len, letters))
        return line.decode("utf-8", "chamba-windows") if is_mostly and letters else _of_windows(line)


def _of_windows(letters: bytes) -> str:
    return "".join(byte.decode("cp1252", "ignore") or byte.decode("latin-1") for byte in _bytes_of(letters))


def _bytes_of(text: bytes) -> Iterator[bytes]:
    return (text[place : place + 1] for place in range(len(text)))


def _other_letter(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return _of_windows(error.object[error.start : error.end]), error.end


codecs.register_error("chamba-windows", _other_letter)

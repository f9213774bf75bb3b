"""XML of others as rows: RSS, Atom, job feeds and sitemaps, by a parser that opens no entities.

An element is a key by its name (`content:encoded` is `content_encoded`); one with children is an object, one that says
all in attributes (`<link href="…"/>`) an object of those. What is whole before a fault in the XML is given.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from html.entities import name2codepoint
from typing import Any
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from engine.errors import InvalidInputError

Row = dict[str, Any]

DEEPEST = 6
PIECE_BYTES = 4 * 2**20
FAULTS = (ParseError, DefusedXmlException, ValueError, LookupError)
DATES = frozenset({"pubDate", "date"})
OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16
NOT_IN_XML = bytes(code for code in range(32) if code not in (9, 10, 13))
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_SPACE = b" \t\r\n\xef\xbb\xbf"


def xml_items(content: bytes, names: frozenset[str]) -> Iterator[tuple[str, Row] | InvalidInputError]:
    """The elements with one of `names`, by name, as rows; then what is wrong with the XML, if anything."""
    prefixes: dict[str, str] = {}
    depth = 0
    try:
        for event, found in iterparse(_InPieces(_mended(content)), ("start-ns", "start", "end"), forbid_dtd=False):
            if event == "start-ns":
                prefixes.setdefault(found[1], found[0])
                continue
            name = _local(found.tag)
            depth += (name in names) * (1 if event == "start" else -1)
            if event == "end" and name in names and depth == 0:
                yield name, _row(found, prefixes)
                found.clear()
            elif event == "end" and depth == 0:
                found.clear()
    except FAULTS as cause:
        yield InvalidInputError("not whole XML", got=" ".join(str(cause).split())[:200])


def root_name(content: bytes) -> str:
    """What kind of document it is, by the name of its first element; empty where it is no XML."""
    try:
        return next((_local(found.tag) for _, found in iterparse(_InPieces(_mended(content)), ("start",))), "")
    except FAULTS:
        return ""


class _InPieces(io.BytesIO):
    """A file read in large pieces: an old expat begins a name that does not end anew with every piece."""

    def read(self, _size: int | None = -1) -> bytes:
        """The next piece, whatever size was asked for."""
        return super().read(PIECE_BYTES)


def _mended(content: bytes) -> bytes:
    """Without what XML forbids and feeds hold all the same: space before it, control codes, names of HTML's signs."""
    if content.startswith(WIDE):
        return content
    return _NAMED.sub(_numbered, content.lstrip(_SPACE).translate(None, NOT_IN_XML))


def _numbered(found: re.Match[bytes]) -> bytes:
    code = None if found[1] in OF_XML else name2codepoint.get(found[1].decode("ascii"))
    return found[0] if code is None else b"&#%d;" % code


def _row(element: Element, prefixes: Mapping[str, str]) -> Row:
    row: Row = {}
    own = _namespace(element.tag)
    for child in element:
        value = _value(child, prefixes, DEEPEST)
        if value in (None, "", {}) or child.get("rel", "alternate") != "alternate":
            continue
        prefix = "" if _namespace(child.tag) in ("", own) else prefixes.get(_namespace(child.tag), "")
        name = f"{prefix}_{_local(child.tag)}" if prefix else _local(child.tag)
        value = _iso_moment(value) if name in DATES and isinstance(value, str) else value
        row[name] = [*(row[name] if isinstance(row[name], list) else [row[name]]), value] if name in row else value
    return row


def _value(element: Element, prefixes: Mapping[str, str], deepest: int) -> Any:
    if element.get("type") == "xhtml":
        return tostring(element, encoding="unicode", method="html")
    if len(element) and deepest:
        inner = {_local(child.tag): _value(child, prefixes, deepest - 1) for child in element}
        return {name: value for name, value in inner.items() if value not in (None, "", {})}
    text = "".join(element.itertext()).strip() if deepest else ""
    return text or {_local(name): value for name, value in element.attrib.items()}


def _iso_moment(text: str) -> str | None:
    """A date as mails write it, in ISO 8601; other texts as they are."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, OverflowError, IndexError):
        return text


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]

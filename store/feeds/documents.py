"""What the documents of a feed hold: postings as rows, and addresses of further documents.

A listing names all postings that there are, by itself or by its further documents; only where every listing was read
may a posting that was not seen be taken for gone.
"""

from __future__ import annotations

import codecs
import json
import math
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import orjson

from engine.errors import InvalidInputError
from store.feeds.boards import BOARDS, Paging
from store.feeds.feed_files import Feed
from store.feeds.xml_items import Row, root_name, xml_items
from store.fetching.bodies import gunzipped
from store.fetching.errors import FetchError
from store.fetching.requests import Answer, address_of
from store.fetching.visiting import bare_host
from store.importers.postings.columns import column_texts
from store.importers.postings.records import Record, SkippedRecord
from store.importers.postings.rows import read_rows

_CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_OF_PAGES = re.compile(
    r"ascii|utf-8|utf-16(?:-[bl]e)?|iso8859-\d{1,2}|latin\d{1,2}|cp(?:125\d|437|850|85[28])|mac-roman"
)
_SITEMAPS, _ITEM = frozenset({"sitemap", "url"}), "item"
SITEMAP_ROOTS, FEED_ROOTS = frozenset({"urlset", "sitemapindex"}), frozenset({"rss", "RDF", "feed"})
LONGEST_MODIFIED = 40
LONGEST_NUMBER = 18  # digits


class DocumentKind(StrEnum):
    """How a document is read."""

    JSON = "json"
    XML = "xml"
    SITEMAP = "sitemap"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Document:
    """Something to read; `modified` is what its sitemap says of when it last changed."""

    address: str
    kind: DocumentKind
    modified: str | None = None


@dataclass(slots=True)
class Parsed:
    """What a document holds; `skipped`: what in it is no posting of the feed, by why."""

    rows: list[Row | InvalidInputError] = field(default_factory=list)
    further: list[Document] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    is_cut: bool = False  # there was more, which could not be read


def first_document(feed: Feed) -> Document:
    """Where a feed begins."""
    kinds = {"sitemap": DocumentKind.SITEMAP, "rss": DocumentKind.XML, "xml": DocumentKind.XML}
    return Document(feed.address, kinds.get(feed.file.kind, DocumentKind.JSON))


def parse(document: Document, answer: Answer, feed: Feed) -> Parsed:
    """What an answer to a document holds; raises FetchError where it is nothing of the kind."""
    return PARSERS[document.kind](document, answer, feed)


def _json(document: Document, answer: Answer, feed: Feed) -> Parsed:
    value = _json_value(answer.body)
    for name in filter(None, feed.items.split(".")):
        value = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(value, list):
        raise FetchError("no list of postings", expected=f"one at {feed.items or 'the top'}", got=type(value).__name__)
    parsed = _listed(value, feed)
    if value and feed.paging is not Paging.NONE:
        parsed.further.append(Document(_next_page(document.address, feed.paging, len(value)), document.kind))
    return parsed


def _json_value(body: bytes) -> Any:
    """The value of a body; half a surrogate pair, NaN or a byte that is no UTF-8 costs a character and not the list."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        text = body.decode("utf-8-sig", "replace")
    try:
        value = json.loads(
            text, strict=False, parse_constant=lambda _: None, parse_int=_whole_number, parse_float=_finite_number
        )
        return orjson.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as cause:
        raise FetchError("not JSON", got=str(cause)[:200]) from cause


def _whole_number(text: str) -> int | str:
    """A number, or the text of one that no machine's word holds, such as an id."""
    return int(text) if len(text) <= LONGEST_NUMBER else text


def _finite_number(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _listed(items: list[Any], feed: Feed) -> Parsed:
    """The items that are postings: RemoteOK's first says who may use the rest, Ashby's may be for some people alone."""
    parsed = Parsed()
    board = BOARDS.get(feed.file.kind)
    listed = board.listed if board else ""
    for item in items:
        if not isinstance(item, dict):
            parsed.rows.append(InvalidInputError("not an object", got=type(item).__name__))
        elif feed.mapping.id_rule.columns and not any(column_texts(item, one) for one in feed.mapping.id_rule.columns):
            parsed.skipped.append("without an id: no posting")
        elif listed and item.get(listed) is False:
            parsed.skipped.append("not listed by its employer")
        else:
            parsed.rows.append(item)
    return parsed


def _next_page(address: str, paging: Paging, count: int) -> str:
    url = address_of(address)
    name, before = ("skip", 0) if paging is Paging.SKIP else ("page", 1)
    stated = url.params.get(name, "")
    at = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 10 else before
    return str(url.copy_set_param(name, at + (count if paging is Paging.SKIP else 1)))


def _xml(_document: Document, answer: Answer, feed: Feed) -> Parsed:
    names = frozenset({feed.items, "entry"} if feed.items == _ITEM else {feed.items})  # Atom's are entries
    content = gunzipped(answer.body, feed.most_bytes)
    _require_root(content, FEED_ROOTS if feed.items == _ITEM else frozenset(), "a feed")
    parsed = Parsed()
    for found in xml_items(content, names):
        parsed.rows.append(found if isinstance(found, InvalidInputError) else found[1])
    parsed.is_cut = any(isinstance(row, InvalidInputError) for row in parsed.rows)
    return parsed


def _sitemap(document: Document, answer: Answer, feed: Feed) -> Parsed:
    parsed = Parsed()
    wanted, hosts = re.compile(feed.file.pages or ""), frozenset(map(bare_host, feed.hosts))
    content = gunzipped(answer.body, feed.most_bytes)
    _require_root(content, SITEMAP_ROOTS, "a sitemap")
    for found in xml_items(content, _SITEMAPS):
        if isinstance(found, InvalidInputError):
            parsed.rows.append(found)
            parsed.is_cut = True
            continue
        named = _named(found, document.address)
        if named is None or bare_host(address_of(named.address).host) not in hosts:
            parsed.skipped.append("an address that is not the feed's")
        elif named.kind is DocumentKind.SITEMAP or wanted.search(named.address):
            parsed.further.append(named)
    return parsed


def _named(found: tuple[str, Row], base: str) -> Document | None:
    name, row = found
    kind = DocumentKind.SITEMAP if name == "sitemap" else DocumentKind.PAGE
    modified, place = row.get("lastmod"), row.get("loc")
    if not isinstance(place, str):
        return None
    try:
        address = str(address_of(urljoin(base, place)))
    except (FetchError, ValueError):
        return None
    return Document(address, kind, modified[:LONGEST_MODIFIED] if isinstance(modified, str) else None)


def _require_root(content: bytes, roots: frozenset[str], what: str) -> None:
    """Raises FetchError for a document of another kind: a page that says sorry is no list without postings."""
    root = root_name(content)
    if root in ("", "html") or (roots and root not in roots):
        shown = repr(content[:60].decode("utf-8", "replace"))
        raise FetchError(f"not {what}", expected=" or ".join(sorted(roots)) or "XML", got=shown)


def _page(_document: Document, answer: Answer, _feed: Feed) -> Parsed:
    parsed = Parsed()
    for row in _page_rows(answer):
        if isinstance(row, SkippedRecord):
            parsed.skipped.append(row.reason)
        else:
            parsed.rows.append(row)
    rows = [row for row in parsed.rows if isinstance(row, dict)]
    for row in rows:
        stated = row.get("url")
        if isinstance(stated, str) and stated.strip():
            row["url"] = urljoin(answer.url, stated.strip())
    if len(rows) == 1 and not any(column_texts(rows[0], name) for name in ("url", "@id")):
        rows[0]["url"] = answer.url
    if not parsed.rows:
        parsed.skipped.append("a page without a posting")
    return parsed


def _page_rows(answer: Answer) -> Iterator[Record]:
    """The postings of a page, read as those of a file are."""
    kind = answer.headers.get("content-type", "")
    charset = _CHARSET.search(kind)
    with tempfile.TemporaryDirectory(prefix="chamba-feed-") as folder:
        path = Path(folder) / ("page.jsonld" if "json" in kind.lower() else "page.html")
        path.write_bytes(_in_utf8(answer.body, charset[1]) if charset else answer.body)
        try:
            for _, row in read_rows(path):
                yield row
        except InvalidInputError as error:
            yield error


def _in_utf8(body: bytes, charset: str) -> bytes:
    """The body in UTF-8, where it is in letters that pages are written in: Python knows others, some of them slow."""
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return body
    return body.decode(name, "replace").encode() if _OF_PAGES.fullmatch(name) else body


PARSERS: Mapping[DocumentKind, Callable[[Document, Answer, Feed], Parsed]] = {
    DocumentKind.JSON: _json,
    DocumentKind.XML: _xml,
    DocumentKind.SITEMAP: _sitemap,
    DocumentKind.PAGE: _page,
}

"""schema.org's `JobPosting`s in JSON-LD, wherever they stand in it and however they are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import InvalidInputError, Message
from store.importers.postings.records import Record, Row, SkippedRecord

DEEPEST_GRAPH = 8
DEEPEST_VALUE = 12
MOST_NODES = 10_000  # of a graph that is looked through for what its postings refer to
CONTAINERS = ("@graph", "itemListElement", "item", "mainEntity", "hasPart")
PREFIXES = ("https://schema.org/", "http://schema.org/", "https://www.schema.org/", "http://www.schema.org/", "schema:")
NAME_STARTS = re.compile(r"[/#:]")  # of a type's name, in its address
POSTING = "jobposting"
LONGEST_KINDS = 160


def linked_postings(document: object) -> Iterator[Record]:
    """The postings of a JSON-LD document: alone, in lists and graphs, as items of a list or what a page is about.

    What is no posting and holds none is skipped, and said to be.
    """
    nodes = dict(_named_nodes(document))
    for found in _postings(document, 0):
        yield _with_references(found, nodes) if isinstance(found, dict) else found


def _postings(value: object, depth: int) -> Iterator[Record]:
    if depth > DEEPEST_GRAPH:
        most = Message("at most {most} lists and graphs inside each other", most=DEEPEST_GRAPH)
        yield InvalidInputError("too deep", expected=most)
    elif isinstance(value, list):
        for item in value:
            yield from _postings(item, depth + 1)
    elif not isinstance(value, dict):
        yield InvalidInputError("not an object", expected="a JSON object", got=type(value).__name__)
    else:
        yield from _of_object(value, depth)


def _of_object(value: Row, depth: int) -> Iterator[Record]:
    value, kinds = _plain_keys(value), _kinds(value)
    if POSTING in kinds:
        yield value
        return
    inner = [value[key] for key in CONTAINERS if isinstance(value.get(key), dict | list)]
    if not kinds and not inner and "title" not in value:
        inner = _only_list(value)
    if not kinds and (not inner or "title" in value):
        yield value  # it does not say what it is: whether it is a posting, its title tells
        return
    found = [record for one in inner for record in _postings(one, depth + 1)]
    found_kinds = ", ".join(kinds)[:LONGEST_KINDS] or Message("a list without one")
    told = [record for record in found if not isinstance(record, SkippedRecord)]
    skipped: list[Record] = [SkippedRecord(Message("no job posting, but {found}", found=found_kinds))]
    yield from told or skipped


def _only_list(value: Row) -> list[Any]:
    """The one list of objects in an object, as a board's answer holds its postings; none where there are several."""
    lists = [held for held in value.values() if isinstance(held, list) and held and isinstance(held[0], dict)]
    return lists if len(lists) == 1 else []


def _kinds(value: Row) -> list[str]:
    """The names of its types, in small letters, without schema.org's address before them."""
    said = value.get("@type", value.get("type"))
    kinds = [_name(kind) for kind in (said if isinstance(said, list) else [said]) if isinstance(kind, str)]
    return kinds if "@type" in value or POSTING in kinds else []


def _name(kind: str) -> str:
    return NAME_STARTS.split(kind.strip().rstrip("/"))[-1].lower()


def _plain_keys(value: Any, depth: int = 0) -> Any:
    """The value with schema.org's properties by their names alone."""
    if isinstance(value, list) and depth < DEEPEST_VALUE:
        return [_plain_keys(item, depth + 1) for item in value]
    if not isinstance(value, dict) or depth == DEEPEST_VALUE:
        return value
    return {_without_prefix(key): _plain_keys(item, depth + 1) for key, item in value.items()}


def _without_prefix(name: str) -> str:
    return next((name.removeprefix(prefix) for prefix in PREFIXES if name.startswith(prefix)), name)


def _named_nodes(document: object) -> Iterator[tuple[str, Row]]:
    """The nodes of graphs that have an id, by it."""
    waiting, seen = [document], 0
    while waiting and seen < MOST_NODES:
        one, seen = waiting.pop(), seen + 1
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += [one["@graph"]] if "@graph" in one else []
            if isinstance(one.get("@id"), str) and len(one) > 1:
                yield one["@id"], _plain_keys(one)


def _with_references(posting: Row, nodes: Mapping[str, Row]) -> Row:
    """The posting with the nodes in place of what only names them."""
    return {key: _node(value, nodes) for key, value in posting.items()} if nodes else posting


def _node(value: Any, nodes: Mapping[str, Row]) -> Any:
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and value.keys() <= {"@id", "@type"}:
        return nodes.get(value["@id"], value)
    return [_node(item, nodes) for item in value] if isinstance(value, list) else value

"""Batched upserts of documents that run on any database: read the batch's hashes, then insert or update.

A row whose content hash has not changed is left alone. Two writers that insert the same row at once do not
lose it: the one that comes second reads again and updates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Engine, Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from store.database import writing

BATCH_ROWS = 500
ATTEMPTS = 5

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class PutCounts:
    """How many rows a put made, changed and found as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: PutCounts) -> PutCounts:
        return PutCounts(self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged)


def content_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of a document, hexadecimal; the order of keys does not matter."""
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Lists of at most `BATCH_ROWS` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH_ROWS)):
        yield batch


def in_transaction(engine: Engine, write: Callable[[Connection], Result]) -> Result:
    """`write` in a transaction of its own; again when another writer inserted one of its rows meanwhile."""
    for _ in range(ATTEMPTS - 1):
        try:
            with writing(engine).begin() as connection:
                return write(connection)
        except IntegrityError:
            continue
    with writing(engine).begin() as connection:
        return write(connection)


def put_documents(
    connection: Connection, table: Table, rows: Mapping[str, dict[str, Any]], *, always: bool = False
) -> PutCounts:
    """Insert or update `rows`: primary key → the other columns, `content_hash` among them, without times.

    `always` rewrites a row whose document is the same: what stands beside the document may have changed.
    """
    (key_column,) = table.primary_key.columns
    query = select(key_column, table.c.content_hash).where(key_column.in_(rows))
    stored_hashes = {row[0]: row[1] for row in connection.execute(query)}
    now = datetime.now(UTC)
    created, updated = [], []
    for key, row in sorted(rows.items()):  # sorted: two writers lock the same rows in the same order
        if key not in stored_hashes:
            created.append({key_column.name: key, "created_at": now, "updated_at": now, **row})
        elif always or stored_hashes[key] != row["content_hash"]:
            updated.append({"put_key": key, "updated_at": now, **row})
    if created:
        connection.execute(insert(table), created)
    if updated:
        names = [name for name in updated[0] if name != "put_key"]
        statement = update(table).where(key_column == bindparam("put_key"))
        connection.execute(statement.values({name: bindparam(name) for name in names}), updated)
    return PutCounts(len(created), len(updated), len(rows) - len(created) - len(updated))

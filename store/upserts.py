"""Batched upserts of documents that run on any database: read the batch's hashes, then insert or update.

A row that has not changed is left alone. Two writers that insert the same row at once do not lose it: the one
that comes second reads again and updates.
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
from sqlalchemy.exc import IntegrityError, OperationalError

from store.database import writing

BATCH_ROWS = 500
ATTEMPTS = 5
GAVE_WAY = ("40001", "40P01")  # PostgreSQL's serialization_failure and deadlock_detected

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


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows that a put has to create and to update, by key, and how many it leaves alone."""

    created: list[dict[str, Any]]
    updated: list[dict[str, Any]]
    unchanged: int


def content_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of a document, hexadecimal; the order of keys does not matter."""
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def batches(items: Iterable[Item], most: int = BATCH_ROWS) -> Iterator[list[Item]]:
    """Lists of at most `most` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, most)):
        yield batch


def in_transaction(engine: Engine, write: Callable[[Connection], Result], *, durable: bool = False) -> Result:
    """`write` in a transaction of its own, `durable` or not; again when another writer was in its way.

    That one inserted one of its rows meanwhile, or each waited for the other and the database made this one give way.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            with writing(engine, durable=durable).begin() as connection:
                return write(connection)
        except IntegrityError:
            continue
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in GAVE_WAY:
                raise
    with writing(engine, durable=durable).begin() as connection:
        return write(connection)


def put_documents(
    connection: Connection, table: Table, rows: Mapping[str, dict[str, Any]], *, always: bool = False
) -> PutCounts:
    """Insert or update `rows`, as `compare_documents` takes them."""
    return write_documents(connection, table, compare_documents(connection, table, rows, always=always))


def compare_documents(
    connection: Connection, table: Table, rows: Mapping[str, dict[str, Any]], *, always: bool = False
) -> Changes:
    """What writing `rows` would change: primary key → the other columns, `content_hash` among them, without times.

    A row is as it was when its document is, and it brings no vector of another model. `always` rewrites it then too.
    """
    (key_column,) = table.primary_key.columns
    query = select(key_column, table.c.content_hash, table.c.vector_model_id).where(key_column.in_(rows))
    stored = {row[0]: row for row in connection.execute(query)}
    now = datetime.now(UTC)
    created, updated = [], []
    for key, row in sorted(rows.items()):  # sorted: two writers lock the same rows in the same order
        if key not in stored:
            created.append({key_column.name: key, "created_at": now, "updated_at": now, **row})
        elif always or not _is_as_it_was(stored[key], row):
            updated.append({"put_key": key, "updated_at": now, **row})
    return Changes(created, updated, len(rows) - len(created) - len(updated))


def write_documents(connection: Connection, table: Table, changes: Changes) -> PutCounts:
    """Write what `compare_documents` found in the same transaction."""
    (key_column,) = table.primary_key.columns
    if changes.created:
        connection.execute(insert(table), changes.created)
    if changes.updated:
        names = [name for name in changes.updated[0] if name != "put_key"]
        statement = update(table).where(key_column == bindparam("put_key"))
        connection.execute(statement.values({name: bindparam(name) for name in names}), changes.updated)
    return PutCounts(len(changes.created), len(changes.updated), changes.unchanged)


def store_vectors(connection: Connection, table: Table, rows: Mapping[str, dict[str, Any]]) -> None:
    """Give rows their `vector` and `vector_model_id` where `content_hash` still stands; others are passed over."""
    (key_column,) = table.primary_key.columns
    is_same = (key_column == bindparam("at_key")) & (table.c.content_hash == bindparam("at_hash"))
    statement = update(table).where(is_same)
    statement = statement.values(vector=bindparam("new_vector"), vector_model_id=bindparam("new_model_id"))
    vectors = [
        {
            "at_key": key,
            "at_hash": row["content_hash"],
            "new_vector": row["vector"],
            "new_model_id": row["vector_model_id"],
        }
        for key, row in sorted(rows.items())  # sorted, as above
    ]
    connection.execute(statement, vectors)


def _is_as_it_was(stored: Any, row: Mapping[str, Any]) -> bool:
    return stored.content_hash == row["content_hash"] and row["vector_model_id"] in (None, stored.vector_model_id)

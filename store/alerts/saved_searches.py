"""Searches that people keep. What they look for is sealed: it tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from engine.errors import ConflictError, Message, NotFoundError
from store.alerts.times import Alert, next_due
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.people.accounts import ACCOUNTS
from store.tables.alerts import SavedSearchRow

SEARCHES: Table = SavedSearchRow.metadata.tables["saved_searches"]
ASKED = "saved_searches.asked_sealed"
MOST_SEARCHES = 20


@dataclass(frozen=True, slots=True)
class AskedSearch:
    """What somebody looks for: a name, words (None: what their profile says) and filters, as the search route takes
    them."""

    name: str
    query: str | None
    filters: dict[str, Any]
    alert: Alert


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is kept; a job that was first seen open after `since` is new."""

    search_id: str
    account_id: str
    asked: AskedSearch
    since: datetime
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime


def save_search(
    connection: Connection, cipher: FieldCipher, account_id: str, asked: AskedSearch, now: datetime
) -> SavedSearch:
    """Keep a new search; raises ConflictError where there are as many as may be."""
    owner = select(ACCOUNTS.c.account_id).where(ACCOUNTS.c.account_id == account_id)
    connection.execute(owner.with_for_update())  # of two at once the second counts the first
    count = connection.execute(select(func.count()).where(SEARCHES.c.account_id == account_id)).scalar_one()
    if count >= MOST_SEARCHES:
        raise ConflictError(
            "there are as many saved searches as may be",
            expected=Message("at most {most}", most=MOST_SEARCHES),
            got=str(count + 1),
            fix="delete one that you do not need",
        )
    search_id = new_id()
    made = {"search_id": search_id, "account_id": account_id, "since": now, "created_at": now}
    connection.execute(insert(SEARCHES).values(**made, **_values(cipher, search_id, asked, now)))
    return read_search(connection, cipher, account_id, search_id)


def change_search(
    connection: Connection, cipher: FieldCipher, account_id: str, search_id: str, asked: AskedSearch, now: datetime
) -> SavedSearch:
    """Replace a search; what was new to it before is new no more. Raises NotFoundError."""
    values = {"since": now, **_values(cipher, search_id, asked, now)}
    changed = update(SEARCHES).where(_at(account_id, search_id)).values(values)
    if connection.execute(changed).rowcount == 0:
        raise _no_search(search_id)
    return read_search(connection, cipher, account_id, search_id)


def delete_search(connection: Connection, account_id: str, search_id: str) -> None:
    """Keep a search no longer; raises NotFoundError."""
    if connection.execute(delete(SEARCHES).where(_at(account_id, search_id))).rowcount == 0:
        raise _no_search(search_id)


def read_search(connection: Connection, cipher: FieldCipher, account_id: str, search_id: str) -> SavedSearch:
    """Somebody's search; raises NotFoundError, for somebody else's too."""
    row = connection.execute(select(SEARCHES).where(_at(account_id, search_id))).one_or_none()
    if row is None:
        raise _no_search(search_id)
    return saved_search(cipher, row)


def list_searches(connection: Connection, cipher: FieldCipher, account_id: str) -> list[SavedSearch]:
    """All searches of somebody, the first first."""
    query = select(SEARCHES).where(SEARCHES.c.account_id == account_id).order_by(SEARCHES.c.search_id)
    return [saved_search(cipher, row) for row in connection.execute(query).all()]


def saved_search(cipher: FieldCipher, row: Row[Any]) -> SavedSearch:
    """The search of a row."""
    document = orjson.loads(cipher.open(ASKED, row.search_id, row.asked_sealed))
    asked = AskedSearch(document["name"], document["query"], document["filters"], Alert(row.alert))
    return SavedSearch(row.search_id, row.account_id, asked, row.since, row.due_at, row.created_at, row.updated_at)


def _values(cipher: FieldCipher, search_id: str, asked: AskedSearch, now: datetime) -> dict[str, Any]:
    document = {"name": asked.name, "query": asked.query, "filters": asked.filters}
    return {
        "asked_sealed": cipher.seal(ASKED, search_id, orjson.dumps(document).decode()),
        "alert": asked.alert,
        "due_at": next_due(asked.alert, now),
        "updated_at": now,
    }


def _at(account_id: str, search_id: str) -> Any:
    return (SEARCHES.c.account_id == account_id) & (SEARCHES.c.search_id == search_id)


def _no_search(search_id: str) -> NotFoundError:
    return NotFoundError("no such saved search", got=repr(search_id[:80]), field="search_id")

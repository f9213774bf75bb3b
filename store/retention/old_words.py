"""Contacts are taken out of what was kept in clear before they were found as they are now: once, by `chamba retention`.

Profiles, reasons of steps and of decisions. Logged answers stay, since they are given again from what they were given
from; they go at their own time. Sealed words (messages, notes, reports) were written to somebody, and stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, Table, insert, select, update

from engine.documents.seekers import seeker_from_document
from engine.moderation.contacts.masking import masked
from engine.moderation.contacts.profiles import without_contacts
from store.hiring.applications import STEPS
from store.matching.rows import seeker_row
from store.people.cases import CASES
from store.tables import COUNTERS, SEEKERS
from store.upserts import BATCH_ROWS, in_transaction

RULES = 2  # to be raised when `engine/moderation/contacts` finds more: everything is gone through once again
MARK = "masked_words"

# What a row is changed to; None where it stays.
Change = Callable[[Row[Any]], Mapping[str, Any] | None]


def mask_old_words(engine: Engine, now: datetime) -> dict[str, int]:
    """Mask what is left of before; how many rows of each kind. Killed at any point, the next run does it over."""
    with engine.connect() as connection:
        done = connection.execute(select(COUNTERS.c.value).where(COUNTERS.c.name == MARK)).scalar()
    if done is not None and done >= RULES:
        return {}
    steps = select(STEPS.c.step_id, STEPS.c.reason).where(STEPS.c.reason.is_not(None))
    cases = select(CASES.c.case_id, CASES.c.decision_reason).where(CASES.c.decision_reason.is_not(None))
    people = select(SEEKERS.c.seeker_id, SEEKERS.c.content_hash, SEEKERS.c.document)
    counts = {
        "step_reasons_masked": _change_all(engine, STEPS, steps, partial(_reason, name="reason")),
        "decision_reasons_masked": _change_all(engine, CASES, cases, partial(_reason, name="decision_reason")),
        "profiles_masked": _change_all(engine, SEEKERS, people, partial(_profile, now=now)),
    }
    in_transaction(engine, partial(_mark, is_new=done is None))
    return counts


def _change_all(engine: Engine, table: Table, query: Select[Any], change: Change) -> int:
    """Change the rows of a query by their first column, the key, some hundreds a transaction; how many."""
    key, last, changed = query.selected_columns[0], "", 0
    while True:
        page = query.where(key > last).order_by(key).limit(BATCH_ROWS)
        last, count = in_transaction(engine, partial(_change_page, table=table, page=page, change=change))
        changed += count
        if not last:
            return changed


def _change_page(connection: Connection, table: Table, page: Select[Any], change: Change) -> tuple[str, int]:
    """The last key of a page, empty where it has none, and how many of its rows were changed."""
    rows, changed = connection.execute(page).all(), 0
    for row in rows:
        values = change(row)
        if values is not None:  # the second column tells whether somebody has changed the row meanwhile
            key, seen = page.selected_columns[0], page.selected_columns[1]
            still = (key == row[0]) & (seen == row[1])
            changed += connection.execute(update(table).where(still).values(**values)).rowcount
    return (str(rows[-1][0]) if rows else ""), changed


def _reason(row: Row[Any], name: str) -> Mapping[str, Any] | None:
    written = row._mapping[name]
    text = masked(written)
    return None if text == written else {name: text}


def _profile(row: Row[Any], now: datetime) -> Mapping[str, Any] | None:
    """A profile without contacts, whose vector is worked out when it is next asked for."""
    seeker = seeker_from_document(row.document, row.seeker_id)
    clean = without_contacts(seeker)
    return None if clean == seeker else {**seeker_row(clean), "updated_at": now}


def _mark(connection: Connection, *, is_new: bool) -> None:
    if is_new:
        connection.execute(insert(COUNTERS).values(name=MARK, value=RULES))
    else:
        connection.execute(update(COUNTERS).where(COUNTERS.c.name == MARK).values(value=RULES))

"""Receipts of erasures: how much of each kind was removed, for anybody who has the receipt's id, naming nobody.

The database forgets a person at once. What lies beside it (snapshots, written mails) is gone through later; until then
the receipt is pending, and keeps sealed whom to look for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Table, insert, select, update

from engine.errors import NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.tables.trust import ErasureReceiptRow

RECEIPTS: Table = ErasureReceiptRow.metadata.tables["erasure_receipts"]
PENDING = "erasure_receipts.pending_sealed"


class ErasureState(StrEnum):
    """How far an erasure is."""

    PENDING = "pending"  # the database has forgotten the person, not yet all that lies beside it
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """`removed`: rows by kind; `checked`: how many files of each kind were gone through and know the person no more."""

    receipt_id: str
    state: ErasureState
    removed: Mapping[str, int]
    checked: Mapping[str, int]
    erased_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ErasedPerson:
    """Whom to look for: None where there is no such id. `addresses`: also numbers, that they were written to.

    `profile_references`: hashes, in hexadecimal, of a partner's reference (`store.evidence.profile_references`).
    """

    account_id: str | None
    seeker_id: str | None
    addresses: tuple[str, ...] = ()
    profile_references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PendingErasure:
    """An erasure that is not finished."""

    receipt_id: str
    person: ErasedPerson
    erased_at: datetime


def write_receipt(
    connection: Connection, cipher: FieldCipher, person: ErasedPerson, removed: Mapping[str, int], now: datetime
) -> ErasureReceipt:
    """The receipt of an erasure, pending."""
    receipt_id = new_id()
    connection.execute(
        insert(RECEIPTS).values(
            receipt_id=receipt_id,
            state=ErasureState.PENDING,
            removed=_some(removed),
            checked={},
            pending_sealed=cipher.seal(PENDING, receipt_id, orjson.dumps(asdict(person)).decode()),
            erased_at=now,
        )
    )
    return read_receipt(connection, receipt_id)


def read_receipt(connection: Connection, receipt_id: str) -> ErasureReceipt:
    """The receipt; raises NotFoundError."""
    row = connection.execute(select(RECEIPTS).where(RECEIPTS.c.receipt_id == receipt_id)).one_or_none()
    if row is None:
        raise NotFoundError("no such receipt", got=repr(receipt_id[:80]), field="receipt_id")
    return _receipt(row)


def pending_erasures(connection: Connection, cipher: FieldCipher, before: datetime) -> list[PendingErasure]:
    """The erasures from before a moment that are not finished, the first first."""
    is_pending = (RECEIPTS.c.state == ErasureState.PENDING) & (RECEIPTS.c.erased_at <= before)
    found = []
    for row in connection.execute(select(RECEIPTS).where(is_pending).order_by(RECEIPTS.c.receipt_id)):
        document = orjson.loads(cipher.open(PENDING, row.receipt_id, row.pending_sealed))
        person = ErasedPerson(**{name: _unlisted(value) for name, value in document.items()})
        found.append(PendingErasure(row.receipt_id, person, row.erased_at))
    return found


def add_removed(connection: Connection, receipt_id: str, removed: Mapping[str, int]) -> None:
    """Add to what a receipt says was removed; nothing for one that is complete."""
    is_pending = (RECEIPTS.c.receipt_id == receipt_id) & (RECEIPTS.c.state == ErasureState.PENDING)
    known = connection.execute(select(RECEIPTS.c.removed).where(is_pending).with_for_update()).scalar()
    if known is not None and removed:
        added = _some(Counter(known) + Counter(removed))
        connection.execute(update(RECEIPTS).where(is_pending).values(removed=added))


def complete_receipt(connection: Connection, receipt_id: str, checked: Mapping[str, int], now: datetime) -> bool:
    """Say that nothing is left, forgetting whom it was about; False when somebody else did."""
    is_pending = (RECEIPTS.c.receipt_id == receipt_id) & (RECEIPTS.c.state == ErasureState.PENDING)
    complete = {
        "state": ErasureState.COMPLETE,
        "checked": dict(checked),
        "pending_sealed": None,
        "completed_at": now,
    }
    return connection.execute(update(RECEIPTS).where(is_pending).values(complete)).rowcount > 0


def receipt_document(receipt: ErasureReceipt) -> dict[str, Any]:
    """The receipt as JSON."""
    return {
        "receipt_id": receipt.receipt_id,
        "state": receipt.state,
        "removed": dict(receipt.removed),
        "checked": dict(receipt.checked),
        "erased_at": receipt.erased_at.isoformat(),
        "completed_at": receipt.completed_at.isoformat() if receipt.completed_at else None,
    }


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    # Names of tables are a kind of text that JSON's writer does not know.
    return {str(kind): count for kind, count in sorted(counts.items()) if count}


def _unlisted(value: str | list[str] | None) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _receipt(row: Row[Any]) -> ErasureReceipt:
    return ErasureReceipt(
        row.receipt_id, ErasureState(row.state), row.removed, row.checked, row.erased_at, row.completed_at
    )

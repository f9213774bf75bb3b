"""How entries of the audit log are chained by hashes, and finding whether anything of the chain was touched.

Whoever changes, moves or removes an entry breaks the chain; whoever makes a whole new chain is found out by a head
of the old one that an operator kept elsewhere. An entry that somebody with the database's password appends, with all
that belongs to it, cannot be told from one of ours.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Row, Table, Text, cast, select

from engine.errors import InvalidInputError
from store.tables import COUNTERS
from store.tables.trust import AuditEntryRow

ENTRIES: Table = AuditEntryRow.metadata.tables["audit_entries"]
AUDIT_ENTRIES = "audit_entries"  # the name of the counter
NEWEST_NUMBER = select(COUNTERS.c.value).where(COUNTERS.c.name == AUDIT_ENTRIES)
CHAIN = "chamba.audit.1"  # what is hashed begins with it, so that no other hash of ours can pass for an entry's
STREAMED_ROWS = 500


class AuditFault(StrEnum):
    """What can be wrong with the log."""

    ALTERED = "altered"  # the entry, or its place, is not what its hash was made from
    REMOVED = "removed"  # it is gone, and later ones are there
    CUT_OFF = "cut_off"  # it is gone with all that came after, says the counter or the head that was kept
    INSERTED = "inserted"  # it is before the first or beyond what the counter says there is
    REWRITTEN = "rewritten"  # the chain holds, but its hash is not that of the head that was kept
    UNCOUNTED = "uncounted"  # the counter is gone


class AuditHead(NamedTuple):
    """The newest entry of a chain: its number and its hash, hexadecimal; as text, `number:hash`."""

    number: int
    entry_hash: str

    def __str__(self) -> str:
        """`number:hash`."""
        return f"{self.number}:{self.entry_hash}"


NO_ENTRIES = AuditHead(0, "0" * 64)  # what the first entry chains to


@dataclass(frozen=True, slots=True)
class AuditReport:
    """How far the chain is sound: up to `head`; then `fault` is what is wrong with entry `bad_number`, if anything."""

    head: AuditHead
    fault: AuditFault | None = None
    bad_number: int | None = None


def audit_head_from_text(text: str) -> AuditHead:
    """The head that `str` wrote. Raises InvalidInputError for another text."""
    number, _, entry_hash = text.strip().lower().partition(":")
    if not re.fullmatch(r"[0-9]{1,18}", number) or not re.fullmatch(r"[0-9a-f]{64}", entry_hash):
        raise InvalidInputError(
            "this is no head of an audit log",
            expected="NUMBER:HASH, the hash of 64 hexadecimal digits, as `chamba audit verify` prints it",
            field="head",
        )
    return AuditHead(int(number), entry_hash)


def verify_audit(connection: Connection, *, head: AuditHead = NO_ENTRIES) -> AuditReport:
    """Read the whole chain, in constant memory, up to the first fault; `head` is an earlier one that must be in it.

    An entry that somebody appends with all that belongs to it cannot be told from one of ours.
    """
    counted = connection.execute(NEWEST_NUMBER).scalar()
    if counted is None:
        return AuditReport(NO_ENTRIES, AuditFault.UNCOUNTED, 0)
    if head.number < 1 and head != NO_ENTRIES:
        return AuditReport(NO_ENTRIES, AuditFault.REWRITTEN, 0)
    sound = NO_ENTRIES
    # The counter comes with each row, since only what one statement reads is of one moment while others append.
    # Before the first row the counter read above will do: an empty log was no longer than it says.
    columns = (
        ENTRIES.c.number,
        cast(ENTRIES.c.happened_at, Text).label("happened_at"),  # as stored: it may be no time any more
        *(ENTRIES.c[name] for name in ("actor", "action", "subject", "entry_hash")),
        cast(ENTRIES.c.detail, Text).label("detail"),
        NEWEST_NUMBER.scalar_subquery().label("counted"),
    )
    in_order = select(*columns).order_by(ENTRIES.c.number).execution_options(yield_per=STREAMED_ROWS)
    with connection.execute(in_order) as rows:
        for row in rows:
            counted = row.counted
            fault = _fault(row, sound, head)
            if fault is not None:
                return AuditReport(sound, fault, sound.number + 1 if fault is AuditFault.REMOVED else row.number)
            sound = AuditHead(row.number, row.entry_hash)
    if sound.number < max(counted, head.number):
        return AuditReport(sound, AuditFault.CUT_OFF, sound.number + 1)
    return AuditReport(sound)


def _fault(row: Row[Any], sound: AuditHead, head: AuditHead) -> AuditFault | None:
    if row.number < 1 or row.number > row.counted:
        return AuditFault.INSERTED
    if row.number > sound.number + 1:
        return AuditFault.REMOVED
    try:
        values = (
            row.number,
            moment_text(datetime.fromisoformat(row.happened_at)),
            row.actor,
            row.action,
            row.subject,
            row.detail,
        )
        is_as_written = row.entry_hash == hash_of_entry(sound.entry_hash, values)
    except (TypeError, ValueError, OverflowError):  # no time, or, in SQLite, a value of another type
        is_as_written = False
    if not is_as_written:
        return AuditFault.ALTERED
    if row.number == head.number and row.entry_hash != head.entry_hash:
        return AuditFault.REWRITTEN
    return None


def hash_of_entry(previous_hash: str, values: tuple[str | int, ...]) -> str:
    """SHA-256 of a JSON array: the chain's name, the hash before, then number, time, actor, action, subject, detail."""
    return hashlib.sha256(orjson.dumps([CHAIN, previous_hash, *values])).hexdigest()


def moment_text(moment: datetime) -> str:
    """A time as it is hashed: ISO 8601 in UTC with microseconds; a time without a zone, as SQLite has it, is in UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")

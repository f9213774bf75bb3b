"""Finishes erasures: what requests under way wrote late, and all that lies beside the database.

An erasure is left for some minutes first, so that no request that began before it is still running. Every step may be
repeated: killed at any point, the next run ends what was begun, and a receipt is complete once nothing is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine

from engine.errors import ArtifactError
from store.analytics.erasing import erase_from_snapshots
from store.analytics.questions.answers import prepare
from store.analytics.snapshots import current_snapshot, list_snapshots
from store.audit import AuditAction, append_audit
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.evidence.log_shipping import ship_all, shipping_paused
from store.people.erasure.erasure import erase_late_rows
from store.people.erasure.profiles import erase_profile_rows
from store.people.erasure.receipts import PendingErasure, add_removed, complete_receipt, pending_erasures
from store.people.written_mails import erase_written_mails
from store.upserts import in_transaction
from store.vacuuming import forget_deleted_bytes

SETTLE = timedelta(minutes=5)
ACTOR = "system:erasures"

# Erases people by their seekers' ids; how many files of each kind know them no more.
EraseElsewhere = Callable[[Collection[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Finished:
    """How many erasures were finished, and how many of the newest wait for a later run."""

    finished_count: int
    waiting_count: int


def finish_erasures(
    engine: Engine,
    cipher: FieldCipher,
    data_dir: Path,
    now: datetime,
    erase_elsewhere: EraseElsewhere,
    settle: timedelta = SETTLE,
) -> Finished:
    """Finish the erasures that are older than `settle`; `erase_elsewhere` is for what the store does not know.

    Raises:
        ArtifactError: a snapshot is damaged, or somebody reads for too long; the erasures stay pending.
    """
    with engine.connect() as connection:
        pending = pending_erasures(connection, cipher, now - settle)
        waiting = len(pending_erasures(connection, cipher, now)) - len(pending)
    if not pending:
        return Finished(0, waiting)
    ship_all(data_dir / "journal", engine)
    for erasure in pending:
        with shipping_paused(data_dir / "journal"):
            in_transaction(engine, partial(_erase_late, cipher=cipher, erasure=erasure, settle=settle), durable=True)
    checked = _erase_beside(pending, cipher, data_dir, settle, erase_elsewhere)
    forget_deleted_bytes(engine)
    for erasure in pending:
        in_transaction(engine, partial(_complete, erasure=erasure, checked=checked, now=now), durable=True)
    return Finished(len(pending), waiting)


def _erase_late(connection: Connection, cipher: FieldCipher, erasure: PendingErasure, settle: timedelta) -> None:
    hashes = [bytes.fromhex(one) for one in erasure.person.profile_references]
    if hashes:  # what the partner sends under the reference later is somebody who came again
        removed = erase_profile_rows(connection, hashes, erasure.erased_at + settle)
    else:
        removed = erase_late_rows(connection, cipher, erasure.person)
    add_removed(connection, erasure.receipt_id, removed)


def _erase_beside(
    pending: Collection[PendingErasure],
    cipher: FieldCipher,
    data_dir: Path,
    settle: timedelta,
    erase_elsewhere: EraseElsewhere,
) -> dict[str, int]:
    """Go through what lies beside the database; how many files of each kind there are."""
    seeker_ids = {one.person.seeker_id for one in pending if one.person.seeker_id is not None}
    checked = dict(erase_elsewhere(seeker_ids))
    analytics = data_dir / "analytics"
    removed = erase_from_snapshots(analytics, [cipher.keyed_hash(Purpose.PSEUDONYM, one) for one in seeker_ids])
    if any(removed.values()):
        with suppress(ArtifactError):  # that there is none is nothing to an erasure
            prepare(current_snapshot(analytics))  # whose answers went with its folder; nobody waits for them now
    checked["analytics_snapshots"] = len(list_snapshots(analytics)[0])
    # Whoever signs up again with the address gets mails after that.
    checked["written_mails"] = sum(
        erase_written_mails(data_dir / "outbox", one.person.addresses, one.erased_at + settle) for one in pending
    )
    return checked


def _complete(connection: Connection, erasure: PendingErasure, checked: Mapping[str, int], now: datetime) -> None:
    if complete_receipt(connection, erasure.receipt_id, checked, now):
        append_audit(
            connection,
            actor=ACTOR,
            action=AuditAction.DATA_ERASED,
            subject=f"receipt:{erasure.receipt_id}",
            detail={"checked": dict(checked)},
            now=now,
        )

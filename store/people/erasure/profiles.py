"""Erases a person whose profile a partner sent along with requests, by the partner's own reference of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from engine.errors import NotFoundError
from store.audit import AuditAction, append_audit
from store.encryption.field_cipher import FieldCipher
from store.evidence.detaching import detach_profile_answers
from store.evidence.profile_references import profile_reference_hashes
from store.evidence.recommendation_log import RECOMMENDATIONS
from store.partners.deliveries import DELIVERIES
from store.people.erasure.cases import erase_reviews
from store.people.erasure.receipts import ErasedPerson, ErasureReceipt, receipt_document, write_receipt


def erase_partners_profile(
    connection: Connection, cipher: FieldCipher, reference: str, partner_id: str, now: datetime
) -> ErasureReceipt:
    """Erase what a partner sent under a reference; raises NotFoundError where no answer was logged under it."""
    hashes = profile_reference_hashes(cipher, partner_id, reference)
    removed = erase_profile_rows(connection, hashes)
    if not removed["recommendations_detached"]:
        raise NotFoundError("no such profile", got=repr(reference[:80]), field="profile_reference")
    person = ErasedPerson(None, None, profile_references=tuple(one.hex() for one in hashes))
    receipt = write_receipt(connection, cipher, person, removed, now)
    append_audit(
        connection,
        actor=f"partner:{partner_id}",
        action=AuditAction.DATA_ERASED,
        subject=f"receipt:{receipt.receipt_id}",
        detail={"receipt_id": receipt.receipt_id, "removed": receipt_document(receipt)["removed"]},
        now=now,
    )
    return receipt


def erase_profile_rows(
    connection: Connection, reference_hashes: Collection[bytes], before: datetime | None = None
) -> Counter[str]:
    """Remove what tells of the person in answers for a moment `before` (None: all), and around them; rows by kind."""
    logged = RECOMMENDATIONS.c
    theirs = select(logged.recommendation_id).where(logged.profile_reference_hash.in_(reference_hashes))
    if before is not None:
        theirs = theirs.where(logged.answered_at < before)
    removed = erase_reviews(connection, theirs)
    body = DELIVERIES.c.body["recommendation_id"].as_string().in_(theirs)
    removed["webhook_deliveries"] = connection.execute(delete(DELIVERIES).where(body)).rowcount
    answers, inputs = detach_profile_answers(connection, reference_hashes, before)
    return removed + Counter({"recommendations_detached": answers, "recommendation_inputs": inputs})

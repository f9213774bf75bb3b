"""Erases a person from the database in the caller's transaction: everything, or nothing if the process is killed.

What tells of a person by their id goes from every table that has one (the tables are asked, so that a new one is not
forgotten). Answers of the system stay as evidence without whom they were for, the audit log keeps ids that name nobody.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, delete, or_, select

from engine.errors import NotFoundError
from store.audit import AuditAction, append_audit
from store.encryption.field_cipher import FieldCipher
from store.evidence.detaching import detach_answers
from store.evidence.recommendation_log import RECOMMENDATIONS
from store.hiring.applications import APPLICATIONS, STEPS
from store.hiring.messages import MESSAGES
from store.hiring.owner_changes import jobs_follow
from store.partners.deliveries import DELIVERIES, enqueue
from store.partners.webhooks import WebhookKind
from store.people.accounts import ACCOUNTS, read_contact
from store.people.erasure.cases import erase_from_cases
from store.people.erasure.organisations import close_organisations, lock_jobs_of_organisations
from store.people.erasure.receipts import ErasedPerson, ErasureReceipt, receipt_document, write_receipt
from store.people.erasure.traces import erase_attempts, erase_confirmations, erase_mails, erase_stored_answers
from store.people.phone_messages import drop_messages
from store.people.phones import phone_of, resume_messages
from store.people.profiles import require_partners_person
from store.people.seeker_accounts import SEEKER_ACCOUNTS
from store.tables import SEEKERS, Base

ACCOUNT_ID, SEEKER_ID = "account_id", "seeker_id"
# Whose rows stay, detached (`detach_answers`).
EVIDENCE = frozenset({"recommendations", "recommendation_inputs"})


def erase_account(
    connection: Connection, cipher: FieldCipher, account_id: str, actor: str, now: datetime
) -> ErasureReceipt:
    """Erase somebody with an account; their next request is nobody's. `actor` is who is told to the audit log.

    Raises NotFoundError for an account that is gone.
    """
    organisations = lock_jobs_of_organisations(connection, account_id)
    locked = select(ACCOUNTS.c.account_id).where(ACCOUNTS.c.account_id == account_id).with_for_update()
    if connection.execute(locked).scalar() is None:
        raise NotFoundError("no such account", got=repr(account_id[:80]), field="account_id")
    of_account = select(SEEKER_ACCOUNTS.c.seeker_id).where(SEEKER_ACCOUNTS.c.account_id == account_id)
    seeker_id = connection.execute(of_account).scalar()
    removed = close_organisations(connection, account_id)
    number = phone_of(connection, cipher, account_id)
    own = {one for one in (read_contact(connection, cipher, account_id).email, number) if one is not None}
    removed["confirmations"], addresses = erase_confirmations(connection, cipher, account_id, own)
    removed["outgoing_mails"] = erase_mails(connection, cipher, addresses)
    removed["outgoing_messages"] = drop_messages(connection, cipher, addresses)
    removed["stopped_phones"] = int(number is not None and resume_messages(connection, cipher, number))
    removed["attempts"] = erase_attempts(connection, cipher, {account_id, *addresses})
    person = ErasedPerson(account_id, seeker_id, tuple(sorted(addresses)))
    removed += erase_rows(connection, cipher, person)
    removed["accounts"] = connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.account_id == account_id)).rowcount
    jobs_follow(connection, organisations)  # of those that others acted for too, if these are all suspended
    receipt = write_receipt(connection, cipher, person, removed, now)
    _audit(connection, receipt, actor, f"account:{account_id}", now)
    return receipt


def erase_partners_person(
    connection: Connection, cipher: FieldCipher, seeker_id: str, partner_id: str, now: datetime
) -> ErasureReceipt:
    """Erase a partner's person and tell the partner's webhooks; raises NotFoundError for somebody else's person."""
    # Locked, so that events that are told meanwhile are stored before this or find nobody.
    connection.execute(select(SEEKERS.c.seeker_id).where(SEEKERS.c.seeker_id == seeker_id).with_for_update()).all()
    require_partners_person(connection, seeker_id, partner_id)
    person = ErasedPerson(None, seeker_id)
    removed = erase_rows(connection, cipher, person)
    receipt = write_receipt(connection, cipher, person, removed, now)
    body = {"seeker_id": seeker_id, "receipt_id": receipt.receipt_id, "erased_at": now.isoformat()}
    enqueue(connection, WebhookKind.SEEKER_ERASED, body, now, partner_id)
    # Partners choose their people's ids, which may tell who they are: the log, which is kept for ever, gets none.
    _audit(connection, receipt, f"partner:{partner_id}", f"receipt:{receipt.receipt_id}", now)
    return receipt


def erase_rows(connection: Connection, cipher: FieldCipher, person: ErasedPerson) -> Counter[str]:
    """Remove every row that names the person by id, but for the account itself; how many, by table."""
    removed: Counter[str] = Counter()
    if person.account_id is not None:
        removed["idempotency_keys"] = erase_stored_answers(connection, cipher, person.account_id, person.seeker_id)
    removed += erase_from_cases(connection, person.account_id, person.seeker_id)
    if person.seeker_id is not None:
        removed["webhook_deliveries"] = _erase_deliveries(connection, person.seeker_id)
        theirs = _ids_of(APPLICATIONS.c.application_id, person.seeker_id)
        for table in (MESSAGES, STEPS):
            removed[table.name] = connection.execute(delete(table).where(table.c.application_id.in_(theirs))).rowcount
        removed += _detached(connection, person.seeker_id, None)
    for table in tables_naming(ACCOUNT_ID, SEEKER_ID):
        for name, value in ((ACCOUNT_ID, person.account_id), (SEEKER_ID, person.seeker_id)):
            if value is not None and name in table.c:
                removed[table.name] += connection.execute(delete(table).where(table.c[name] == value)).rowcount
    return removed


def erase_late_rows(connection: Connection, cipher: FieldCipher, person: ErasedPerson) -> Counter[str]:
    """Remove what requests that were under way during the erasure wrote after it; how many rows, by table.

    A partner may have put a new person under the same id since: only what is from before them goes.
    """
    if person.account_id is None and person.seeker_id is not None:
        put_again = select(SEEKERS.c.created_at).where(SEEKERS.c.seeker_id == person.seeker_id)
        since = connection.execute(put_again).scalar()
        if since is not None:
            return _detached(connection, person.seeker_id, since)
    return erase_rows(connection, cipher, person)


def tables_naming(*columns: str) -> list[Table]:
    """The tables with one of these columns whose rows go with a person, those that refer to others first."""
    found = (table for table in reversed(Base.metadata.sorted_tables) if any(name in table.c for name in columns))
    return [table for table in found if table.name not in EVIDENCE and table is not ACCOUNTS]


def _detached(connection: Connection, seeker_id: str, before: datetime | None) -> Counter[str]:
    answers, inputs = detach_answers(connection, seeker_id, before)
    return Counter({"recommendations_detached": answers, "recommendation_inputs": inputs})


def _erase_deliveries(connection: Connection, seeker_id: str) -> int:
    """Drop what partners are told, or were, of the person's applications and answers."""
    body = DELIVERIES.c.body
    of_person = [
        body["application_id"].as_string().in_(_ids_of(APPLICATIONS.c.application_id, seeker_id)),
        body["recommendation_id"].as_string().in_(_ids_of(RECOMMENDATIONS.c.recommendation_id, seeker_id)),
    ]
    return connection.execute(delete(DELIVERIES).where(or_(*of_person))).rowcount


def _ids_of(column: Column[str], seeker_id: str) -> Select[Any]:
    return select(column).where(column.table.c[SEEKER_ID] == seeker_id)


def _audit(connection: Connection, receipt: ErasureReceipt, actor: str, subject: str, now: datetime) -> None:
    """Last: the order of locks."""
    detail = {"receipt_id": receipt.receipt_id, "removed": receipt_document(receipt)["removed"]}
    append_audit(connection, actor=actor, action=AuditAction.DATA_ERASED, subject=subject, detail=detail, now=now)

"""What tells of a person in rows that are not theirs: mails and codes on their way, counted attempts, kept answers.

These are sealed or hashed, so that they are found by opening or hashing again; none of them lives for long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import orjson
from sqlalchemy import Connection, delete, or_, select

from engine.errors import ArtifactError
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.hiring.applications import APPLICATIONS
from store.hiring.employers import MEMBERS
from store.hiring.invitations import INVITATIONS
from store.hiring.messages import MESSAGES
from store.identity_keys import email_key
from store.people.confirmations import CONFIRMATIONS, WANTED
from store.people.mail import MAILS, SEALED
from store.requests.attempts import ATTEMPTS
from store.requests.idempotency import ANSWER, KEYS
from store.tables import Base

CASES, NOTES = Base.metadata.tables["cases"], Base.metadata.tables["support_notes"]


def erase_confirmations(
    connection: Connection, cipher: FieldCipher, account_id: str, own: Collection[str]
) -> tuple[int, set[str]]:
    """Drop what waits for a code of a person; how many, and the addresses and numbers that codes were sent to.

    `own`: those that are theirs.
    """
    addresses, found = set(own), []
    for row in connection.execute(select(CONFIRMATIONS.c.confirmation_id, CONFIRMATIONS.c.wanted_sealed)).all():
        wanted = _opened(cipher, WANTED, row.confirmation_id, row.wanted_sealed) or {}
        asked = {email_key(wanted.get("email") or ""), wanted.get("phone") or ""} - {""}
        if wanted.get("account_id") == account_id or not asked.isdisjoint(own):
            addresses |= asked
            found.append(row.confirmation_id)
    connection.execute(delete(CONFIRMATIONS).where(CONFIRMATIONS.c.confirmation_id.in_(found)))
    return len(found), addresses


def erase_mails(connection: Connection, cipher: FieldCipher, addresses: Collection[str]) -> int:
    """Drop the mails that wait to be sent to some addresses; how many."""
    found = []
    for row in connection.execute(select(MAILS.c.mail_id, MAILS.c.mail_sealed)).all():
        mail = _opened(cipher, SEALED, row.mail_id, row.mail_sealed) or {}
        if email_key(mail.get("recipient") or "") in addresses:
            found.append(row.mail_id)
    return connection.execute(delete(MAILS).where(MAILS.c.mail_id.in_(found))).rowcount


def erase_attempts(connection: Connection, cipher: FieldCipher, subjects: Iterable[str]) -> int:
    """Drop the counts of what was tried for some addresses or accounts, whatever it was; how many."""
    hashes = [cipher.keyed_hash(Purpose.ATTEMPT, subject) for subject in sorted(subjects)]
    is_theirs = or_(*(ATTEMPTS.c.subject.endswith(f":{hashed}", autoescape=True) for hashed in hashes))
    return connection.execute(delete(ATTEMPTS).where(is_theirs)).rowcount


def erase_stored_answers(connection: Connection, cipher: FieldCipher, account_id: str, seeker_id: str | None) -> int:
    """Drop the answers kept for a person, and those kept for others that tell of their applications,
    invitations or cases.

    Of the others' only the answers that name them go: whoever repeats one of those requests has it done again.
    """
    own = connection.execute(delete(KEYS).where(KEYS.c.caller == _caller(account_id))).rowcount
    of_applications = select(APPLICATIONS.c.application_id).where(APPLICATIONS.c.seeker_id == seeker_id)
    of_messages = select(MESSAGES.c.message_id).where(MESSAGES.c.application_id.in_(of_applications))
    of_cases = select(CASES.c.case_id).where(CASES.c.opened_by == account_id)
    of_invitations = select(INVITATIONS.c.invitation_id).where(INVITATIONS.c.seeker_id == seeker_id)
    theirs = (of_applications, of_messages, of_invitations, of_cases)
    named = [name for query in theirs for name in connection.execute(query).scalars()]
    met = (select(each.c.employer_id).where(each.c.seeker_id == seeker_id) for each in (APPLICATIONS, INVITATIONS))
    members = select(MEMBERS.c.account_id).where(or_(*(MEMBERS.c.employer_id.in_(employers) for employers in met)))
    authors = select(NOTES.c.author_id).where(NOTES.c.case_id.in_(of_cases))
    others = {_caller(other) for query in (members, authors) for other in connection.execute(query).scalars()}
    found = 0
    for row in connection.execute(select(KEYS).where(KEYS.c.caller.in_(others))).all():
        answer = _opened(cipher, ANSWER, f"{row.caller}/{row.idempotency_key}", row.answer_sealed)
        text = orjson.dumps(answer).decode()
        if any(name in text for name in named):
            at_key = (KEYS.c.caller == row.caller) & (KEYS.c.idempotency_key == row.idempotency_key)
            found += connection.execute(delete(KEYS).where(at_key)).rowcount
    return own + found


def _caller(account_id: str) -> str:
    return f"account:{account_id}"


def _opened(cipher: FieldCipher, field: str, row_id: str, sealed: bytes) -> dict[str, Any] | None:
    """The document that was sealed; None where it does not open, so that nobody can read it ever again."""
    try:
        document: dict[str, Any] = orjson.loads(cipher.open(field, row_id, sealed))
    except ArtifactError:
        return None
    return document

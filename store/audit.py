"""The audit log: who did what to whom, append-only, each entry chained to the one before it (`store/audit_chain.py`).

Entries name ids, counts and codes, never a person: they outlive those whom they are about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import Any

import orjson
from sqlalchemy import Connection, func, insert, select, update

from engine.errors import ArtifactError, InvalidInputError
from store.audit_chain import (
    AUDIT_ENTRIES,
    ENTRIES,
    NEWEST_NUMBER,
    NO_ENTRIES,
    AuditHead,
    hash_of_entry,
    moment_text,
)
from store.tables import COUNTERS

MAX_DETAIL_BYTES = 4096
_CODE = re.compile(r"[!-?A-~]{1,200}")  # printable ASCII but space and @: no sentence and no address fits


class AuditAction(StrEnum):
    """What is audited."""

    ACCOUNT_SIGNED_UP = "account.signed_up"
    ACCOUNT_LOGGED_IN = "account.logged_in"
    ACCOUNT_LOGIN_FAILED = "account.login_failed"
    ACCOUNT_LOGGED_OUT = "account.logged_out"
    ACCOUNT_REFRESH_REUSED = "account.refresh_reused"
    ACCOUNT_PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 (a word of the log)
    ACCOUNT_EMAIL_CHANGED = "account.email_changed"
    ACCOUNT_PHONE_CHANGED = "account.phone_changed"
    ACCOUNT_PHONE_REMOVED = "account.phone_removed"
    ACCOUNT_MESSAGES_STOPPED = "account.messages_stopped"
    ACCOUNT_MESSAGES_RESUMED = "account.messages_resumed"
    ACCOUNT_PROVED = "account.proved"
    ACCOUNT_SESSIONS_ENDED = "account.sessions_ended"
    ACCOUNT_TOTP_ADDED = "account.totp_added"
    ACCOUNT_TOTP_REMOVED = "account.totp_removed"
    ACCOUNT_PASSKEY_ADDED = "account.passkey_added"
    ACCOUNT_PASSKEY_REMOVED = "account.passkey_removed"
    ACCOUNT_PASSKEY_COPIED = "account.passkey_copied"
    ACCOUNT_RECOVERY_CODES_MADE = "account.recovery_codes_made"
    ACCOUNT_FACTORS_DROPPED = "account.factors_dropped"
    ACCOUNT_SUSPENDED = "account.suspended"
    ACCOUNT_RESTORED = "account.restored"
    ACCOUNT_ROLE_GRANTED = "account.role_granted"
    ACCOUNT_ROLE_REVOKED = "account.role_revoked"
    CONSENT_GIVEN = "consent.given"
    NOTICES_CHOSEN = "account.notices_chosen"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    DATA_EXPORTED = "data.exported"
    DATA_ERASED = "data.erased"
    DATA_CORRECTED = "data.corrected"
    PRIVATE_VALUES_READ = "private_values.read"
    JOB_POSTED = "job.posted"
    JOB_EDITED = "job.edited"
    JOB_CLOSED = "job.closed"
    JOB_REOPENED = "job.reopened"
    JOB_TAKEN_DOWN = "job.taken_down"
    JOB_PUT_BACK = "job.put_back"
    APPLICATION_STAGE_CHANGED = "application.stage_changed"
    CV_READ = "cv.read"
    INVITATION_SENT = "invitation.sent"
    INVITATION_DECLINED = "invitation.declined"
    CASE_OPENED = "case.opened"
    CASE_TAKEN = "case.taken"
    CASE_LEFT = "case.left"
    CASE_DECIDED = "case.decided"
    MEMBER_ASKED = "employer.member_asked"
    MEMBER_JOINED = "employer.member_joined"
    MEMBER_DECLINED = "employer.member_declined"
    MEMBER_REMOVED = "employer.member_removed"
    PARTNER_CREATED = "partner.created"
    EMPLOYER_VERIFIED = "employer.verified"
    EMPLOYER_SUSPENDED = "employer.suspended"
    EMPLOYER_RESTORED = "employer.restored"
    PARTNER_SUSPENDED = "partner.suspended"
    PARTNER_RESTORED = "partner.restored"
    PARTNER_QUOTA_CHANGED = "partner.quota_changed"
    PARTNER_DEVELOPER_ADDED = "partner.developer_added"
    PARTNER_DEVELOPER_REMOVED = "partner.developer_removed"
    API_KEY_CREATED = "api_key.created"
    API_KEY_REVOKED = "api_key.revoked"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_REMOVED = "webhook.removed"
    WEBHOOK_SECRET_ROTATED = "webhook.secret_rotated"  # noqa: S105 (an act)
    WEBHOOK_REDELIVERED = "webhook.redelivered"
    KEYS_ROTATED = "keys.rotated"
    RETENTION_ENFORCED = "retention.enforced"
    PROGRAMME_CREATED = "programme.created"
    PROGRAMME_CHANGED = "programme.changed"
    PROGRAMME_OFFICER_ADDED = "programme.officer_added"
    PROGRAMME_OFFICER_REMOVED = "programme.officer_removed"
    PROGRAMME_RULES_PUBLISHED = "programme.rules_published"
    PROGRAMME_RULES_WITHDRAWN = "programme.rules_withdrawn"
    PROGRAMME_SIMULATED = "programme.simulated"
    PROGRAMME_PEOPLE_READ = "programme.people_read"
    SCREENING_ASKED = "screening.asked"
    SCREENING_DECIDED = "screening.decided"
    HUMAN_REVIEW_ASKED = "human_review.asked"
    HUMAN_REVIEW_ANSWERED = "human_review.answered"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act, as it is stored; `action` may be one that only another version of Chamba knows."""

    number: int
    happened_at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    entry_hash: str


def append_audit(
    connection: Connection, *, actor: str, action: AuditAction, subject: str, detail: Mapping[str, Any], now: datetime
) -> int:
    """The number of a new entry; it is there once the caller's transaction is committed.

    Append LAST in a transaction, after all its other writes: the order of locks is `job_changes`, rows, the chain. The
    chain is locked from here to the commit, so that numbers have no gaps and become visible in their order; who held
    it and then waited for a row could wait for somebody who waits for the chain.

    `actor` and `subject` are codes such as `account:0198…`; `detail` holds ids, counts and codes by name, at most
    4 KiB as JSON. Raises InvalidInputError for others, and ArtifactError when the end of the chain is missing.
    """
    _check_code("actor", actor)
    _check_code("subject", subject)
    if now.tzinfo is None:
        raise InvalidInputError("a time without a zone", expected="an aware one", field="now")
    detail_text = _detail_text(detail)
    head = _lock_chain(connection)
    number = head.number + 1
    entry_hash = hash_of_entry(head.entry_hash, (number, moment_text(now), actor, action.value, subject, detail_text))
    connection.execute(
        insert(ENTRIES).values(
            number=number,
            happened_at=now,
            actor=actor,
            action=action.value,
            subject=subject,
            detail=orjson.loads(detail_text),  # so that its keys are stored in the order that was hashed
            entry_hash=entry_hash,
        )
    )
    connection.execute(update(COUNTERS).where(COUNTERS.c.name == AUDIT_ENTRIES).values(value=number))
    return number


def read_audit(
    connection: Connection,
    *,
    subject: str | None = None,
    actor: str | None = None,
    action: str | None = None,
    after: int = 0,
    limit: int,
    newest_first: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[AuditEntry]:
    """The first `limit` entries that come after the number `after`, in order of their numbers, or from the newest down.

    With 0 for `after` they begin at the first, or at the newest. Those from `since` on, before `until`.
    """
    number = ENTRIES.c.number
    is_after = number < after if newest_first and after else number > after
    query = select(ENTRIES).where(is_after).order_by(number.desc() if newest_first else number).limit(limit)
    for column, value in ((ENTRIES.c.subject, subject), (ENTRIES.c.actor, actor), (ENTRIES.c.action, action)):
        if value is not None:
            query = query.where(column == value)
    if since is not None:
        query = query.where(ENTRIES.c.happened_at >= since)
    if until is not None:
        query = query.where(ENTRIES.c.happened_at < until)
    return [AuditEntry(**row._mapping) for row in connection.execute(query)]


def count_audit(connection: Connection, *, subject: str, action: AuditAction) -> int:
    """How often something was done to a subject."""
    query = select(func.count()).where(ENTRIES.c.subject == subject, ENTRIES.c.action == action.value)
    return int(connection.execute(query).scalar_one())


def _lock_chain(connection: Connection) -> AuditHead:
    """The head of the chain, which is this transaction's to go on from. SQLite's writers exclude each other anyway."""
    counted = connection.execute(NEWEST_NUMBER.with_for_update()).scalar()
    if counted == 0:
        return NO_ENTRIES
    entry_hash = connection.execute(select(ENTRIES.c.entry_hash).where(ENTRIES.c.number == counted)).scalar()
    if counted is None or entry_hash is None:
        raise ArtifactError(
            "the end of the audit log is missing, so nothing can be appended to it",
            expected="its counter, and an entry of that number",
            got="no counter" if counted is None else f"no entry {counted}",
            fix="see what is left (chamba audit verify) and restore the database from a backup",
        )
    return AuditHead(counted, entry_hash)


def _check_code(field: str, value: str) -> None:
    if not _CODE.fullmatch(value):
        raise InvalidInputError(
            "the audit log takes no free text",  # and the text, which may be private, is not repeated
            expected="1 to 200 printable ASCII characters without spaces and @, such as an id",
            field=field,
        )


def _detail_text(detail: Mapping[str, Any]) -> str:
    """The canonical text of a detail: JSON without spaces, its keys sorted."""
    if not _holds_only_codes(detail):
        raise InvalidInputError(
            "the audit log takes no free text",
            expected="ids, counts and codes: numbers, and words of printable ASCII without spaces and @",
            field="detail",
        )
    try:
        document = orjson.dumps(dict(detail), option=orjson.OPT_SORT_KEYS)
    except TypeError as cause:
        raise InvalidInputError(
            "a detail is no JSON", expected="keys that are text, integers of 64 bits", field="detail"
        ) from cause
    if len(document) > MAX_DETAIL_BYTES:
        raise InvalidInputError(
            "a detail is too long for the audit log",
            expected=f"at most {MAX_DETAIL_BYTES} bytes of JSON",
            got=f"{len(document)} bytes",
            field="detail",
        )
    return document.decode()


def _holds_only_codes(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_holds_only_codes(key) and _holds_only_codes(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(map(_holds_only_codes, value))
    if isinstance(value, str):
        return _CODE.fullmatch(value) is not None
    return value is None or isinstance(value, int) or (isinstance(value, float) and isfinite(value))

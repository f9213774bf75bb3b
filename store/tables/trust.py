"""What trust rests on: answers to repeated requests, counted attempts, cases for people to decide, receipts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class IdempotencyKeyRow(Base):
    """The answer to a request that may be repeated, so that it is done once; `caller` is whose key it is."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_created_at", "created_at"),)

    caller: Mapped[str] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    answer_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    location: Mapped[str | None]
    created_at: Mapped[datetime]


class AttemptRow(Base):
    """How often something that is limited was tried in one period; `subject` is a keyed hash, never an address."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_period_start", "period_start"),)

    subject: Mapped[str] = mapped_column(primary_key=True)
    period_start: Mapped[datetime] = mapped_column(primary_key=True)
    attempt_count: Mapped[int] = mapped_column(Integer)


class CaseRow(Base):
    """Something that a person has to decide: a posting, a report, an answer that is contested, a correction.

    `assigned_to` is whoever took it, and then whoever decided it.
    """

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_state", "state"), Index("ix_cases_subject_id", "subject_id"))

    case_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[str]
    opened_by: Mapped[str | None]
    reasons: Mapped[list[str]]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str]
    assigned_to: Mapped[str | None]
    decision: Mapped[str | None]
    decision_reason: Mapped[str | None]
    opened_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]


class SupportNoteRow(Base):
    """What an administrator noted on a case."""

    __tablename__ = "support_notes"
    __table_args__ = (Index("ix_support_notes_case_id", "case_id"),)

    note_id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id", ondelete="CASCADE"))
    author_id: Mapped[str]
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    noted_at: Mapped[datetime]


class ErasureReceiptRow(Base):
    """Proof that somebody's data was erased, which names nobody: how much of each kind was removed.

    `state` is pending until the files beside the database have been gone through too, how many is in `checked`; until
    then `pending_sealed` says whom to look for there.
    """

    __tablename__ = "erasure_receipts"
    __table_args__ = (Index("ix_erasure_receipts_state", "state"),)

    receipt_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    removed: Mapped[dict[str, Any]]
    checked: Mapped[dict[str, Any]]
    pending_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    erased_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]


class AccountActivityRow(Base):
    """When somebody was last seen to use their account, and when they were told that it will be erased otherwise."""

    __tablename__ = "account_activity"
    __table_args__ = (Index("ix_account_activity_last_active_at", "last_active_at"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    last_active_at: Mapped[datetime]
    noticed_at: Mapped[datetime | None]


class DataKeyRow(Base):
    """A key that encrypts fields, itself encrypted under the master key `master_key_id`."""

    __tablename__ = "data_keys"

    key_id: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    master_key_id: Mapped[str]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class AuditEntryRow(Base):
    """One act, chained to the one before it by `entry_hash`; nothing is ever changed or removed."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject"), Index("ix_audit_entries_actor", "actor"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    happened_at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]
    entry_hash: Mapped[str] = mapped_column(String(64))

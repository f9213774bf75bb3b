"""What happens between a person and a job: organisations, their postings, applications with steps and messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base
from store.tables.people import DIGEST_BYTES


class EmployerRow(Base):
    """An organisation. `status` is unverified, verified or suspended; `tax_id` is a RUC, which may hold a DNI."""

    __tablename__ = "employers"

    employer_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str]
    website: Mapped[str | None]
    country: Mapped[str] = mapped_column(String(2))
    status: Mapped[str]
    tax_id_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    tax_id_index: Mapped[bytes | None] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class EmployerMemberRow(Base):
    """An account that acts for an organisation."""

    __tablename__ = "employer_members"
    __table_args__ = (Index("ix_employer_members_account_id", "account_id"),)

    employer_id: Mapped[str] = mapped_column(ForeignKey("employers.employer_id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    added_at: Mapped[datetime]


class MemberRequestRow(Base):
    """An account that is asked to act for an organisation, until it accepts, declines or the request is over."""

    __tablename__ = "member_requests"
    __table_args__ = (
        UniqueConstraint("employer_id", "account_id"),
        Index("ix_member_requests_account_id", "account_id"),
        Index("ix_member_requests_expires_at", "expires_at"),
    )

    request_id: Mapped[str] = mapped_column(primary_key=True)
    employer_id: Mapped[str] = mapped_column(ForeignKey("employers.employer_id", ondelete="CASCADE"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class PostingRow(Base):
    """Whose a job is, and whether it may be shown.

    The job's own `is_open` is what follows: its owner may act (`store/hiring/standing.py`) and wants it open
    (`is_wanted_open`), and `moderation` is approved. One owner: an employer or a partner. The row stays when the job is
    deleted, so that its id is never anybody else's.
    """

    __tablename__ = "postings"
    __table_args__ = (
        Index("ix_postings_employer_id", "employer_id"),
        Index("ix_postings_partner_id_updated_at", "partner_id", "updated_at", "job_id"),
        Index("ix_postings_moderation", "moderation"),
    )

    job_id: Mapped[str] = mapped_column(primary_key=True)
    employer_id: Mapped[str | None] = mapped_column(ForeignKey("employers.employer_id"))
    partner_id: Mapped[str | None]
    is_wanted_open: Mapped[bool]
    moderation: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class TakenDownJobRow(Base):
    """A job of any origin that a moderator took down: nobody else brings it back. `case_id` is where that was decided.

    A job that was posted has its `moderation` too, which waits once its owner has changed it.
    """

    __tablename__ = "taken_down_jobs"

    job_id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str | None]
    taken_down_at: Mapped[datetime]


class ModeratedImportRow(Base):
    """An imported job that a moderator took down, that signs of fraud hold, or that a moderator released.

    `is_wanted_open` is what its source says; `released_words` the hash of the words that a moderator has judged.
    """

    __tablename__ = "moderated_imports"

    job_id: Mapped[str] = mapped_column(primary_key=True)
    is_wanted_open: Mapped[bool]
    released_words: Mapped[str | None] = mapped_column(String(64))


class ApplicationRow(Base):
    """A person's application for a job, and the employer or partner whose the job was when they applied.

    `version` rises with each step, so that two writers cannot step at once. `match`: how the person fitted the job when
    they applied, of which `score` is a part to order by; both null where nothing was there to judge it. `with_cv`: who
    reads it may have the person's CV file.
    """

    __tablename__ = "applications"
    __table_args__ = (
        UniqueConstraint("seeker_id", "job_id"),
        Index("ix_applications_job_id", "job_id"),
        Index("ix_applications_employer_id", "employer_id"),
        Index("ix_applications_partner_id", "partner_id"),
    )

    application_id: Mapped[str] = mapped_column(primary_key=True)
    seeker_id: Mapped[str]
    job_id: Mapped[str]
    employer_id: Mapped[str | None]
    partner_id: Mapped[str | None]
    recommendation_id: Mapped[str | None]
    stage: Mapped[str]
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    with_cv: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    score: Mapped[float | None] = mapped_column(Double)
    match: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(Integer)
    applied_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class InvitationRow(Base):
    """An organisation's invitation of a person who agreed to be found, once a person and job.

    `state` is waiting, accepted, declined, or ended where the person may be found no more. `reason` is a code of why
    they declined, which the organisation never reads.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("seeker_id", "job_id"),
        Index("ix_invitations_job_id", "job_id"),
        Index("ix_invitations_employer_id_invited_at", "employer_id", "invited_at"),
    )

    invitation_id: Mapped[str] = mapped_column(primary_key=True)
    seeker_id: Mapped[str]
    job_id: Mapped[str]
    employer_id: Mapped[str] = mapped_column(ForeignKey("employers.employer_id", ondelete="CASCADE"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str]
    reason: Mapped[str | None]
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class ApplicationStepRow(Base):
    """A step of an application, with its reason; `taken_by` is seeker, employer or administrator."""

    __tablename__ = "application_steps"
    __table_args__ = (Index("ix_application_steps_application_id", "application_id"),)

    step_id: Mapped[str] = mapped_column(primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.application_id", ondelete="CASCADE"))
    stage: Mapped[str]
    reason: Mapped[str | None]
    taken_by: Mapped[str]
    taken_at: Mapped[datetime]


class MessageRow(Base):
    """A message about an application; `sent_by` is seeker or employer."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_application_id", "application_id"),)

    message_id: Mapped[str] = mapped_column(primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.application_id", ondelete="CASCADE"))
    sent_by: Mapped[str]
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class MessageTemplateRow(Base):
    """Words that an organisation sends often, with `{name}`, `{job}` and `{employer}` to fill in."""

    __tablename__ = "message_templates"
    __table_args__ = (UniqueConstraint("employer_id", "name"),)

    template_id: Mapped[str] = mapped_column(primary_key=True)
    employer_id: Mapped[str] = mapped_column(ForeignKey("employers.employer_id", ondelete="CASCADE"))
    name: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SavedJobRow(Base):
    """A job that a person keeps for later."""

    __tablename__ = "saved_jobs"

    seeker_id: Mapped[str] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime]


class DismissalRow(Base):
    """A job that is not for a person, and why; it is recommended to them no more."""

    __tablename__ = "dismissals"

    seeker_id: Mapped[str] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    dismissed_at: Mapped[datetime]

"""Who uses Chamba: accounts with their roles and sessions, what is private of seekers, and what they agreed to.

Columns that end in `_sealed` are encrypted (`store/encryption`), those that end in `_index` are keyed hashes to look
a value up by. No private value is in a column of another kind.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base

DIGEST_BYTES = 32


class AccountRow(Base):
    """Somebody who can log in; `status` is active or suspended. Without an address its place holds the account's id."""

    __tablename__ = "accounts"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    email_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    email_index: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    password_hash: Mapped[str]
    locale: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class AccountRoleRow(Base):
    """A role that an account has: seeker, employer, administrator or analyst."""

    __tablename__ = "account_roles"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    granted_at: Mapped[datetime]


class RefreshTokenRow(Base):
    """A refresh token by the SHA-256 of its text; a family is one login, which rotates through its tokens."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        Index("ix_refresh_tokens_family_id", "family_id"),
        Index("ix_refresh_tokens_account_id", "account_id"),
    )

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    family_id: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SeekerAccountRow(Base):
    """Ties a person's account to their profile, and holds what no ranking may see."""

    __tablename__ = "seeker_accounts"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    seeker_id: Mapped[str] = mapped_column(unique=True)
    national_id_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    national_id_index: Mapped[bytes | None] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    income_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    poverty_class_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    poverty_class_date_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    household_size_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    birth_date_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    region_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime]


class CvFileRow(Base):
    """A person's CV file, whose content is in `cv_parts`."""

    __tablename__ = "cv_files"

    seeker_id: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    byte_count: Mapped[int] = mapped_column(Integer)
    sent_at: Mapped[datetime]


class CvPartRow(Base):
    """A piece of a CV file, in Base64: so that whoever seals values anew holds no large ones."""

    __tablename__ = "cv_parts"

    seeker_id: Mapped[str] = mapped_column(primary_key=True)
    part_number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    part_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CareerRow(Base):
    """What a person did and learned, and where they show it, as one document."""

    __tablename__ = "careers"

    seeker_id: Mapped[str] = mapped_column(primary_key=True)
    career_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime]


class ConsentRow(Base):
    """One statement about one purpose, never changed: the newest of a purpose holds."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_account_id_purpose", "account_id", "purpose"),)

    consent_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"))
    purpose: Mapped[str]
    text_version: Mapped[str]
    is_given: Mapped[bool] = mapped_column(Boolean)
    recorded_at: Mapped[datetime]


class ConfirmationRow(Base):
    """Something that waits for the code that was sent: a new account, password, address or number.

    `kind` is `nothing` where no code was mailed, so that nobody learns which addresses have accounts. `code_hash` is
    keyed; `wanted_sealed` is what happens once the code is given.
    """

    __tablename__ = "confirmations"
    __table_args__ = (Index("ix_confirmations_expires_at", "expires_at"),)

    confirmation_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    code_hash: Mapped[str] = mapped_column(String(64))
    wanted_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    attempts_left: Mapped[int] = mapped_column(Integer)
    expires_at: Mapped[datetime]


class OutgoingMailRow(Base):
    """A mail until it is sent or given up; its address and words are one sealed document."""

    __tablename__ = "outgoing_mails"
    __table_args__ = (Index("ix_outgoing_mails_next_attempt_at", "next_attempt_at"),)

    mail_id: Mapped[str] = mapped_column(primary_key=True)
    mail_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    attempts: Mapped[int] = mapped_column(Integer)
    next_attempt_at: Mapped[datetime]
    expires_at: Mapped[datetime]

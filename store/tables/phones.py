"""Phones: whose number is whose, messages on their way out, and what a number that somebody answers stands for.

Numbers are sealed, and found by their keyed hash, as mail addresses are.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base
from store.tables.people import DIGEST_BYTES


class AccountPhoneRow(Base):
    """The number that somebody confirmed by a code: they log in by it, and get messages there."""

    __tablename__ = "account_phones"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    number_index: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    confirmed_at: Mapped[datetime]


class StoppedPhoneRow(Base):
    """A number whose owner asked for no more messages, with an account or without."""

    __tablename__ = "stopped_phones"
    __table_args__ = (Index("ix_stopped_phones_stopped_at", "stopped_at"),)

    stop_id: Mapped[str] = mapped_column(primary_key=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    number_index: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    stopped_at: Mapped[datetime]


class OutgoingMessageRow(Base):
    """A message to a phone until a gateway took it or it is given up; number and words are one sealed document."""

    __tablename__ = "outgoing_messages"
    __table_args__ = (Index("ix_outgoing_messages_next_attempt_at", "next_attempt_at"),)

    message_id: Mapped[str] = mapped_column(primary_key=True)
    message_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    attempts: Mapped[int] = mapped_column(Integer)
    next_attempt_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class IncomingMessageRow(Base):
    """That a message came, by a keyed hash of its gateway's id for it: it is answered once. Its words are not kept."""

    __tablename__ = "incoming_messages"
    __table_args__ = (Index("ix_incoming_messages_received_at", "received_at"),)

    message_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    received_at: Mapped[datetime]


class NumberedJobRow(Base):
    """Which job a number stands for that somebody answers with, as they were told last."""

    __tablename__ = "numbered_jobs"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    job_id: Mapped[str]
    told_at: Mapped[datetime]

"""Programmes of ministries and foundations: their rules, version by version, who acts for them, and who asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base

DAY_LENGTH = 10  # 2026-12-01, a day in Lima


class ProgrammeRow(Base):
    """A programme; `ends_on` is its last day, null: it has none. `appeal_to`: whom to turn to outside of Chamba."""

    __tablename__ = "programmes"

    programme_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    organisation: Mapped[str]
    description: Mapped[str]
    appeal_to: Mapped[str]
    ends_on: Mapped[str | None] = mapped_column(String(DAY_LENGTH))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ProgrammeOfficerRow(Base):
    """An account that acts for a programme."""

    __tablename__ = "programme_officers"
    __table_args__ = (Index("ix_programme_officers_account_id", "account_id"),)

    programme_id: Mapped[str] = mapped_column(
        ForeignKey("programmes.programme_id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    added_at: Mapped[datetime]


class ProgrammeVersionRow(Base):
    """The rules of a programme from one day on; never changed once that day has come."""

    __tablename__ = "programme_versions"

    programme_id: Mapped[str] = mapped_column(
        ForeignKey("programmes.programme_id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    rules: Mapped[dict[str, Any]]
    in_force_from: Mapped[str] = mapped_column(String(DAY_LENGTH))
    published_at: Mapped[datetime]


class ScreeningRow(Base):
    """What a person was answered who asked whether they may enter a programme; the newest of a person and programme
    counts.

    `judgement_sealed` holds every rule with its figure and the person's value, `decisions_sealed` what people decided
    otherwise, with their reasons. `shares_contact`: the organisation may know the person if the answer is yes.
    """

    __tablename__ = "screenings"
    __table_args__ = (
        Index("ix_screenings_account_id", "account_id"),
        Index("ix_screenings_programme_id_account_id", "programme_id", "account_id"),
        Index("ix_screenings_holds_until", "holds_until"),
    )

    screening_id: Mapped[str] = mapped_column(primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.programme_id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"))
    shares_contact: Mapped[bool] = mapped_column(Boolean)
    judgement_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    decisions_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime]
    holds_until: Mapped[str] = mapped_column(String(DAY_LENGTH))
    expiry_told_at: Mapped[datetime | None]

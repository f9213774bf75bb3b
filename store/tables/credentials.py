"""How people prove who they are: their sessions, and what stands beside a password."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class SessionRow(Base):
    """One log-in on one device; its id is the family of its refresh tokens, and stands in its access tokens.

    `authenticated_at`: when its owner last proved who they are; `is_two_factor`: whether by two factors.
    """

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_account_id", "account_id"),)

    session_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"))
    begun_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    authenticated_at: Mapped[datetime]
    is_two_factor: Mapped[bool] = mapped_column(Boolean)
    device_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    ended_at: Mapped[datetime | None]

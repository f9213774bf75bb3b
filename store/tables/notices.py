"""What people chose to be told of, and what waits to be told together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class NoticeChoiceRow(Base):
    """Whether somebody wants a group of notices; without a row they do. `way`: by what, null: by what there is."""

    __tablename__ = "notice_choices"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    notice_group: Mapped[str] = mapped_column(primary_key=True)
    is_wanted: Mapped[bool] = mapped_column(Boolean)
    way: Mapped[str | None]
    chosen_at: Mapped[datetime]


class WaitingNoticeRow(Base):
    """Notices of one kind about one thing, told to somebody together: what came since `since`, at `due_at`.

    `due_at` is null while nothing waits; until an hour after `told_at` what comes next waits.
    """

    __tablename__ = "waiting_notices"
    __table_args__ = (Index("ix_waiting_notices_due_at", "due_at"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    about_id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    due_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]

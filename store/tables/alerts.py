"""What people keep looking for, and which new jobs they were told of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class SavedSearchRow(Base):
    """A search that somebody kept: its name, words and filters are one sealed document.

    `alert` says how often they are told of new jobs; `due_at` when that is next (null: never), `since` from when on
    a job is new to them.
    """

    __tablename__ = "saved_searches"
    __table_args__ = (Index("ix_saved_searches_account_id", "account_id"), Index("ix_saved_searches_due_at", "due_at"))

    search_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"))
    asked_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    alert: Mapped[str]
    since: Mapped[datetime]
    due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ToldJobRow(Base):
    """A job that somebody was mailed as new, by which search, with its score by a bundle; nobody is told twice."""

    __tablename__ = "told_jobs"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True)
    job_id: Mapped[str] = mapped_column(primary_key=True)
    search_id: Mapped[str]
    score: Mapped[float] = mapped_column(Float)
    bundle: Mapped[str]
    told_at: Mapped[datetime]


class OpenedJobRow(Base):
    """When alerts first saw a job open: what was edited or opened again since is not new."""

    __tablename__ = "opened_jobs"
    __table_args__ = (Index("ix_opened_jobs_opened_at", "opened_at"),)

    job_id: Mapped[str] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime]

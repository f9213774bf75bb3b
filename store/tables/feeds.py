"""Feeds: what their runs did, which documents they read, and which postings they saw where. Nothing of any person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class FeedRow(Base):
    """A feed by its name. `run_number` is that of its last run, which `is_running` until it has ended.

    `failures` counts runs that failed since one that did not.
    """

    __tablename__ = "feeds"

    feed: Mapped[str] = mapped_column(primary_key=True)
    run_number: Mapped[int] = mapped_column(Integer)
    is_running: Mapped[bool] = mapped_column(Boolean)
    due_at: Mapped[datetime]
    succeeded_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(Integer)


class FeedRunRow(Base):
    """A run of a feed; `counts` and `problems` grow while it runs."""

    __tablename__ = "feed_runs"

    feed: Mapped[str] = mapped_column(primary_key=True)
    run_number: Mapped[int] = mapped_column(Integer, primary_key=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str]
    counts: Mapped[dict[str, Any]]
    problems: Mapped[list[str]]


class FeedDocumentRow(Base):
    """A document that a feed read, as it was then: by its validators, by its sitemap, by a digest of what it held.

    `reading_digest` names the file and mapping of the feed that it was read by; `read_run` is the last run that asked
    for it; `is_unread`: what it held then could not all be read.
    """

    __tablename__ = "feed_documents"

    feed: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    sitemap_modified: Mapped[str | None]
    next_address: Mapped[str | None]
    content_digest: Mapped[str | None] = mapped_column(String(16))
    reading_digest: Mapped[str] = mapped_column(String(16))
    read_run: Mapped[int] = mapped_column(Integer)
    read_at: Mapped[datetime]
    is_unread: Mapped[bool] = mapped_column(Boolean)


class FeedPostingRow(Base):
    """A posting that a feed saw, at the address of a document; `missed` counts complete runs since that missed it.

    `closed_run` is the run that closed it, null while it is open.
    """

    __tablename__ = "feed_postings"
    __table_args__ = (Index("ix_feed_postings_feed_address", "feed", "address"),)

    feed: Mapped[str] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]
    seen_run: Mapped[int] = mapped_column(Integer)
    missed: Mapped[int] = mapped_column(Integer)
    closed_run: Mapped[int | None] = mapped_column(Integer)

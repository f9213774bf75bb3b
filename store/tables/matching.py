"""What is matched: jobs and seekers as documents with their vectors, placements as facts of history.

Each change to a job has a number; a deleted job leaves its number behind (`store/matching/job_changes.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Index, LargeBinary, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class JobRow(Base):
    """A posting. `content_hash` tells a changed document; `is_open` and `closes_at` repeat it for queries.

    `heading` is its title and employer as they are looked for, by `store.matching.rows.heading_of`;
    `change_number` is that of its last change; `vector` is little-endian float32 of the model `vector_model_id`.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_change_number", "change_number"),
        # Words are looked for in it alone: rows are long.
        Index("ix_jobs_heading", "job_id", "heading"),
        # Of open jobs alone, most of which have no end: what has ended is looked for every minute.
        Index(
            "ix_jobs_open_closes_at",
            "closes_at",
            sqlite_where=text("is_open AND closes_at IS NOT NULL"),
            postgresql_where=text("is_open AND closes_at IS NOT NULL"),
        ),
    )

    job_id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    document: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    is_open: Mapped[bool] = mapped_column(Boolean)
    closes_at: Mapped[datetime | None]
    heading: Mapped[str]
    change_number: Mapped[int] = mapped_column(BigInteger)
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    vector_model_id: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class DeletedJobRow(Base):
    """The tombstone of a job, so that readers of changes learn that it went; gone once the id is put again."""

    __tablename__ = "deleted_jobs"
    __table_args__ = (Index("ix_deleted_jobs_change_number", "change_number"),)

    job_id: Mapped[str] = mapped_column(primary_key=True)
    change_number: Mapped[int] = mapped_column(BigInteger)


class CounterRow(Base):
    """A number that only grows: `job_changes` is the newest change of a job."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class SeekerRow(Base):
    """A person's profile; `vector` is little-endian float32 of the model `vector_model_id`.

    `partner_id` is whose user the person is, null for one with an account of their own; `is_findable`: they agreed
    that employers may find them; `may_train`: that models learn from what becomes of them.
    """

    __tablename__ = "seekers"
    __table_args__ = (Index("ix_seekers_partner_id_updated_at", "partner_id", "updated_at", "seeker_id"),)

    seeker_id: Mapped[str] = mapped_column(primary_key=True)
    partner_id: Mapped[str | None]
    is_findable: Mapped[bool] = mapped_column(Boolean, default=False)
    may_train: Mapped[bool] = mapped_column(Boolean, default=True)
    document: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    vector_model_id: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class PlacementRow(Base):
    """What became of a person and a job. No foreign keys: history outlives the job and the profile."""

    __tablename__ = "placements"
    __table_args__ = (Index("ix_placements_job_id", "job_id"), Index("ix_placements_placed_at", "placed_at"))

    seeker_id: Mapped[str] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(primary_key=True)
    grade: Mapped[int] = mapped_column(SmallInteger)
    placed_at: Mapped[datetime]

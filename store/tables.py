"""The tables of the system of record: jobs and seekers as documents, placements as facts of history.

Each change to a job has a number; a deleted job leaves its number behind (`store/job_changes.py`). Times are kept in
UTC. Changing a table takes a new file in `store/migrations/versions` too: a test compares.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """A time with its zone; SQLite, which keeps no zones, holds it in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment, aware."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What the tables have in common."""

    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: JSON(), str: String()}  # noqa: RUF012


class JobRow(Base):
    """A posting. `content_hash` tells a changed document; `is_open` and `closes_at` repeat it for queries.

    `change_number` is that of its last change; `vector` is little-endian float32 of the model `vector_model_id`.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_change_number", "change_number"),)

    job_id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    document: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    is_open: Mapped[bool] = mapped_column(Boolean)
    closes_at: Mapped[datetime | None]
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
    """A person's profile; `vector` is little-endian float32 of the model `vector_model_id`."""

    __tablename__ = "seekers"

    seeker_id: Mapped[str] = mapped_column(primary_key=True)
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


JOBS: Table = Base.metadata.tables["jobs"]
SEEKERS: Table = Base.metadata.tables["seekers"]
DELETED_JOBS: Table = Base.metadata.tables["deleted_jobs"]
COUNTERS: Table = Base.metadata.tables["counters"]

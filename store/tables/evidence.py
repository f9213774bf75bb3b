"""What was recommended to whom, from what, and what came of it: enough to replay an answer and to train on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class RecommendationRow(Base):
    """One answer: to which version of a profile, asked how, from what, and the jobs it named, best first.

    `answered_at` is the moment that the engine answered for; `answer_hash` is the SHA-256 of ids and exact scores.
    `profile_reference_hash`: see `store.evidence.profile_references`; null without a reference.
    """

    __tablename__ = "recommendations"
    __table_args__ = (
        Index("ix_recommendations_seeker_id_input_hash", "seeker_id", "input_hash"),
        Index("ix_recommendations_profile_reference_hash", "profile_reference_hash"),
        Index("ix_recommendations_answered_at", "answered_at"),
    )

    recommendation_id: Mapped[str] = mapped_column(primary_key=True)
    seeker_id: Mapped[str]
    input_hash: Mapped[str] = mapped_column(String(64))
    partner_id: Mapped[str | None]
    asked: Mapped[dict[str, Any]]
    answered_at: Mapped[datetime]
    bundle: Mapped[str]
    model_id: Mapped[str]
    reranker: Mapped[str]
    job_change_number: Mapped[int] = mapped_column(BigInteger)
    shown: Mapped[list[Any]]
    answer_hash: Mapped[str] = mapped_column(String(64))
    profile_reference_hash: Mapped[bytes | None] = mapped_column(LargeBinary)


class RecommendationInputRow(Base):
    """A version of a profile that was answered for, with the vector that its answers came from."""

    __tablename__ = "recommendation_inputs"

    seeker_id: Mapped[str] = mapped_column(primary_key=True)
    input_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    document: Mapped[dict[str, Any]]
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime]


class JobVersionRow(Base):
    """A job as one numbered change left it; `document` is null when it was deleted."""

    __tablename__ = "job_versions"
    __table_args__ = (Index("ix_job_versions_change_number", "change_number"),)

    job_id: Mapped[str] = mapped_column(primary_key=True)
    change_number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    vector_model_id: Mapped[str | None]
    changed_at: Mapped[datetime]


class EventRow(Base):
    """An impression, click, application or hire; `event_id` is the teller's own, told twice it counts once."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_seeker_id", "seeker_id"),
        Index("ix_events_job_id", "job_id"),
        Index("ix_events_occurred_at", "occurred_at"),
    )

    told_by: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    seeker_id: Mapped[str]
    job_id: Mapped[str]
    recommendation_id: Mapped[str | None]
    position: Mapped[int | None] = mapped_column(Integer)
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime]

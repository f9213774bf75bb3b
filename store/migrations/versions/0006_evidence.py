"""Answers with what they came from, events, and every version of a job."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_evidence"
down_revision = "0005_partners"


def upgrade() -> None:
    """Create the tables; what jobs are now is their first version."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "recommendations",
        sa.Column("recommendation_id", sa.String(), primary_key=True),
        sa.Column("seeker_id", sa.String(), nullable=False),
        sa.Column("input_hash", sa.String(64), nullable=False),
        sa.Column("partner_id", sa.String()),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("answered_at", moment, nullable=False),
        sa.Column("bundle", sa.String(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("reranker", sa.String(), nullable=False),
        sa.Column("job_change_number", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("answer_hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_recommendations_answered_at", "recommendations", ["answered_at"])
    op.create_index("ix_recommendations_seeker_id", "recommendations", ["seeker_id"])
    op.create_table(
        "recommendation_inputs",
        sa.Column("seeker_id", sa.String(), primary_key=True),
        sa.Column("input_hash", sa.String(64), primary_key=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
    )
    op.create_table(
        "job_versions",
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("change_number", sa.BigInteger(), primary_key=True),
        sa.Column("document", sa.JSON()),
        sa.Column("vector", sa.LargeBinary()),
        sa.Column("vector_model_id", sa.String()),
        sa.Column("changed_at", moment, nullable=False),
    )
    op.create_index("ix_job_versions_change_number", "job_versions", ["change_number"])
    op.create_table(
        "events",
        sa.Column("told_by", sa.String(), primary_key=True),
        sa.Column("event_id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("seeker_id", sa.String(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("recommendation_id", sa.String()),
        sa.Column("position", sa.Integer()),
        sa.Column("occurred_at", moment, nullable=False),
        sa.Column("received_at", moment, nullable=False),
    )
    op.create_index("ix_events_job_id", "events", ["job_id"])
    op.create_index("ix_events_occurred_at", "events", ["occurred_at"])
    op.create_index("ix_events_seeker_id", "events", ["seeker_id"])
    _first_versions()


def downgrade() -> None:
    """Drop them, with what they hold."""
    for table in (
        "events",
        "job_versions",
        "recommendation_inputs",
        "recommendations",
    ):
        op.drop_table(table)


def _first_versions() -> None:
    op.execute(
        "INSERT INTO job_versions (job_id, change_number, document, vector, vector_model_id, changed_at) "
        "SELECT job_id, change_number, document, vector, vector_model_id, updated_at FROM jobs"
    )
    op.execute(
        "INSERT INTO job_versions (job_id, change_number, changed_at) "
        "SELECT job_id, change_number, CURRENT_TIMESTAMP FROM deleted_jobs"
    )

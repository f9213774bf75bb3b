"""Repeated requests, counted attempts, cases, receipts, data keys and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_trust"
down_revision = "0006_evidence"


def upgrade() -> None:
    """Create the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", sa.String(), primary_key=True),
        sa.Column("idempotency_key", sa.String(), primary_key=True),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("location", sa.String()),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"])
    op.create_table(
        "attempts",
        sa.Column("subject", sa.String(), primary_key=True),
        sa.Column("period_start", moment, primary_key=True),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
    )
    op.create_index("ix_attempts_period_start", "attempts", ["period_start"])
    op.create_table(
        "cases",
        sa.Column("case_id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String()),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("assigned_to", sa.String()),
        sa.Column("decision", sa.String()),
        sa.Column("decision_reason", sa.String()),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("decided_at", moment),
    )
    op.create_index("ix_cases_state", "cases", ["state"])
    op.create_index("ix_cases_subject_id", "cases", ["subject_id"])
    op.create_table(
        "support_notes",
        sa.Column("note_id", sa.String(), primary_key=True),
        sa.Column("case_id", sa.String(), sa.ForeignKey("cases.case_id", ondelete="CASCADE"), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("noted_at", moment, nullable=False),
    )
    op.create_index("ix_support_notes_case_id", "support_notes", ["case_id"])
    op.create_table(
        "erasure_receipts",
        sa.Column("receipt_id", sa.String(), primary_key=True),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("erased_at", moment, nullable=False),
    )
    op.create_table(
        "data_keys",
        sa.Column("key_id", sa.String(), primary_key=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("master_key_id", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("retired_at", moment),
    )
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("happened_at", moment, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("entry_hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject"])


def downgrade() -> None:
    """Drop them, with what they hold."""
    for table in (
        "audit_entries",
        "data_keys",
        "erasure_receipts",
        "support_notes",
        "cases",
        "attempts",
        "idempotency_keys",
    ):
        op.drop_table(table)

"""Sessions have rows, so that each can be seen, ended and held to its lifetime; those that run go on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_sessions"
down_revision = "0013_taken_down_jobs"


def upgrade() -> None:
    """Create the table, a row for each family of refresh tokens; the number that ended all of them at once goes."""
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.String(), primary_key=True),
        sa.Column("account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_two_factor", sa.Boolean(), nullable=False),
        sa.Column("device_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.execute(
        "INSERT INTO sessions"
        " (session_id, account_id, begun_at, last_used_at, authenticated_at, is_two_factor, ended_at)"
        " SELECT family_id, account_id, MIN(issued_at), MAX(issued_at), MIN(issued_at), FALSE, MAX(revoked_at)"
        " FROM refresh_tokens GROUP BY family_id, account_id"
    )
    op.drop_column("accounts", "session_number")


def downgrade() -> None:
    """Drop the table; sessions that were ended one by one are ended by their refresh tokens still."""
    op.add_column("accounts", sa.Column("session_number", sa.Integer(), nullable=False, server_default="0"))
    op.drop_table("sessions")

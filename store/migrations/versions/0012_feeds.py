"""Sources of postings that keep coming: their runs, and what those saw."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_feeds"
down_revision = "0011_application_owners"


def upgrade() -> None:
    """Create the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "feeds",
        sa.Column("feed", sa.String(), primary_key=True),
        sa.Column("run_number", sa.Integer(), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("succeeded_at", moment),
        sa.Column("failures", sa.Integer(), nullable=False),
    )
    op.create_table(
        "feed_runs",
        sa.Column("feed", sa.String(), primary_key=True),
        sa.Column("run_number", sa.Integer(), primary_key=True),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("ended_at", moment),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
    )
    op.create_table(
        "feed_documents",
        sa.Column("feed", sa.String(), primary_key=True),
        sa.Column("address", sa.String(), primary_key=True),
        sa.Column("etag", sa.String()),
        sa.Column("last_modified", sa.String()),
        sa.Column("sitemap_modified", sa.String()),
        sa.Column("next_address", sa.String()),
        sa.Column("content_digest", sa.String(16)),
        sa.Column("reading_digest", sa.String(16), nullable=False),
        sa.Column("read_run", sa.Integer(), nullable=False),
        sa.Column("read_at", moment, nullable=False),
        sa.Column("is_unread", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "feed_postings",
        sa.Column("feed", sa.String(), primary_key=True),
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("seen_run", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("closed_run", sa.Integer()),
    )
    op.create_index("ix_feed_postings_feed_address", "feed_postings", ["feed", "address"])


def downgrade() -> None:
    """Drop them; the jobs that came by feeds stay."""
    for table in ("feed_postings", "feed_documents", "feed_runs", "feeds"):
        op.drop_table(table)

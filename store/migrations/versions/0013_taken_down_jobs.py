"""Imported jobs that moderators took down, which no import opens again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_taken_down_jobs"
down_revision = "0012_feeds"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "taken_down_jobs",
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("taken_down_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Drop it; the next import opens the jobs again."""
    op.drop_table("taken_down_jobs")

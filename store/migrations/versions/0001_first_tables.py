"""Jobs, seekers and placements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_first_tables"
down_revision = None


def upgrade() -> None:
    """Create the three tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "jobs",
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("closes_at", moment),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
    )
    op.create_table(
        "seekers",
        sa.Column("seeker_id", sa.String(), primary_key=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("vector", sa.LargeBinary()),
        sa.Column("vector_model_id", sa.String()),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
    )
    op.create_table(
        "placements",
        sa.Column("seeker_id", sa.String(), primary_key=True),
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("grade", sa.SmallInteger(), nullable=False),
        sa.Column("placed_at", moment, nullable=False),
    )
    op.create_index("ix_placements_job_id", "placements", ["job_id"])
    op.create_index("ix_placements_placed_at", "placements", ["placed_at"])


def downgrade() -> None:
    """Drop them, with what they hold."""
    for table in ("placements", "seekers", "jobs"):
        op.drop_table(table)

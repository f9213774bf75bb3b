"""People keep a CV file and tell of their career, and choose whether an application shows the file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020_careers"
down_revision = "0019_second_factors"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables; applications that are there show no file."""
    op.add_column("applications", sa.Column("with_cv", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "cv_files",
        sa.Column("seeker_id", sa.String(), primary_key=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
    )
    op.create_table(
        "cv_parts",
        sa.Column("seeker_id", sa.String(), primary_key=True),
        sa.Column("part_number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("part_sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "careers",
        sa.Column("seeker_id", sa.String(), primary_key=True),
        sa.Column("career_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Forget files and careers."""
    for table in ("careers", "cv_parts", "cv_files"):
        op.drop_table(table)
    op.drop_column("applications", "with_cv")

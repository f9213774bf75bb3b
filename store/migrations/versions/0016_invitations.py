"""How somebody fitted a job is kept with their application, and organisations may invite people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016_invitations"
down_revision = "0015_notices"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Applications that are there have no score: they come last where the best come first."""
    op.add_column("applications", sa.Column("score", sa.Double()))
    op.add_column("applications", sa.Column("match", sa.JSON(none_as_null=True)))
    op.create_table(
        "invitations",
        sa.Column("invitation_id", sa.String(), primary_key=True),
        sa.Column("seeker_id", sa.String(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column(
            "employer_id", sa.String(), sa.ForeignKey("employers.employer_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("words_sealed", sa.LargeBinary()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.UniqueConstraint("seeker_id", "job_id"),
    )
    op.create_index("ix_invitations_job_id", "invitations", ["job_id"])
    op.create_index("ix_invitations_employer_id_invited_at", "invitations", ["employer_id", "invited_at"])


def downgrade() -> None:
    """Forget invitations and scores."""
    op.drop_table("invitations")
    op.drop_column("applications", "match")
    op.drop_column("applications", "score")

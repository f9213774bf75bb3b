"""What people chose to be told of, and what waits to be told together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_notices"
down_revision = "0014_sessions"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "notice_choices",
        _account(),
        sa.Column("notice_group", sa.String(), primary_key=True),
        sa.Column("is_wanted", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", MOMENT, nullable=False),
    )
    op.create_table(
        "waiting_notices",
        _account(),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("about_id", sa.String(), primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("told_at", MOMENT),
    )
    op.create_index("ix_waiting_notices_due_at", "waiting_notices", ["due_at"])


def downgrade() -> None:
    """Drop them; everybody is told of everything again."""
    op.drop_table("waiting_notices")
    op.drop_table("notice_choices")


def _account() -> sa.Column[str]:
    return sa.Column(
        "account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True
    )

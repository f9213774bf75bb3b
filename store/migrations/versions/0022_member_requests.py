"""Nobody acts for an organisation before they have accepted that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022_member_requests"
down_revision = "0021_moderation"

TABLE, MOMENT = "member_requests", sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        TABLE,
        sa.Column("request_id", sa.String(), primary_key=True),
        _reference("employer_id", "employers.employer_id"),
        _reference("account_id", "accounts.account_id"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.UniqueConstraint("employer_id", "account_id"),
    )
    for column in ("account_id", "expires_at"):
        op.create_index(f"ix_{TABLE}_{column}", TABLE, [column])


def downgrade() -> None:
    """Drop it; who was asked has to be asked again."""
    op.drop_table(TABLE)


def _reference(name: str, to: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), sa.ForeignKey(to, ondelete="CASCADE"), nullable=False)

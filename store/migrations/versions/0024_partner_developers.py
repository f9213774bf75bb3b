"""People act for partners on the pages of developers; answers to partners are counted by their status."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024_partner_developers"
down_revision = "0023_programmes"

DEVELOPERS, ANSWERS = "partner_developers", "partner_answers"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        DEVELOPERS,
        sa.Column("account_id", sa.String(), _reference("accounts.account_id"), primary_key=True),
        sa.Column("partner_id", sa.String(), _reference("partners.partner_id"), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(f"ix_{DEVELOPERS}_partner_id", DEVELOPERS, ["partner_id"])
    op.create_table(
        ANSWERS,
        sa.Column("partner_id", sa.String(), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("status_class", sa.Integer(), primary_key=True),
        sa.Column("answer_count", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (ANSWERS, DEVELOPERS):
        op.drop_table(table)


def _reference(to: str) -> sa.ForeignKey:
    return sa.ForeignKey(to, ondelete="CASCADE")

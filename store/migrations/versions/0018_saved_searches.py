"""Searches that people keep, and the jobs that alerts told them of; every job that is open now is new to nobody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018_saved_searches"
down_revision = "0017_partner_lists"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "saved_searches",
        sa.Column("search_id", sa.String(), primary_key=True),
        _account(),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("alert", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_index("ix_saved_searches_account_id", "saved_searches", ["account_id"])
    op.create_index("ix_saved_searches_due_at", "saved_searches", ["due_at"])
    op.create_table(
        "told_jobs",
        _account(primary_key=True),
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("search_id", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("bundle", sa.String(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
    )
    op.create_table(
        "opened_jobs",
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("opened_at", MOMENT, nullable=False),
    )
    op.create_index("ix_opened_jobs_opened_at", "opened_jobs", ["opened_at"])
    op.execute("INSERT INTO opened_jobs (job_id, opened_at) SELECT job_id, created_at FROM jobs WHERE is_open")


def downgrade() -> None:
    """Drop them; saved searches are lost."""
    for table in ("opened_jobs", "told_jobs", "saved_searches"):
        op.drop_table(table)


def _account(*, primary_key: bool = False) -> sa.Column[str]:
    account = sa.ForeignKey("accounts.account_id", ondelete="CASCADE")
    return sa.Column("account_id", sa.String(), account, primary_key=primary_key, nullable=False)

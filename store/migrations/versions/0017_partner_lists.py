"""What partners list of their own in the order of its changes, and open jobs by their end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017_partner_lists"
down_revision = "0016_invitations"

LISTS = (("postings", "job_id"), ("seekers", "seeker_id"))
HAS_END = sa.text("is_open AND closes_at IS NOT NULL")


def upgrade() -> None:
    """Lists are by partner, time and id; what has ended is looked for every minute."""
    for table, key in LISTS:
        op.drop_index(f"ix_{table}_partner_id", table_name=table)
        op.create_index(f"ix_{table}_partner_id_updated_at", table, ["partner_id", "updated_at", key])
    op.create_index("ix_jobs_open_closes_at", "jobs", ["closes_at"], sqlite_where=HAS_END, postgresql_where=HAS_END)


def downgrade() -> None:
    """As before."""
    op.drop_index("ix_jobs_open_closes_at", table_name="jobs")
    for table, _ in LISTS:
        op.drop_index(f"ix_{table}_partner_id_updated_at", table_name=table)
        op.create_index(f"ix_{table}_partner_id", table, ["partner_id"])

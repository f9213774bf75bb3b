"""Receipts of erasures that are not finished yet, when accounts were last used, and acts by who did them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_erasures"
down_revision = "0008_audit_is_append_only"

NEW_COLUMNS = ("state", "checked", "pending_sealed", "completed_at")


def upgrade() -> None:
    """Receipts that are there already are of the database alone, and are complete."""
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("erasure_receipts") as receipts:
        receipts.add_column(sa.Column("state", sa.String()))
        receipts.add_column(sa.Column("checked", sa.JSON()))
        receipts.add_column(sa.Column("pending_sealed", sa.LargeBinary()))
        receipts.add_column(sa.Column("completed_at", moment))
    known = sa.table("erasure_receipts", sa.column("state"), sa.column("checked", sa.JSON()))
    op.execute(sa.update(known).values(state="complete", checked={}))
    with op.batch_alter_table("erasure_receipts") as receipts:
        receipts.alter_column("state", existing_type=sa.String(), nullable=False)
        receipts.alter_column("checked", existing_type=sa.JSON(), nullable=False)
        receipts.create_index("ix_erasure_receipts_state", ["state"])
    op.create_table(
        "account_activity",
        sa.Column(
            "account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("last_active_at", moment, nullable=False),
        sa.Column("noticed_at", moment),
    )
    op.create_index("ix_account_activity_last_active_at", "account_activity", ["last_active_at"])
    op.create_index("ix_audit_entries_actor", "audit_entries", ["actor"])


def downgrade() -> None:
    """Forget what was still to be erased elsewhere, and when accounts were used."""
    op.drop_index("ix_audit_entries_actor", "audit_entries")
    op.drop_table("account_activity")
    with op.batch_alter_table("erasure_receipts") as receipts:
        receipts.drop_index("ix_erasure_receipts_state")
        for column in NEW_COLUMNS:
            receipts.drop_column(column)

"""Numbers that people log in by, messages to phones, and by what way somebody wants which notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025_phones"
down_revision = "0024_partner_developers"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables; notices go by the way that there is until somebody chooses one."""
    op.add_column("notice_choices", sa.Column("way", sa.String()))
    op.create_table(
        "account_phones",
        _account(),
        *_number(),
        sa.Column("confirmed_at", MOMENT, nullable=False),
    )
    op.create_table(
        "stopped_phones",
        sa.Column("stop_id", sa.String(), primary_key=True),
        *_number(),
        sa.Column("stopped_at", MOMENT, nullable=False),
    )
    op.create_index("ix_stopped_phones_stopped_at", "stopped_phones", ["stopped_at"])
    op.create_table(
        "outgoing_messages",
        sa.Column("message_id", sa.String(), primary_key=True),
        sa.Column("message_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_index("ix_outgoing_messages_next_attempt_at", "outgoing_messages", ["next_attempt_at"])
    op.create_table(
        "incoming_messages",
        sa.Column("message_hash", sa.String(64), primary_key=True),
        sa.Column("received_at", MOMENT, nullable=False),
    )
    op.create_index("ix_incoming_messages_received_at", "incoming_messages", ["received_at"])
    op.create_table(
        "numbered_jobs",
        _account(),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Drop them; who had no address but a number cannot log in."""
    for table in ("numbered_jobs", "incoming_messages", "outgoing_messages", "stopped_phones", "account_phones"):
        op.drop_table(table)
    op.drop_column("notice_choices", "way")


def _account() -> sa.Column[str]:
    return sa.Column(
        "account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True
    )


def _number() -> tuple[sa.Column[bytes], sa.Column[bytes]]:
    return (
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(32), nullable=False, unique=True),
    )

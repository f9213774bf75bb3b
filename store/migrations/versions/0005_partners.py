"""Partner apps, their keys, usage and webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_partners"
down_revision = "0004_hiring"


def upgrade() -> None:
    """Create the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "partners",
        sa.Column("partner_id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary()),
        sa.Column("requests_per_day", sa.Integer(), nullable=False),
        sa.Column("requests_per_minute", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
    )
    op.create_table(
        "api_keys",
        sa.Column("key_id", sa.String(), primary_key=True),
        sa.Column("partner_id", sa.String(), sa.ForeignKey("partners.partner_id", ondelete="CASCADE"), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("expires_at", moment),
        sa.Column("revoked_at", moment),
    )
    op.create_index("ix_api_keys_partner_id", "api_keys", ["partner_id"])
    op.create_table(
        "partner_usage",
        sa.Column("partner_id", sa.String(), primary_key=True),
        sa.Column("period", sa.String(16), primary_key=True),
        sa.Column("request_count", sa.Integer(), nullable=False),
    )
    op.create_table(
        "webhooks",
        sa.Column("webhook_id", sa.String(), primary_key=True),
        sa.Column("partner_id", sa.String(), sa.ForeignKey("partners.partner_id", ondelete="CASCADE"), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_index("ix_webhooks_partner_id", "webhooks", ["partner_id"])
    op.create_table(
        "webhook_deliveries",
        sa.Column("delivery_id", sa.String(), primary_key=True),
        sa.Column("webhook_id", sa.String(), sa.ForeignKey("webhooks.webhook_id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", moment, nullable=False),
        sa.Column("last_status", sa.Integer()),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_index("ix_webhook_deliveries_state_next_attempt_at", "webhook_deliveries", ["state", "next_attempt_at"])
    op.create_index("ix_webhook_deliveries_webhook_id", "webhook_deliveries", ["webhook_id"])


def downgrade() -> None:
    """Drop them, with what they hold."""
    for table in (
        "webhook_deliveries",
        "webhooks",
        "partner_usage",
        "api_keys",
        "partners",
    ):
        op.drop_table(table)

"""Accounts with roles, sessions and consents; whose user a stored person is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_people"
down_revision = "0002_job_changes"


def upgrade() -> None:
    """Create the tables; people that are stored already are nobody's users, and nobody finds them."""
    with op.batch_alter_table("seekers") as seekers:
        seekers.add_column(sa.Column("partner_id", sa.String()))
        seekers.add_column(sa.Column("is_findable", sa.Boolean()))
        seekers.add_column(sa.Column("may_train", sa.Boolean()))
    people = sa.table("seekers", sa.column("is_findable", sa.Boolean()), sa.column("may_train", sa.Boolean()))
    op.execute(sa.update(people).values(is_findable=False, may_train=True))
    with op.batch_alter_table("seekers") as seekers:
        for column in ("is_findable", "may_train"):
            seekers.alter_column(column, existing_type=sa.Boolean(), nullable=False)
        seekers.create_index("ix_seekers_partner_id", ["partner_id"])
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.String(), primary_key=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("email_index", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("name_sealed", sa.LargeBinary()),
        sa.Column("phone_sealed", sa.LargeBinary()),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("session_number", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
    )
    op.create_table(
        "account_roles",
        sa.Column(
            "account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("role", sa.String(), primary_key=True),
        sa.Column("granted_at", moment, nullable=False),
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("family_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), nullable=False),
        sa.Column("issued_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_at", moment),
        sa.Column("revoked_at", moment),
    )
    op.create_index("ix_refresh_tokens_account_id", "refresh_tokens", ["account_id"])
    op.create_index("ix_refresh_tokens_family_id", "refresh_tokens", ["family_id"])
    op.create_table(
        "seeker_accounts",
        sa.Column(
            "account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("seeker_id", sa.String(), nullable=False, unique=True),
        sa.Column("national_id_sealed", sa.LargeBinary()),
        sa.Column("national_id_index", sa.LargeBinary(32), unique=True),
        sa.Column("income_sealed", sa.LargeBinary()),
        sa.Column("poverty_class_sealed", sa.LargeBinary()),
        sa.Column("updated_at", moment, nullable=False),
    )
    op.create_table(
        "consents",
        sa.Column("consent_id", sa.String(), primary_key=True),
        sa.Column("account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
    )
    op.create_index("ix_consents_account_id_purpose", "consents", ["account_id", "purpose"])
    op.create_table(
        "confirmations",
        sa.Column("confirmation_id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("wanted_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("attempts_left", sa.Integer(), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
    )
    op.create_index("ix_confirmations_expires_at", "confirmations", ["expires_at"])
    op.create_table(
        "outgoing_mails",
        sa.Column("mail_id", sa.String(), primary_key=True),
        sa.Column("mail_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
    )
    op.create_index("ix_outgoing_mails_next_attempt_at", "outgoing_mails", ["next_attempt_at"])


def downgrade() -> None:
    """Drop them, with what they hold; the people stay."""
    for table in (
        "outgoing_mails",
        "confirmations",
        "consents",
        "seeker_accounts",
        "refresh_tokens",
        "account_roles",
        "accounts",
    ):
        op.drop_table(table)
    with op.batch_alter_table("seekers") as seekers:
        seekers.drop_index("ix_seekers_partner_id")
        for column in ("may_train", "is_findable", "partner_id"):
            seekers.drop_column(column)

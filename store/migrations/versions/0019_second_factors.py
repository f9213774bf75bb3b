"""Second factors: codes of an app, recovery codes and passkeys, and the challenges that they answer."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019_second_factors"
down_revision = "0018_saved_searches"

TABLES = ("totp_factors", "recovery_codes", "passkeys", "challenges")


def _account(**options: Any) -> sa.Column[str]:
    return sa.Column("account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), **options)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "totp_factors",
        _account(primary_key=True),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        _moment("made_at"),
        _moment("confirmed_at", nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
    )
    op.create_table(
        "recovery_codes",
        _account(primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        _moment("made_at"),
        _moment("used_at", nullable=True),
    )
    op.create_table(
        "passkeys",
        sa.Column("passkey_id", sa.String(), primary_key=True),
        _account(nullable=False),
        sa.Column("credential_id", sa.String(1400), nullable=False, unique=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("signature_count", sa.BigInteger(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        _moment("added_at"),
        _moment("last_used_at", nullable=True),
    )
    op.create_index("ix_passkeys_account_id", "passkeys", ["account_id"])
    op.create_table(
        "challenges",
        sa.Column("challenge_id", sa.String(), primary_key=True),
        sa.Column("purpose", sa.String(), nullable=False),
        _account(nullable=True),
        sa.Column("random", sa.String(64), nullable=False),
        sa.Column("attempts_left", sa.Integer(), nullable=False),
        _moment("expires_at"),
    )
    op.create_index("ix_challenges_expires_at", "challenges", ["expires_at"])
    op.create_index("ix_challenges_account_id", "challenges", ["account_id"])


def downgrade() -> None:
    """Drop them: everybody logs in by their password alone."""
    for table in TABLES:
        op.drop_table(table)

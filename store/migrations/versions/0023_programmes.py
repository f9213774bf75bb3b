"""Programmes, their rules and officers, who asked for them, and what is private of people for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023_programmes"
down_revision = "0022_member_requests"

PRIVATE = ("poverty_class_date_sealed", "household_size_sealed", "birth_date_sealed", "region_sealed")


def upgrade() -> None:
    """Create the tables and columns."""
    moment = sa.DateTime(timezone=True)
    for column in PRIVATE:
        op.add_column("seeker_accounts", sa.Column(column, sa.LargeBinary()))
    op.create_table(
        "programmes",
        sa.Column("programme_id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("appeal_to", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(10)),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
    )
    op.create_table(
        "programme_officers",
        sa.Column("programme_id", sa.String(), _programme(), primary_key=True),
        sa.Column("account_id", sa.String(), _account(), primary_key=True),
        sa.Column("added_at", moment, nullable=False),
    )
    op.create_index("ix_programme_officers_account_id", "programme_officers", ["account_id"])
    op.create_table(
        "programme_versions",
        sa.Column("programme_id", sa.String(), _programme(), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("in_force_from", sa.String(10), nullable=False),
        sa.Column("published_at", moment, nullable=False),
    )
    op.create_table(
        "screenings",
        sa.Column("screening_id", sa.String(), primary_key=True),
        sa.Column("programme_id", sa.String(), _programme(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), _account(), nullable=False),
        sa.Column("shares_contact", sa.Boolean(), nullable=False),
        sa.Column("judgement_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("decisions_sealed", sa.LargeBinary()),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("holds_until", sa.String(10), nullable=False),
        sa.Column("expiry_told_at", moment),
    )
    op.create_index("ix_screenings_account_id", "screenings", ["account_id"])
    op.create_index("ix_screenings_holds_until", "screenings", ["holds_until"])
    op.create_index("ix_screenings_programme_id_account_id", "screenings", ["programme_id", "account_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("screenings", "programme_versions", "programme_officers", "programmes"):
        op.drop_table(table)
    for column in PRIVATE:
        op.drop_column("seeker_accounts", column)


def _programme() -> sa.ForeignKey:
    return sa.ForeignKey("programmes.programme_id", ondelete="CASCADE")


def _account() -> sa.ForeignKey:
    return sa.ForeignKey("accounts.account_id", ondelete="CASCADE")

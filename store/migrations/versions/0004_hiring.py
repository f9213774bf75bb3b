"""Organisations, their postings, applications, messages, saved and dismissed jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_hiring"
down_revision = "0003_people"


def upgrade() -> None:
    """Create the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "employers",
        sa.Column("employer_id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("website", sa.String()),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("tax_id_sealed", sa.LargeBinary()),
        sa.Column("tax_id_index", sa.LargeBinary(32), unique=True),
        sa.Column("contact_sealed", sa.LargeBinary()),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
    )
    op.create_table(
        "employer_members",
        sa.Column(
            "employer_id", sa.String(), sa.ForeignKey("employers.employer_id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("added_at", moment, nullable=False),
    )
    op.create_index("ix_employer_members_account_id", "employer_members", ["account_id"])
    op.create_table(
        "postings",
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("employer_id", sa.String(), sa.ForeignKey("employers.employer_id")),
        sa.Column("partner_id", sa.String()),
        sa.Column("is_wanted_open", sa.Boolean(), nullable=False),
        sa.Column("moderation", sa.String(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
    )
    op.create_index("ix_postings_employer_id", "postings", ["employer_id"])
    op.create_index("ix_postings_moderation", "postings", ["moderation"])
    op.create_index("ix_postings_partner_id", "postings", ["partner_id"])
    op.create_table(
        "applications",
        sa.Column("application_id", sa.String(), primary_key=True),
        sa.Column("seeker_id", sa.String(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("employer_id", sa.String()),
        sa.Column("recommendation_id", sa.String()),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("applied_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.UniqueConstraint("seeker_id", "job_id"),
    )
    op.create_index("ix_applications_employer_id", "applications", ["employer_id"])
    op.create_index("ix_applications_job_id", "applications", ["job_id"])
    op.create_table(
        "application_steps",
        sa.Column("step_id", sa.String(), primary_key=True),
        sa.Column(
            "application_id",
            sa.String(),
            sa.ForeignKey("applications.application_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("taken_at", moment, nullable=False),
    )
    op.create_index("ix_application_steps_application_id", "application_steps", ["application_id"])
    op.create_table(
        "messages",
        sa.Column("message_id", sa.String(), primary_key=True),
        sa.Column(
            "application_id",
            sa.String(),
            sa.ForeignKey("applications.application_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("read_at", moment),
    )
    op.create_index("ix_messages_application_id", "messages", ["application_id"])
    op.create_table(
        "message_templates",
        sa.Column("template_id", sa.String(), primary_key=True),
        sa.Column(
            "employer_id", sa.String(), sa.ForeignKey("employers.employer_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.UniqueConstraint("employer_id", "name"),
    )
    op.create_table(
        "saved_jobs",
        sa.Column("seeker_id", sa.String(), primary_key=True),
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("saved_at", moment, nullable=False),
    )
    op.create_table(
        "dismissals",
        sa.Column("seeker_id", sa.String(), primary_key=True),
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary()),
        sa.Column("dismissed_at", moment, nullable=False),
    )


def downgrade() -> None:
    """Drop them, with what they hold."""
    for table in (
        "dismissals",
        "saved_jobs",
        "message_templates",
        "messages",
        "application_steps",
        "applications",
        "postings",
        "employer_members",
        "employers",
    ):
        op.drop_table(table)

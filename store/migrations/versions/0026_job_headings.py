"""Titles and employers of jobs as they are looked for, in an index of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.moderation.plain_words import folded

revision = "0026_job_headings"
down_revision = "0025_phones"

BATCH_ROWS, MOST_HEADING = 1_000, 600
JOBS = sa.table("jobs", sa.column("job_id"), sa.column("document", sa.JSON()), sa.column("heading"))


def upgrade() -> None:
    """Add the column, fill it, and make its index."""
    op.add_column("jobs", sa.Column("heading", sa.String(), nullable=False, server_default=""))
    _fill()
    op.create_index("ix_jobs_heading", "jobs", ["job_id", "heading"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_jobs_heading", "jobs")
    op.drop_column("jobs", "heading")


def _fill() -> None:
    bind, after = op.get_bind(), ""
    title, employer = JOBS.c.document["title"].as_string(), JOBS.c.document["employer"].as_string()
    query = sa.select(JOBS.c.job_id, title.label("title"), employer.label("employer")).order_by(JOBS.c.job_id)
    fill = sa.update(JOBS).where(JOBS.c.job_id == sa.bindparam("at")).values(heading=sa.bindparam("told"))
    while rows := bind.execute(query.where(JOBS.c.job_id > after).limit(BATCH_ROWS)).all():
        after = rows[-1].job_id
        bind.execute(fill, [{"at": row.job_id, "told": _heading(row.title, row.employer)} for row in rows])


def _heading(title: str | None, employer: str | None) -> str:
    return " ".join(folded(word) for text in (title, employer) if text for word in text.split())[:MOST_HEADING]

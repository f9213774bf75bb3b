"""Numbered changes of jobs, tombstones of deleted ones, and vectors beside jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_job_changes"
down_revision = "0001_first_tables"


def upgrade() -> None:
    """Number the jobs that are there in the order of their ids, and count on from the last."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("change_number", sa.BigInteger()))
        jobs.add_column(sa.Column("vector", sa.LargeBinary()))
        jobs.add_column(sa.Column("vector_model_id", sa.String()))
    _number_jobs()
    # No default: a writer that forgets the number must fail, as readers would never see what it wrote.
    with op.batch_alter_table("jobs") as jobs:
        jobs.alter_column("change_number", existing_type=sa.BigInteger(), nullable=False)
        jobs.create_index("ix_jobs_change_number", ["change_number"])
    op.create_table(
        "deleted_jobs",
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("change_number", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_deleted_jobs_change_number", "deleted_jobs", ["change_number"])
    op.create_table(
        "counters",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
    )
    op.execute("INSERT INTO counters (name, value) SELECT 'job_changes', count(*) FROM jobs")


def downgrade() -> None:
    """Drop the numbers, the tombstones and the jobs' vectors; the jobs stay."""
    for table in ("counters", "deleted_jobs"):
        op.drop_table(table)
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_index("ix_jobs_change_number")
        for column in ("vector_model_id", "vector", "change_number"):
            jobs.drop_column(column)


def _number_jobs() -> None:
    jobs = sa.table("jobs", sa.column("job_id", sa.String()), sa.column("change_number", sa.BigInteger()))
    in_order = sa.func.row_number().over(order_by=jobs.c.job_id).label("place")
    numbered = sa.select(jobs.c.job_id, in_order).subquery()
    op.execute(sa.update(jobs).values(change_number=numbered.c.place).where(jobs.c.job_id == numbered.c.job_id))

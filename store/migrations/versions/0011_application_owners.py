"""Applications hold whose they are, and the id of a job that was deleted is nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0011_application_owners"
down_revision = "0010_profile_references"

MOMENT = sa.DateTime(timezone=True)
POSTINGS = sa.table(
    "postings",
    *(sa.column(name) for name in ("job_id", "employer_id", "partner_id", "moderation")),
    *(sa.column(name, sa.Boolean()) for name in ("is_wanted_open",)),
    *(sa.column(name, MOMENT) for name in ("created_at", "updated_at")),
)
APPLICATIONS = sa.table(
    "applications", *(sa.column(name) for name in ("application_id", "job_id", "employer_id", "partner_id"))
)
STEPS = sa.table("application_steps", sa.column("application_id"), sa.column("taken_at", MOMENT))
JOBS = sa.table("jobs", sa.column("job_id"))
JOB_VERSIONS = sa.table("job_versions", sa.column("job_id"), sa.column("document", sa.JSON()))
CASES = sa.table("cases", sa.column("kind"), sa.column("subject_id"))


def upgrade() -> None:
    """Applications that are there are of whoever has the job, unless they are older than that owner's posting."""
    op.add_column("applications", sa.Column("partner_id", sa.String()))
    op.create_index("ix_applications_partner_id", "applications", ["partner_id"])
    _fill_partners()
    _reserve_deleted_ids()


def downgrade() -> None:
    """Forget which partner applications are of; ids that were deleted stay their owners'."""
    op.drop_index("ix_applications_partner_id", "applications")
    # No batch: SQLite would make the table anew, and steps and messages go with the one that is dropped.
    op.drop_column("applications", "partner_id")


def _fill_partners() -> None:
    """A deleted id was anybody's: what somebody applied for before the present posting was another partner's job."""
    is_of_job = POSTINGS.c.job_id == APPLICATIONS.c.job_id
    is_older = (STEPS.c.application_id == APPLICATIONS.c.application_id) & (STEPS.c.taken_at < POSTINGS.c.created_at)
    older_step = sa.exists().where(is_older).correlate(APPLICATIONS, POSTINGS)
    partner = sa.select(POSTINGS.c.partner_id).where(is_of_job, ~older_step)
    op.execute(
        sa.update(APPLICATIONS)
        .values(partner_id=partner.correlate(APPLICATIONS).scalar_subquery())
        .where(APPLICATIONS.c.employer_id.is_(None))
    )


def _reserve_deleted_ids() -> None:
    """Nobody gets the id of a deleted job for which people applied, or which they saved, dismissed or reported.

    Whose it was is not known any more. Ids of imports begin with their source's name and are its own.
    """
    people = [APPLICATIONS, *(sa.table(name, sa.column("job_id")) for name in ("saved_jobs", "dismissals"))]
    named = [sa.select(table.c.job_id) for table in people]
    named.append(sa.select(CASES.c.subject_id).where(CASES.c.kind.in_(["posting", "report"])))
    hanging = sa.union(*named).subquery("hanging")
    source = JOB_VERSIONS.c.document["source"].as_string()
    query = sa.select(JOB_VERSIONS.c.job_id, source.label("source")).distinct()
    query = query.where(JOB_VERSIONS.c.job_id.in_(sa.select(hanging.c.job_id)))
    for table in (JOBS, POSTINGS):
        query = query.where(~sa.exists().where(table.c.job_id == JOB_VERSIONS.c.job_id))
    rows = op.get_bind().execute(query).all()
    imported = {row.job_id for row in rows if row.job_id.startswith(f"{row.source}:")}
    now = datetime.now(UTC)
    nobodys = {"is_wanted_open": False, "moderation": "approved", "created_at": now, "updated_at": now}
    taken = [{"job_id": job_id, **nobodys} for job_id in sorted({row.job_id for row in rows} - imported)]
    if taken:
        op.bulk_insert(POSTINGS, taken)

"""Which taken-down jobs of an owner another job of theirs says again: an id is no way around a moderator."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from engine.documents.jobs import job_from_document
from engine.jobs import Job
from engine.moderation.same_ads import says_the_same
from store.hiring.postings import POSTINGS
from store.hiring.standing import Owner
from store.hiring.taken_down import TAKEN_DOWN
from store.matching.job_changes import JOB_VERSIONS

MOST_COMPARED = 100  # the newest of an owner


def taken_down_like(connection: Connection, job: Job, owner: Owner) -> list[str]:
    """The ids of the owner's jobs that are taken down and said the same, as they were then; deleted ones too."""
    is_of_owner = (POSTINGS.c.employer_id.is_not_distinct_from(owner.employer_id)) & (
        POSTINGS.c.partner_id.is_not_distinct_from(owner.partner_id)
    )
    joined = TAKEN_DOWN.join(POSTINGS, POSTINGS.c.job_id == TAKEN_DOWN.c.job_id)
    query = select(TAKEN_DOWN.c.job_id).select_from(joined).where(is_of_owner, TAKEN_DOWN.c.job_id != job.job_id)
    newest = query.order_by(TAKEN_DOWN.c.taken_down_at.desc()).limit(MOST_COMPARED)
    job_ids = connection.execute(newest).scalars().all()
    if not job_ids:
        return []
    return [one.job_id for one in _as_taken_down(connection, job_ids) if says_the_same(job, one)]


def _as_taken_down(connection: Connection, job_ids: Sequence[str]) -> list[Job]:
    """Jobs as they were when they were taken down."""
    versions = JOB_VERSIONS.c
    joined = JOB_VERSIONS.join(TAKEN_DOWN, TAKEN_DOWN.c.job_id == versions.job_id)
    was_there = versions.document.is_not(None) & (versions.changed_at <= TAKEN_DOWN.c.taken_down_at)
    last = select(versions.job_id, func.max(versions.change_number).label("number")).select_from(joined)
    last_of = last.where(versions.job_id.in_(job_ids), was_there).group_by(versions.job_id).subquery()
    is_last = (versions.job_id == last_of.c.job_id) & (versions.change_number == last_of.c.number)
    query = select(versions.job_id, versions.document).select_from(JOB_VERSIONS.join(last_of, is_last))
    return [job_from_document(row.document, row.job_id) for row in connection.execute(query)]

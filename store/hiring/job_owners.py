"""Whose the id of a job is: the one rule that whoever writes or reads a job, or what hangs on it, goes by.

An id is of who used it first: an employer, a partner, or the source of an import. It is theirs for good, whether the
job is open, hidden, closed or deleted; that of an organisation which was erased is nobody's, and nobody gets it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from engine.errors import ConflictError, NotFoundError
from store.hiring.standing import Owner
from store.matching.job_changes import JOB_VERSIONS
from store.tables import JOBS, Base

OWN_ID = "choose an id of your own, such as one with your name before it"
POSTINGS = Base.metadata.tables["postings"]


def owners_of(connection: Connection, job_ids: Iterable[str]) -> dict[str, Owner]:
    """The owners of jobs by id, without ids that nobody ever used; `Owner()` is nobody.

    A writer takes the lock of job changes before it asks, so that what it is told still holds when it writes.
    """
    wanted = set(job_ids)
    posted = select(POSTINGS.c.job_id, POSTINGS.c.employer_id, POSTINGS.c.partner_id)
    found = {
        row.job_id: Owner(row.employer_id, row.partner_id)
        for row in connection.execute(posted.where(POSTINGS.c.job_id.in_(wanted)))
    }
    imported = select(JOBS.c.job_id, JOBS.c.source).where(JOBS.c.job_id.in_(wanted - found.keys()))
    found |= {row.job_id: Owner(source=row.source) for row in connection.execute(imported)}
    return found | _deleted_imports(connection, wanted - found.keys())


def is_owner(connection: Connection, job_id: str, owner: Owner) -> bool:
    """Whether the id of a job is of this owner."""
    return owners_of(connection, [job_id]).get(job_id) == owner


def require_owner(connection: Connection, job_id: str, owner: Owner) -> None:
    """Raises NotFoundError for a job of somebody else, as for one that is not there."""
    if not is_owner(connection, job_id, owner):
        raise NotFoundError("no such job", got=repr(job_id[:80]), field="job_id")


def require_own_or_free(connection: Connection, job_id: str, owner: Owner) -> None:
    """Raises ConflictError for an id that is of somebody else."""
    if owners_of(connection, [job_id]).get(job_id, owner) != owner:
        raise taken(job_id)


def taken(job_id: str, fix: str = OWN_ID) -> ConflictError:
    """What whoever puts a job under the id of somebody else's is told; not whose it is."""
    return ConflictError(
        "the id is taken",
        expected="an id that no other partner, employer or import has used",
        got=repr(job_id[:80]),
        fix=fix,
        field="job_id",
    )


def _deleted_imports(connection: Connection, job_ids: Collection[str]) -> dict[str, Owner]:
    """The sources of imported jobs that are gone, whose ids begin with the name of their source."""
    source = JOB_VERSIONS.c.document["source"].as_string().label("source")
    query = select(JOB_VERSIONS.c.job_id, source).distinct().where(JOB_VERSIONS.c.job_id.in_(job_ids))
    rows = connection.execute(query).all()
    return {row.job_id: Owner(source=row.source) for row in rows if row.job_id.startswith(f"{row.source}:")}

"""Which jobs a caller may read, and which are a partner's own."""

from __future__ import annotations

from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.hiring.seen_states import seen_job
from api.http.problems import ProblemError, ProblemKind
from engine.errors import NotFoundError
from engine.jobs import Job
from store.hiring.job_owners import is_owner
from store.hiring.standing import Owner
from store.matching.row_reads import job_of
from store.people.accounts import Role


def readable_job(connection: Connection, job_id: str, caller: Caller) -> Job:
    """A job that the caller may read; raises NotFoundError."""
    is_own = caller.partner is not None and is_owner(connection, job_id, Owner(partner_id=caller.of_partner))
    sees_all = is_own or caller.has(Role.ADMINISTRATOR)
    job = job_of(connection, job_id) if sees_all else seen_job(connection, job_id)
    if job is None:
        raise NotFoundError("no such job", got=repr(job_id), field="job_id")
    return job


def require_own_job(connection: Connection, job_id: str, caller: Caller) -> None:
    """Raises the 403 problem for a job of somebody else that the partner can read, NotFoundError for any other."""
    if not is_owner(connection, job_id, Owner(partner_id=caller.of_partner)):
        readable_job(connection, job_id, caller)
        detail = "the job is of somebody else: you may read it, and only its owner changes it"
        raise ProblemError(ProblemKind.FORBIDDEN, detail)

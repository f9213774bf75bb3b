"""Applying by a message: only where one applies by Chamba, and as if the person had done it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.hiring.matches import judged_match
from api.hiring.seen_states import seen_job
from api.http.problems import ProblemError
from api.seekers.schemas import ApplicationRequest
from api.seekers.service.applying import applied
from api.services.services import Services
from api.texting.writing import apply_text, employer_of, said, title_of
from engine.errors import ConflictError, NotFoundError
from engine.jobs import Job
from store.hiring.applications import Stage, find_application
from store.matching.row_reads import read_seeker
from store.people.accounts import Account
from store.people.consents import ConsentPurpose, agreed_purposes
from store.people.phones import numbered_jobs
from store.people.seeker_accounts import seeker_of


@dataclass(frozen=True, slots=True)
class Applying:
    """What somebody wants to apply for; `match`: how they fit it."""

    job_id: str
    match: Mapping[str, Any] | None


def judged(account: Account, number: int, services: Services) -> Applying | None:
    """The job that a number stands for, and how the person fits it, before the transaction; None for no such number."""
    job_id = services.read(partial(numbered_jobs, account_id=account.account_id)).get(number)
    if job_id is None:
        return None
    try:
        seeker_id = services.read(partial(seeker_of, account_id=account.account_id))
    except NotFoundError:
        return Applying(job_id, None)
    return Applying(job_id, judged_match(job_id, seeker_id, services))


def open_job_of(connection: Connection, job_id: str, now: datetime) -> Job | None:
    """A job that people see and may apply for; None for one that is closed, held or gone."""
    job = seen_job(connection, job_id)
    return job if job is not None and job.is_open_at(now) else None


def applied_by_message(connection: Connection, account: Account, applying: Applying, services: Services) -> str:
    """Apply, or do not: what happened, in words."""
    locale, job = account.locale, open_job_of(connection, applying.job_id, services.now())
    if job is None:
        named = seen_job(connection, applying.job_id)
        return said("closed", locale, job=title_of(named, locale) if named is not None else "?")
    if not job.takes_applications:
        return said("not_here", locale, apply=apply_text(job, locale))
    missing, seeker_id = _missing(connection, account)
    if missing is not None or seeker_id is None:
        return said(missing or "no_profile", locale)
    known = find_application(connection, seeker_id, applying.job_id)
    if known is not None and known.stage is not Stage.WITHDRAWN:
        return said("applied_before", locale, job=title_of(job, locale))
    body = ApplicationRequest(job_id=applying.job_id)
    try:
        with connection.begin_nested():
            applied(connection, services, Caller(account), seeker_id, body, applying.match)
    except (ConflictError, NotFoundError):
        return said("closed", locale, job=title_of(job, locale))
    except ProblemError:
        return said("failed", locale)
    return said("applied", locale, job=title_of(job, locale), employer=employer_of(job, locale))


def _missing(connection: Connection, account: Account) -> tuple[str | None, str | None]:
    """What keeps somebody from applying, None for nothing, and their id as a seeker."""
    try:
        seeker_id = seeker_of(connection, account.account_id)
        read_seeker(connection, seeker_id)
    except NotFoundError:
        return "no_profile", None
    agreed = agreed_purposes(connection, account.account_id)
    return (None if ConsentPurpose.MATCHING in agreed else "no_consent"), seeker_id

"""Organisations of somebody who is erased: one that nobody else acts for is closed and forgotten, with its jobs.

The ads stay, closed and nobody's: they were public, other people applied for them, and answers to others named them.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, delete, func, select, update

from store.hiring.applications import APPLICATIONS
from store.hiring.employers import EMPLOYERS, MEMBERS
from store.hiring.messages import TEMPLATES
from store.hiring.owner_changes import set_open
from store.hiring.postings import POSTINGS
from store.hiring.standing import Owner, owners_of_account
from store.matching.job_changes import lock_job_changes
from store.people.erasure.cases import erase_organisation_cases
from store.tables import JOBS


def lock_jobs_of_organisations(connection: Connection, account_id: str) -> list[Owner]:
    """The organisations that somebody acts for; where there is one, the lock of those who change jobs is taken."""
    organisations = owners_of_account(connection, account_id)
    if organisations:
        lock_job_changes(connection)
    return organisations


def close_organisations(connection: Connection, account_id: str) -> Counter[str]:
    """Close and forget the organisations that nobody but this account acts for; rows by kind."""
    removed: Counter[str] = Counter()
    of_account = select(MEMBERS.c.employer_id).where(MEMBERS.c.account_id == account_id)
    locked = select(EMPLOYERS.c.employer_id).where(EMPLOYERS.c.employer_id.in_(of_account))
    # Locked, so that nobody is made a member of an organisation that is being closed.
    employer_ids = connection.execute(locked.order_by(EMPLOYERS.c.employer_id).with_for_update()).scalars().all()
    for employer_id in employer_ids:
        others = select(func.count()).where(MEMBERS.c.employer_id == employer_id, MEMBERS.c.account_id != account_id)
        if connection.execute(others).scalar_one() == 0:
            removed += _close(connection, employer_id)
    return removed


def _close(connection: Connection, employer_id: str) -> Counter[str]:
    removed: Counter[str] = Counter()
    removed["jobs_closed"] = _close_jobs(connection, employer_id)
    nobodys = {"employer_id": None, "is_wanted_open": False}
    connection.execute(update(POSTINGS).where(POSTINGS.c.employer_id == employer_id).values(nobodys))
    connection.execute(update(APPLICATIONS).where(APPLICATIONS.c.employer_id == employer_id).values(employer_id=None))
    removed["cases"] = erase_organisation_cases(connection, employer_id)
    templates = delete(TEMPLATES).where(TEMPLATES.c.employer_id == employer_id)
    removed["message_templates"] = connection.execute(templates).rowcount
    connection.execute(delete(EMPLOYERS).where(EMPLOYERS.c.employer_id == employer_id))
    removed["employers"] = 1
    return removed


def _close_jobs(connection: Connection, employer_id: str) -> int:
    """Close the organisation's open jobs; how many these were."""
    of_employer = select(POSTINGS.c.job_id).where(POSTINGS.c.employer_id == employer_id)
    open_ones = select(JOBS.c.job_id).where(JOBS.c.job_id.in_(of_employer), JOBS.c.is_open)
    return set_open(connection, open_ones, is_open=False)

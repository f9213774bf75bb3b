"""Changes of whether an owner may act, each together with its jobs: hidden at once, and back with their owner.

A job that its owner closed meanwhile, that waits for a moderator or was rejected, stays as it is. Whoever changes the
status or a role of an account, of an organisation or a partner, or who acts for an organisation, does it by these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, or_, select, update

from store.hiring.employers import EmployerStatus, add_member, remove_member, set_employer_status
from store.hiring.postings import POSTINGS, Moderation
from store.hiring.standing import Owner, may_act, owner_may_act, owners_of_account
from store.matching.job_changes import lock_job_changes, put_numbered_jobs
from store.matching.rows import opened_or_closed
from store.partners import partners
from store.people import accounts
from store.people.accounts import AccountStatus, Role
from store.tables import JOBS
from store.upserts import batches


@dataclass(frozen=True, slots=True)
class JobsFollowed:
    """How many jobs were hidden with their owner and how many are shown again."""

    hidden: int = 0
    shown: int = 0

    def detail(self) -> dict[str, int]:
        """For the audit log."""
        return {"jobs_hidden": self.hidden, "jobs_shown": self.shown}


def change_account_status(
    connection: Connection, account_id: str, status: AccountStatus, now: datetime
) -> JobsFollowed:
    """Suspend or restore an account: jobs follow of organisations that nobody else acts for. Raises NotFoundError."""
    lock_job_changes(connection)
    accounts.set_status(connection, account_id, status, now)
    return jobs_follow(connection, owners_of_account(connection, account_id))


def give_role(connection: Connection, account_id: str, role: Role, now: datetime) -> JobsFollowed:
    """Give an account a role; nothing when it has it."""
    lock_job_changes(connection)
    accounts.grant_role(connection, account_id, role, now)
    return jobs_follow(connection, owners_of_account(connection, account_id))


def take_role(connection: Connection, account_id: str, role: Role) -> JobsFollowed | None:
    """Take a role away; None when the account does not have it."""
    lock_job_changes(connection)
    if not accounts.revoke_role(connection, account_id, role):
        return None
    return jobs_follow(connection, owners_of_account(connection, account_id))


def change_employer_status(
    connection: Connection, employer_id: str, status: EmployerStatus, now: datetime
) -> JobsFollowed:
    """Verify, suspend or restore an organisation; raises NotFoundError."""
    lock_job_changes(connection)
    set_employer_status(connection, employer_id, status, now)
    return jobs_follow(connection, [Owner(employer_id)])


def change_partner_status(
    connection: Connection, partner_id: str, status: partners.PartnerStatus, now: datetime
) -> JobsFollowed:
    """Suspend or restore a partner; raises NotFoundError."""
    lock_job_changes(connection)
    partners.set_status(connection, partner_id, status, now)
    return jobs_follow(connection, [Owner(partner_id=partner_id)], now)


def join_organisation(connection: Connection, employer_id: str, account_id: str, now: datetime) -> JobsFollowed:
    """Have an account act for an organisation; nothing when it does already."""
    lock_job_changes(connection)
    add_member(connection, employer_id, account_id, now)
    return jobs_follow(connection, [Owner(employer_id)])


def leave_organisation(connection: Connection, employer_id: str, account_id: str) -> JobsFollowed:
    """Have an account act for an organisation no more; whether it may leave is for the caller to see."""
    lock_job_changes(connection)
    remove_member(connection, employer_id, account_id)
    return jobs_follow(connection, [Owner(employer_id)])


def jobs_follow(connection: Connection, owners: Iterable[Owner], now: datetime | None = None) -> JobsFollowed:
    """Hide the jobs of owners who may not act, show what others want open, nobody objects to and has not ended.

    The caller took the lock of job changes before it changed anything, so that what is posted or re-opened meanwhile
    is either seen here, or sees what was changed.
    """
    hidden = shown = 0
    for owner in owners:
        of_owner = select(JOBS.c.job_id).join(POSTINGS, POSTINGS.c.job_id == JOBS.c.job_id).where(_is_of(owner))
        if may_act(connection, owner):
            is_wanted = POSTINGS.c.is_wanted_open & (POSTINGS.c.moderation == Moderation.APPROVED)
            if now is not None:
                is_wanted &= or_(JOBS.c.closes_at.is_(None), JOBS.c.closes_at > now)
            shown += set_open(connection, of_owner.where(is_wanted, ~JOBS.c.is_open), is_open=True)
        else:
            hidden += set_open(connection, of_owner.where(JOBS.c.is_open), is_open=False)
    return JobsFollowed(hidden, shown)


def hide_jobs_of_idle_owners(connection: Connection) -> int:
    """Hide every open job whose owner may not act, as those of a time before jobs followed; how many."""
    idle = select(JOBS.c.job_id).join(POSTINGS, POSTINGS.c.job_id == JOBS.c.job_id)
    idle = idle.where(JOBS.c.is_open, ~owner_may_act(POSTINGS.c.employer_id, POSTINGS.c.partner_id))
    if connection.execute(idle.limit(1)).first() is None:
        return 0
    lock_job_changes(connection)
    return set_open(connection, idle, is_open=False)


def close_ended(connection: Connection, now: datetime) -> int:
    """Close every job of a partner whose time is over, so that it is told; how many."""
    ended = select(JOBS.c.job_id).join(POSTINGS, POSTINGS.c.job_id == JOBS.c.job_id)
    ended = ended.where(JOBS.c.is_open, JOBS.c.closes_at <= now, POSTINGS.c.partner_id.is_not(None))
    if connection.execute(ended.limit(1)).first() is None:
        return 0
    lock_job_changes(connection)
    job_ids = connection.execute(ended).scalars().all()
    for batch in batches(job_ids):
        connection.execute(update(POSTINGS).where(POSTINGS.c.job_id.in_(batch)).values(updated_at=now))
    return set_open(connection, ended, is_open=False, now=now)


def set_open(connection: Connection, job_ids: Select[tuple[str]], *, is_open: bool, now: datetime | None = None) -> int:
    """Open or close the jobs of a query, as changes with numbers; how many there are."""
    count = 0
    for batch in batches(connection.execute(job_ids.order_by(JOBS.c.job_id)).scalars().all()):
        rows = connection.execute(select(JOBS).where(JOBS.c.job_id.in_(batch)))
        changed = {row.job_id: opened_or_closed(row.job_id, row._asdict(), is_open=is_open) for row in rows}
        put_numbered_jobs(connection, changed, now)
        count += len(changed)
    return count


def _is_of(owner: Owner) -> ColumnElement[bool]:
    if owner.employer_id is not None:
        return POSTINGS.c.employer_id == owner.employer_id
    return POSTINGS.c.partner_id == owner.partner_id

"""Who acts for an organisation: asked, and only once they accept; leaving, and being taken out by who was there before.

Whether an account was asked is told to itself alone: whoever asks learns nothing about which addresses have one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from engine.errors import ConflictError, NotFoundError
from store.hiring.applications import APPLICATIONS, Stage
from store.hiring.employers import EMPLOYERS, MEMBERS, is_member, require_room_for_another
from store.hiring.owner_changes import JobsFollowed, join_organisation, leave_organisation
from store.hiring.postings import POSTINGS
from store.ids import new_id
from store.matching.job_changes import lock_job_changes
from store.tables.hiring import MemberRequestRow

REQUESTS: Table = MemberRequestRow.metadata.tables["member_requests"]
HOLDS = timedelta(days=14)
ENDED = (Stage.HIRED, Stage.DECLINED, Stage.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class MemberRequest:
    """An organisation that asks an account to act for it."""

    request_id: str
    employer_id: str
    account_id: str
    asked_at: datetime
    expires_at: datetime


def ask_to_act(connection: Connection, employer_id: str, account_id: str, now: datetime) -> bool:
    """Ask an account to act for an organisation; False for one that does, or that is asked already."""
    lock_job_changes(connection)
    if is_member(connection, employer_id, account_id):
        return False
    at_row = (REQUESTS.c.employer_id == employer_id) & (REQUESTS.c.account_id == account_id)
    was_asked = connection.execute(select(REQUESTS.c.expires_at).where(at_row)).scalar()
    times = {"asked_at": now, "expires_at": now + HOLDS}
    if was_asked is not None:
        connection.execute(update(REQUESTS).where(at_row).values(**times))
        return bool(was_asked <= now)
    row = {"request_id": new_id(), "employer_id": employer_id, "account_id": account_id, **times}
    connection.execute(insert(REQUESTS).values(**row))
    return True


def requests_to(connection: Connection, account_id: str, now: datetime) -> list[MemberRequest]:
    """What an account is asked, the newest last."""
    query = select(REQUESTS).where(REQUESTS.c.account_id == account_id, REQUESTS.c.expires_at > now)
    return [MemberRequest(*row) for row in connection.execute(query.order_by(REQUESTS.c.request_id))]


def get_request(connection: Connection, request_id: str, account_id: str, now: datetime) -> MemberRequest:
    """A request to an account; raises NotFoundError for another's and for one that is over."""
    for request in requests_to(connection, account_id, now):
        if request.request_id == request_id:
            return request
    raise NotFoundError("no such request", got=repr(request_id[:80]), field="request_id")


def accept(connection: Connection, request: MemberRequest, now: datetime) -> JobsFollowed:
    """Act for the organisation from now on; raises ConflictError for who acts for as many as one may."""
    lock_job_changes(connection)
    forget(connection, request)
    require_room_for_another(connection, request.account_id)
    return join_organisation(connection, request.employer_id, request.account_id, now)


def forget(connection: Connection, request: MemberRequest) -> None:
    """Take a request away, accepted or declined; raises NotFoundError where another was faster."""
    at_row = REQUESTS.c.request_id == request.request_id
    if connection.execute(delete(REQUESTS).where(at_row)).rowcount == 0:
        raise NotFoundError("no such request", got=repr(request.request_id), field="request_id")


def members(connection: Connection, employer_id: str) -> Sequence[tuple[str, datetime]]:
    """The accounts that act for an organisation and since when, who was there first the first."""
    query = select(MEMBERS.c.account_id, MEMBERS.c.added_at).where(MEMBERS.c.employer_id == employer_id)
    rows = connection.execute(query.order_by(MEMBERS.c.added_at, MEMBERS.c.account_id))
    return [(row.account_id, row.added_at) for row in rows]


def take_out(connection: Connection, employer_id: str, account_id: str, by: str) -> JobsFollowed:
    """Have an account act for an organisation no more, taken out `by` another member or by itself.

    Raises NotFoundError for one that does not, and ConflictError for one that was there before whoever takes it out,
    and for the last one while jobs are open or somebody waits for an answer.
    """
    lock_job_changes(connection)
    # Locked, so that of two who leave at once one sees that it is the last.
    connection.execute(select(EMPLOYERS.c.employer_id).where(EMPLOYERS.c.employer_id == employer_id).with_for_update())
    there = [one for one, _ in members(connection, employer_id)]
    if account_id not in there:
        raise NotFoundError("nobody with that id acts for the organisation", got=repr(account_id), field="account_id")
    if there.index(account_id) < there.index(by):
        raise ConflictError(
            "who has acted for an organisation for longer is not taken out by who came later",
            fix="ask them to leave, or whoever runs Chamba",
            field="account_id",
        )
    if there == [account_id] and _is_needed(connection, employer_id):
        raise ConflictError(
            "nobody else acts for the organisation, and it has open jobs or applications without an answer",
            fix="close its jobs and answer who applied, or have a colleague act for it first",
            field="account_id",
        )
    return leave_organisation(connection, employer_id, account_id)


def _is_needed(connection: Connection, employer_id: str) -> bool:
    """Whether somebody has to be there for it: for its open jobs, or for those who wait for an answer."""
    opened = select(func.count()).where(POSTINGS.c.employer_id == employer_id, POSTINGS.c.is_wanted_open)
    waiting = select(func.count()).where(APPLICATIONS.c.employer_id == employer_id, APPLICATIONS.c.stage.not_in(ENDED))
    return any(connection.execute(count).scalar_one() for count in (opened, waiting))

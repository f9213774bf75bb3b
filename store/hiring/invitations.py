"""Invitations of people who agreed to be found, once a person and job: waiting, then accepted, declined or ended.

A person sees one while they may be found, the job is shown and its owner may act. Who invited learns whether it was
accepted or not, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, exists, func, insert, select, update

from engine.errors import ConflictError, NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.hiring.applications import APPLICATIONS, Stage
from store.hiring.employers import EMPLOYERS
from store.hiring.postings import POSTINGS, Moderation
from store.hiring.saved_jobs import DISMISSALS, DismissalReason
from store.hiring.standing import owner_may_act
from store.ids import new_id
from store.people.accounts import ACCOUNTS, AccountStatus
from store.people.seeker_accounts import SEEKER_ACCOUNTS
from store.tables import JOBS, SEEKERS
from store.tables.hiring import InvitationRow

INVITATIONS: Table = InvitationRow.metadata.tables["invitations"]
WORDS = "invitations.words_sealed"
DAY = timedelta(days=1)


class InvitationState(StrEnum):
    """What became of an invitation; `ended`: the person may be found no more, so nobody can answer it."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation without its words."""

    invitation_id: str
    seeker_id: str
    job_id: str
    employer_id: str
    state: InvitationState
    reason: DismissalReason | None
    invited_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """Who is invited to which job by whom, with some words."""

    seeker_id: str
    job_id: str
    employer_id: str
    words: str | None = None


def invited_since(connection: Connection, employer_id: str, now: datetime) -> list[datetime]:
    """When an organisation invited in the day before `now`, the first first; others that would invite wait for this."""
    connection.execute(select(EMPLOYERS.c.employer_id).where(EMPLOYERS.c.employer_id == employer_id).with_for_update())
    is_recent = (INVITATIONS.c.employer_id == employer_id) & (INVITATIONS.c.invited_at > now - DAY)
    query = select(INVITATIONS.c.invited_at).where(is_recent).order_by(INVITATIONS.c.invited_at)
    return list(connection.execute(query).scalars())


def invite(connection: Connection, cipher: FieldCipher, new: NewInvitation, now: datetime) -> Invitation:
    """A new invitation, waiting.

    Raises:
        NotFoundError: nobody with an account of that id may be found for the job: they did not agree, or it is not
            for them.
        ConflictError: they were invited to the job before, or applied for it.
    """
    if not _may_be_invited(connection, new):
        raise NotFoundError("nobody of that id may be found for this job", got=repr(new.seeker_id), field="seeker_id")
    _require_first(connection, new)
    invitation_id = new_id()
    connection.execute(
        insert(INVITATIONS).values(
            invitation_id=invitation_id,
            seeker_id=new.seeker_id,
            job_id=new.job_id,
            employer_id=new.employer_id,
            words_sealed=None if new.words is None else cipher.seal(WORDS, invitation_id, new.words),
            state=InvitationState.WAITING,
            invited_at=now,
        )
    )
    return _get(connection, INVITATIONS.c.invitation_id == invitation_id)


def shown_invitation(connection: Connection, invitation_id: str, seeker_id: str) -> Invitation:
    """An invitation that a person sees; raises NotFoundError for any other."""
    return _get(connection, (INVITATIONS.c.invitation_id == invitation_id) & _is_shown(seeker_id))


def list_shown_invitations(
    connection: Connection, seeker_id: str, *, state: InvitationState | None, after: str | None, limit: int
) -> list[Invitation]:
    """What a person sees, the newest first; `after`: the id of the last one seen."""
    return _listed(connection, [_is_shown(seeker_id), *_at(state)], after, limit)


def list_sent_invitations(
    connection: Connection, employer_id: str, job_id: str, *, after: str | None, limit: int
) -> list[Invitation]:
    """An organisation's invitations to a job, the newest first."""
    of_job = (INVITATIONS.c.employer_id == employer_id) & (INVITATIONS.c.job_id == job_id)
    return _listed(connection, [of_job], after, limit)


def invited_pairs(
    connection: Connection, job_ids: Collection[str], seeker_ids: Collection[str]
) -> set[tuple[str, str]]:
    """Which of some people were invited to which of some jobs: ids of both."""
    among = INVITATIONS.c.job_id.in_(job_ids) & INVITATIONS.c.seeker_id.in_(seeker_ids)
    rows = connection.execute(select(INVITATIONS.c.seeker_id, INVITATIONS.c.job_id).where(among))
    return {(row.seeker_id, row.job_id) for row in rows}


def invitations_to(connection: Connection, job_id: str, seeker_ids: Collection[str]) -> Mapping[str, Invitation]:
    """The invitations to a job by whom they were for."""
    of_job = (INVITATIONS.c.job_id == job_id) & INVITATIONS.c.seeker_id.in_(seeker_ids)
    return {row.seeker_id: _invitation(row) for row in connection.execute(select(INVITATIONS).where(of_job))}


def words_of_invitations(
    connection: Connection, cipher: FieldCipher, invitation_ids: Collection[str]
) -> Mapping[str, str]:
    """What was written with invitations, by id, in the clear."""
    query = select(INVITATIONS.c.invitation_id, INVITATIONS.c.words_sealed)
    query = query.where(INVITATIONS.c.invitation_id.in_(invitation_ids), INVITATIONS.c.words_sealed.is_not(None))
    return {row.invitation_id: cipher.open(WORDS, *row) for row in connection.execute(query)}


def decline_invitation(
    connection: Connection, invitation: Invitation, reason: DismissalReason | None, now: datetime
) -> Invitation:
    """Say no; raises ConflictError for an invitation that was answered."""
    is_this = INVITATIONS.c.invitation_id == invitation.invitation_id
    if not _answer(connection, is_this, InvitationState.DECLINED, now, reason):
        raise ConflictError("the invitation was answered before", field="invitation_id")
    return _get(connection, is_this)


def accept_invitations(connection: Connection, seeker_id: str, job_id: str, now: datetime) -> int:
    """Note that a person has applied for a job, if they were invited to it and had not answered; how many."""
    of_pair = (INVITATIONS.c.seeker_id == seeker_id) & (INVITATIONS.c.job_id == job_id)
    return _answer(connection, of_pair, InvitationState.ACCEPTED, now)


def end_invitations_of_account(connection: Connection, account_id: str, now: datetime) -> int:
    """End what waits for somebody who may be found no more; nothing for others. How many ended."""
    of_account = select(SEEKER_ACCOUNTS.c.seeker_id).where(SEEKER_ACCOUNTS.c.account_id == account_id)
    is_findable = exists().where(SEEKERS.c.seeker_id == INVITATIONS.c.seeker_id, SEEKERS.c.is_findable)
    theirs = INVITATIONS.c.seeker_id.in_(of_account) & ~is_findable
    return _answer(connection, theirs, InvitationState.ENDED, now)


def _answer(
    connection: Connection,
    of_some: ColumnElement[bool],
    state: InvitationState,
    now: datetime,
    reason: DismissalReason | None = None,
) -> int:
    waiting = update(INVITATIONS).where(of_some, INVITATIONS.c.state == InvitationState.WAITING)
    return connection.execute(waiting.values(state=state, reason=reason, answered_at=now)).rowcount


def _may_be_invited(connection: Connection, new: NewInvitation) -> bool:
    """Whether somebody with an account agreed to be found, may act, and has not said that the job is not for them."""
    is_dismissed = exists().where(DISMISSALS.c.seeker_id == SEEKERS.c.seeker_id, DISMISSALS.c.job_id == new.job_id)
    query = (
        select(SEEKERS.c.seeker_id)
        .join(SEEKER_ACCOUNTS, SEEKER_ACCOUNTS.c.seeker_id == SEEKERS.c.seeker_id)
        .join(ACCOUNTS, ACCOUNTS.c.account_id == SEEKER_ACCOUNTS.c.account_id)
        .where(SEEKERS.c.seeker_id == new.seeker_id, SEEKERS.c.is_findable, ~is_dismissed)
        .where(ACCOUNTS.c.status == AccountStatus.ACTIVE)
    )
    return connection.execute(query).scalar() is not None


def _require_first(connection: Connection, new: NewInvitation) -> None:
    def of_pair(table: Table) -> ColumnElement[bool]:
        return (table.c.seeker_id == new.seeker_id) & (table.c.job_id == new.job_id)

    invited = select(func.count()).select_from(INVITATIONS).where(of_pair(INVITATIONS))
    if connection.execute(invited).scalar_one():
        raise ConflictError("the person was invited to this job before", field="seeker_id")
    applied = select(func.count()).select_from(APPLICATIONS)
    applied = applied.where(of_pair(APPLICATIONS), APPLICATIONS.c.stage != Stage.WITHDRAWN)
    if connection.execute(applied).scalar_one():
        raise ConflictError("the person has applied for this job", field="seeker_id")


def _is_shown(seeker_id: str) -> ColumnElement[bool]:
    is_findable = exists().where(SEEKERS.c.seeker_id == INVITATIONS.c.seeker_id, SEEKERS.c.is_findable)
    is_posted = exists().where(
        POSTINGS.c.job_id == INVITATIONS.c.job_id,
        POSTINGS.c.employer_id == INVITATIONS.c.employer_id,
        POSTINGS.c.moderation == Moderation.APPROVED,
        owner_may_act(POSTINGS.c.employer_id, POSTINGS.c.partner_id),
    )
    is_there = exists().where(JOBS.c.job_id == INVITATIONS.c.job_id)
    is_theirs = (INVITATIONS.c.seeker_id == seeker_id) & (INVITATIONS.c.state != InvitationState.ENDED)
    return is_theirs & is_findable & is_posted & is_there


def _at(state: InvitationState | None) -> list[ColumnElement[bool]]:
    return [] if state is None else [INVITATIONS.c.state == state]


def _listed(
    connection: Connection, conditions: list[ColumnElement[bool]], after: str | None, limit: int
) -> list[Invitation]:
    query = select(INVITATIONS).where(*conditions).order_by(INVITATIONS.c.invitation_id.desc()).limit(limit)
    if after is not None:
        query = query.where(INVITATIONS.c.invitation_id < after)
    return [_invitation(row) for row in connection.execute(query)]


def _get(connection: Connection, is_it: ColumnElement[bool]) -> Invitation:
    row = connection.execute(select(INVITATIONS).where(is_it)).one_or_none()
    if row is None:
        raise NotFoundError("no such invitation", field="invitation_id")
    return _invitation(row)


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        row.invitation_id,
        row.seeker_id,
        row.job_id,
        row.employer_id,
        InvitationState(row.state),
        None if row.reason is None else DismissalReason(row.reason),
        row.invited_at,
        row.answered_at,
    )

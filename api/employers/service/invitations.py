"""Inviting people to apply: who may, how many a day, and what the organisation learns of the answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.limiting import told_wait
from api.credentials.callers import Caller
from api.employers.people_schemas import InvitationDocument, InvitationRequest
from api.employers.service.ownership import own_employer, own_posting
from api.hiring.applications import open_job
from api.hiring.notices import tell_invited
from api.hiring.schemas import InvitationStateName
from api.http.problems import ProblemError, ProblemKind
from api.services.services import Services
from engine.errors import ConflictError, InvalidInputError, Message
from engine.jobs import Job
from engine.moderation.fraud.signs import with_signs
from engine.offer_signs import blocking_kinds
from store.audit import AuditAction
from store.hiring.employers import EmployerStatus
from store.hiring.invitations import DAY, Invitation, InvitationState, NewInvitation, invite, invited_since

MOST_A_DAY = 20


def invited(
    connection: Connection, employer_id: str, job_id: str, body: InvitationRequest, caller: Caller, services: Services
) -> InvitationDocument:
    """A new invitation, of which the person is told; to the audit log last.

    Raises NotFoundError for another's job and for whoever may not be found, ConflictError for a job that is not shown
    or somebody who was invited or applied, InvalidInputError for words that show fraud, ProblemError past the quota.
    """
    now = services.now()
    posting = own_posting(connection, employer_id, job_id, caller)
    if own_employer(connection, employer_id, caller).status is not EmployerStatus.VERIFIED:
        raise ConflictError("only an organisation that was verified invites people", field="employer_id")
    if not posting.is_shown:
        raise ConflictError("people are invited to jobs that are shown", field="job_id")
    job = open_job(connection, job_id, now)
    _require_honest(body.text, job)
    _require_quota(invited_since(connection, employer_id, now), now)
    new = NewInvitation(body.seeker_id, job_id, employer_id, body.text)
    invitation = invite(connection, services.cipher, new, now)
    tell_invited(connection, services, invitation)
    detail = {"job_id": job_id, "employer_id": employer_id}
    subject = f"invitation:{invitation.invitation_id}"
    audit(connection, caller, AuditAction.INVITATION_SENT, subject, services, detail)
    return invitation_document(invitation)


def invitation_document(invitation: Invitation) -> InvitationDocument:
    """An invitation as the organisation sees it: waiting, accepted or not, whatever the reason."""
    return InvitationDocument(
        invitation_id=invitation.invitation_id,
        job_id=invitation.job_id,
        seeker_id=invitation.seeker_id,
        state=state_as_told(invitation.state),
        invited_at=invitation.invited_at.isoformat(),
    )


def state_as_told(state: InvitationState) -> InvitationStateName:
    """What an organisation learns: one that ended with the person's consent looks like one that they declined."""
    if state is InvitationState.WAITING:
        return "waiting"
    return "accepted" if state is InvitationState.ACCEPTED else "declined"


def _require_honest(text: str | None, job: Job) -> None:
    kinds = blocking_kinds(with_signs(Job(job.job_id, job.title, text or "", employer=job.employer)).signs)
    if text and kinds:
        raise InvalidInputError(
            "the words of an invitation show signs of fraud", expected="none", got=", ".join(kinds), field="text"
        )


def _require_quota(recent: list[datetime], now: datetime) -> None:
    if len(recent) < MOST_A_DAY:
        return
    seconds = max(1, int((recent[-MOST_A_DAY] + DAY - now).total_seconds()))
    detail = Message("at most {most} invitations a day; try again in {wait}", most=MOST_A_DAY, wait=told_wait(seconds))
    raise ProblemError(ProblemKind.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(seconds)})

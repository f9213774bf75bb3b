"""What is answered where an owner may not act: to its own people, and to those who would write to it."""

from __future__ import annotations

from sqlalchemy import Connection

from api.http.problems import ProblemError, ProblemKind
from engine.errors import ConflictError, Message
from store.hiring.applications import Application
from store.hiring.postings import Posting
from store.hiring.standing import Owner, may_act

APPEAL = "/v1/auth/appeal"
ACCOUNT_SUSPENDED = "the account is suspended; ask for a review at /v1/auth/appeal"
PARTNER_SUSPENDED = "the partner is suspended; ask whoever runs Chamba for a review"
ORGANISATION_SUSPENDED = (
    "the organisation is suspended: it cannot post, read applications or write; ask for another look at "
    "/v1/employers/{employer_id}/appeal"
)
TAKES_NO_APPLICATIONS = (
    "this job takes no applications for now: whoever posted it cannot act on Chamba; "
    "look for other jobs, or come back later"
)
READS_NO_MESSAGES = "whoever posted this job cannot read messages for now; write again later"


def account_suspended() -> ProblemError:
    """The 403 problem of a suspended account."""
    return ProblemError(ProblemKind.FORBIDDEN, ACCOUNT_SUSPENDED, {"at": APPEAL})


def require_partner_may_act(connection: Connection, partner_id: str) -> None:
    """Raises the 403 problem for a suspended partner."""
    if not may_act(connection, Owner(partner_id=partner_id)):
        raise ProblemError(ProblemKind.FORBIDDEN, PARTNER_SUSPENDED)


def require_organisation_may_act(connection: Connection, employer_id: str) -> None:
    """Raises the 403 problem for a suspended organisation."""
    if not may_act(connection, Owner(employer_id)):
        raise ProblemError(ProblemKind.FORBIDDEN, Message(ORGANISATION_SUSPENDED, employer_id=employer_id))


def require_takes_applications(posting: Posting) -> None:
    """Raises ConflictError for a job whose owner may not act."""
    if not posting.owner_may_act:
        raise ConflictError(TAKES_NO_APPLICATIONS, field="job_id")


def require_reads_messages(connection: Connection, application: Application) -> None:
    """Raises ConflictError where nobody would read a message about an application."""
    if not may_act(connection, application.owner):
        raise ConflictError(READS_NO_MESSAGES, field="job_id")

"""What people are told of hiring: of applications, messages, postings, organisations and cases, each as it happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from api.delivering.notices import post_for
from api.services.services import Services
from engine.errors import NotFoundError
from engine.explain import Locale
from engine.facts import facts
from store.hiring.application_lists import living_applications
from store.hiring.applications import Application, StepTaker
from store.hiring.employers import EmployerStatus, get_employer
from store.hiring.invitations import Invitation
from store.hiring.postings import Posting
from store.matching.row_reads import job_of
from store.notices.posting import Post, members_of, post_notice, post_to_members
from store.notices.waiting import GatheredKind, wait_to_tell
from store.notices.writing import Notice
from store.people.accounts import STAFF, Role, read_contact
from store.people.cases import ABOUT_JOBS, Case, CaseKind, Decision
from store.people.seeker_accounts import account_of_seeker

LIMA = ZoneInfo("America/Lima")
ANSWER_WORKING_DAYS: int = facts("peru")["answers"]["working_days"]
# Cases that somebody opened for themselves, and is told of.
OWN_CASES = frozenset(CaseKind) - {CaseKind.POSTING, CaseKind.IMPORT, CaseKind.EMPLOYER}
# What the people of an organisation are told of their own, whoever of them appealed.
TOLD_TO_MEMBERS = (
    (CaseKind.ORGANISATION_APPEAL, Decision.ORGANISATION_RESTORED),
    (CaseKind.JOB_APPEAL, Decision.JOB_SHOWN),
)


def tell_applied(connection: Connection, services: Services, application: Application) -> None:
    """The person gets a receipt, those who act for the organisation a mail, at most one an hour."""
    post = post_for(connection, services)
    _tell_person(post, application, "application_received")
    if application.owner.employer_id is not None:
        for account_id in members_of(connection, application.owner.employer_id):
            employer_id = application.owner.employer_id
            wait_to_tell(connection, account_id, GatheredKind.NEW_APPLICATIONS, employer_id, application.applied_at)


def tell_invited(connection: Connection, services: Services, invitation: Invitation) -> None:
    """The person gets which job they are invited to and by whom; not what was written."""
    account_id = account_of_seeker(connection, invitation.seeker_id)
    if account_id is not None:
        said, ids = _job_said(connection, invitation.job_id), {"invitation_id": invitation.invitation_id}
        post_notice(post_for(connection, services), account_id, Notice("invited", said, ids=ids))


def tell_stepped(
    connection: Connection, services: Services, application: Application, reason: str | None, *, has_message: bool
) -> None:
    """The person gets the step with its reason, and that there is a message; not its words."""
    facts = {"with_message": "" if has_message else None}
    _tell_person(post_for(connection, services), application, f"step_{application.stage}", reason, facts)


def tell_withdrawn(connection: Connection, services: Services, application: Application, reason: str | None) -> None:
    """The person gets a receipt, those who act for the organisation that somebody withdrew and why."""
    post = post_for(connection, services)
    _tell_person(post, application, "application_withdrawn")
    employer_id = application.owner.employer_id
    if employer_id is not None:
        said = _job_said(connection, application.job_id) | {"employer": _name(connection, employer_id)}
        ids = {"employer_id": employer_id, "application_id": application.application_id}
        post_to_members(post, employer_id, Notice("applicant_withdrew", said | {"reason": reason}, ids=ids))


def tell_message(connection: Connection, services: Services, application: Application, sent_by: StepTaker) -> None:
    """The other side gets a mail that there is a message, not its words; at most one an hour."""
    about, now = application.application_id, services.now()
    if sent_by is StepTaker.EMPLOYER:
        account_id = account_of_seeker(connection, application.seeker_id)
        if account_id is not None:
            wait_to_tell(connection, account_id, GatheredKind.MESSAGES_TO_SEEKER, about, now)
    elif application.owner.employer_id is not None:
        for account_id in members_of(connection, application.owner.employer_id):
            wait_to_tell(connection, account_id, GatheredKind.MESSAGES_TO_EMPLOYER, about, now)


def tell_waiting(connection: Connection, posting: Posting) -> None:
    """Those who act for an organisation get a mail that ads wait for a moderator; at most one an hour."""
    employer_id = posting.employer_id
    for account_id in [] if employer_id is None else members_of(connection, employer_id):
        wait_to_tell(connection, account_id, GatheredKind.WAITING_JOBS, employer_id or "", posting.updated_at)


def tell_shown(connection: Connection, employer_id: str, since: datetime) -> None:
    """Those who act for an organisation get which of its ads are shown `since` it is verified; at most one an hour."""
    for account_id in members_of(connection, employer_id):
        wait_to_tell(connection, account_id, GatheredKind.SHOWN_JOBS, employer_id, since)


def tell_joined(connection: Connection, services: Services, employer_id: str, joined: str) -> None:
    """Those who act for an organisation get that somebody new does, and what they are called."""
    notice = organisation_notice(connection, employer_id, "member_joined")
    name = read_contact(connection, services.cipher, joined).name
    named = replace(notice, said={**notice.said, "name": name})
    for account_id in members_of(connection, employer_id):
        if account_id != joined:
            post_notice(post_for(connection, services), account_id, named)


def tell_posting(
    connection: Connection,
    services: Services,
    posting: Posting,
    kind: str,
    reason: str | None = None,
    why_hidden: Mapping[Locale, str] | None = None,
) -> None:
    """Those who act for an organisation get what was decided of its ad: `job_shown`, `job_taken_down` and so on.

    `why_hidden`: what keeps an ad that may be shown from being shown.
    """
    employer_id = posting.employer_id
    if employer_id is not None:
        said = _job_said(connection, posting.job_id) | {"employer": _name(connection, employer_id), "reason": reason}
        ids = {"employer_id": employer_id, "job_id": posting.job_id}
        worded = {} if why_hidden is None else {"why": why_hidden}
        post_to_members(post_for(connection, services), employer_id, Notice(kind, said, ids=ids, worded=worded))


def tell_applicants(connection: Connection, services: Services, job_id: str, kind: str) -> None:
    """Those whose applications may still come to something get that the job was taken down, or put back."""
    post = post_for(connection, services)
    for application in living_applications(connection, job_id):
        _tell_person(post, application, kind)


def tell_organisation(
    connection: Connection,
    services: Services,
    employer_id: str,
    kind: str,
    reason: str | None = None,
    cause: str | None = None,
) -> None:
    """Those who act for an organisation get what became of it: `organisation_verified` and so on.

    `cause`: a code of why, which is told in words.
    """
    notice = organisation_notice(connection, employer_id, kind, reason, cause)
    post_to_members(post_for(connection, services), employer_id, notice)


def organisation_notice(
    connection: Connection, employer_id: str, kind: str, reason: str | None = None, cause: str | None = None
) -> Notice:
    """A notice about an organisation."""
    employer = get_employer(connection, employer_id)
    facts = {"to_verify": "" if employer.status is EmployerStatus.UNVERIFIED else None}
    said = {"employer": employer.name, "reason": reason}
    return Notice(kind, said, facts, {"employer_id": employer_id}, terms=cause_term(cause))


def tell_account(connection: Connection, services: Services, account_id: str, kind: str, cause: str) -> None:
    """Whoever an account is of gets that it was suspended or restored, or its sessions ended, and why."""
    post_notice(post_for(connection, services), account_id, Notice(kind, terms=cause_term(cause)))


def tell_role(connection: Connection, services: Services, account_id: str, role: Role, *, is_given: bool) -> None:
    """Whoever an account is of gets that an administrator gave it a role, or took one away."""
    facts = {"needs_factor": "" if is_given and role in STAFF else None}
    notice = Notice("role_given" if is_given else "role_taken", facts=facts, terms={"role": f"role_{role}"})
    post_notice(post_for(connection, services), account_id, notice)


def cause_term(cause: str | None) -> dict[str, str]:
    """The words of the code of a cause."""
    return {} if cause is None else {"cause": f"cause_{cause}"}


def tell_case_opened(connection: Connection, services: Services, case: Case) -> None:
    """Whoever opened a case gets a receipt: what happens next, and until when they have an answer."""
    if case.kind in OWN_CASES:
        until = working_days_after(case.opened_at, ANSWER_WORKING_DAYS)
        _tell_opener(connection, services, case, f"case_opened_{case.kind}", {"until": f"{until:%d/%m/%Y}"})


def tell_case_decided(connection: Connection, services: Services, case: Case) -> None:
    """Whoever opened a case gets what was decided and why."""
    if case.kind in OWN_CASES and case.decision is not None and (case.kind, case.decision) not in TOLD_TO_MEMBERS:
        _tell_opener(connection, services, case, f"case_decided_{case.decision}", {})


def working_days_after(moment: datetime, days: int) -> datetime:
    """The day in Lima that is so many days from Monday to Friday later."""
    day = moment.astimezone(LIMA)
    while days:
        day += timedelta(days=1)
        days -= day.isoweekday() < 6
    return day


def _tell_opener(
    connection: Connection, services: Services, case: Case, kind: str, facts: dict[str, str | None]
) -> None:
    if case.opened_by is None or ":" in case.opened_by:  # partners are told by their webhooks
        return
    said = {"reason": case.decision_reason}
    if case.kind in ABOUT_JOBS:
        said |= _job_said(connection, case.subject_id)
    if case.kind is CaseKind.ORGANISATION_APPEAL:
        said |= {"employer": _name(connection, case.subject_id)}
    notice = Notice(kind, said, facts, {"case_id": case.case_id})
    post_notice(post_for(connection, services), case.opened_by, notice)


def _tell_person(
    post: Post,
    application: Application,
    kind: str,
    reason: str | None = None,
    facts: dict[str, str | None] | None = None,
) -> None:
    """A person without an account is told by their partner's app."""
    account_id = account_of_seeker(post.connection, application.seeker_id)
    if account_id is not None:
        said = _job_said(post.connection, application.job_id) | {"reason": reason}
        ids = {"application_id": application.application_id}
        post_notice(post, account_id, Notice(kind, said, facts or {}, ids))


def _job_said(connection: Connection, job_id: str) -> dict[str, str | None]:
    job = job_of(connection, job_id)
    return {"job": None if job is None else job.title, "employer": None if job is None else job.employer}


def _name(connection: Connection, employer_id: str) -> str | None:
    try:
        return get_employer(connection, employer_id).name
    except NotFoundError:
        return None

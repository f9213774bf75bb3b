"""What follows from a decided case: a posting is shown or not, an organisation verified, an account restored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from api.admin.schemas.cases import CaseDetail, CaseDocument, NoteDocument
from api.hiring.notices import tell_case_decided, tell_organisation, tell_posting
from api.hiring.postings import change_posting_state, posting_document, sign_documents
from api.services.services import Services
from engine.documents.jobs import job_document
from engine.errors import NotFoundError
from engine.jobs import Job
from engine.moderation.fraud.signs import offer_signs
from store.hiring.employers import EmployerStatus, get_employer
from store.hiring.owner_changes import JobsFollowed, change_account_status, change_employer_status
from store.hiring.postings import Moderation, Posting, find_posting
from store.hiring.taken_down import is_taken_down, take_down
from store.matching.row_reads import job_of
from store.partners.deliveries import enqueue
from store.partners.webhooks import WebhookKind
from store.people.accounts import AccountStatus, get_account
from store.people.cases import Case, CaseKind, Decision, notes_of, words_of


def carry_out(connection: Connection, case: Case, services: Services) -> JobsFollowed:
    """Do what the decision of a case says; its subject may be gone, then there is nothing to do.

    The jobs that were hidden or shown with their owner, where the decision was about one.
    """
    is_approved = case.decision is Decision.APPROVED
    try:
        match case.kind:
            case CaseKind.POSTING:
                _moderate(connection, case, Moderation.APPROVED if is_approved else Moderation.REJECTED, services)
            case CaseKind.REPORT if is_approved:
                _moderate(connection, case, Moderation.REJECTED, services)
            case CaseKind.EMPLOYER:
                return _decide_on_organisation(connection, case, services, is_approved=is_approved)
            case CaseKind.APPEAL if is_approved:
                return change_account_status(connection, case.subject_id, AccountStatus.ACTIVE, services.now())
    except NotFoundError:
        pass
    return JobsFollowed()


def notify_opener(connection: Connection, case: Case, services: Services) -> None:
    """Tell whoever opened a case what was decided and why; a partner, of an answer that it contested for somebody."""
    tell_case_decided(connection, services, case)
    kind, _, partner_id = (case.opened_by or "").partition(":")
    if case.kind is CaseKind.HUMAN_REVIEW and kind == "partner":
        payload = {
            "case_id": case.case_id,
            "recommendation_id": case.subject_id,
            "decision": case.decision,
            "reason": case.decision_reason,
        }
        enqueue(connection, WebhookKind.RECOMMENDATION_CONTESTED, payload, services.now(), partner_id)


def case_document(case: Case) -> CaseDocument:
    """A case as a list shows it."""
    return CaseDocument(
        case_id=case.case_id,
        kind=case.kind,
        subject_id=case.subject_id,
        opened_by=case.opened_by,
        reasons=list(case.reasons),
        state=case.state,
        assigned_to=case.assigned_to,
        decision=case.decision,
        decision_reason=case.decision_reason,
        opened_at=case.opened_at.isoformat(),
        decided_at=case.decided_at.isoformat() if case.decided_at else None,
    )


def case_detail(connection: Connection, case: Case, services: Services) -> CaseDetail:
    """A case with what it is about, its text and notes."""
    return CaseDetail(
        **dict(case_document(case)),
        text=words_of(connection, services.cipher, case.case_id),
        subject=_subject(connection, case, services.now()),
        notes=[
            NoteDocument(author_id=note.author_id, text=note.body, noted_at=note.noted_at.isoformat())
            for note in notes_of(connection, services.cipher, case.case_id)
        ],
    )


def _moderate(connection: Connection, case: Case, moderation: Moderation, services: Services) -> None:
    posting = find_posting(connection, case.subject_id)
    if posting is not None:
        changed = change_posting_state(connection, posting, services, moderation=moderation)
        if moderation is not posting.moderation:
            tell_posting(connection, services, changed, _told(posting, changed), case.decision_reason)
    elif moderation is Moderation.REJECTED:
        take_down(connection, case.subject_id, services.now())


def _told(before: Posting, after: Posting) -> str:
    """The notice of what was decided of a posting."""
    if after.moderation is Moderation.APPROVED:
        return "job_put_back" if before.moderation is Moderation.REJECTED else "job_shown"
    return "job_taken_down" if before.moderation is Moderation.APPROVED else "job_refused"


def _decide_on_organisation(
    connection: Connection, case: Case, services: Services, *, is_approved: bool
) -> JobsFollowed:
    status = EmployerStatus.VERIFIED if is_approved else EmployerStatus.SUSPENDED
    followed = change_employer_status(connection, case.subject_id, status, services.now())
    kind = "organisation_verified" if is_approved else "organisation_suspended"
    tell_organisation(connection, services, case.subject_id, kind, case.decision_reason)
    return followed


def _imported_document(connection: Connection, job_id: str, job: Job) -> dict[str, Any]:
    """A job that was imported: it has no owner here, and its signs are those found as it came in."""
    state = "rejected" if is_taken_down(connection, job_id) else "open" if job.is_open else "closed"
    return {"job_id": job_id, "state": state, "job": job_document(job), "signs": sign_documents(job.signs)}


def _subject(connection: Connection, case: Case, now: datetime) -> dict[str, Any] | None:
    """What a case is about, as far as an administrator has to see it."""
    try:
        if case.kind in (CaseKind.POSTING, CaseKind.REPORT):
            posting, job = find_posting(connection, case.subject_id), job_of(connection, case.subject_id)
            if job is None:
                return None
            if posting is None:
                return _imported_document(connection, case.subject_id, job)
            return posting_document(connection, now, posting, offer_signs(job))
        if case.kind is CaseKind.EMPLOYER:
            employer = get_employer(connection, case.subject_id)
            return {"name": employer.name, "description": employer.description, "website": employer.website}
        if case.kind in (CaseKind.APPEAL, CaseKind.CORRECTION):
            account = get_account(connection, case.subject_id)
            return {"status": account.status, "roles": sorted(account.roles)}
    except NotFoundError:
        return None
    return {"recommendation_id": case.subject_id}

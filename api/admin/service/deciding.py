"""Deciding cases, and jobs without one: who may, what follows, and who is told. The audit log is told last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from api.access.auditing import audit
from api.admin.service.fairness import require_fair
from api.credentials.callers import Caller
from api.hiring.appeals import settle_appeals
from api.hiring.moderating import carry_out_for_job
from api.hiring.notices import tell_case_decided, tell_organisation
from api.hiring.organisation_states import restore_employer, verify_employer
from api.hiring.state_texts import Cause
from api.services.services import Services
from engine.errors import ConflictError, Message, NotFoundError
from store.audit import AuditAction
from store.hiring.employers import EmployerStatus, get_employer
from store.hiring.job_owners import owners_of
from store.hiring.moderated_imports import is_held
from store.hiring.owner_changes import JobsFollowed, change_account_status, change_employer_status
from store.hiring.postings import Moderation, find_posting
from store.hiring.taken_down import is_taken_down
from store.matching.job_changes import lock_job_changes
from store.matching.row_reads import job_of
from store.partners.deliveries import enqueue
from store.partners.webhooks import WebhookKind
from store.people.accounts import AccountStatus
from store.people.cases import ABOUT_JOBS, Case, CaseKind, Decision, NewCase, decide_case, get_case, open_case
from store.people.listed_cases import CaseFilter, list_cases
from store.programmes.appeals import change_screening


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided case, with what the audit log is told of it and of the cases that were decided with it."""

    case: Case
    detail: dict[str, Any]
    action: AuditAction

    def tell(self, connection: Connection, caller: Caller, services: Services) -> None:
        """Tell the audit log."""
        audit(connection, caller, self.action, f"case:{self.case.case_id}", services, self.detail)


def decide(
    connection: Connection, case_id: str, decision: Decision, reason: str, caller: Caller, services: Services
) -> Decided:
    """Decide a case and do what the decision says; the caller tells the audit log last.

    Raises NotFoundError; ConflictError for one that was decided, that another administrator has, or that the caller
    is a party to; InvalidInputError for a decision of another kind of case.
    """
    lock_job_changes(connection)
    require_fair(connection, get_case(connection, case_id), caller)
    case = decide_case(connection, case_id, caller.account_id, decision, reason, services.now())
    followed, others = _carry_out(connection, case, caller, services)
    for each in (case, *others):
        _tell_opener(connection, each, services)
    detail = {"kind": case.kind, "decision": decision, "subject_id": case.subject_id, **followed.detail()}
    if others:
        detail["decided_with_it"] = [other.case_id for other in others]
    is_review = case.kind is CaseKind.HUMAN_REVIEW
    return Decided(case, detail, AuditAction.HUMAN_REVIEW_ANSWERED if is_review else AuditAction.CASE_DECIDED)


def decide_job(
    connection: Connection,
    job_id: str,
    decision: Decision,
    cause: Cause,
    reason: str,
    caller: Caller,
    services: Services,
) -> Decided:
    """Take a job of any origin down, or put it back, without waiting for a case; what is noted is a decided case.

    Raises NotFoundError for an id that nobody ever used, ConflictError where it would change nothing.
    """
    lock_job_changes(connection)
    owner = owners_of(connection, [job_id]).get(job_id)
    if owner is None:
        raise NotFoundError("no such job", got=repr(job_id), field="job_id")
    _require_change(connection, job_id, decision)
    kind = CaseKind.POSTING if owner.source is None else CaseKind.IMPORT
    wanted = CaseFilter(subject_id=job_id, kinds=[kind], is_undecided=True)
    waiting = [case for case in list_cases(connection, wanted) if case.assigned_to in (None, caller.account_id)]
    if waiting:
        case_id = waiting[0].case_id
    else:
        new = NewCase(kind, job_id, caller.account_id, [cause])
        case_id = open_case(connection, services.cipher, new, services.now())
    decided = decide(connection, case_id, decision, reason, caller, services)
    is_down = decision is Decision.JOB_TAKEN_DOWN
    action = AuditAction.JOB_TAKEN_DOWN if is_down else AuditAction.JOB_PUT_BACK
    return Decided(decided.case, decided.detail | {"cause": cause}, action)


def verify_organisation(
    connection: Connection, employer_id: str, reason: str, caller: Caller, services: Services
) -> Decided:
    """Verify an organisation without waiting for its case. Raises as `decide`, and ConflictError where it is that."""
    lock_job_changes(connection)
    status = get_employer(connection, employer_id).status
    if status is not EmployerStatus.UNVERIFIED:
        fix = "restore it" if status is EmployerStatus.SUSPENDED else ""
        raise ConflictError("the organisation does not wait to be verified", got=status, fix=fix, field="employer_id")
    wanted = CaseFilter(subject_id=employer_id, kinds=[CaseKind.EMPLOYER], is_undecided=True)
    waiting = [case.case_id for case in list_cases(connection, wanted)]
    if not waiting:
        waiting = [open_case(connection, services.cipher, NewCase(CaseKind.EMPLOYER, employer_id), services.now())]
    return decide(connection, waiting[0], Decision.ORGANISATION_VERIFIED, reason, caller, services)


def _require_change(connection: Connection, job_id: str, decision: Decision) -> None:
    posting, job = find_posting(connection, job_id), job_of(connection, job_id)
    is_down = is_taken_down(connection, job_id)
    if decision is Decision.JOB_TAKEN_DOWN:
        is_hidden = is_down and (posting is None or posting.moderation is Moderation.REJECTED)
        if is_hidden:
            raise ConflictError("the job is taken down already", field="job_id")
        return
    waits = posting is not None and posting.moderation is not Moderation.APPROVED
    if not (is_down or waits or (job is not None and is_held(connection, job))):
        raise ConflictError("nothing keeps the job from being shown", expected="one that was taken down, or waits")


def _carry_out(
    connection: Connection, case: Case, caller: Caller, services: Services
) -> tuple[JobsFollowed, list[Case]]:
    """Do what the decision of a case says; its subject may be gone, then there is nothing to do.

    The jobs that were hidden or shown with their owner, where the decision was about one, and the cases that were
    decided with it.
    """
    now = services.now()
    try:
        if case.kind in ABOUT_JOBS:
            return JobsFollowed(), carry_out_for_job(connection, case, services)
        match case.decision:
            case Decision.ORGANISATION_VERIFIED:
                _require_not_suspended(connection, case.subject_id)
                followed = verify_employer(connection, case.subject_id, caller.account_id, services)
                tell_organisation(connection, services, case.subject_id, "organisation_verified", case.decision_reason)
                return followed, []
            case Decision.ORGANISATION_REFUSED:
                followed = change_employer_status(connection, case.subject_id, EmployerStatus.SUSPENDED, now)
                tell_organisation(connection, services, case.subject_id, "organisation_suspended", case.decision_reason)
                return followed, []
            case Decision.ORGANISATION_RESTORED:
                return _restore_organisation(connection, case, caller, services)
            case Decision.ACCOUNT_RESTORED:
                return change_account_status(connection, case.subject_id, AccountStatus.ACTIVE, now), []
            case Decision.SCREENING_CHANGED:
                change_screening(connection, services.cipher, case, now)
    except NotFoundError:
        pass
    return JobsFollowed(), []


def _require_not_suspended(connection: Connection, employer_id: str) -> None:
    """Raises ConflictError for a suspended organisation: whoever verifies it may not know of that."""
    if get_employer(connection, employer_id).status is EmployerStatus.SUSPENDED:
        fix = Message("restore it first, at /v1/admin/employers/{employer_id}/restore", employer_id=employer_id)
        raise ConflictError("the organisation is suspended", fix=fix, field="case_id")


def _restore_organisation(
    connection: Connection, case: Case, caller: Caller, services: Services
) -> tuple[JobsFollowed, list[Case]]:
    """Restore an organisation as an appeal says; every other appeal of its people is decided with it."""
    employer_id, by, reason = case.subject_id, caller.account_id, case.decision_reason
    is_suspended = get_employer(connection, employer_id).status is EmployerStatus.SUSPENDED
    followed = restore_employer(connection, employer_id, by, services)
    if is_suspended:
        tell_organisation(connection, services, employer_id, "organisation_restored", reason)
    return followed, settle_appeals(connection, case.kind, employer_id, by, reason or "", services)


def _tell_opener(connection: Connection, case: Case, services: Services) -> None:
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

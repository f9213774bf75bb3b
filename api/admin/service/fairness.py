"""Who should not decide a case: whoever took the decision that it appeals against, or is a party to it.

Where no other administrator can, they may: somebody has to.
"""

from __future__ import annotations

from sqlalchemy import Connection

from api.credentials.callers import Caller
from engine.errors import ConflictError
from engine.explain import Locale
from store.audit import AuditAction, read_audit
from store.hiring.employers import is_member
from store.hiring.postings import find_posting
from store.hiring.suspensions import suspension_of_account, suspension_of_organisation
from store.hiring.taken_down import find_taken_down
from store.people.accounts import AccountStatus, Role, list_accounts
from store.people.cases import ABOUT_JOBS, Case, CaseKind, CaseState
from store.people.listed_cases import CaseFilter, list_cases

OWN_DECISION, OWN_CASE = "own_decision", "own_case"
TEXTS = {
    Locale.ES: {
        OWN_DECISION: "Tú tomaste la decisión que se apela: la decide otro administrador.",
        OWN_CASE: "Eres parte de este caso: lo decide otro administrador.",
    },
    Locale.EN: {
        OWN_DECISION: "You took the decision that is appealed against: another administrator decides.",
        OWN_CASE: "You are a party to this case: another administrator decides.",
    },
}


def unfair_because(connection: Connection, case: Case, account_id: str) -> str | None:
    """The code of why an administrator should not decide a case; None where nothing speaks against it."""
    waits = case.state is not CaseState.DECIDED
    was_decided = (
        case.kind is CaseKind.ELIGIBILITY and waits and _decided_before(connection, case.subject_id, account_id)
    )
    if was_decided or _appealed_decider(connection, case) == account_id:
        return OWN_DECISION
    is_own = case.subject_id == account_id or (case.opened_by == account_id and not _is_own_act(case))
    return OWN_CASE if is_own or _acts_for_subject(connection, case, account_id) else None


def require_fair(connection: Connection, case: Case, caller: Caller) -> None:
    """Raises ConflictError where another administrator should decide, and there is one."""
    code = unfair_because(connection, case, caller.account_id)
    if code is not None and _others(connection, caller.account_id):
        raise ConflictError(TEXTS[Locale.EN][code], fix="leave it to another administrator", field="case_id")


def _decided_before(connection: Connection, screening_id: str, account_id: str) -> bool:
    """Whether somebody has decided an answer of a programme already, as an officer or among the cases."""
    subject, actor, action = f"screening:{screening_id}", f"account:{account_id}", AuditAction.SCREENING_DECIDED
    as_officer = bool(read_audit(connection, subject=subject, actor=actor, action=action, limit=1))
    wanted = CaseFilter(
        state=CaseState.DECIDED, kinds=[CaseKind.ELIGIBILITY], subject_id=screening_id, assigned_to=account_id
    )
    return as_officer or bool(list_cases(connection, wanted, limit=1))


def _is_own_act(case: Case) -> bool:
    """Whether the case is only the note of what an administrator decided without one."""
    return case.kind in (CaseKind.POSTING, CaseKind.IMPORT)


def _appealed_decider(connection: Connection, case: Case) -> str | None:
    """Who took the decision that a case appeals against; None for a case that is no appeal."""
    if case.kind is CaseKind.JOB_APPEAL:
        down = find_taken_down(connection, case.subject_id)
        return None if down is None else down.decided_by
    if case.kind is CaseKind.APPEAL:
        suspension = suspension_of_account(connection, case.subject_id)
    elif case.kind is CaseKind.ORGANISATION_APPEAL:
        suspension = suspension_of_organisation(connection, case.subject_id)
    else:
        return None
    return None if suspension is None else suspension.suspended_by


def _acts_for_subject(connection: Connection, case: Case, account_id: str) -> bool:
    is_about_it = case.kind in (CaseKind.EMPLOYER, CaseKind.ORGANISATION_APPEAL)
    employer_id: str | None = case.subject_id if is_about_it else None
    if case.kind in ABOUT_JOBS:
        posting = find_posting(connection, case.subject_id)
        employer_id = None if posting is None else posting.employer_id
    return employer_id is not None and is_member(connection, employer_id, account_id)


def _others(connection: Connection, account_id: str) -> bool:
    active = list_accounts(connection, role=Role.ADMINISTRATOR, status=AccountStatus.ACTIVE, after=None, limit=2)
    return any(one.account_id != account_id for one in active)

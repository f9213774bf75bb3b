"""Who should not decide a case: whoever took the decision that it appeals against, or is a party to it.

Where no other administrator can, they may: somebody has to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from api.credentials.callers import Caller
from engine.errors import ConflictError
from engine.explain import Locale
from store.audit import AuditAction, read_audit
from store.hiring.employers import is_member
from store.hiring.postings import find_posting
from store.people.accounts import AccountStatus, Role, list_accounts
from store.people.cases import ABOUT_JOBS, Case, CaseKind

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
MOST_ACTS = 200


@dataclass(frozen=True, slots=True)
class Suspension:
    """The act that an appeal is against."""

    suspended_by: str
    reason: str | None
    suspended_at: datetime


def suspension_of(connection: Connection, account_id: str) -> Suspension | None:
    """When, why and by whom an account was suspended the last time; None where the audit log does not say."""
    acts = read_audit(connection, subject=f"account:{account_id}", limit=MOST_ACTS, newest_first=True)
    for act in acts:
        if act.action == AuditAction.ACCOUNT_SUSPENDED:
            reason: Any = act.detail.get("reason")
            return Suspension(act.actor.removeprefix("account:"), reason, act.happened_at)
    return None


def unfair_because(connection: Connection, case: Case, account_id: str) -> str | None:
    """The code of why an administrator should not decide a case; None where nothing speaks against it."""
    if case.kind is CaseKind.APPEAL:
        suspension = suspension_of(connection, case.subject_id)
        if suspension is not None and suspension.suspended_by == account_id:
            return OWN_DECISION
    is_own = case.subject_id == account_id or (case.opened_by == account_id and not _is_own_act(case))
    return OWN_CASE if is_own or _acts_for_subject(connection, case, account_id) else None


def require_fair(connection: Connection, case: Case, caller: Caller) -> None:
    """Raises ConflictError where another administrator should decide, and there is one."""
    code = unfair_because(connection, case, caller.account_id)
    if code is not None and _others(connection, caller.account_id):
        raise ConflictError(TEXTS[Locale.EN][code], fix="leave it to another administrator", field="case_id")


def _is_own_act(case: Case) -> bool:
    """Whether the case is only the note of what an administrator decided without one."""
    return case.kind in (CaseKind.POSTING, CaseKind.IMPORT)


def _acts_for_subject(connection: Connection, case: Case, account_id: str) -> bool:
    employer_id: str | None = case.subject_id if case.kind is CaseKind.EMPLOYER else None
    if case.kind in ABOUT_JOBS:
        posting = find_posting(connection, case.subject_id)
        employer_id = None if posting is None else posting.employer_id
    return employer_id is not None and is_member(connection, employer_id, account_id)


def _others(connection: Connection, account_id: str) -> bool:
    active = list_accounts(connection, role=Role.ADMINISTRATOR, status=AccountStatus.ACTIVE, after=None, limit=2)
    return any(one.account_id != account_id for one in active)

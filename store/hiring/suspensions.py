"""Who suspended an account or an organisation the last time, when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from store.audit import AuditAction, read_audit
from store.people.cases import CaseKind, Decision
from store.people.listed_cases import CaseFilter, list_cases


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension: for a `cause`, which is a code, or as a case was decided, with the `reason` in words."""

    suspended_by: str | None
    suspended_at: datetime
    cause: str | None = None
    reason: str | None = None


def suspension_of_account(connection: Connection, account_id: str) -> Suspension | None:
    """The last time; None where the audit log does not say."""
    return _act(connection, f"account:{account_id}", AuditAction.ACCOUNT_SUSPENDED)


def suspension_of_organisation(connection: Connection, employer_id: str) -> Suspension | None:
    """The last time, by an act or because it was refused; None where neither is known."""
    act = _act(connection, f"employer:{employer_id}", AuditAction.EMPLOYER_SUSPENDED)
    cases = list_cases(connection, CaseFilter(kinds=[CaseKind.EMPLOYER], subject_id=employer_id))
    refused = [
        Suspension(case.assigned_to, case.decided_at, reason=case.decision_reason)
        for case in cases
        if case.decision is Decision.ORGANISATION_REFUSED and case.decided_at is not None
    ]
    found = refused if act is None else [*refused, act]
    return max(found, key=lambda one: one.suspended_at, default=None)


def _act(connection: Connection, subject: str, action: AuditAction) -> Suspension | None:
    for act in read_audit(connection, subject=subject, action=action, limit=1, newest_first=True):
        cause: Any = act.detail.get("reason")
        return Suspension(act.actor.removeprefix("account:"), act.happened_at, cause=cause)
    return None

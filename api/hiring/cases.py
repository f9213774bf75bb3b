"""Cases that people open: an answer that they contest, data that they want corrected."""

from __future__ import annotations

from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.quotas import require_quota
from api.credentials.callers import Caller
from api.hiring.case_texts import DECIDED, WAITS
from api.hiring.notices import ANSWER_WORKING_DAYS, tell_case_opened, working_days_after
from api.hiring.schemas import OwnCase
from api.routing.idempotency import Created
from api.services.services import Services
from engine.explain import Locale
from store.audit import AuditAction
from store.people.cases import Case, CaseKind, NewCase, get_case, open_case
from store.requests.quotas import PARTNERS_REVIEWS, REQUESTS


def opened(
    connection: Connection, kind: CaseKind, subject_id: str, words: str, caller: Caller, services: Services
) -> Created[OwnCase]:
    """A case that the caller opens, with their words; told to the audit log last."""
    now = services.now()
    new = NewCase(kind, subject_id, caller.opener, (), words)
    case = get_case(connection, open_case(connection, services.cipher, new, now))
    if case.opened_at == now:  # not one that waits already
        quota = REQUESTS if caller.account is not None else PARTNERS_REVIEWS
        require_quota(connection, services, quota, caller.name)
        tell_case_opened(connection, services, case)
    is_review = kind is CaseKind.HUMAN_REVIEW
    audit(
        connection,
        caller,
        AuditAction.HUMAN_REVIEW_ASKED if is_review else AuditAction.CASE_OPENED,
        f"case:{case.case_id}",
        services,
        {"kind": kind, "subject_id": subject_id},
    )
    return Created(own_case(case, caller.locale))


def own_case(case: Case, locale: Locale) -> OwnCase:
    """A case as whoever opened it sees it."""
    until = working_days_after(case.opened_at, ANSWER_WORKING_DAYS)
    said = WAITS[locale].format(until=f"{until:%d/%m/%Y}") if case.decision is None else DECIDED[locale][case.decision]
    return OwnCase(
        case_id=case.case_id,
        kind=case.kind,
        subject_id=case.subject_id,
        state=case.state,
        decision=case.decision,
        decision_reason=case.decision_reason,
        message=said,
        answer_by=until.date().isoformat() if case.decision is None else None,
        opened_at=case.opened_at.isoformat(),
        decided_at=case.decided_at.isoformat() if case.decided_at else None,
    )

"""Answers that people contest: open cases, until somebody of the programme or an administrator decides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from engine.errors import ConflictError, NotFoundError
from engine.programmes.judging import Eligibility
from store.encryption.field_cipher import FieldCipher
from store.people.cases import CASES, Case, CaseKind, CaseState, Decision, decide_case, get_case
from store.people.consents import ConsentPurpose, agreed_purposes
from store.programmes.screenings import (
    SCREENINGS,
    DecidedBy,
    Screening,
    ScreeningDecision,
    decide_screening,
    get_screening,
)

_OF_ANSWERS = CASES.c.kind == CaseKind.ELIGIBILITY
LEAVE_IT = "leave it to another officer or an administrator"


def open_appeals(connection: Connection, programme_id: str, *, after: str | None, limit: int) -> list[Case]:
    """Those of a programme that wait, the oldest first."""
    theirs = select(SCREENINGS.c.screening_id).where(SCREENINGS.c.programme_id == programme_id)
    query = select(CASES.c.case_id).where(
        _OF_ANSWERS, CASES.c.state != CaseState.DECIDED, CASES.c.subject_id.in_(theirs)
    )
    if after is not None:
        query = query.where(CASES.c.case_id > after)
    found = connection.execute(query.order_by(CASES.c.case_id).limit(limit)).scalars().all()
    return [get_case(connection, case_id) for case_id in found]


def shown_to_officers(
    connection: Connection, cipher: FieldCipher, programme_id: str, screening_id: str
) -> tuple[Screening, Case | None]:
    """An answer of a programme that its officers may look at, with its newest appeal.

    They may of somebody who contests it, or who can enter and agreed that they know her; otherwise NotFoundError.
    """
    screening = get_screening(connection, cipher, screening_id)
    about = select(CASES.c.case_id).where(_OF_ANSWERS, CASES.c.subject_id == screening_id)
    case_id = connection.execute(about.order_by(CASES.c.case_id.desc()).limit(1)).scalar()
    is_known = screening.shares_contact and screening.eligibility is Eligibility.ELIGIBLE
    is_known = is_known and ConsentPurpose.SCREENING in agreed_purposes(connection, screening.account_id)
    if screening.programme_id != programme_id or (case_id is None and not is_known):
        raise NotFoundError("no such screening", got=repr(screening_id[:80]), field="screening_id")
    return screening, None if case_id is None else get_case(connection, case_id)


def decide_as_officer(
    connection: Connection,
    cipher: FieldCipher,
    screening_id: str,
    officer_id: str,
    eligibility: Eligibility,
    reason: str,
    now: datetime,
) -> Screening:
    """Decide otherwise than the rules, and close what waited about it; telling the person is the caller's.

    Raises ConflictError for an officer whose own answer it is, or who decided it before, and as `decide_screening`.
    """
    known = get_screening(connection, cipher, screening_id)
    if known.account_id == officer_id:
        raise ConflictError("nobody decides about themselves", fix=LEAVE_IT, field="screening_id")
    if any(one.decider_id == officer_id for one in known.decisions):
        raise ConflictError("whoever decided an answer does not decide it again", fix=LEAVE_IT, field="screening_id")
    decision = ScreeningDecision(eligibility, reason, DecidedBy.OFFICER, now, officer_id)
    screening = decide_screening(connection, cipher, screening_id, decision)
    about = _OF_ANSWERS & (CASES.c.subject_id == screening_id) & (CASES.c.state != CaseState.DECIDED)
    favour = Decision.SCREENING_CHANGED if eligibility is Eligibility.ELIGIBLE else Decision.SCREENING_STANDS
    for case_id in connection.execute(select(CASES.c.case_id).where(about)).scalars().all():
        decide_case(connection, case_id, officer_id, favour, reason, now, takes_over=True)
    return screening


def change_screening(connection: Connection, cipher: FieldCipher, case: Case, now: datetime) -> None:
    """Do what an administrator decided in favour of whoever appealed; what the rules said stays beside it.

    Raises NotFoundError for an answer that is gone, ConflictError for one that a newer one has replaced.
    """
    reason = case.decision_reason or ""
    decision = ScreeningDecision(Eligibility.ELIGIBLE, reason, DecidedBy.ADMINISTRATOR, now, case.assigned_to)
    decide_screening(connection, cipher, case.subject_id, decision)

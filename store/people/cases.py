"""Cases that a person has to decide.

A case is open, then taken by an administrator, then decided; what was decided is never decided again. What
administrators note on one is in `case_notes`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, or_, select, update

from engine.errors import ConflictError, InvalidInputError, Message, NotFoundError
from engine.moderation.contacts.masking import masked
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.people.case_words import joined_words
from store.tables.trust import CaseRow

CASES: Table = CaseRow.metadata.tables["cases"]
WORDS = "cases.words_sealed"


class CaseKind(StrEnum):
    """What a case is about; its subject is a job, an organisation, a recommendation, an account or a screening."""

    POSTING = "posting"  # a job that somebody posted here and that waits to be shown
    IMPORT = "import"  # an imported job that signs of fraud hold
    REPORT = "report"  # a job that somebody says is false
    EMPLOYER = "employer"  # an organisation to verify
    HUMAN_REVIEW = "human_review"  # a recommendation that a person contests (DS 115-2025-PCM)
    CORRECTION = "correction"  # data that a person cannot correct alone (Ley 29733)
    APPEAL = "appeal"  # a suspended account
    ORGANISATION_APPEAL = "organisation_appeal"  # a suspended organisation, contested by those who act for it
    JOB_APPEAL = "job_appeal"  # a job that was taken down, contested by its owner
    ELIGIBILITY = "eligibility"  # what a programme's rules said of a person


class CaseState(StrEnum):
    """How far a case is."""

    OPEN = "open"
    TAKEN = "taken"
    DECIDED = "decided"


class Decision(StrEnum):
    """What was decided, named by what follows from it.

    Of a job: `job_shown`, `job_taken_down`, after a report that was wrong `job_stays`, of one whose owner contests that
    it was taken down `job_stays_down`. Of an organisation: `organisation_verified`, `organisation_refused`, of a
    suspended one `organisation_restored`, `organisation_stays_suspended`. Of a contested answer: `answer_corrected`,
    `answer_stands`.
    Of data: `data_corrected`, `data_stays`. Of an account: `account_restored`, `account_stays_suspended`. Of what a
    programme's rules said: `screening_changed` (the person may enter), `screening_stands`.
    """

    JOB_SHOWN = "job_shown"
    JOB_TAKEN_DOWN = "job_taken_down"
    JOB_STAYS = "job_stays"
    JOB_STAYS_DOWN = "job_stays_down"
    ORGANISATION_VERIFIED = "organisation_verified"
    ORGANISATION_REFUSED = "organisation_refused"
    ORGANISATION_RESTORED = "organisation_restored"
    ORGANISATION_STAYS_SUSPENDED = "organisation_stays_suspended"
    ANSWER_CORRECTED = "answer_corrected"
    ANSWER_STANDS = "answer_stands"
    DATA_CORRECTED = "data_corrected"
    DATA_STAYS = "data_stays"
    ACCOUNT_RESTORED = "account_restored"
    ACCOUNT_STAYS_SUSPENDED = "account_stays_suspended"
    SCREENING_CHANGED = "screening_changed"
    SCREENING_STANDS = "screening_stands"


# What can be decided of each kind of case: what whoever opened it, or whose it is, asks for comes first.
DECISIONS: Mapping[CaseKind, tuple[Decision, Decision]] = {
    CaseKind.POSTING: (Decision.JOB_SHOWN, Decision.JOB_TAKEN_DOWN),
    CaseKind.IMPORT: (Decision.JOB_SHOWN, Decision.JOB_TAKEN_DOWN),
    CaseKind.REPORT: (Decision.JOB_TAKEN_DOWN, Decision.JOB_STAYS),
    CaseKind.EMPLOYER: (Decision.ORGANISATION_VERIFIED, Decision.ORGANISATION_REFUSED),
    CaseKind.HUMAN_REVIEW: (Decision.ANSWER_CORRECTED, Decision.ANSWER_STANDS),
    CaseKind.CORRECTION: (Decision.DATA_CORRECTED, Decision.DATA_STAYS),
    CaseKind.APPEAL: (Decision.ACCOUNT_RESTORED, Decision.ACCOUNT_STAYS_SUSPENDED),
    CaseKind.ORGANISATION_APPEAL: (Decision.ORGANISATION_RESTORED, Decision.ORGANISATION_STAYS_SUSPENDED),
    CaseKind.JOB_APPEAL: (Decision.JOB_SHOWN, Decision.JOB_STAYS_DOWN),
    CaseKind.ELIGIBILITY: (Decision.SCREENING_CHANGED, Decision.SCREENING_STANDS),
}
ABOUT_JOBS = (CaseKind.POSTING, CaseKind.IMPORT, CaseKind.REPORT, CaseKind.JOB_APPEAL)


@dataclass(frozen=True, slots=True)
class Case:
    """A case without the words that opened it."""

    case_id: str
    kind: CaseKind
    subject_id: str
    opened_by: str | None
    reasons: tuple[str, ...]
    state: CaseState
    assigned_to: str | None
    decision: Decision | None
    decision_reason: str | None
    opened_at: datetime
    taken_at: datetime | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case is opened with: codes of why, and words if somebody wrote some."""

    kind: CaseKind
    subject_id: str
    opened_by: str | None = None
    reasons: Sequence[str] = ()
    words: str | None = None


def open_case(connection: Connection, cipher: FieldCipher, new: NewCase, now: datetime) -> str:
    """The id of a new case; of one of the same kind, subject and opener that waits, its id.

    That one gets the reasons, and the words beside those that it has. Raises ConflictError where they are too many.
    """
    same = (CASES.c.kind == new.kind) & (CASES.c.subject_id == new.subject_id) & (CASES.c.state != CaseState.DECIDED)
    opener = CASES.c.opened_by.is_(None) if new.opened_by is None else CASES.c.opened_by == new.opened_by
    known = connection.execute(select(CASES.c.case_id).where(same, opener)).scalar()
    if known is not None:
        words = joined_words(words_of(connection, cipher, known), new.words)
        sealed = None if words is None else cipher.seal(WORDS, known, words)
        changed = update(CASES).where(CASES.c.case_id == known)
        connection.execute(changed.values(reasons=list(new.reasons), words_sealed=sealed))
        return str(known)
    case_id = new_id()
    connection.execute(
        insert(CASES).values(
            case_id=case_id,
            kind=new.kind,
            subject_id=new.subject_id,
            opened_by=new.opened_by,
            reasons=list(new.reasons),
            words_sealed=None if new.words is None else cipher.seal(WORDS, case_id, new.words),
            state=CaseState.OPEN,
            opened_at=now,
        )
    )
    return case_id


def get_case(connection: Connection, case_id: str) -> Case:
    """The case; raises NotFoundError."""
    row = connection.execute(select(CASES).where(CASES.c.case_id == case_id)).one_or_none()
    if row is None:
        raise NotFoundError("no such case", got=repr(case_id[:80]), field="case_id")
    return case_of_row(row)


def words_of(connection: Connection, cipher: FieldCipher, case_id: str) -> str | None:
    """What whoever opened the case wrote, in the clear."""
    return words_of_cases(connection, cipher, [case_id]).get(case_id)


def words_of_cases(connection: Connection, cipher: FieldCipher, case_ids: Collection[str]) -> dict[str, str]:
    """The same of several, by their ids; of a case without words nothing."""
    has_words = CASES.c.case_id.in_(case_ids) & CASES.c.words_sealed.is_not(None)
    rows = connection.execute(select(CASES.c.case_id, CASES.c.words_sealed).where(has_words))
    return {row.case_id: cipher.open(WORDS, row.case_id, row.words_sealed) for row in rows}


def take_case(
    connection: Connection, case_id: str, administrator_id: str, now: datetime, *, takes_over: bool = False
) -> Case:
    """Make a case an administrator's own. Raises ConflictError for one that was decided, or that another one has."""
    values = {"state": CaseState.TAKEN, "assigned_to": administrator_id, "taken_at": now}
    _change(connection, case_id, None if takes_over else administrator_id, values)
    return get_case(connection, case_id)


def leave_case(connection: Connection, case_id: str, administrator_id: str) -> Case:
    """Have a case wait for another administrator. Raises ConflictError as `take_case`."""
    _change(connection, case_id, administrator_id, {"state": CaseState.OPEN, "assigned_to": None, "taken_at": None})
    return get_case(connection, case_id)


def decide_case(
    connection: Connection,
    case_id: str,
    administrator_id: str,
    decision: Decision,
    reason: str,
    now: datetime,
    *,
    takes_over: bool = False,
) -> Case:
    """Decide a case. Raises ConflictError as `take_case`, InvalidInputError for a decision of another kind of case.

    What follows is the caller's to do.
    """
    kind = get_case(connection, case_id).kind
    if decision not in DECISIONS[kind]:
        first, second = DECISIONS[kind]
        raise InvalidInputError(
            Message("that is no decision of a case of the kind {kind}", kind=kind.value),
            expected=Message("{first} or {second}", first=first.value, second=second.value),
            got=decision,
            field="decision",
        )
    values = {
        "state": CaseState.DECIDED,
        "assigned_to": administrator_id,
        "decision": decision,
        "decision_reason": masked(reason),
        "decided_at": now,
    }
    _change(connection, case_id, None if takes_over else administrator_id, values)
    return get_case(connection, case_id)


def _change(connection: Connection, case_id: str, only_of: str | None, values: Mapping[str, Any]) -> None:
    """Change an undecided case, with `only_of` one that nobody else has taken."""
    may = (CASES.c.case_id == case_id) & (CASES.c.state != CaseState.DECIDED)
    if only_of is not None:
        may &= or_(CASES.c.assigned_to.is_(None), CASES.c.assigned_to == only_of)
    if connection.execute(update(CASES).where(may).values(**values)).rowcount == 1:
        return
    case = get_case(connection, case_id)
    if case.state is CaseState.DECIDED:
        raise ConflictError("the case was decided already", got=str(case.decision), field="case_id")
    taken_at = "" if case.taken_at is None else case.taken_at.isoformat()
    raise ConflictError(
        "another administrator has taken the case",
        expected="a case that nobody has taken, or that is yours",
        got=Message("taken by {account_id} at {taken_at}", account_id=case.assigned_to, taken_at=taken_at),
        fix="ask them, or take it over with takes_over=true",
        field="case_id",
    )


def case_of_row(row: Row[Any]) -> Case:
    """The case of a row of the table."""
    return Case(
        row.case_id,
        CaseKind(row.kind),
        row.subject_id,
        row.opened_by,
        tuple(row.reasons),
        CaseState(row.state),
        row.assigned_to,
        None if row.decision is None else Decision(row.decision),
        row.decision_reason,
        row.opened_at,
        row.taken_at,
        row.decided_at,
    )

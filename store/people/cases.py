"""Cases that a person has to decide, and what administrators note on them.

A case is open, then taken by an administrator, then decided; what was decided is never decided again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from engine.errors import ConflictError, NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.tables.trust import CaseRow, SupportNoteRow

CASES: Table = CaseRow.metadata.tables["cases"]
NOTES: Table = SupportNoteRow.metadata.tables["support_notes"]
WORDS, NOTE_BODY = "cases.words_sealed", "support_notes.body_sealed"


class CaseKind(StrEnum):
    """What a case is about; its subject is a job, an organisation, a recommendation or an account."""

    POSTING = "posting"  # a job that waits to be shown
    REPORT = "report"  # a job that somebody says is false
    EMPLOYER = "employer"  # an organisation to verify
    HUMAN_REVIEW = "human_review"  # a recommendation that a person contests (DS 115-2025-PCM)
    CORRECTION = "correction"  # data that a person cannot correct alone (Ley 29733)
    APPEAL = "appeal"  # a suspended account


class CaseState(StrEnum):
    """How far a case is."""

    OPEN = "open"
    TAKEN = "taken"
    DECIDED = "decided"


class Decision(StrEnum):
    """What was decided: in favour of whoever or whatever the case is about, or against."""

    APPROVED = "approved"
    REJECTED = "rejected"


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
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case is opened with: codes of why, and words if somebody wrote some."""

    kind: CaseKind
    subject_id: str
    opened_by: str | None = None
    reasons: Sequence[str] = ()
    words: str | None = None


@dataclass(frozen=True, slots=True)
class SupportNote:
    """What an administrator noted, in the clear."""

    author_id: str
    body: str
    noted_at: datetime


def open_case(connection: Connection, cipher: FieldCipher, new: NewCase, now: datetime) -> str:
    """The id of a new case; of one of the same kind, subject and opener that is not decided, its id."""
    same = (CASES.c.kind == new.kind) & (CASES.c.subject_id == new.subject_id) & (CASES.c.state != CaseState.DECIDED)
    opener = CASES.c.opened_by.is_(None) if new.opened_by is None else CASES.c.opened_by == new.opened_by
    known = connection.execute(select(CASES.c.case_id).where(same, opener)).scalar()
    if known is not None:
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
    return _case(row)


def words_of(connection: Connection, cipher: FieldCipher, case_id: str) -> str | None:
    """What whoever opened the case wrote, in the clear."""
    sealed = connection.execute(select(CASES.c.words_sealed).where(CASES.c.case_id == case_id)).scalar()
    return None if sealed is None else cipher.open(WORDS, case_id, sealed)


def list_cases(
    connection: Connection,
    *,
    state: CaseState | None = None,
    kind: CaseKind | None = None,
    opened_by: str | None = None,
    subject_id: str | None = None,
    after: str | None = None,
    limit: int,
) -> list[Case]:
    """Cases by when they were opened, the oldest first; `after`: the last one seen."""
    query = select(CASES).order_by(CASES.c.case_id).limit(limit)
    named = {"state": state, "kind": kind, "opened_by": opened_by, "subject_id": subject_id}
    for column, value in named.items():
        if value is not None:
            query = query.where(CASES.c[column] == value)
    if after is not None:
        query = query.where(CASES.c.case_id > after)
    return [_case(row) for row in connection.execute(query)]


def take_case(connection: Connection, case_id: str, administrator_id: str) -> Case:
    """Make a case an administrator's own; raises ConflictError for one that was decided."""
    _change(connection, case_id, state=CaseState.TAKEN, assigned_to=administrator_id)
    return get_case(connection, case_id)


def decide_case(
    connection: Connection, case_id: str, administrator_id: str, decision: Decision, reason: str, now: datetime
) -> Case:
    """Decide a case; raises ConflictError for one that was decided. What follows is the caller's to do."""
    _change(
        connection,
        case_id,
        state=CaseState.DECIDED,
        assigned_to=administrator_id,
        decision=decision,
        decision_reason=reason,
        decided_at=now,
    )
    return get_case(connection, case_id)


def add_note(
    connection: Connection, cipher: FieldCipher, case_id: str, author_id: str, body: str, now: datetime
) -> None:
    """Note something on a case; raises NotFoundError."""
    get_case(connection, case_id)
    note_id = new_id()
    sealed = cipher.seal(NOTE_BODY, note_id, body)
    connection.execute(
        insert(NOTES).values(note_id=note_id, case_id=case_id, author_id=author_id, body_sealed=sealed, noted_at=now)
    )


def notes_of(connection: Connection, cipher: FieldCipher, case_id: str) -> list[SupportNote]:
    """Every note on a case, the first first."""
    query = select(NOTES).where(NOTES.c.case_id == case_id).order_by(NOTES.c.note_id)
    return [
        SupportNote(row.author_id, cipher.open(NOTE_BODY, row.note_id, row.body_sealed), row.noted_at)
        for row in connection.execute(query)
    ]


def _change(connection: Connection, case_id: str, **values: Any) -> None:
    undecided = (CASES.c.case_id == case_id) & (CASES.c.state != CaseState.DECIDED)
    if connection.execute(update(CASES).where(undecided).values(**values)).rowcount == 0:
        get_case(connection, case_id)
        raise ConflictError("the case was decided already", field="case_id")


def _case(row: Row[Any]) -> Case:
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
        row.decided_at,
    )

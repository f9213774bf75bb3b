"""What waits for a decision: how much of each kind and since when, and imported jobs that signs of fraud hold.

Imports come by the hundred, so their cases are opened and dropped many at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from store.ids import new_id
from store.people.cases import CASES, CaseKind, CaseState


@dataclass(frozen=True, slots=True)
class WaitingCases:
    """How many cases of a kind nobody has taken, how many somebody has, and when the oldest of both was opened."""

    kind: CaseKind
    open: int
    taken: int
    oldest_at: datetime


def count_waiting(connection: Connection) -> list[WaitingCases]:
    """What waits for a decision, by kind; without kinds of which nothing does."""
    query = select(
        CASES.c.kind, CASES.c.state, func.count().label("cases"), func.min(CASES.c.opened_at).label("oldest")
    )
    query = query.where(CASES.c.state != CaseState.DECIDED).group_by(CASES.c.kind, CASES.c.state)
    found = connection.execute(query).all()
    waiting = []
    for kind in CaseKind:
        counts = {row.state: row.cases for row in found if row.kind == kind}
        if counts:
            oldest = min(row.oldest for row in found if row.kind == kind)
            waiting.append(WaitingCases(kind, counts.get(CaseState.OPEN, 0), counts.get(CaseState.TAKEN, 0), oldest))
    return waiting


def open_import_cases(connection: Connection, reasons: Mapping[str, Sequence[str]], now: datetime) -> None:
    """Open a case about each imported job, job id → codes of signs, that none waits about; others get their codes."""
    waiting = _waiting_imports(reasons)
    known = set(connection.execute(select(CASES.c.subject_id).where(waiting)).scalars())
    for job_id in known:
        is_same = waiting & (CASES.c.subject_id == job_id)
        connection.execute(update(CASES).where(is_same).values(reasons=list(reasons[job_id])))
    new = [
        {
            "case_id": new_id(),
            "kind": CaseKind.IMPORT,
            "subject_id": job_id,
            "reasons": list(codes),
            "state": CaseState.OPEN,
            "opened_at": now,
        }
        for job_id, codes in reasons.items()
        if job_id not in known
    ]
    if new:
        connection.execute(insert(CASES), new)


def drop_waiting_cases(connection: Connection, kind: CaseKind, job_ids: Collection[str]) -> None:
    """Drop the cases about jobs that nothing keeps from being shown any more, but for those that somebody has taken."""
    is_open = (CASES.c.kind == kind) & (CASES.c.state == CaseState.OPEN)
    connection.execute(delete(CASES).where(is_open, CASES.c.subject_id.in_(job_ids), CASES.c.opened_by.is_(None)))


def _waiting_imports(job_ids: Collection[str]) -> ColumnElement[bool]:
    is_waiting = and_(CASES.c.kind == CaseKind.IMPORT, CASES.c.state != CaseState.DECIDED)
    return is_waiting & CASES.c.subject_id.in_(job_ids)

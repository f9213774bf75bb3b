"""Other ads of whoever an ad is of, the newest first, with what was decided of each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from store.hiring.postings import POSTINGS
from store.people.cases import ABOUT_JOBS, CASES, CaseState
from store.tables import JOBS

TITLE = JOBS.c.document["title"].as_string().label("title")


def jobs_of_owner(
    connection: Connection, kind: str, owner_id: str | None, but: str, limit: int
) -> list[dict[str, Any]]:
    """The newest ads of an organisation, a partner or a source but for one, each with its last decision."""
    if owner_id is None:
        return []
    query = select(JOBS.c.job_id, JOBS.c.is_open, JOBS.c.created_at, TITLE)
    query = query.select_from(JOBS.outerjoin(POSTINGS, POSTINGS.c.job_id == JOBS.c.job_id))
    query = query.where(_is_of(kind, owner_id), JOBS.c.job_id != but)
    rows = connection.execute(query.order_by(JOBS.c.created_at.desc(), JOBS.c.job_id.desc()).limit(limit)).all()
    decided = _last_decisions(connection, [row.job_id for row in rows])
    return [
        {
            "job_id": row.job_id,
            "title": row.title,
            "is_open": row.is_open,
            "created_at": row.created_at,
            "decision": decided.get(row.job_id),
        }
        for row in rows
    ]


def _is_of(kind: str, owner_id: str) -> ColumnElement[bool]:
    if kind == "employer":
        return POSTINGS.c.employer_id == owner_id
    if kind == "partner":
        return POSTINGS.c.partner_id == owner_id
    return and_(JOBS.c.source == owner_id, POSTINGS.c.job_id.is_(None))


def _last_decisions(connection: Connection, job_ids: list[str]) -> dict[str, dict[str, Any]]:
    decided = (CASES.c.state == CaseState.DECIDED) & CASES.c.kind.in_(ABOUT_JOBS) & CASES.c.subject_id.in_(job_ids)
    query = select(CASES.c.subject_id, CASES.c.decision, CASES.c.decision_reason).where(decided)
    return {
        row.subject_id: {"decision": row.decision, "reason": row.decision_reason}
        for row in connection.execute(query.order_by(CASES.c.decided_at))
    }

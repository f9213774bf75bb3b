"""What the system did for a person and what is recorded of them: answers, events, outcomes, acts, to take away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, or_, select

from store.audit_chain import ENTRIES
from store.evidence.recommendation_log import INPUTS, RECOMMENDATIONS
from store.matching.events import EVENTS
from store.matching.rows import vector_of
from store.tables import PLACEMENTS
from store.upserts import batches

SOMEBODY_ELSE = "somebody else"


def portable_recommendations(connection: Connection, seeker_id: str | None) -> dict[str, Any]:
    """`recommendations`: each answer, by which versions, what was asked, jobs and scores; and `profiles_answered_for`:
    what the person had said at the time, by the hash that answers name, with its vector."""
    answered = select(RECOMMENDATIONS).where(RECOMMENDATIONS.c.seeker_id == seeker_id)
    inputs = select(INPUTS).where(INPUTS.c.seeker_id == seeker_id)
    return {
        "recommendations": [
            {
                "recommendation_id": row.recommendation_id,
                "answered_at": row.answered_at.isoformat(),
                "query": row.asked,
                "requested_by": "the person" if row.partner_id is None else "a partner app",
                "shown": [{"job_id": job_id, "score": score} for job_id, score in row.shown],
                "profile": row.input_hash,
                "bundle": row.bundle,
                "model": row.model_id,
                "reranker": row.reranker,
            }
            for row in connection.execute(answered.order_by(RECOMMENDATIONS.c.recommendation_id))
        ],
        "profiles_answered_for": [
            {
                "profile": row.input_hash,
                "document": row.document,
                "vector": _numbers(row.vector),
                "recorded_at": row.recorded_at.isoformat(),
            }
            for row in connection.execute(inputs.order_by(INPUTS.c.recorded_at, INPUTS.c.input_hash))
        ],
    }


def portable_events(connection: Connection, seeker_id: str | None) -> list[dict[str, Any]]:
    """What was told of the person and single jobs: shown, clicked, applied for, hired."""
    query = select(EVENTS).where(EVENTS.c.seeker_id == seeker_id).order_by(EVENTS.c.occurred_at, EVENTS.c.event_id)
    return [
        {
            "kind": row.kind,
            "job_id": row.job_id,
            "recommendation_id": row.recommendation_id,
            "position": row.position,
            "occurred_at": row.occurred_at.isoformat(),
            "received_at": row.received_at.isoformat(),
        }
        for row in connection.execute(query)
    ]


def portable_placements(connection: Connection, seeker_id: str | None) -> list[dict[str, Any]]:
    """What became of the person and each job, as models learn from it: 4 hired … 0 applied, -1 declined."""
    query = select(PLACEMENTS).where(PLACEMENTS.c.seeker_id == seeker_id).order_by(PLACEMENTS.c.placed_at)
    return [
        {"job_id": row.job_id, "grade": row.grade, "placed_at": row.placed_at.isoformat()}
        for row in connection.execute(query)
    ]


def portable_audit(connection: Connection, own_name: str, named: Mapping[str, Collection[str]]) -> list[dict[str, Any]]:
    """What the audit log says the person did and what was done to them and theirs.

    `named`: kinds of subjects, as `case`, to the ids that are the person's. Of others no id is told.
    """
    subjects = {f"{kind}:{one}" for kind, ids in named.items() for one in ids}
    entries: dict[int, dict[str, Any]] = {}
    for batch in batches(sorted(subjects)):
        concerns = or_(ENTRIES.c.subject.in_(batch), ENTRIES.c.actor == own_name)
        for row in connection.execute(select(ENTRIES).where(concerns)):
            is_own = row.subject in subjects
            entries[row.number] = {
                "number": row.number,
                "happened_at": row.happened_at.isoformat(),
                "actor": row.actor if row.actor == own_name else SOMEBODY_ELSE,
                "action": row.action,
                "subject": row.subject if is_own else row.subject.partition(":")[0],
                "detail": row.detail if is_own else None,
            }
    return [entries[number] for number in sorted(entries)]


def _numbers(vector: bytes) -> list[float]:
    found = vector_of(vector)
    return [] if found is None else [float(number) for number in found]

"""Answers of somebody who was erased: kept as evidence of what the system recommended, without whom it was for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from engine.errors import InvalidInputError
from store.evidence.recommendation_log import INPUTS, RECOMMENDATIONS

NOBODY = ""  # whom answers to a profile that came with the request are for too
NO_INPUT = ""


def detach_answers(connection: Connection, seeker_id: str, before: datetime | None = None) -> tuple[int, int]:
    """Detach a person's answers and forget the profiles that these came from; how many of each.

    Jobs, scores, moment and versions stay: what was recommended can be counted, no longer replayed. The jobs that were
    left out are forgotten too, since the person chose them. `before`: only answers for an earlier moment.
    Raises InvalidInputError without an id.
    """
    if not seeker_id:
        raise InvalidInputError("no person", expected="the id of a person", field="seeker_id")
    logged = RECOMMENDATIONS.c
    query = select(logged.recommendation_id, logged.asked).where(logged.seeker_id == seeker_id)
    if before is not None:
        query = query.where(logged.answered_at < before)
    detached = [
        {"at_id": row.recommendation_id, "new_asked": _without_choices(row.asked)}
        for row in connection.execute(query.order_by(logged.recommendation_id))
    ]
    if detached:
        statement = update(RECOMMENDATIONS).where(logged.recommendation_id == bindparam("at_id"))
        nobodys = {"seeker_id": NOBODY, "input_hash": NO_INPUT, "asked": bindparam("new_asked")}
        connection.execute(statement.values(nobodys), detached)
    is_needed = exists().where(logged.seeker_id == INPUTS.c.seeker_id, logged.input_hash == INPUTS.c.input_hash)
    forgotten = connection.execute(delete(INPUTS).where(INPUTS.c.seeker_id == seeker_id, ~is_needed))
    return len(detached), forgotten.rowcount


def _without_choices(asked: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in asked.items() if name != "excluded"}

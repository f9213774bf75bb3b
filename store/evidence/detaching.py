"""Answers of somebody who was erased: kept as evidence of what the system recommended, without whom it was for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, exists, select, update

from engine.errors import InvalidInputError
from store.evidence.recommendation_log import INPUTS, RECOMMENDATIONS
from store.upserts import batches

NOBODY = ""  # whom answers to a profile that came with the request are for too
NO_INPUT = ""
_IS_NEEDED = exists().where(
    RECOMMENDATIONS.c.seeker_id == INPUTS.c.seeker_id, RECOMMENDATIONS.c.input_hash == INPUTS.c.input_hash
)


def detach_answers(connection: Connection, seeker_id: str, before: datetime | None = None) -> tuple[int, int]:
    """Detach a person's answers and forget the profiles that these came from; how many of each.

    Jobs, scores, moment and versions stay: what was recommended can be counted, no longer replayed. The jobs that were
    left out are forgotten too, since the person chose them. `before`: only answers for an earlier moment.
    Raises InvalidInputError without an id.
    """
    if not seeker_id:
        raise InvalidInputError("no person", expected="the id of a person", field="seeker_id")
    detached = _detach(connection, RECOMMENDATIONS.c.seeker_id == seeker_id, before)
    return len(detached), _forget_inputs(connection, INPUTS.c.seeker_id == seeker_id)


def detach_profile_answers(
    connection: Connection, reference_hashes: Collection[bytes], before: datetime | None = None
) -> tuple[int, int]:
    """The same for the answers to profiles that came with the request, by the hashes of a partner's reference.

    A profile stays where an answer came from it that has another reference, or none. Nobody may log answers meanwhile
    (`store.evidence.log_shipping.shipping_paused`).
    """
    detached = _detach(connection, RECOMMENDATIONS.c.profile_reference_hash.in_(reference_hashes), before)
    is_nobodys, hashes = INPUTS.c.seeker_id == NOBODY, sorted({row.input_hash for row in detached})
    forgotten = sum(_forget_inputs(connection, is_nobodys & INPUTS.c.input_hash.in_(some)) for some in batches(hashes))
    return len(detached), forgotten


def _detach(
    connection: Connection, is_theirs: ColumnElement[bool], before: datetime | None
) -> list[Row[str, dict[str, Any], str]]:
    """Take from answers what tells whom they were for; the answers as they were."""
    logged = RECOMMENDATIONS.c
    query = select(logged.recommendation_id, logged.asked, logged.input_hash).where(is_theirs)
    if before is not None:
        query = query.where(logged.answered_at < before)
    detached = list(connection.execute(query.order_by(logged.recommendation_id)).all())
    if detached:
        statement = update(RECOMMENDATIONS).where(logged.recommendation_id == bindparam("at_id"))
        nobodys: dict[str, Any] = {
            "seeker_id": NOBODY,
            "input_hash": NO_INPUT,
            "profile_reference_hash": None,
            "asked": bindparam("new_asked"),
        }
        changes = [{"at_id": row.recommendation_id, "new_asked": _without_excluded(row.asked)} for row in detached]
        connection.execute(statement.values(nobodys), changes)
    return detached


def _forget_inputs(connection: Connection, is_theirs: ColumnElement[bool]) -> int:
    return connection.execute(delete(INPUTS).where(is_theirs, ~_IS_NEEDED)).rowcount


def _without_excluded(query: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in query.items() if name != "excluded"}

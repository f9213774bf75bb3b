"""The log of recommendations: rows in, once each; rows out for a replay; and rows of a person forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, tuple_

from engine.errors import NotFoundError
from store.evidence.answer_records import AnswerRecord
from store.tables import Base

RECOMMENDATIONS = Base.metadata.tables["recommendations"]
INPUTS = Base.metadata.tables["recommendation_inputs"]


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """An answer of the log, with the hashes that were written beside it."""

    record: AnswerRecord
    input_hash: str
    answer_hash: str


def log_answers(connection: Connection, records: Sequence[AnswerRecord], now: datetime) -> int:
    """Log those of some answers that are not logged yet, with what they came from; how many these are.

    Raises IntegrityError when somebody else logs one of them at the same time: to be tried again.
    """
    new = {record.recommendation_id: record for record in records}
    key = RECOMMENDATIONS.c.recommendation_id
    for logged in connection.execute(select(key).where(key.in_(new))).scalars():
        del new[logged]
    if not new:
        return 0
    inputs = [(record.seeker_id, record.input_hash) for record in new.values()]
    _store_inputs(connection, dict(zip(inputs, new.values(), strict=True)), now)
    rows = [_row(record, input_hash) for record, (_, input_hash) in zip(new.values(), inputs, strict=True)]
    connection.execute(insert(RECOMMENDATIONS), rows)
    return len(new)


def read_answer(connection: Connection, recommendation_id: str) -> LoggedAnswer:
    """An answer of the log; raises NotFoundError for one that is not there, or was forgotten."""
    logged = RECOMMENDATIONS.c
    query = select(RECOMMENDATIONS, INPUTS.c.document, INPUTS.c.vector).join_from(
        RECOMMENDATIONS,
        INPUTS,
        (INPUTS.c.seeker_id == logged.seeker_id) & (INPUTS.c.input_hash == logged.input_hash),
    )
    row = connection.execute(query.where(logged.recommendation_id == recommendation_id)).one_or_none()
    if row is None:
        raise NotFoundError("no such recommendation", got=repr(recommendation_id[:80]), field="recommendation_id")
    values = dict(row._mapping)
    input_hash, answer_hash = values.pop("input_hash"), values.pop("answer_hash")
    values["query"] = values.pop("asked")
    values["shown"] = [(job_id, float(score)) for job_id, score in values["shown"]]
    return LoggedAnswer(AnswerRecord(**values), input_hash, answer_hash)


def seeker_of_recommendation(connection: Connection, recommendation_id: str) -> str | None:
    """Whom an answer of the log was for, empty for a profile that was sent along; None for one that is not there."""
    logged = RECOMMENDATIONS.c
    return connection.execute(select(logged.seeker_id).where(logged.recommendation_id == recommendation_id)).scalar()


def partner_of_recommendation(connection: Connection, recommendation_id: str) -> str | None:
    """The partner that got an answer of the log, None for nobody's or one that is not there."""
    logged = RECOMMENDATIONS.c
    return connection.execute(select(logged.partner_id).where(logged.recommendation_id == recommendation_id)).scalar()


def _store_inputs(connection: Connection, inputs: Mapping[tuple[str, str], AnswerRecord], now: datetime) -> None:
    pair = tuple_(INPUTS.c.seeker_id, INPUTS.c.input_hash)
    known = {tuple(row) for row in connection.execute(select(*INPUTS.primary_key.columns).where(pair.in_(inputs)))}
    rows = [
        {
            "seeker_id": seeker_id,
            "input_hash": input_hash,
            "document": record.document,
            "vector": record.vector,
            "recorded_at": now,
        }
        for (seeker_id, input_hash), record in sorted(inputs.items())  # sorted: two writers lock in the same order
        if (seeker_id, input_hash) not in known
    ]
    if rows:
        connection.execute(insert(INPUTS), rows)


def _row(record: AnswerRecord, input_hash: str) -> dict[str, object]:
    return {
        "recommendation_id": record.recommendation_id,
        "seeker_id": record.seeker_id,
        "input_hash": input_hash,
        "partner_id": record.partner_id,
        "asked": record.query,
        "answered_at": record.answered_at,
        "bundle": record.bundle,
        "model_id": record.model_id,
        "reranker": record.reranker,
        "job_change_number": record.job_change_number,
        "shown": record.shown,
        "answer_hash": record.answer_hash,
        "profile_reference_hash": record.profile_reference_hash,
    }

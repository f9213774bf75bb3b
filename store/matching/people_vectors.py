"""The vectors of all people by one model, and a mark that changes when one of them does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, extract, func, select

from store.matching.rows import VECTOR_DTYPE
from store.tables import SEEKERS
from store.text_order import ByCodePoint


@dataclass(frozen=True, slots=True)
class PeopleVectors:
    """P people by id, their vectors `[P, dimension]`, and the mark of when they were read.

    `partner_ids`: whose user each is (None: somebody with an account); `is_findable` `[P]`: they agreed to be found.
    """

    seeker_ids: list[str]
    vectors: NDArray[np.float32]
    mark: tuple[int, str]
    partner_ids: list[str | None]
    is_findable: NDArray[np.bool_]


def people_mark(connection: Connection, model_id: str) -> tuple[int, str]:
    """How many people have a vector by a model, and when profiles were written."""
    written_at = SEEKERS.c.updated_at
    # The newest of these times tells SQLite's writers apart, who come one after the other. Elsewhere, of two at once
    # the one that began first may commit last.
    written = func.max(written_at) if connection.dialect.name == "sqlite" else func.sum(extract("epoch", written_at))
    count = func.count().filter(SEEKERS.c.vector_model_id == model_id)
    row = connection.execute(select(count, written)).one()
    return row[0], str(row[1])


def read_people_vectors(connection: Connection, model_id: str) -> PeopleVectors:
    """Everybody's vector by a model, in order of id."""
    mark = people_mark(connection, model_id)  # before the vectors: what changes meanwhile is read again
    columns = (SEEKERS.c.seeker_id, SEEKERS.c.vector, SEEKERS.c.partner_id, SEEKERS.c.is_findable)
    query = select(*columns).where(SEEKERS.c.vector_model_id == model_id)
    rows = connection.execute(query.order_by(ByCodePoint(SEEKERS.c.seeker_id))).all()
    content = np.frombuffer(b"".join(row.vector for row in rows), VECTOR_DTYPE).astype(np.float32, copy=False)
    return PeopleVectors(
        [row.seeker_id for row in rows],
        content.reshape(len(rows), -1) if rows else content,
        mark,
        [row.partner_id for row in rows],
        np.array([row.is_findable for row in rows], dtype=np.bool_),
    )

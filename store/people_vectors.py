"""The vectors of all people by one model, and a mark that changes when one of them does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from store.rows import VECTOR_DTYPE
from store.tables import SEEKERS


@dataclass(frozen=True, slots=True)
class PeopleVectors:
    """P people by id, their vectors `[P, dimension]`, and the mark of when they were read."""

    seeker_ids: list[str]
    vectors: NDArray[np.float32]
    mark: tuple[int, str]


def people_mark(connection: Connection, model_id: str) -> tuple[int, str]:
    """How many people have a vector by a model, and when the last profile was written."""
    count = select(func.count()).select_from(SEEKERS).where(SEEKERS.c.vector_model_id == model_id)
    newest = select(func.max(SEEKERS.c.updated_at))
    return connection.execute(count).scalar_one(), str(connection.execute(newest).scalar_one())


def read_people_vectors(connection: Connection, model_id: str) -> PeopleVectors:
    """Everybody's vector by a model, in order of id."""
    mark = people_mark(connection, model_id)  # before the vectors: what changes meanwhile is read again
    query = select(SEEKERS.c.seeker_id, SEEKERS.c.vector).where(SEEKERS.c.vector_model_id == model_id)
    rows = connection.execute(query.order_by(SEEKERS.c.seeker_id)).all()
    content = np.frombuffer(b"".join(row.vector for row in rows), VECTOR_DTYPE).astype(np.float32, copy=False)
    return PeopleVectors([row.seeker_id for row in rows], content.reshape(len(rows), -1) if rows else content, mark)

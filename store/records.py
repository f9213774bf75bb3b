"""The system of record's questions and answers: `Records(open_database(url))`, after `migrate`.

What is written is read back equal: `Job`, `Seeker` (with its vector) and `Placement`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, Row, Select, Table, bindparam, delete, func, or_, select, update

from engine.document_fields import utc
from engine.documents import job_document, job_from_document, seeker_document, seeker_from_document
from engine.errors import InvalidInputError, NotFoundError
from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from store.placements import PLACEMENTS, put_placements
from store.tables import Base
from store.upserts import BATCH_ROWS, PutCounts, batches, content_hash, in_transaction, put_documents

JOBS: Table = Base.metadata.tables["jobs"]
SEEKERS: Table = Base.metadata.tables["seekers"]
VECTOR_DTYPE = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class StoredSeeker:
    """A profile, its vector [dim] and the model that made it; both None until it is encoded."""

    seeker: Seeker
    vector: NDArray[np.float32] | None
    vector_model_id: str | None


class Records:
    """Reads and writes the tables of `engine`; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put_jobs(self, jobs: Iterable[Job]) -> PutCounts:
        """Create or replace jobs, a transaction per 500; jobs that are stored already are not rewritten."""
        counts = PutCounts()
        for batch in batches(jobs):
            rows = {job.job_id: _job_row(job) for job in batch}
            counts += in_transaction(self._engine, partial(put_documents, table=JOBS, rows=rows))
        return counts

    def get_job(self, job_id: str) -> Job:
        """The job; raises NotFoundError."""
        return job_from_document(self._one(JOBS, job_id).document, job_id)

    def delete_job(self, job_id: str) -> None:
        """Forget the job; raises NotFoundError. Its placements stay."""
        self._delete(JOBS, job_id)

    def iter_jobs(self, *, open_at: datetime | None = None) -> Iterator[Job]:
        """Jobs by id, streamed; with `open_at` only those open and not closed by then."""
        query = select(JOBS.c.job_id, JOBS.c.document).order_by(JOBS.c.job_id)
        if open_at is not None:
            still = or_(JOBS.c.closes_at.is_(None), JOBS.c.closes_at > utc(open_at))
            query = query.where(JOBS.c.is_open, still)
        for row in self._stream(query):
            yield job_from_document(row.document, row.job_id)

    def count_jobs(self) -> int:
        """How many jobs are stored, open or not."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(JOBS)).scalar_one()

    def put_seeker(self, seeker: Seeker, vector: NDArray[np.float32] | None, model_id: str | None) -> bool:
        """Create or replace a profile with its vector [dim] (None: not encoded); True when it is new."""
        if (vector is None) != (model_id is None):
            raise InvalidInputError("a vector and its model go together", field="vector")
        row = _seeker_row(seeker) | {"vector_model_id": model_id, "vector": _vector_bytes(vector)}
        counts = in_transaction(
            self._engine,
            partial(put_documents, table=SEEKERS, rows={seeker.seeker_id: row}, always=True),
        )
        return counts.created == 1

    def put_seekers(self, seekers: Iterable[Seeker]) -> PutCounts:
        """Create or replace profiles in batches; one that changed loses its vector, as it no longer fits."""
        counts = PutCounts()
        for batch in batches(seekers):
            rows = {seeker.seeker_id: _seeker_row(seeker) for seeker in batch}
            counts += in_transaction(self._engine, partial(put_documents, table=SEEKERS, rows=rows))
        return counts

    def get_seeker(self, seeker_id: str) -> StoredSeeker:
        """The profile and its vector; raises NotFoundError."""
        return _stored_seeker(self._one(SEEKERS, seeker_id))

    def store_seeker_vectors(self, vectors: Sequence[tuple[Seeker, NDArray[np.float32]]], model_id: str) -> None:
        """Give profiles the vectors [dim] that `model_id` made of them; one that has changed or gone is passed over."""
        unchanged = (SEEKERS.c.seeker_id == bindparam("at")) & (SEEKERS.c.content_hash == bindparam("hash"))
        statement = update(SEEKERS).where(unchanged)
        statement = statement.values(vector=bindparam("bytes"), vector_model_id=model_id)
        for batch in batches(vectors):
            rows = [
                {"at": seeker.seeker_id, "hash": _seeker_row(seeker)["content_hash"], "bytes": _vector_bytes(vector)}
                for seeker, vector in batch
            ]
            in_transaction(self._engine, partial(_execute, statement=statement, rows=rows))

    def delete_seeker(self, seeker_id: str) -> None:
        """Forget the profile and its vector; raises NotFoundError. Its placements stay."""
        self._delete(SEEKERS, seeker_id)

    def iter_seekers(self) -> Iterator[StoredSeeker]:
        """Profiles by id, streamed."""
        for row in self._stream(select(SEEKERS).order_by(SEEKERS.c.seeker_id)):
            yield _stored_seeker(row)

    def add_placements(self, placements: Iterable[Placement]) -> int:
        """Store outcomes; a repeat changes nothing and a later outcome replaces an earlier. Rows changed."""
        return sum(
            in_transaction(self._engine, partial(put_placements, placements=batch)) for batch in batches(placements)
        )

    def iter_placements(self) -> Iterator[Placement]:
        """Placements in the order they happened, streamed."""
        order = (PLACEMENTS.c.placed_at, PLACEMENTS.c.seeker_id, PLACEMENTS.c.job_id)
        for row in self._stream(select(PLACEMENTS).order_by(*order)):
            yield Placement(row.seeker_id, row.job_id, row.placed_at, row.grade)

    def data_version(self) -> str:
        """A name for the content of all three tables: equal for equal content, however it came in.

        The sum of the rows' SHA-256: order does not matter. Vectors and times of writing are left out.
        """
        queries: list[Select[Any]] = [
            select(JOBS.c.job_id, JOBS.c.content_hash),
            select(SEEKERS.c.seeker_id, SEEKERS.c.content_hash),
            select(PLACEMENTS.c.seeker_id, PLACEMENTS.c.job_id, PLACEMENTS.c.grade, PLACEMENTS.c.placed_at),
        ]
        total = 0
        for table, query in zip(("jobs", "seekers", "placements"), queries, strict=True):
            for row in self._stream(query):
                digest = hashlib.sha256("\0".join([table, *map(str, row)]).encode()).digest()
                total += int.from_bytes(digest)
        return f"{total % 2**256:064x}"[:16]

    def _one(self, table: Table, key: str) -> Row[Any]:
        (key_column,) = table.primary_key.columns
        with self._engine.connect() as connection:
            row = connection.execute(select(table).where(key_column == key)).one_or_none()
        if row is None:
            raise _not_found(table, key)
        return row

    def _delete(self, table: Table, key: str) -> None:
        (key_column,) = table.primary_key.columns
        statement = delete(table).where(key_column == key)
        if in_transaction(self._engine, partial(_execute, statement=statement)) == 0:
            raise _not_found(table, key)

    def _stream(self, query: Select[Any]) -> Iterator[Row[Any]]:
        with self._engine.connect() as connection:
            yield from connection.execution_options(yield_per=BATCH_ROWS).execute(query)


def _execute(connection: Connection, statement: Any, rows: Sequence[dict[str, Any]] | None = None) -> int:
    return connection.execute(statement, rows).rowcount


def _not_found(table: Table, key: str) -> NotFoundError:
    noun = table.name.removesuffix("s")
    return NotFoundError(f"no such {noun}", got=repr(key[:80]), field=f"{noun}_id")


def _job_row(job: Job) -> dict[str, Any]:
    document = job_document(job)
    return {
        "source": job.source,
        "document": document,
        "content_hash": content_hash(document),
        "is_open": job.is_open,
        "closes_at": job.closes_at and utc(job.closes_at),
    }


def _seeker_row(seeker: Seeker) -> dict[str, Any]:
    document = seeker_document(seeker)
    hashed = content_hash(document)
    return {"document": document, "content_hash": hashed, "vector": None, "vector_model_id": None}


def _stored_seeker(row: Row[Any]) -> StoredSeeker:
    vector = None if row.vector is None else np.frombuffer(row.vector, VECTOR_DTYPE).astype(np.float32)
    return StoredSeeker(seeker_from_document(row.document, row.seeker_id), vector, row.vector_model_id)


def _vector_bytes(vector: NDArray[np.float32] | None) -> bytes | None:
    if vector is None:
        return None
    if vector.ndim != 1 or not np.isfinite(vector).all():
        raise InvalidInputError(
            "not a vector", expected="one row of finite numbers", got=f"shape {vector.shape}", field="vector"
        )
    return vector.astype(VECTOR_DTYPE).tobytes()

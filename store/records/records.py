"""The system of record's questions and answers: `Records(open_database(url))`, after `migrate`.

What is written is read back equal: `Job`, `Seeker` (with its vector) and `Placement`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, Row, Select, Table, delete, exists, or_, select

from engine.documents.jobs import job_from_document
from engine.documents.seekers import seeker_from_document
from engine.documents.terms import utc
from engine.errors import NotFoundError
from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from store.hiring.imported_jobs import PutImports, delete_imported_job, put_imported_jobs
from store.hiring.job_owners import taken
from store.matching.events import EVENTS, Event, EventKind
from store.matching.job_changes import (
    JobChange,
    forget_tombstones,
    newest_change_number,
    read_job_changes,
    store_job_vectors,
)
from store.matching.people_vectors import PeopleVectors, people_mark, read_people_vectors
from store.matching.person_reads import PersonRead, PersonReader
from store.matching.placements import put_placements
from store.matching.rows import job_row, seeker_row, stored_job, takes_applications, vector_of
from store.tables import JOBS, PLACEMENTS, SEEKERS
from store.text_order import ByCodePoint
from store.upserts import BATCH_ROWS, PutCounts, batches, in_transaction, put_documents, store_vectors


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
        self._people = PersonReader(engine)

    def put_jobs(
        self,
        jobs: Iterable[Job],
        on_taken: Callable[[str], None] | None = None,
        on_held: Callable[[str], None] | None = None,
    ) -> PutCounts:
        """Create or replace imported jobs, a transaction per 500; jobs that are stored already are not rewritten.

        A job that changed loses its vector, as it no longer fits. One whose id is somebody else's is left out and
        `on_taken` told its id; without `on_taken`, ConflictError and nothing of its 500. One whose signs block it is
        stored closed, unless a moderator released these words; `on_held` is told its id.
        """
        counts = PutCounts()
        for batch in batches(jobs):
            counts += self._put({job.job_id: job_row(job) for job in batch}, on_taken, on_held)
        return counts

    def put_job(self, job: Job, vector: NDArray[np.float32] | None, model_id: str | None) -> bool:
        """Create or replace an imported job with its vector [dim] (None: not encoded); True when it is new.

        Nothing changes when the job is stored as it is and the vector, if any, is of the model of the stored one.
        Raises ConflictError for an id that is somebody else's.
        """
        return self._put({job.job_id: job_row(job, vector, model_id)}).created == 1

    def get_job(self, job_id: str) -> Job:
        """The job; raises NotFoundError."""
        return job_from_document(self._one(JOBS, job_id).document, job_id)

    def delete_job(self, job_id: str) -> None:
        """Forget an imported job, but for its tombstone; raises NotFoundError. Its placements stay, its id is taken."""
        if not in_transaction(self._engine, partial(delete_imported_job, job_id=job_id)):
            raise _not_found(JOBS, job_id)

    def iter_jobs(self, *, open_at: datetime | None = None) -> Iterator[Job]:
        """Jobs by id, streamed; with `open_at` only those open and not closed by then."""
        columns = JOBS.c.job_id, JOBS.c.document, takes_applications(JOBS.c.job_id)
        query = select(*columns).order_by(ByCodePoint(JOBS.c.job_id))
        if open_at is not None:
            still = or_(JOBS.c.closes_at.is_(None), JOBS.c.closes_at > utc(open_at))
            query = query.where(JOBS.c.is_open, still)
        for row in self._stream(query):
            yield stored_job(row)

    def store_job_vectors(self, vectors: Sequence[tuple[Job, NDArray[np.float32]]], model_id: str) -> None:
        """Give jobs the vectors [dim] that `model_id` made of them; one that has changed or gone is passed over.

        This is no change of a job: who follows changes can encode the job as well.
        """
        for batch in batches(vectors):
            rows = {job.job_id: job_row(job, vector, model_id) for job, vector in batch}
            in_transaction(self._engine, partial(store_job_vectors, rows=rows))

    def job_change_number(self) -> int:
        """The number of the newest change of a job: put, edited, closed or deleted; 0 before the first."""
        with self._engine.connect() as connection:
            return newest_change_number(connection)

    def job_changes(self, after: int, limit: int) -> list[JobChange]:
        """The first `limit` changes above number `after`, in order; each job once, with its newest number.

        Whoever goes on from the last number misses none, but for the deletions that `forget_deleted_jobs` dropped.
        """
        with self._engine.connect() as connection:
            return read_job_changes(connection, after, limit)

    def forget_deleted_jobs(self, up_to: int) -> None:
        """Drop what tells of deletions up to change `up_to`, which every reader of changes must have seen."""
        in_transaction(self._engine, partial(forget_tombstones, up_to=up_to))

    def put_seeker(self, seeker: Seeker, vector: NDArray[np.float32] | None, model_id: str | None) -> bool:
        """Create or replace a profile with its vector [dim] (None: not encoded); True when it is new."""
        rows = {seeker.seeker_id: seeker_row(seeker, vector, model_id)}
        return in_transaction(self._engine, partial(put_documents, table=SEEKERS, rows=rows, always=True)).created == 1

    def put_seekers(self, seekers: Iterable[Seeker]) -> PutCounts:
        """Create or replace profiles in batches; one that changed loses its vector, as it no longer fits."""
        counts = PutCounts()
        for batch in batches(seekers):
            rows = {seeker.seeker_id: seeker_row(seeker) for seeker in batch}
            counts += in_transaction(self._engine, partial(put_documents, table=SEEKERS, rows=rows))
        return counts

    def get_seeker(self, seeker_id: str) -> StoredSeeker:
        """The profile and its vector; raises NotFoundError."""
        return _stored_seeker(self._one(SEEKERS, seeker_id))

    def read_person(self, seeker_id: str) -> PersonRead:
        """`get_seeker` for the hot path, with the number of the newest change of a job; raises NotFoundError.

        Raises OperationalError when the database cannot be reached.
        """
        person = self._people.read(seeker_id)
        if person is None:
            raise _not_found(SEEKERS, seeker_id)
        return person

    def store_seeker_vectors(self, vectors: Sequence[tuple[Seeker, NDArray[np.float32]]], model_id: str) -> None:
        """Give profiles the vectors [dim] that `model_id` made of them; one that has changed or gone is passed over."""
        for batch in batches(vectors):
            rows = {seeker.seeker_id: seeker_row(seeker, vector, model_id) for seeker, vector in batch}
            in_transaction(self._engine, partial(store_vectors, table=SEEKERS, rows=rows))

    def delete_seeker(self, seeker_id: str) -> None:
        """Forget the profile and its vector; raises NotFoundError. Its placements stay."""
        statement = delete(SEEKERS).where(SEEKERS.c.seeker_id == seeker_id)
        if in_transaction(self._engine, lambda connection: connection.execute(statement).rowcount) == 0:
            raise _not_found(SEEKERS, seeker_id)

    def iter_seekers(self, *, for_training: bool = False) -> Iterator[StoredSeeker]:
        """Profiles by id, streamed; `for_training`: without the people of `ids_excluded_from_training`."""
        query = select(SEEKERS).order_by(ByCodePoint(SEEKERS.c.seeker_id))
        for row in self._stream(query.where(SEEKERS.c.may_train) if for_training else query):
            yield _stored_seeker(row)

    def ids_excluded_from_training(self) -> list[str]:
        """Who did not agree that models learn from what becomes of them."""
        return [row.seeker_id for row in self._stream(select(SEEKERS.c.seeker_id).where(~SEEKERS.c.may_train))]

    def people_mark(self, model_id: str) -> tuple[int, str]:
        """Changes when a profile is written, and when one gets a vector by the model or is forgotten."""
        with self._engine.connect() as connection:
            return people_mark(connection, model_id)

    def people_vectors(self, model_id: str) -> PeopleVectors:
        """Everybody's vector by a model."""
        with self._engine.connect() as connection:
            return read_people_vectors(connection, model_id)

    def add_placements(self, placements: Iterable[Placement]) -> int:
        """Store outcomes; a repeat changes nothing and a later outcome replaces an earlier. Rows changed."""
        return sum(
            in_transaction(self._engine, partial(put_placements, placements=batch)) for batch in batches(placements)
        )

    def iter_placements(self, *, for_training: bool = False) -> Iterator[Placement]:
        """Placements in the order they happened, streamed; `for_training` as in `iter_seekers`."""
        order = (PLACEMENTS.c.placed_at, ByCodePoint(PLACEMENTS.c.seeker_id), ByCodePoint(PLACEMENTS.c.job_id))
        query = select(PLACEMENTS).order_by(*order)
        is_excluded = exists().where(SEEKERS.c.seeker_id == PLACEMENTS.c.seeker_id, ~SEEKERS.c.may_train)
        for row in self._stream(query.where(~is_excluded) if for_training else query):
            yield Placement(row.seeker_id, row.job_id, row.placed_at, row.grade)

    def iter_events(self) -> Iterator[Event]:
        """Events that models may learn from, in no order, streamed: their person agreed, their job is still stored."""
        is_agreed = exists().where(SEEKERS.c.seeker_id == EVENTS.c.seeker_id, SEEKERS.c.may_train)
        is_stored = exists().where(JOBS.c.job_id == EVENTS.c.job_id)
        columns = [EVENTS.c[field] for field in Event.__dataclass_fields__]
        for row in self._stream(select(*columns).where(is_agreed, is_stored)):
            yield Event(**row._asdict() | {"kind": EventKind(row.kind)})

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

    def _put(
        self,
        rows: Mapping[str, dict[str, Any]],
        on_taken: Callable[[str], None] | None = None,
        on_held: Callable[[str], None] | None = None,
    ) -> PutCounts:
        def put(connection: Connection) -> PutImports:
            done = put_imported_jobs(connection, rows)
            if done.taken and on_taken is None:
                raise taken(done.taken[0])
            return done

        done = in_transaction(self._engine, put)
        for job_id in done.taken:
            on_taken and on_taken(job_id)
        for job_id in (one for one in rows if one in done.held):
            on_held and on_held(job_id)
        return done.counts

    def _one(self, table: Table, key: str) -> Row[Any]:
        (key_column,) = table.primary_key.columns
        with self._engine.connect() as connection:
            row = connection.execute(select(table).where(key_column == key)).one_or_none()
        if row is None:
            raise _not_found(table, key)
        return row

    def _stream(self, query: Select[Any]) -> Iterator[Row[Any]]:
        with (
            self._engine.connect() as connection,
            connection.execution_options(yield_per=BATCH_ROWS).execute(query) as rows,  # whose reader may stop early
        ):
            yield from rows


def _not_found(table: Table, key: str) -> NotFoundError:
    message = "no such job" if table is JOBS else "no such seeker"
    return NotFoundError(message, got=repr(key[:80]), field=f"{table.name.removesuffix('s')}_id")


def _stored_seeker(row: Row[Any]) -> StoredSeeker:
    return StoredSeeker(seeker_from_document(row.document, row.seeker_id), vector_of(row.vector), row.vector_model_id)

"""Signs of fraudulent and unlawful offers in imported jobs that have none: those stored before signs were looked for.

An age limit that an import took out of an ad's text is no longer there to be found: the ad's next import tells it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, exists, select

from engine.documents.jobs import job_from_document
from engine.jobs import Job
from engine.moderation.fraud.signs import with_signs
from engine.offer_signs import blocking_kinds
from store.hiring.imported_jobs import put_imported_jobs
from store.hiring.postings import POSTINGS
from store.matching.rows import job_row, vector_of
from store.tables import JOBS
from store.upserts import BATCH_ROWS, in_transaction


@dataclass(frozen=True, slots=True)
class JobsJudged:
    """How many imported jobs without signs were read, how many have some now, and how many of those are held."""

    read: int = 0
    signed: int = 0
    held: int = 0

    def __add__(self, other: JobsJudged) -> JobsJudged:
        return JobsJudged(self.read + other.read, self.signed + other.signed, self.held + other.held)


def judge_imported_jobs(database: Engine) -> JobsJudged:
    """Look for signs in every imported job that has none, some hundred at once; what is surely fraud is closed."""
    judged, after = JobsJudged(), ""
    while True:
        with database.connect() as connection:
            rows = connection.execute(_imported(after)).all()
        if not rows:
            return judged
        after = rows[-1].job_id
        judged += _judge(database, rows)


def _imported(after: str) -> Select[Any]:
    is_posted = exists().where(POSTINGS.c.job_id == JOBS.c.job_id)
    query = select(JOBS.c.job_id, JOBS.c.document, JOBS.c.content_hash).where(JOBS.c.job_id > after, ~is_posted)
    return query.order_by(JOBS.c.job_id).limit(BATCH_ROWS)


def _judge(database: Engine, rows: Sequence[Row[Any]]) -> JobsJudged:
    unsigned = [(row, job) for row in rows if not (job := job_from_document(row.document, row.job_id)).signs]
    found = {row.job_id: (row.content_hash, judged) for row, job in unsigned if (judged := with_signs(job)).signs}
    if found:
        in_transaction(database, partial(_store, found=found))
    held = sum(bool(blocking_kinds(job.signs)) for _, job in found.values())
    return JobsJudged(len(unsigned), len(found), held)


def _store(connection: Connection, found: Mapping[str, tuple[str, Job]]) -> None:
    """Store jobs, each with the hash of what was judged; one that has changed meanwhile was judged as it came in."""
    columns = (JOBS.c.job_id, JOBS.c.content_hash, JOBS.c.vector, JOBS.c.vector_model_id)
    rows = {}
    for row in connection.execute(select(*columns).where(JOBS.c.job_id.in_(found))):
        judged_hash, job = found[row.job_id]
        if row.content_hash == judged_hash:
            rows[row.job_id] = job_row(job, vector_of(row.vector), row.vector_model_id)
    put_imported_jobs(connection, rows)

"""Postings that disappeared are closed once two complete runs missed them, and never half of a source at once.

A posting of a document that could not be read is not missed: nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, or_, select, update

from engine.documents.jobs import job_from_document
from store.feeds.ledger import FEEDS, RUNS, Run
from store.feeds.sightings import DOCUMENTS, POSTINGS
from store.hiring.imported_jobs import put_imported_jobs
from store.hiring.moderated_imports import want_closed
from store.matching.rows import job_row
from store.tables import JOBS
from store.upserts import BATCH_ROWS, batches, in_transaction

MISSES = 2


@dataclass(frozen=True, slots=True)
class Closing:
    """What a complete run closes; `not_closed`: how many it would have, were they not half of the source or more."""

    job_ids: tuple[str, ...]
    not_closed: int = 0


def what_closes(connection: Connection, run: Run, *, accepts_all: bool) -> Closing:
    """The postings that `run` is the second to miss, none where those are half of all that are open."""
    is_open = or_(POSTINGS.c.closed_run.is_(None), POSTINGS.c.closed_run == run.number)
    open_count = connection.execute(
        select(func.count()).select_from(POSTINGS).where(POSTINGS.c.feed == run.feed, is_open)
    ).scalar_one()
    query = select(POSTINGS.c.job_id).where(_is_missed(run), POSTINGS.c.missed >= MISSES - 1)
    gone = tuple(connection.execute(query.order_by(POSTINGS.c.job_id)).scalars())
    already = select(func.count()).where(POSTINGS.c.feed == run.feed, POSTINGS.c.closed_run == run.number)
    total = len(gone) + connection.execute(already).scalar_one()
    if 2 * total >= open_count and not accepts_all:
        return Closing((), not_closed=len(gone))
    return Closing(gone)


def close(database: Engine, run: Run, closing: Closing) -> int:
    """Close them, some at a time; how many were open."""
    return sum(
        in_transaction(database, partial(_close_some, feed=run.feed, number=run.number, job_ids=some))
        for some in batches(closing.job_ids, BATCH_ROWS)
    )


def count_misses(connection: Connection, run: Run) -> None:
    """Note what a complete run missed; it comes with the run's end, so that no run counts twice."""
    connection.execute(update(POSTINGS).where(_is_missed(run)).values(missed=POSTINGS.c.missed + 1))


def retire(database: Engine, feed: str) -> int:
    """Close all postings of a feed that is read no more, and forget what its runs saw; how many were open."""
    with database.connect() as connection:
        query = select(POSTINGS.c.job_id).where(POSTINGS.c.feed == feed, POSTINGS.c.closed_run.is_(None))
        job_ids = tuple(connection.execute(query.order_by(POSTINGS.c.job_id)).scalars())
    closed = sum(
        in_transaction(database, partial(_close_some, feed=feed, number=0, job_ids=some))
        for some in batches(job_ids, BATCH_ROWS)
    )
    in_transaction(database, partial(_forget, feed=feed))
    return closed


def _forget(connection: Connection, feed: str) -> None:
    for table in (POSTINGS, DOCUMENTS, RUNS, FEEDS):
        connection.execute(delete(table).where(table.c.feed == feed))


def _close_some(connection: Connection, feed: str, number: int, job_ids: list[str]) -> int:
    query = select(JOBS.c.job_id, JOBS.c.document).where(
        JOBS.c.job_id.in_(job_ids), JOBS.c.source == feed, JOBS.c.is_open
    )
    jobs = [job_from_document(row.document, row.job_id) for row in connection.execute(query)]
    done = put_imported_jobs(connection, {job.job_id: job_row(replace(job, is_open=False)) for job in jobs})
    want_closed(connection, job_ids)  # what is held or taken down is closed already
    is_closed = (POSTINGS.c.feed == feed) & POSTINGS.c.job_id.in_(job_ids)
    connection.execute(update(POSTINGS).where(is_closed).values(closed_run=number))
    return done.counts.updated


def _is_missed(run: Run) -> ColumnElement[bool]:
    unread = select(DOCUMENTS.c.address).where(
        DOCUMENTS.c.feed == run.feed, DOCUMENTS.c.read_run == run.number, DOCUMENTS.c.is_unread
    )
    return (
        (POSTINGS.c.feed == run.feed)
        & (POSTINGS.c.seen_run < run.number)
        & POSTINGS.c.closed_run.is_(None)
        & POSTINGS.c.address.not_in(unread)
    )

"""Which documents a feed read and which postings it saw in them, each kept in one transaction with the jobs themselves.

So whatever is killed, a job is stored if and only if it was seen, and nothing that was counted is counted again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select, update

from engine.jobs import Job
from store.feeds.counts import RunCounts
from store.feeds.ledger import KEPT_RUNS, Run
from store.fetching.visiting import Validators
from store.hiring.imported_jobs import put_imported_jobs
from store.hiring.job_owners import taken
from store.matching.rows import job_row
from store.tables import Base

DOCUMENTS, POSTINGS = Base.metadata.tables["feed_documents"], Base.metadata.tables["feed_postings"]
NO_VALIDATORS = Validators()
REPEATED = "met twice in one run"


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document as it was when it was last read; without validators and digest where it must be read whole."""

    validators: Validators
    sitemap_modified: str | None
    next_address: str | None
    content_digest: str | None
    read_run: int
    read_at: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it was read now."""

    address: str
    validators: Validators = NO_VALIDATORS
    sitemap_modified: str | None = None
    next_address: str | None = None
    content_digest: str | None = None
    is_unread: bool = False


def known_document(connection: Connection, run: Run, address: str) -> KnownDocument | None:
    """What is known of a document, None for a new one."""
    query = select(DOCUMENTS).where(DOCUMENTS.c.feed == run.feed, DOCUMENTS.c.address == address)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    has_closed = connection.execute(select(exists().where(_at(run, address), POSTINGS.c.closed_run.is_not(None))))
    is_read_otherwise = row.reading_digest != run.reading_digest or run.is_fresh
    must_be_whole = row.is_unread or has_closed.scalar_one() or is_read_otherwise
    validators = Validators() if must_be_whole else Validators(row.etag, row.last_modified)
    modified, digest = (None, None) if must_be_whole else (row.sitemap_modified, row.content_digest)
    return KnownDocument(validators, modified, row.next_address, digest, row.read_run, row.read_at, row.is_unread)


def always_whole(read: ReadDocument) -> ReadDocument:
    """The document, which is to be read whole the next time, whatever its host says of it."""
    return replace(read, validators=NO_VALIDATORS, sitemap_modified=None, content_digest=None)


def keep_document(connection: Connection, run: Run, read: ReadDocument, now: datetime) -> None:
    """Note that a run has done with a document."""
    values = {
        "etag": read.validators.etag,
        "last_modified": read.validators.last_modified,
        "sitemap_modified": read.sitemap_modified,
        "next_address": read.next_address,
        "content_digest": read.content_digest,
        "reading_digest": run.reading_digest,
        "read_run": run.number,
        "read_at": now,
        "is_unread": read.is_unread,
    }
    key = {"feed": run.feed, "address": read.address}
    is_same = (DOCUMENTS.c.feed == run.feed) & (DOCUMENTS.c.address == read.address)
    if connection.execute(update(DOCUMENTS).where(is_same).values(**values)).rowcount == 0:
        connection.execute(insert(DOCUMENTS).values(**key, **values))


def see_again(connection: Connection, run: Run, address: str, last_run: int) -> int:
    """Note that all that a document held in `last_run` is there as it was; how many postings that are.

    What it held before that run, and not in it, was missed then and is so again.
    """
    statement = update(POSTINGS).where(_at(run, address), POSTINGS.c.seen_run == last_run)
    return connection.execute(statement.values(seen_run=run.number, missed=0)).rowcount


def see(connection: Connection, run: Run, address: str, jobs: Iterable[Job], counts: RunCounts) -> None:
    """Store the jobs of a document and note them as seen; `counts` grows by what became of each."""
    found: dict[str, Job] = {}
    for job in jobs:
        if job.job_id in found:
            counts.skip([REPEATED])
        found.setdefault(job.job_id, job)
    known = select(POSTINGS.c.job_id, POSTINGS.c.seen_run).where(
        POSTINGS.c.feed == run.feed, POSTINGS.c.job_id.in_(found)
    )
    seen_runs = {row.job_id: row.seen_run for row in connection.execute(known)}
    repeated = [job_id for job_id, seen_run in seen_runs.items() if seen_run == run.number]
    counts.skip([REPEATED] * len(repeated))
    fresh = [job for job_id, job in found.items() if job_id not in repeated]
    rows = {job.job_id: job_row(job) for job in fresh}
    if not rows:
        return
    done = put_imported_jobs(connection, rows)
    for job_id in done.taken:
        counts.tell(f"{address}: {taken(job_id, 'leave the job out, or ask whoever posted it')}")
    counts.rejected += len(done.taken)
    counts.held += len(done.held)
    counts.new += done.counts.created
    counts.changed += done.counts.updated
    counts.same += done.counts.unchanged
    _mark(connection, run, address, [job_id for job_id in rows if job_id not in done.taken], seen_runs)


def forget_old(connection: Connection, run: Run) -> None:
    """Forget documents and closed postings that no run has met for long."""
    long_ago = run.number - KEPT_RUNS
    connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.feed == run.feed, DOCUMENTS.c.read_run < long_ago))
    connection.execute(delete(POSTINGS).where(POSTINGS.c.feed == run.feed, POSTINGS.c.closed_run < long_ago))


def _mark(connection: Connection, run: Run, address: str, job_ids: list[str], known: dict[str, int]) -> None:
    values: dict[str, Any] = {"address": address, "seen_run": run.number, "missed": 0, "closed_run": None}
    if old := [job_id for job_id in job_ids if job_id in known]:
        is_old = (POSTINGS.c.feed == run.feed) & POSTINGS.c.job_id.in_(old)
        connection.execute(update(POSTINGS).where(is_old).values(**values))
    if new := [{"feed": run.feed, "job_id": job_id, **values} for job_id in job_ids if job_id not in known]:
        connection.execute(insert(POSTINGS), new)


def _at(run: Run, address: str) -> ColumnElement[bool]:
    return (POSTINGS.c.feed == run.feed) & (POSTINGS.c.address == address)

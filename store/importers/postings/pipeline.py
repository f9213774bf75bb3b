"""Imports a file of postings: rows are read by the source's mapping and put into the records.

    report = import_jobs(Path("postings.csv.gz"), "computrabajo-pe", records, on_error=print)

A bad row is reported, as is one whose id is of a job that somebody else posted, and the rest goes in. Whatever is in
the file is in the report: read = created + updated + unchanged + rejected + skipped. Importing the same file again
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from engine.errors import InvalidInputError, NotFoundError
from engine.jobs import Job
from store.hiring.job_owners import taken
from store.importers.postings.mapping import SourceMapping, load_mapping
from store.importers.postings.reading import PostingRead, read_whole_posting
from store.importers.postings.records import SkippedRecord
from store.importers.postings.report import ImportReport, RejectedRow, Tally
from store.importers.postings.rows import read_rows
from store.records.records import Records


def import_jobs(
    path: Path,
    source: str,
    records: Records,
    on_error: Callable[[RejectedRow], None] | None = None,
    collected_at: datetime | None = None,
    *,
    keep_expired: bool = False,
) -> ImportReport:
    """Import `path` as `source`, a name or a mapping file; `on_error` hears of each bad row as it is met.

    `collected_at` is when the ads were read from their pages, by which "hace 3 días" is a date: the time of the file
    unless told. A posting that states no end and is older than its source's ads last is stored closed, unless
    `keep_expired`. Raises InvalidInputError when the file or the source as a whole cannot be used.
    """
    tally = Tally(on_error)
    mapping = load_mapping(source)
    mapping = replace(mapping, expiry=None) if keep_expired else mapping
    reading = _FileReading(mapping, collected_at or _time_of(path), tally, records)

    def reject_taken(job_id: str) -> None:
        tally.reject(reading.firsts[job_id].line, taken(job_id, "leave the job out, or ask whoever posted it"))

    return tally.report(records.put_jobs(reading.jobs(path), reject_taken, tally.hold))


def read_jobs(path: Path, source: str, collected_at: datetime | None = None) -> Iterator[Job]:
    """The jobs of a file, in no records: bad rows are left out. Raises InvalidInputError as `import_jobs` does."""
    return _FileReading(load_mapping(source), collected_at or _time_of(path), Tally()).jobs(path)


@dataclass(frozen=True, slots=True)
class _First:
    """The first posting of an id: its line, all that it says, and its id if it should have to be told apart."""

    line: int
    content: int
    apart: str | None


@dataclass(frozen=True, slots=True)
class _FileReading:
    """A file on its way to jobs; `now` is when its ads were read from their pages."""

    mapping: SourceMapping
    now: datetime
    tally: Tally
    records: Records | None = None
    firsts: dict[str, _First] = field(default_factory=dict)

    def jobs(self, path: Path) -> Iterator[Job]:
        """Its jobs, each once; what becomes of every other record is in the tally."""
        for line, row in read_rows(path, self.mapping.needed_columns(), self.mapping.delimiter):
            if isinstance(row, SkippedRecord):
                self.tally.skip(line, row.reason)
                continue
            try:
                if isinstance(row, InvalidInputError):
                    raise row
                read = read_whole_posting(row, self.mapping, self.now)
                job = self._first_of_its_id(line, read)
            except InvalidInputError as error:
                self.tally.reject(line, error)
                continue
            if job is not None:
                job = self._with_end(job)
                self.tally.count(line, replace(read, job=job))
                yield job

    def _with_end(self, job: Job) -> Job:
        """The job with the day on which its source takes it as over, where it is stored and states no end itself."""
        expiry = self.mapping.expiry
        if self.records is None or expiry is None or job.posted_at is None or job.closes_at is not None:
            return job
        closes_at = job.posted_at + expiry
        self.tally.expired += closes_at <= datetime.now(UTC)
        return replace(job, closes_at=closes_at)

    def _first_of_its_id(self, line: int, read: PostingRead) -> Job | None:
        """The job under its id; None for a posting that was there, to the letter. Raises InvalidInputError."""
        job = replace(read.job, job_id=self._former_id(read) or read.job.job_id)
        first = self.firsts.get(job.job_id)
        if first is not None and first.apart != read.ids.apart:
            job = replace(job, job_id=read.ids.apart or job.job_id)
            first = self.firsts.get(job.job_id)
        if first is None:
            self.firsts[job.job_id] = _First(line, hash(job), read.ids.apart)
            return job
        reason = f"the same posting as line {first.line}"
        if first.content != hash(job):
            raise InvalidInputError(reason, got=job.job_id)
        self.tally.skip(line, reason)
        return None

    def _former_id(self, read: PostingRead) -> str | None:
        """The id that this very posting was imported as before, if it is stored under it."""
        if read.ids.former is None or self.records is None:
            return None
        with suppress(NotFoundError):
            stored = self.records.get_job(read.ids.former)
            is_same = (stored.source, stored.employer, stored.url) == (
                self.mapping.name,
                read.job.employer,
                read.job.url,
            )
            return read.ids.former if is_same else None
        return None


def _time_of(path: Path) -> datetime:
    """When the file was written; now, for one that is not there, or from the future."""
    now = datetime.now(UTC)
    with suppress(OSError, OverflowError, ValueError):
        return min(now, datetime.fromtimestamp(path.stat().st_mtime, UTC))
    return now

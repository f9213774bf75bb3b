"""Imports a file of postings: rows are read by the source's mapping and put into the records.

    report = import_jobs(Path("postings.csv.gz"), "computrabajo-pe", records, on_error=print)

A bad row is reported, as is one whose id is of a job that somebody else posted, and the rest goes in; importing the
same file again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import ChambaError, InvalidInputError
from engine.jobs import Job
from engine.offer_signs import blocking_kinds
from store.hiring.job_owners import taken
from store.importers.postings.mapping import SourceMapping, load_mapping
from store.importers.postings.reading import read_posting
from store.importers.postings.rows import read_rows
from store.records.records import Records


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A record that was not imported: the line of the file where it starts, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class HeldPosting:
    """A posting that was imported and is shown to nobody, and the kinds of its signs of fraud."""

    job_id: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; the counts and the rejected rows add up to the file's records.

    `held` are those of the counts that a person has to look at before they are shown.
    """

    created: int
    updated: int
    unchanged: int
    rejected: list[RejectedRow]
    held: list[HeldPosting] = field(default_factory=list)


def import_jobs(
    path: Path, source: str, records: Records, on_error: Callable[[RejectedRow], None] | None = None
) -> ImportReport:
    """Import `path` as `source`, a name or a mapping file; `on_error` hears of each bad row as it is met.

    Raises InvalidInputError when the file or the source as a whole cannot be used.
    """
    rejected: list[RejectedRow] = []

    def reject(line: int, error: ChambaError) -> None:
        reason = f"{error.field}: {error}" if error.field else str(error)
        rejected.append(RejectedRow(line, reason))
        if on_error is not None:
            on_error(rejected[-1])

    def reject_taken(job_id: str) -> None:
        reject(lines[job_id], taken(job_id, "leave the job out, or ask whoever posted it"))

    lines: dict[str, int] = {}
    held: list[HeldPosting] = []
    jobs = _noting_held(_jobs(path, load_mapping(source), reject, lines), held)
    counts = records.put_jobs(jobs, reject_taken)
    return ImportReport(counts.created, counts.updated, counts.unchanged, rejected, held)


def read_jobs(path: Path, source: str) -> Iterator[Job]:
    """The jobs of a file, in no records: bad rows are left out. Raises InvalidInputError as `import_jobs` does."""
    return _jobs(path, load_mapping(source), lambda _line, _error: None, {})


def _noting_held(jobs: Iterator[Job], held: list[HeldPosting]) -> Iterator[Job]:
    for job in jobs:
        if kinds := blocking_kinds(job.signs):
            held.append(HeldPosting(job.job_id, kinds))
        yield job


def _jobs(
    path: Path, mapping: SourceMapping, reject: Callable[[int, ChambaError], None], first_lines: dict[str, int]
) -> Iterator[Job]:
    """The jobs of a file; the line of each goes into `first_lines` before it is given."""
    for line, row in read_rows(path, mapping.needed_columns(), mapping.delimiter):
        if isinstance(row, InvalidInputError):
            reject(line, row)
            continue
        try:
            job = read_posting(row, mapping)
        except InvalidInputError as error:
            reject(line, error)
            continue
        if job.job_id in first_lines:
            reject(line, InvalidInputError(f"the same posting as line {first_lines[job.job_id]}", got=job.job_id))
            continue
        first_lines[job.job_id] = line
        yield job

"""Jobs that an organisation posts as schema.org JSON-LD: read, and named among its own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from api.employers.service.posting import ReadJob
from api.services.services import Services
from engine.errors import InvalidInputError, NotFoundError
from engine.jobs import Job
from store.importers.postings.ids import PostingIds
from store.importers.postings.mapping import load_mapping
from store.importers.postings.reading import read_whole_posting
from store.importers.postings.records import Record, SkippedRecord

MAPPING = "jobposting"


class LinkedJobs:
    """The jobs of one request, each under an id of its own."""

    def __init__(self, employer_id: str, services: Services) -> None:
        mapping = load_mapping(MAPPING)
        # Whose they are is known: their address alone tells an organisation's apart.
        self._mapping = replace(mapping, id_rule=replace(mapping.id_rule, scoped_by=("url",)))
        self._employer_id, self._services = employer_id, services
        self._apart: dict[str, str | None] = {}

    def read(self, record: Record) -> ReadJob:
        """The job of a `JobPosting`; raises InvalidInputError for what is none, or cannot be one."""
        if isinstance(record, InvalidInputError):
            raise record
        if isinstance(record, SkippedRecord):
            raise InvalidInputError(record.reason, expected="a JobPosting")
        read = read_whole_posting(record, self._mapping, self._services.now())
        job_id = self._own_id(read.ids, read.job)
        return ReadJob(replace(read.job, job_id=job_id), {fault.field: fault.reason for fault in read.faults})

    def _own_id(self, ids: PostingIds, job: Job) -> str:
        """The id among the organisation's; another where a posting of another title or place has it."""
        former = ids.former and self._named(ids.former)
        job_id = former if former and self._is_of(former, job) else self._named(ids.job_id)
        if self._apart.setdefault(job_id, ids.apart) != ids.apart and ids.apart is not None:
            return self._named(ids.apart)
        return job_id

    def _named(self, imported_id: str) -> str:
        return f"{self._employer_id}:{imported_id.rpartition(':')[2]}"

    def _is_of(self, former_id: str, job: Job) -> bool:
        """Whether the posting was stored under that id while addresses did not count."""
        with suppress(NotFoundError):
            return self._services.records.get_job(former_id).url == job.url
        return False

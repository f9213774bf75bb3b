"""`/v1/employers/{employer_id}/jobs`: post, edit, close, re-open; by form, several at once, or schema.org JSON-LD."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import EmployerCaller
from api.credentials.callers import Caller
from api.employers.endpoints.organisations import EMPLOYER, EmployerId
from api.employers.schemas import (
    MOST_POSTINGS,
    CandidateSearch,
    FoundPeople,
    PostedMany,
    PostingDocument,
    Postings,
    PostingsRequest,
)
from api.employers.service.found_people import found_people
from api.employers.service.ownership import own_employer, own_posting
from api.hiring.postings import JudgedPosting, change_posting_state, judged, posting_document, save_posting
from api.http.pagination import PageAsked, page_document
from api.http.problems import ProblemError, ProblemKind
from api.routing.idempotency import Created, Creation, CreationAsked, json_response
from api.routing.json_bodies import JSON, JSON_LD, JsonBody, LinkedDataBody, validated
from api.routing.openapi import described
from api.schemas.fields import IdInPath
from api.services.services import Services, ServicesOfApp
from engine.documents.jobs import JobDocument
from engine.errors import ChambaError, ConflictError, InvalidInputError
from engine.jobs import Job
from store.audit import AuditAction
from store.hiring.employers import Employer, EmployerStatus
from store.hiring.postings import Posting, list_postings
from store.hiring.standing import Owner
from store.ids import new_id
from store.importers.postings.mapping import SourceMapping, load_mapping
from store.importers.postings.reading import read_posting
from store.importers.postings.rows import linked_postings

router = APIRouter(tags=["employers' door"])

JOBS = EMPLOYER + "/jobs"
JOB = JOBS + "/{job_id}"
JobId = IdInPath
POSTED = {200: ("The posting", PostingDocument)}
POSTED_MANY = {200: ("What became of each", PostedMany)}
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT
SOURCE = "employer"
LINKED = {
    "schema": {"anyOf": [{"type": "object"}, {"type": "array"}]},
    "example": {"@type": "JobPosting", "title": "Diseñadora web", "description": "De noche"},
}


@router.post(
    JOBS,
    **described("Post a job", NOT_FOUND, CONFLICT, body=JobDocument, answered={201: ("It is posted", PostingDocument)}),
)
def post_job(
    caller: EmployerCaller, employer_id: EmployerId, body: JsonBody, creation: CreationAsked, services: ServicesOfApp
) -> Response:
    """It is recommended at once, unless a person has to look first: `state` is then `waiting`, and `signs` say why."""
    employer = _own_employer(employer_id, caller, services)
    if (before := creation.answered_before(caller)) is not None:
        return before
    posted = _judged(_new_job(body), employer, services)

    def work(connection: Connection) -> Created:
        document = _save(connection, posted, employer_id, caller, services)
        return Created(document, JOB.format(employer_id=employer_id, job_id=posted.job.job_id))

    return creation.once(caller, work)


@router.post(
    JOBS + ":batch", **described("Post several jobs", NOT_FOUND, CONFLICT, body=PostingsRequest, answered=POSTED_MANY)
)
def post_jobs(
    caller: EmployerCaller, employer_id: EmployerId, body: JsonBody, creation: CreationAsked, services: ServicesOfApp
) -> Response:
    """A line each, in their order; what is wrong with one is in its line."""
    asked = validated(PostingsRequest, body)
    reads = [partial(_new_job, document) for document in asked.jobs]
    return _post_many(reads, employer_id, creation, caller, services)


@router.post(
    JOBS + ":import",
    **(
        described("Post jobs of schema.org JSON-LD", NOT_FOUND, CONFLICT, body=PostingsRequest, answered=POSTED_MANY)
        | {"openapi_extra": {"requestBody": {"required": True, "content": dict.fromkeys((JSON_LD, JSON), LINKED)}}}
    ),
)
def post_linked_data(
    caller: EmployerCaller,
    employer_id: EmployerId,
    body: LinkedDataBody,
    creation: CreationAsked,
    services: ServicesOfApp,
) -> Response:
    """One `JobPosting`, a list of them, or a page's `@graph`. Posted again, one of the same identifier is edited."""
    if not isinstance(body, dict | list):
        expected = "an object or a list of objects"
        raise InvalidInputError("that is no JSON-LD", expected=expected, got=type(body).__name__, field="body")
    mapping = load_mapping("jobposting")
    reads = [partial(_linked_job, row, mapping, employer_id) for row in _at_most(MOST_POSTINGS, linked_postings(body))]
    return _post_many(reads, employer_id, creation, caller, services)


@router.get(JOBS, **described("An organisation's postings", NOT_FOUND, answered={200: ("A page of them", Postings)}))
def get_jobs(caller: EmployerCaller, employer_id: EmployerId, asked: PageAsked, services: ServicesOfApp) -> Response:
    """By id, in whatever state."""

    def work(connection: Connection) -> dict[str, Any]:
        own_employer(connection, employer_id, caller)
        found = list_postings(connection, Owner(employer_id), after=asked.after_id(), limit=asked.limit + 1)
        return page_document(
            found, asked, partial(posting_document, connection, services.now()), lambda one: (one.job_id,)
        )

    return json_response(services.read(work))


@router.get(JOB, **described("Read a posting", NOT_FOUND, answered=POSTED))
def get_job(caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp) -> Response:
    """With its state."""

    def work(connection: Connection) -> dict[str, Any]:
        return posting_document(connection, services.now(), own_posting(connection, employer_id, job_id, caller))

    return json_response(services.read(work))


@router.put(JOB, **described("Edit a posting", NOT_FOUND, CONFLICT, body=JobDocument, answered=POSTED))
def put_job(
    caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, body: JsonBody, services: ServicesOfApp
) -> Response:
    """The next recommendation follows it; other words may have to wait for a moderator."""
    services.read(lambda connection: own_posting(connection, employer_id, job_id, caller))
    posted = _judged(validated(JobDocument, body).job(job_id), _own_employer(employer_id, caller, services), services)
    return json_response(services.write(lambda connection: _save(connection, posted, employer_id, caller, services)))


@router.post(JOB + "/close", **described("Close a posting", NOT_FOUND, answered=POSTED))
def post_close(caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp) -> Response:
    """It is recommended no more, from now on; applications go on."""
    return _open_or_close(employer_id, job_id, caller, services, is_wanted_open=False)


@router.post(JOB + "/re-open", **described("Re-open a posting", NOT_FOUND, answered=POSTED))
def post_re_open(caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp) -> Response:
    """It is recommended again, unless it waits for a moderator."""
    return _open_or_close(employer_id, job_id, caller, services, is_wanted_open=True)


@router.post(
    JOB + "/candidates",
    **described(
        "People who may be found for a job",
        NOT_FOUND,
        ProblemKind.NOT_READY,
        body=CandidateSearch,
        answered={200: ("The best people first", FoundPeople)},
    ),
)
def post_candidates(
    caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, body: JsonBody, services: ServicesOfApp
) -> Response:
    """People who agreed to it, ranked by the score that the job has for them; their names and contacts are not told."""
    asked = validated(CandidateSearch, body)
    services.read(lambda connection: own_posting(connection, employer_id, job_id, caller))
    return json_response(found_people(job_id, asked, services))


def _post_many(
    reads: Sequence[Callable[[], Job]], employer_id: str, creation: Creation, caller: Caller, services: Services
) -> Response:
    employer = _own_employer(employer_id, caller, services)
    if (before := creation.answered_before(caller)) is not None:
        return before
    judged_or_wrong: list[JudgedPosting | str] = []
    for read in reads:
        try:
            judged_or_wrong.append(_judged(read(), employer, services))
        except (ChambaError, ProblemError) as error:
            judged_or_wrong.append(str(error))

    def work(connection: Connection) -> Created:
        lines: list[dict[str, Any]] = []
        for index, posted in enumerate(judged_or_wrong):
            if isinstance(posted, str):
                lines.append({"index": index, "posting": None, "problem": posted})
                continue
            try:
                document = _save(connection, posted, employer_id, caller, services)
            except ConflictError as error:  # before anything was written
                lines.append({"index": index, "posting": None, "problem": str(error)})
            else:
                lines.append({"index": index, "posting": document, "problem": None})
        return Created({"items": lines}, status=200)

    return creation.once(caller, work)


def _judged(job: Job, employer: Employer, services: Services) -> JudgedPosting:
    """The job under the organisation's own name, encoded and judged."""
    posted_at = job.posted_at or services.now()
    return judged(replace(job, employer=employer.name, source=SOURCE, posted_at=posted_at), services)


def _save(
    connection: Connection, posted: JudgedPosting, employer_id: str, caller: Caller, services: Services
) -> dict[str, Any]:
    is_trusted = own_employer(connection, employer_id, caller).status is EmployerStatus.VERIFIED
    posting, is_new = save_posting(
        connection,
        posted,
        Owner(employer_id),
        services,
        is_wanted_open=posted.job.is_open,
        is_trusted=is_trusted,
    )
    document = posting_document(connection, services.now(), posting, posted.signs)
    _audit(connection, caller, AuditAction.JOB_POSTED if is_new else AuditAction.JOB_EDITED, posting, services)
    return document


def _open_or_close(
    employer_id: str, job_id: str, caller: Caller, services: Services, *, is_wanted_open: bool
) -> Response:
    def work(connection: Connection) -> dict[str, Any]:
        posting = own_posting(connection, employer_id, job_id, caller)
        changed = change_posting_state(connection, posting, services, is_wanted_open=is_wanted_open)
        document = posting_document(connection, services.now(), changed)
        _audit(
            connection,
            caller,
            AuditAction.JOB_REOPENED if is_wanted_open else AuditAction.JOB_CLOSED,
            posting,
            services,
        )
        return document

    return json_response(services.write(work))


def _own_employer(employer_id: str, caller: Caller, services: Services) -> Employer:
    return services.read(lambda connection: own_employer(connection, employer_id, caller))


def _new_job(document: object) -> Job:
    return validated(JobDocument, document).job(new_id())


def _linked_job(row: dict[str, Any] | InvalidInputError, mapping: SourceMapping, employer_id: str) -> Job:
    """The job of a schema.org `JobPosting`, whose identifier names it among the organisation's."""
    if isinstance(row, InvalidInputError):
        raise row
    job = read_posting(row, mapping)
    return replace(job, job_id=f"{employer_id}:{job.job_id.rpartition(':')[2]}")


def _at_most(count: int, rows: Iterator[Any]) -> Iterator[Any]:
    for index, row in enumerate(rows):
        if index == count:
            raise InvalidInputError("too many postings at once", expected=f"at most {count}", field="body")
        yield row


def _audit(connection: Connection, caller: Caller, action: AuditAction, posting: Posting, services: Services) -> None:
    audit(
        connection,
        caller,
        action,
        f"job:{posting.job_id}",
        services,
        {"moderation": posting.moderation, "is_wanted_open": posting.is_wanted_open},
    )

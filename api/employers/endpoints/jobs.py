"""`/v1/employers/{employer_id}/jobs`: post, edit, close, re-open; by form or several at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.rules import EmployerCaller
from api.employers.endpoints.organisations import EMPLOYER, EmployerId
from api.employers.people_schemas import FoundPeople, PeopleSearchRequest
from api.employers.schemas import PostedMany, PostingDocument, Postings, PostingsRequest
from api.employers.service.found_people import found_people
from api.employers.service.ownership import own_employer, own_posting
from api.employers.service.posting import employer_of, judged_for, open_or_close, post_many, save
from api.hiring.postings import posting_document
from api.http.pagination import PageRequest, page_document
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.json_bodies import validated
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import IdInPath
from api.services.services import ServicesOfApp
from engine.documents.jobs import JobDocument
from engine.errors import ConflictError
from engine.jobs import Job
from store.hiring.postings import list_postings
from store.hiring.standing import Owner
from store.ids import new_id

router = APIRouter(tags=["employers"], route_class=TypedRoute)

JOBS = EMPLOYER + "/jobs"
JOB = JOBS + "/{job_id}"
JobId = IdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT
SOURCE = "employer"


@router.post(
    JOBS,
    **operation("Post a job", NOT_FOUND, CONFLICT, answer="It is posted", status=201),
)
def post_job(
    caller: EmployerCaller,
    employer_id: EmployerId,
    body: JobDocument,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[PostingDocument]:
    """It is recommended at once, unless a person has to look first: `state` is then `waiting`.

    `state_reasons` say why.
    """
    employer = employer_of(employer_id, caller, services)
    allowed = partial(own_employer, employer_id=employer_id, caller=caller)
    if (before := creation.answered_before(caller, allowed=allowed)) is not None:
        return before
    posted = judged_for(body.job(new_id()), employer, services)

    def work(connection: Connection) -> Created[Any]:
        document = save(connection, posted, employer_id, caller, services)
        return Created(document, JOB.format(employer_id=employer_id, job_id=posted.job.job_id))

    return creation.once(caller, work, allowed=allowed)


@router.post(JOBS + ":batch", **operation("Post several jobs", NOT_FOUND, CONFLICT, answer="What became of each"))
def post_jobs(
    caller: EmployerCaller,
    employer_id: EmployerId,
    body: PostingsRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[PostedMany]:
    """A line each, in their order; what is wrong with one is in its line."""
    reads = [partial(_new_job, document) for document in body.jobs]
    return post_many(reads, employer_id, creation, caller, services)


@router.get(JOBS, **operation("An organisation's postings", NOT_FOUND, answer="A page of them"))
def get_jobs(
    caller: EmployerCaller, employer_id: EmployerId, page: PageRequest, services: ServicesOfApp
) -> WrittenAnswer[Postings]:
    """By id, in whatever state."""

    def work(connection: Connection) -> dict[str, Any]:
        own_employer(connection, employer_id, caller)
        found = list_postings(connection, Owner(employer_id), after=page.after_id(), limit=page.limit + 1)
        return page_document(
            found,
            page,
            partial(posting_document, connection, services.now(), locale=caller.locale),
            lambda one: (one.job_id,),
        )

    return json_response(services.read(work))


@router.get(JOB, **operation("Read a posting", NOT_FOUND, answer="The posting"))
def get_job(
    caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp
) -> WrittenAnswer[PostingDocument]:
    """With its state."""

    def work(connection: Connection) -> dict[str, Any]:
        posting = own_posting(connection, employer_id, job_id, caller)
        return posting_document(connection, services.now(), posting, caller.locale)

    return json_response(services.read(work))


@router.put(JOB, **operation("Edit a posting", NOT_FOUND, CONFLICT, answer="The posting"))
def put_job(
    caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, body: JobDocument, services: ServicesOfApp
) -> WrittenAnswer[PostingDocument]:
    """The next recommendation follows it; other words may have to wait for a moderator."""
    services.read(lambda connection: own_posting(connection, employer_id, job_id, caller))
    posted = judged_for(body.job(job_id), employer_of(employer_id, caller, services), services)
    return json_response(services.write(lambda connection: save(connection, posted, employer_id, caller, services)))


@router.post(JOB + "/close", **operation("Close a posting", NOT_FOUND, answer="The posting"))
def post_close(
    caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp
) -> WrittenAnswer[PostingDocument]:
    """It is recommended no more, from now on; applications go on."""
    return json_response(open_or_close(employer_id, job_id, caller, services, is_wanted_open=False))


@router.post(JOB + "/re-open", **operation("Re-open a posting", NOT_FOUND, answer="The posting"))
def post_re_open(
    caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp
) -> WrittenAnswer[PostingDocument]:
    """It is recommended again, unless it waits for a moderator."""
    return json_response(open_or_close(employer_id, job_id, caller, services, is_wanted_open=True))


@router.post(
    JOB + "/candidates",
    **operation(
        "People who may be found for a job",
        *(NOT_FOUND, CONFLICT, ProblemKind.NOT_READY),
        answer="The best people first",
    ),
)
def post_candidates(
    caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, body: PeopleSearchRequest, services: ServicesOfApp
) -> WrittenAnswer[FoundPeople]:
    """People who agreed to it, ranked by the score that the job has for them; their names and contacts are not told.

    409 for a job that is not shown.
    """
    if not services.read(lambda connection: own_posting(connection, employer_id, job_id, caller)).is_shown:
        raise ConflictError("people are found for jobs that are shown", fix="see its state_reasons", field="job_id")
    return json_response(found_people(job_id, body, caller.locale, services))


def _new_job(document: object) -> Job:
    return validated(JobDocument, document).job(new_id())

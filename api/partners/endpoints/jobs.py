"""`/v1/jobs/{job_id}`: postings, for partner apps. A `def` route runs on a worker thread: SQL may wait."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Connection

from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.hiring.posting_states import posting_state, state_reasons
from api.hiring.postings import checked_posting, save_posting
from api.hiring.seen_states import shown_document
from api.http.problems import ProblemKind
from api.partners.schemas.saved import SavedJob
from api.partners.service.own_jobs import readable_job, require_own_job
from api.recommendations.schemas.people_for_job import PeopleForJobAnswer, PeopleForJobRequest
from api.recommendations.service.people_for_job import candidates
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import IdInPath
from api.services.services import ServicesOfApp
from engine.documents.jobs import JobDocument
from engine.errors import NotFoundError
from store.hiring.postings import delete_posted_job
from store.hiring.standing import Owner
from store.people.accounts import Role

router = APIRouter(tags=["partners: jobs"], route_class=TypedRoute)

JOB = "/v1/jobs/{job_id}"
JobId = IdInPath
JobsCaller = Annotated[Caller, Depends(allow(Scope.JOBS))]
ReaderCaller = Annotated[
    Caller, Depends(allow(Scope.JOBS, Scope.RECOMMEND, Role.SEEKER, Role.EMPLOYER, Role.ADMINISTRATOR))
]
PeopleCaller = Annotated[Caller, Depends(allow(Scope.SEEKERS))]


@router.put(
    JOB,
    **operation(
        "Create or replace a job", ProblemKind.CONFLICT, answer="It was replaced", also={201: ("It is new", SavedJob)}
    ),
)
def put_job(
    caller: JobsCaller, job_id: JobId, body: JobDocument, services: ServicesOfApp, response: Response
) -> SavedJob:
    """Its vector is computed now, and **the next recommendation can hold it**; one that is closed is gone from them.

    A job with signs of fraud waits for a moderator: `state` is then `waiting`, and `state_reasons` say
    why. While no bundle is
    served there is no model to make vectors: the job is recommended after the next `chamba index`. 409 for an id that
    is somebody else's.
    """
    posted = checked_posting(body.job(job_id), services)

    def work(connection: Connection) -> tuple[SavedJob, bool]:
        is_wanted_open, owner = posted.job.is_open, Owner(partner_id=caller.of_partner)
        posting, is_new = save_posting(
            connection, posted, owner, services, is_wanted_open=is_wanted_open, is_trusted=True
        )
        state, now = posting_state(posting, posted.job, services.now()), services.now()
        reasons = state_reasons(connection, posting, posted.job, now, caller.locale)
        return SavedJob(job_id=job_id, state=state, signs=posted.blocking, state_reasons=reasons), is_new

    saved, is_new = services.write(work)
    if is_new:
        response.status_code, response.headers["Location"] = 201, JOB.format(job_id=job_id)
    return saved


@router.get(JOB, **operation("Read a job", ProblemKind.NOT_FOUND, answer="The job"))
def get_job(caller: ReaderCaller, job_id: JobId, services: ServicesOfApp) -> WrittenAnswer[JobDocument]:
    """The document that was put, times in UTC; it can be put again. A job that waits is its owner's to read.

    `apply` says how one applies while it is open. One whose owner is suspended, or that was taken down, is for
    administrators alone.
    """
    job = services.read(lambda connection: readable_job(connection, job_id, caller))
    return json_response(shown_document(job, services.now(), caller.locale))


@router.delete(
    JOB, **operation("Forget a job", ProblemKind.NOT_FOUND, ProblemKind.FORBIDDEN, answer="It is forgotten", status=204)
)
def delete_job(caller: JobsCaller, job_id: JobId, services: ServicesOfApp) -> None:
    """It is recommended no more, from now on; its placements and applications stay, and nobody else gets its id.

    403 for a job of somebody else that one may read, such as an imported one.
    """

    def work(connection: Connection) -> None:
        require_own_job(connection, job_id, caller)
        if not delete_posted_job(connection, job_id, services.now()):
            raise NotFoundError("no such job", got=repr(job_id), field="job_id")

    services.write(work)


@router.post(
    JOB + "/candidates",
    **operation(
        "A partner's people who can do a job and have the hours for it",
        ProblemKind.NOT_FOUND,
        ProblemKind.NOT_READY,
        answer="The best people first",
    ),
)
def post_candidates(
    caller: PeopleCaller, job_id: JobId, body: PeopleForJobRequest, services: ServicesOfApp
) -> WrittenAnswer[PeopleForJobAnswer]:
    """The same limits and the same score by which the job is recommended to each of them.

    Those nearest in meaning are judged first, until enough of them can take the job.
    """
    services.read(lambda connection: readable_job(connection, job_id, caller))
    return WrittenAnswer(candidates(job_id, body, caller.of_partner, services))

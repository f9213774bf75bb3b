"""`…/appeal`: what was decided against an organisation, or one of its jobs, is looked at by another person."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.rules import EmployerCaller
from api.employers.endpoints.jobs import JOB, JobId
from api.employers.endpoints.organisations import EMPLOYER, EmployerId
from api.employers.service.ownership import known_employer, own_posting
from api.hiring.cases import opened
from api.hiring.schemas import OwnCase, ReviewRequest
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.services.services import ServicesOfApp
from engine.errors import ConflictError
from store.hiring.employers import EmployerStatus
from store.hiring.postings import Moderation
from store.people.cases import CaseKind

router = APIRouter(tags=["employers"], route_class=TypedRoute)

PROBLEMS = (ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, ProblemKind.TOO_MANY_REQUESTS)


@router.post(
    EMPLOYER + "/appeal",
    **operation("Have a suspension looked at again", *PROBLEMS, answer="Somebody will look at it", status=201),
)
def post_organisation_appeal(
    caller: EmployerCaller,
    employer_id: EmployerId,
    body: ReviewRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[OwnCase]:
    """For those who act for a suspended organisation. Another administrator decides than whoever suspended it, while
    there is one; `/v1/me/cases` has the answer. 409 for one that is not suspended.
    """

    def work(connection: Connection) -> Created[OwnCase]:
        employer = known_employer(connection, employer_id, caller)
        if employer.status is not EmployerStatus.SUSPENDED:
            raise ConflictError("the organisation is not suspended", got=employer.status, field="employer_id")
        return opened(connection, CaseKind.ORGANISATION_APPEAL, employer_id, body.text, caller, services)

    return creation.once(caller, work, allowed=partial(known_employer, employer_id=employer_id, caller=caller))


@router.post(
    JOB + "/appeal",
    **operation("Have a job that was taken down looked at again", *PROBLEMS, answer="It will be", status=201),
)
def post_job_appeal(
    caller: EmployerCaller,
    employer_id: EmployerId,
    job_id: JobId,
    body: ReviewRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[OwnCase]:
    """Another administrator decides than whoever took it down, while there is one; `/v1/me/cases` has the answer.

    409 for a job that is not taken down: one that waits is looked at without being asked for.
    """

    def work(connection: Connection) -> Created[OwnCase]:
        moderation = own_posting(connection, employer_id, job_id, caller).moderation
        if moderation is not Moderation.REJECTED:
            raise ConflictError("the job is not taken down", got=moderation, field="job_id")
        return opened(connection, CaseKind.JOB_APPEAL, job_id, body.text, caller, services)

    allowed = partial(own_posting, employer_id=employer_id, job_id=job_id, caller=caller)
    return creation.once(caller, work, allowed=allowed)

"""`/v1/admin/jobs`: jobs of any origin, taken down and put back by a person; and what is taken down."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import Connection

from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.schemas.jobs import AdministeredJob, JobDecisionRequest, ListedJobs, TakenDownJobs
from api.admin.service.deciding import decide_job
from api.admin.service.jobs import job_detail, listed_job, taken_down_document
from api.admin.service.reading import Reading, told_reading
from api.credentials.callers import Caller
from api.http.pagination import PageRequest, page_document, page_of
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import ID_PATTERN, IdInPath
from api.services.services import Services, ServicesOfApp
from store.hiring.finding import JobStanding, JobsWanted, find_jobs
from store.hiring.taken_down import list_taken_down
from store.people.cases import Decision

router = APIRouter(tags=["administrators"], route_class=TypedRoute)

JOB = "/v1/admin/jobs/{job_id}"
JobId = IdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.get("/v1/admin/jobs", **operation("Find jobs of any origin", answer="A page of them"))
def get_jobs(
    _caller: AdministratorCaller,
    page: PageRequest,
    services: ServicesOfApp,
    words: Annotated[str, Query(max_length=200, description="only those with these words in title or employer")] = "",
    owner_id: Annotated[
        str | None, Query(pattern=ID_PATTERN, description="only those of an organisation, a partner or a source")
    ] = None,
    standing: Annotated[JobStanding | None, Query(description="only those that stand so")] = None,
) -> ListedJobs:
    """By id. Letters' case and accents do not count."""
    wanted = JobsWanted(words, owner_id, standing)

    def work(connection: Connection) -> ListedJobs:
        found = find_jobs(connection, wanted, after=page.after_id(), limit=page.limit + 1)
        return page_of(ListedJobs, found, page, listed_job, lambda one: (one.job_id,))

    return services.read(work)


@router.get(JOB, **operation("Read a job of any origin", NOT_FOUND, answer="The job, with everything that is known"))
def get_administered_job(
    caller: AdministratorCaller, job_id: JobId, services: ServicesOfApp
) -> WrittenAnswer[AdministeredJob]:
    """The ad, its signs with its own words, whose it is with RUC and contact, reports, decisions and their reasons.

    That RUC and contact were read is in the audit log.
    """

    def work(connection: Connection) -> dict[str, Any]:
        with told_reading(connection, caller, services) as reading:
            return job_detail(reading, job_id)

    return json_response(services.write(work))


@router.post(JOB + "/take-down", **operation("Take a job down", NOT_FOUND, CONFLICT, answer="The job"))
def post_take_down(
    caller: FreshAdministratorCaller, job_id: JobId, body: JobDecisionRequest, services: ServicesOfApp
) -> WrittenAnswer[AdministeredJob]:
    """Posted or imported: it is in no answer and no search from now on, and its owner reads the reason.

    Neither its owner nor an import brings it back; undecided cases about it are decided with it.
    """
    return _decided(Decision.JOB_TAKEN_DOWN, job_id, body, caller, services)


@router.post(JOB + "/put-back", **operation("Put a job back", NOT_FOUND, CONFLICT, answer="The job"))
def post_put_back(
    caller: FreshAdministratorCaller, job_id: JobId, body: JobDecisionRequest, services: ServicesOfApp
) -> WrittenAnswer[AdministeredJob]:
    """One that was taken down, or waits for a person: it is shown from now on, while its owner or source wants it open.

    An import that signs of fraud held stays shown while its words are the same.
    """
    return _decided(Decision.JOB_SHOWN, job_id, body, caller, services)


@router.get("/v1/admin/taken-down-jobs", **operation("Jobs that are taken down", answer="A page of them"))
def get_taken_down_jobs(
    caller: AdministratorCaller, page: PageRequest, services: ServicesOfApp
) -> WrittenAnswer[TakenDownJobs]:
    """By id, with the reason of each."""

    def work(connection: Connection) -> dict[str, Any]:
        found = list_taken_down(connection, after=page.after_id(), limit=page.limit + 1)
        document = partial(taken_down_document, Reading(connection, caller, services))
        return page_document(found, page, document, lambda one: (one.job_id,))

    return json_response(services.read(work))


def _decided(
    decision: Decision, job_id: str, body: JobDecisionRequest, caller: Caller, services: Services
) -> WrittenAnswer[AdministeredJob]:
    def work(connection: Connection) -> dict[str, Any]:
        decided = decide_job(connection, job_id, decision, body.cause, body.reason, caller, services)
        with told_reading(connection, caller, services) as reading:
            document = job_detail(reading, job_id)
            decided.tell(connection, caller, services)
        return document

    return json_response(services.write(work))

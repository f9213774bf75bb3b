"""`/v1/employers/{employer_id}/applications`: review them stage by stage, with a reason, and write to people."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from api.access.rules import EmployerCaller
from api.employers.board_schemas import StageCount, StageCounts
from api.employers.endpoints.organisations import EMPLOYER, EmployerId
from api.employers.service.ownership import own_application, own_employer
from api.hiring.applicants import WantedRequest, applicant_detail, applicants_cv, applicants_page, stepped_detail
from api.hiring.applications import sent_message
from api.hiring.cv_answers import CV_CONTENT, cv_response
from api.hiring.schemas import ApplicantDetail, Applicants, MessageDocument, MessageRequest, StepRequest
from api.http.pagination import PageRequest
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import ID_PATTERN, RowIdInPath
from api.services.services import ServicesOfApp
from store.hiring.application_lists import stage_counts
from store.hiring.applications import StepTaker
from store.hiring.messages import mark_read
from store.hiring.standing import Owner

router = APIRouter(tags=["employers"], route_class=TypedRoute)

APPLICATIONS = EMPLOYER + "/applications"
APPLICATION = APPLICATIONS + "/{application_id}"
ApplicationId = RowIdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.get(
    APPLICATIONS,
    **operation("Applications to an organisation", NOT_FOUND, answer="A page of them"),
)
def get_applications(
    caller: EmployerCaller,
    employer_id: EmployerId,
    page: PageRequest,
    services: ServicesOfApp,
    wanted: WantedRequest,
    job_id: Annotated[str | None, Query(pattern=ID_PATTERN, description="only those for this job")] = None,
) -> Applicants:
    """Who applied, what they do and how they fit, at a glance."""

    def work(connection: Connection) -> Applicants:
        own_employer(connection, employer_id, caller)
        asked = replace(wanted, job_id=job_id)
        return applicants_page(connection, services, Owner(employer_id), asked, page, caller.locale)

    return services.read(work)


@router.get(
    APPLICATIONS + ":counts",
    **operation("How many applications an organisation has", NOT_FOUND, answer="By job and stage"),
)
def get_application_counts(caller: EmployerCaller, employer_id: EmployerId, services: ServicesOfApp) -> StageCounts:
    """Jobs and stages that have none are left out."""

    def work(connection: Connection) -> StageCounts:
        own_employer(connection, employer_id, caller)
        found = stage_counts(connection, Owner(employer_id))
        return StageCounts(items=[StageCount(job_id=job, stage=stage, count=count) for job, stage, count in found])

    return services.read(work)


@router.get(APPLICATION, **operation("Read an application", NOT_FOUND, answer="The application"))
def get_application(
    caller: EmployerCaller, employer_id: EmployerId, application_id: ApplicationId, services: ServicesOfApp
) -> WrittenAnswer[ApplicantDetail]:
    """With profile, contacts, note, steps and messages, which are read by this."""

    def work(connection: Connection) -> dict[str, Any]:
        application = own_application(connection, employer_id, application_id, caller)
        mark_read(connection, application_id, StepTaker.EMPLOYER, services.now())
        return applicant_detail(connection, services, application, caller.locale)

    return json_response(services.write(work))


@router.get(
    APPLICATION + "/cv",
    **operation("Read an applicant's CV file", NOT_FOUND, answer="The file", content=CV_CONTENT),
    response_class=Response,
)
def get_applicants_cv(
    caller: EmployerCaller, employer_id: EmployerId, application_id: ApplicationId, services: ServicesOfApp
) -> Response:
    """Where they applied with it, as it is now, until they withdraw or are declined; the audit log says who read it."""

    def work(connection: Connection) -> Response:
        application = own_application(connection, employer_id, application_id, caller)
        return cv_response(*applicants_cv(connection, services, application, caller))

    return services.write(work)


@router.post(
    APPLICATION + "/steps",
    **operation("Step an application on", NOT_FOUND, CONFLICT, ProblemKind.TOO_MANY_REQUESTS, answer="The application"),
)
def post_step(
    caller: EmployerCaller,
    employer_id: EmployerId,
    application_id: ApplicationId,
    body: StepRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[ApplicantDetail]:
    """received → shortlisted → interview → offer → hired, or declined with a reason; stages may be skipped.

    Each step is an outcome that the next model learns from; hiring is a placement. The person gets a mail
    with the step and the reason. 409 when somebody stepped meanwhile.
    """

    def work(connection: Connection) -> dict[str, Any]:
        application = own_application(connection, employer_id, application_id, caller)
        return stepped_detail(connection, services, application, body, caller)

    return json_response(services.write(work))


@router.post(
    APPLICATION + "/messages",
    **operation(
        "Write to a person who applied",
        NOT_FOUND,
        CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="It is sent",
        status=201,
    ),
)
def post_message(
    caller: EmployerCaller,
    employer_id: EmployerId,
    application_id: ApplicationId,
    body: MessageRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[MessageDocument]:
    """They get a mail that there is a message, at most one an hour, and read it in their account."""

    allowed = partial(own_application, employer_id=employer_id, application_id=application_id, caller=caller)

    def work(connection: Connection) -> Created[MessageDocument]:
        application = allowed(connection)
        return Created(sent_message(connection, services, application, StepTaker.EMPLOYER, body.text))

    return creation.once(caller, work, allowed=allowed)

"""`/v1/applications`: what people applied for with a partner's jobs, reviewed stage by stage."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Connection

from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.hiring.applicants import WantedRequest, applicant_detail, applicants_cv, applicants_page, stepped_detail
from api.hiring.applications import sent_message
from api.hiring.cv_answers import CV_CONTENT, cv_response
from api.hiring.schemas import ApplicantDetail, Applicants, MessageDocument, MessageRequest, StepRequest
from api.http.pagination import PageRequest
from api.http.problems import ProblemKind
from api.partners.service.own_jobs import require_own_job
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import ID_PATTERN, RowIdInPath
from api.services.services import ServicesOfApp
from store.hiring.applications import Application, StepTaker, get_application
from store.hiring.messages import mark_read
from store.hiring.standing import Owner

router = APIRouter(tags=["partners: jobs"], route_class=TypedRoute)

APPLICATIONS = "/v1/applications"
APPLICATION = APPLICATIONS + "/{application_id}"
ApplicationId = RowIdInPath
JobsCaller = Annotated[Caller, Depends(allow(Scope.JOBS))]
NOT_FOUND, LIMITED = ProblemKind.NOT_FOUND, ProblemKind.TOO_MANY_REQUESTS


@router.get(
    APPLICATIONS,
    **operation("Applications for a partner's jobs", NOT_FOUND, LIMITED, answer="A page of them"),
)
def get_applications(
    caller: JobsCaller,
    page: PageRequest,
    services: ServicesOfApp,
    wanted: WantedRequest,
    job_id: Annotated[str | None, Query(pattern=ID_PATTERN, description="only those for that job")] = None,
) -> Applicants:
    """Who applied, what they do and how they fit. Webhooks of `application.stage_changed` tell of new ones."""

    def work(connection: Connection) -> Applicants:
        owner, asked = Owner(partner_id=caller.of_partner), replace(wanted, job_id=job_id)
        if job_id is not None:
            require_own_job(connection, job_id, caller)
        return applicants_page(connection, services, owner, asked, page, caller.locale)

    return services.read(work)


@router.get(APPLICATION, **operation("Read an application", NOT_FOUND, LIMITED, answer="The application"))
def get_one_application(
    caller: JobsCaller, application_id: ApplicationId, services: ServicesOfApp
) -> WrittenAnswer[ApplicantDetail]:
    """With profile, contacts, note, steps and messages, which are read by this."""

    def work(connection: Connection) -> dict[str, Any]:
        application = _own(connection, application_id, caller)
        mark_read(connection, application_id, StepTaker.EMPLOYER, services.now())
        return applicant_detail(connection, services, application, caller.locale)

    return json_response(services.write(work))


@router.get(
    APPLICATION + "/cv",
    **operation("Read an applicant's CV file", NOT_FOUND, LIMITED, answer="The file", content=CV_CONTENT),
    response_class=Response,
)
def get_applicants_cv(caller: JobsCaller, application_id: ApplicationId, services: ServicesOfApp) -> Response:
    """Where they applied with it, as it is now, until they withdraw or are declined; the audit log says who read it."""

    def work(connection: Connection) -> Response:
        application = _own(connection, application_id, caller)
        return cv_response(*applicants_cv(connection, services, application, caller))

    return services.write(work)


@router.post(
    APPLICATION + "/steps",
    **operation("Step an application on", NOT_FOUND, ProblemKind.CONFLICT, LIMITED, answer="The application"),
)
def post_step(
    caller: JobsCaller, application_id: ApplicationId, body: StepRequest, services: ServicesOfApp
) -> WrittenAnswer[ApplicantDetail]:
    """As an employer does: a decline needs a reason, hiring is a placement. 409 when somebody stepped meanwhile."""

    def work(connection: Connection) -> dict[str, Any]:
        application = _own(connection, application_id, caller)
        return stepped_detail(connection, services, application, body, caller)

    return json_response(services.write(work))


@router.post(
    APPLICATION + "/messages",
    **operation(
        "Write to somebody who applied",
        NOT_FOUND,
        ProblemKind.CONFLICT,
        LIMITED,
        answer="It is sent",
        status=201,
    ),
)
def post_message(
    caller: JobsCaller,
    application_id: ApplicationId,
    body: MessageRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[MessageDocument]:
    """They get a mail that there is a message, at most one an hour, and read it in their account.

    The webhook `application.message_sent` tells of what they write.
    """
    allowed = partial(_own, application_id=application_id, caller=caller)

    def work(connection: Connection) -> Created[MessageDocument]:
        application = allowed(connection)
        return Created(sent_message(connection, services, application, StepTaker.EMPLOYER, body.text))

    return creation.once(caller, work, allowed=allowed)


def _own(connection: Connection, application_id: str, caller: Caller) -> Application:
    """An application to the partner; raises NotFoundError."""
    return get_application(connection, application_id, Owner(partner_id=caller.of_partner))

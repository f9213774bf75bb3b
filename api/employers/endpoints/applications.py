"""`/v1/employers/{employer_id}/applications`: review them stage by stage, with a reason, and write to people."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from api.access.rules import EmployerCaller
from api.employers.endpoints.organisations import EMPLOYER, EmployerId
from api.employers.service.ownership import own_application, own_employer
from api.hiring.applications import (
    applicant_detail,
    applicant_document,
    messages_documents,
    stepped_detail,
    tell_person,
)
from api.hiring.schemas import ApplicantDetail, Applicants, MessageDocument, MessageRequest, StepRequest
from api.http.pagination import PageAsked, page_document
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, CreationAsked, json_response
from api.routing.json_bodies import JsonBody, validated
from api.routing.openapi import described
from api.schemas.fields import ID_PATTERN, RowIdInPath
from api.services.services import ServicesOfApp
from store.hiring.applications import Stage, StepTaker, list_applications
from store.hiring.messages import mark_read, send_message
from store.hiring.standing import Owner

router = APIRouter(tags=["employers' door"])

APPLICATIONS = EMPLOYER + "/applications"
APPLICATION = APPLICATIONS + "/{application_id}"
ApplicationId = RowIdInPath
DETAIL = {200: ("The application", ApplicantDetail)}
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.get(
    APPLICATIONS,
    **described("Applications to an organisation", NOT_FOUND, answered={200: ("A page of them", Applicants)}),
)
def get_applications(
    caller: EmployerCaller,
    employer_id: EmployerId,
    asked: PageAsked,
    services: ServicesOfApp,
    job_id: Annotated[str | None, Query(pattern=ID_PATTERN, description="only those for this job")] = None,
    stage: Annotated[Stage | None, Query(description="only those in this stage")] = None,
) -> Response:
    """The newest first."""

    def work(connection: Connection) -> dict[str, Any]:
        own_employer(connection, employer_id, caller)
        found = list_applications(
            connection,
            owner=Owner(employer_id),
            job_id=job_id,
            stage=stage,
            after=asked.after_id(),
            limit=asked.limit + 1,
        )
        return page_document(found, asked, applicant_document, lambda one: (one.application_id,))

    return json_response(services.read(work))


@router.get(APPLICATION, **described("Read an application", NOT_FOUND, answered=DETAIL))
def get_application(
    caller: EmployerCaller, employer_id: EmployerId, application_id: ApplicationId, services: ServicesOfApp
) -> Response:
    """With profile, contacts, note, steps and messages, which are read by this."""

    def work(connection: Connection) -> dict[str, Any]:
        application = own_application(connection, employer_id, application_id, caller)
        mark_read(connection, application_id, StepTaker.EMPLOYER, services.now())
        return applicant_detail(connection, services, application)

    return json_response(services.write(work))


@router.post(
    APPLICATION + "/steps",
    **described("Step an application on", NOT_FOUND, CONFLICT, body=StepRequest, answered=DETAIL),
)
def post_step(
    caller: EmployerCaller,
    employer_id: EmployerId,
    application_id: ApplicationId,
    body: JsonBody,
    services: ServicesOfApp,
) -> Response:
    """received → shortlisted → interview → offer → hired, or declined with a reason; stages may be skipped.

    Each step is an outcome that the next model learns from; hiring is a placement. The person gets a mail that there
    is news. 409 when somebody stepped meanwhile.
    """
    asked = validated(StepRequest, body)

    def work(connection: Connection) -> dict[str, Any]:
        application = own_application(connection, employer_id, application_id, caller)
        return stepped_detail(connection, services, application, asked, caller)

    return json_response(services.write(work))


@router.post(
    APPLICATION + "/messages",
    **described(
        "Write to a person who applied",
        NOT_FOUND,
        CONFLICT,
        body=MessageRequest,
        answered={201: ("It is sent", MessageDocument)},
    ),
)
def post_message(
    caller: EmployerCaller,
    employer_id: EmployerId,
    application_id: ApplicationId,
    body: JsonBody,
    creation: CreationAsked,
    services: ServicesOfApp,
) -> Response:
    """They get a mail that there is news, and read it in their account."""
    asked = validated(MessageRequest, body)

    def work(connection: Connection) -> Created:
        application = own_application(connection, employer_id, application_id, caller)
        send_message(connection, services.cipher, application_id, StepTaker.EMPLOYER, asked.text, services.now())
        tell_person(connection, services, application.seeker_id)
        return Created(messages_documents(connection, services.cipher, application_id)[-1])

    return creation.once(caller, work)

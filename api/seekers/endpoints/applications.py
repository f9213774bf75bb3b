"""`/v1/me/applications`: apply with a note, follow what becomes of it, write to the employer, withdraw."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection

from api.access.rules import SeekerCaller
from api.credentials.callers import Caller
from api.credentials.standing import require_reads_messages
from api.hiring.applications import application_detail, application_documents, audit_stage, sent_message
from api.hiring.matches import judged_match
from api.hiring.notices import tell_withdrawn
from api.hiring.partner_notices import notify_message, notify_partner
from api.hiring.schemas import MessageDocument, MessageRequest, OwnApplicationDetail
from api.http.pagination import PageRequest, page_of_all
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest, by_rule
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.seekers.schemas import ApplicationRequest, OwnApplications, Withdrawal
from api.seekers.service.applying import APPLICATION, applied
from api.services.services import ServicesOfApp
from engine.errors import ConflictError, NotFoundError
from store.hiring.application_lists import list_applications
from store.hiring.applications import Application, Stage, StepTaker, get_application, step
from store.hiring.messages import mark_read
from store.people.seeker_accounts import seeker_of

router = APIRouter(tags=["seekers"], route_class=TypedRoute)

APPLICATIONS = "/v1/me/applications"
ApplicationId = RowIdInPath


@router.post(
    APPLICATIONS,
    **operation(
        "Apply for a job", ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, answer="The employer has it", status=201
    ),
)
def post_application(
    caller: SeekerCaller, body: ApplicationRequest, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[OwnApplicationDetail]:
    """The employer sees the profile, the note, name and contacts. Once a job; one that was withdrawn may be made again.

    Jobs that Chamba only lists are applied for at their own address, which the 409 names. Those whose owner is
    suspended take no applications: 409, in the person's language.
    """
    match = judged_match(body.job_id, services.read(partial(seeker_of, account_id=caller.account_id)), services)

    def work(connection: Connection) -> Created[OwnApplicationDetail]:
        return applied(connection, services, caller, seeker_of(connection, caller.account_id), body, match)

    return creation.once(caller, work, allowed=by_rule)


@router.get(APPLICATIONS, **operation("One's applications", answer="A page of them"))
def get_applications(
    caller: SeekerCaller,
    page: PageRequest,
    services: ServicesOfApp,
    stage: Annotated[Stage | None, Query(description="only those in this stage")] = None,
) -> OwnApplications:
    """The newest first."""

    def work(connection: Connection) -> OwnApplications:
        found = list_applications(
            connection,
            seeker_id=seeker_of(connection, caller.account_id),
            stage=stage,
            after=page.after_id(),
            limit=page.limit + 1,
        )
        documents = partial(application_documents, connection, now=services.now(), locale=caller.locale)
        return page_of_all(OwnApplications, found, page, documents, lambda one: (one.application_id,))

    return services.read(work)


@router.get(APPLICATION, **operation("Follow an application", ProblemKind.NOT_FOUND, answer="The application"))
def get_own_application(
    caller: SeekerCaller, application_id: ApplicationId, services: ServicesOfApp
) -> OwnApplicationDetail:
    """Every step with its reason, and the messages, which are read by this."""

    def work(connection: Connection) -> OwnApplicationDetail:
        application = _own(connection, application_id, caller)
        mark_read(connection, application_id, StepTaker.SEEKER, services.now())
        return application_detail(connection, services, application, caller.locale)

    return services.write(work)


@router.post(
    APPLICATION + "/withdrawal",
    **operation("Withdraw an application", ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, answer="The application"),
)
def post_withdrawal(
    caller: SeekerCaller, application_id: ApplicationId, body: Withdrawal, services: ServicesOfApp
) -> OwnApplicationDetail:
    """From any stage but the last; the employer is told, with the reason if one is given."""
    now = services.now()

    def work(connection: Connection) -> OwnApplicationDetail:
        _require_running(_own(connection, application_id, caller))
        application = step(
            connection,
            application_id,
            Stage.WITHDRAWN,
            version=body.version,
            reason=body.reason,
            taken_by=StepTaker.SEEKER,
            now=now,
        )
        document = application_detail(connection, services, application, caller.locale)
        notify_partner(connection, application, now)
        tell_withdrawn(connection, services, application, body.reason)
        audit_stage(connection, caller, application, services)
        return document

    return services.write(work)


@router.post(
    APPLICATION + "/messages",
    **operation(
        "Write to the employer",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="It is sent",
        status=201,
    ),
)
def post_message(
    caller: SeekerCaller,
    application_id: ApplicationId,
    body: MessageRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[MessageDocument]:
    """About one application; the employer reads it there, and is told by mail, a partner by `application.message_sent`.

    409 while whoever posted the job is suspended.
    """

    allowed = partial(_own, application_id=application_id, caller=caller)

    def work(connection: Connection) -> Created[MessageDocument]:
        application = allowed(connection)
        require_reads_messages(connection, application)
        message = sent_message(connection, services, application, StepTaker.SEEKER, body.text)
        notify_message(connection, application, services.now())
        return Created(message)

    return creation.once(caller, work, allowed=allowed)


def _require_running(application: Application) -> None:
    """Raises ConflictError, in words for the person, for an application that cannot be withdrawn."""
    if application.stage is Stage.WITHDRAWN:
        raise ConflictError("the application was withdrawn before", fix="apply again while the job is open")
    if application.stage is Stage.HIRED:
        raise ConflictError(
            "the employer noted that you are hired, so that the application is over",
            fix="write to them there; if it is not true, ask for a correction at /v1/me/correction-requests",
        )


def _own(connection: Connection, application_id: str, caller: Caller) -> Application:
    """The caller's application; raises NotFoundError for somebody else's, as for one that is not there."""
    application = get_application(connection, application_id)
    if application.seeker_id != seeker_of(connection, caller.account_id):
        raise NotFoundError("no such application", got=repr(application_id), field="application_id")
    return application

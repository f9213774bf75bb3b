"""`/v1/employers/{employer_id}/jobs/{job_id}/invitations`: ask people who agreed to be found to apply."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.rules import EmployerCaller
from api.employers.endpoints.jobs import JOB, JobId
from api.employers.endpoints.organisations import EmployerId
from api.employers.people_schemas import InvitationDocument, InvitationRequest, Invitations
from api.employers.service.invitations import invitation_document, invited
from api.employers.service.ownership import own_posting
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.services.services import ServicesOfApp
from store.hiring.invitations import list_sent_invitations

router = APIRouter(tags=["employers"], route_class=TypedRoute)

INVITATIONS = JOB + "/invitations"
NOT_FOUND, CONFLICT, LIMITED = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, ProblemKind.TOO_MANY_REQUESTS


@router.post(
    INVITATIONS,
    **operation("Invite a person to apply", NOT_FOUND, CONFLICT, LIMITED, answer="They are invited", status=201),
)
def post_invitation(
    caller: EmployerCaller,
    employer_id: EmployerId,
    job_id: JobId,
    body: InvitationRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[InvitationDocument]:
    """Once a person and job, twenty a day, by an organisation that was verified. They are told, and show nothing of
    themselves unless they accept, which is an application."""

    def work(connection: Connection) -> Created[InvitationDocument]:
        return Created(invited(connection, employer_id, job_id, body, caller, services))

    allowed = partial(own_posting, employer_id=employer_id, job_id=job_id, caller=caller)
    return creation.once(caller, work, allowed=allowed)


@router.get(INVITATIONS, **operation("Who was invited to a job", NOT_FOUND, answer="A page of them"))
def get_invitations(
    caller: EmployerCaller, employer_id: EmployerId, job_id: JobId, page: PageRequest, services: ServicesOfApp
) -> Invitations:
    """The newest first: waiting, accepted or declined."""

    def work(connection: Connection) -> Invitations:
        own_posting(connection, employer_id, job_id, caller)
        found = list_sent_invitations(connection, employer_id, job_id, after=page.after_id(), limit=page.limit + 1)
        return page_of(Invitations, found, page, invitation_document, lambda one: (one.invitation_id,))

    return services.read(work)

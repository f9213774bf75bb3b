"""`/v1/me/invitations`: organisations that ask a person to apply; they do, or decline, and nobody learns why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import SeekerCaller
from api.hiring.matches import judged_match
from api.hiring.schemas import InvitationStateName, OwnApplicationDetail
from api.http.pagination import PageRequest, page_of_all
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.seekers.schemas import Acceptance, ApplicationRequest, InvitationAnswer, OwnInvitation, OwnInvitations
from api.seekers.service.applying import applied
from api.seekers.service.invitations import own_invitations
from api.services.services import ServicesOfApp
from engine.errors import ConflictError
from store.audit import AuditAction
from store.hiring.invitations import (
    Invitation,
    InvitationState,
    decline_invitation,
    list_shown_invitations,
    shown_invitation,
)
from store.people.seeker_accounts import seeker_of

router = APIRouter(tags=["seekers"], route_class=TypedRoute)

INVITATIONS = "/v1/me/invitations"
INVITATION = INVITATIONS + "/{invitation_id}"
InvitationId = RowIdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.get(INVITATIONS, **operation("Jobs that one is invited to", answer="A page of them"))
def get_invitations(
    caller: SeekerCaller,
    page: PageRequest,
    services: ServicesOfApp,
    state: Annotated[InvitationStateName | None, Query(description="only those in this state")] = None,
) -> OwnInvitations:
    """The newest first; none while one may not be found, nor of an organisation that is suspended."""

    def work(connection: Connection) -> OwnInvitations:
        found = list_shown_invitations(
            connection,
            seeker_of(connection, caller.account_id),
            state=None if state is None else InvitationState(state),
            after=page.after_id(),
            limit=page.limit + 1,
        )

        def documents(shown: Sequence[Invitation]) -> list[OwnInvitation]:
            return own_invitations(connection, services, shown)

        return page_of_all(OwnInvitations, found, page, documents, lambda one: (one.invitation_id,))

    return services.read(work)


@router.post(
    INVITATION + "/acceptance",
    **operation("Accept an invitation", NOT_FOUND, CONFLICT, answer="The employer has an application", status=201),
)
def post_acceptance(
    caller: SeekerCaller,
    invitation_id: InvitationId,
    body: Acceptance,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[OwnApplicationDetail]:
    """It is an application: the employer sees the profile, the note, name and contacts, and nothing of them before."""

    def own(connection: Connection) -> Invitation:
        return shown_invitation(connection, invitation_id, seeker_of(connection, caller.account_id))

    read = services.read(own)
    match = judged_match(read.job_id, read.seeker_id, services)

    def work(connection: Connection) -> Created[OwnApplicationDetail]:
        invitation = own(connection)
        if invitation.state is not InvitationState.WAITING:
            raise ConflictError("the invitation was answered before", field="invitation_id")
        request = ApplicationRequest(job_id=invitation.job_id, **body.model_dump())
        return applied(connection, services, caller, invitation.seeker_id, request, match)

    return creation.once(caller, work, allowed=own)


@router.post(
    INVITATION + "/decline", **operation("Decline an invitation", NOT_FOUND, CONFLICT, answer="It is declined")
)
def post_decline(
    caller: SeekerCaller, invitation_id: InvitationId, body: InvitationAnswer, services: ServicesOfApp
) -> OwnInvitation:
    """With or without a reason, which is not told to whoever invited."""

    def work(connection: Connection) -> OwnInvitation:
        invitation = shown_invitation(connection, invitation_id, seeker_of(connection, caller.account_id))
        declined = decline_invitation(connection, invitation, body.reason, services.now())
        (document,) = own_invitations(connection, services, [declined])
        subject = f"invitation:{invitation_id}"
        audit(connection, caller, AuditAction.INVITATION_DECLINED, subject, services, {"job_id": declined.job_id})
        return document

    return services.write(work)

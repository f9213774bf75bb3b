"""`/mis-invitaciones`: organisations that ask somebody to apply, who does so, or declines."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.rules import SeekerCaller
from api.credentials.callers import Caller
from api.http.pagination import Page, PageRequest
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.seekers.endpoints import invitations as endpoints
from api.seekers.pages.jobs import REASONS
from api.seekers.pages.sent_files import saved_cv, sends_cv
from api.seekers.schemas import Acceptance, InvitationAnswer
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import FilePageRoute
from api.web.translations import marked
from engine.errors import ChambaError

router = APIRouter(route_class=FilePageRoute)

InvitationId = RowIdInPath
LIST = "/mis-invitaciones"
FIRST = Page(20, None)


@router.get(LIST)
def get_invitations(caller: SeekerCaller, frame: Frame, page: PageRequest, services: ServicesOfApp) -> Response:
    """The newest first."""
    return _page(frame, caller, page, services)


@router.post(LIST + "/{invitation_id}/aceptar")
def post_acceptance(
    caller: SeekerCaller, form: Form, frame: Frame, invitation_id: InvitationId, services: ServicesOfApp
) -> Response:
    """It is an application, which the next page follows."""
    try:
        body = checked(Acceptance, form.stated("text"))
        body = body.model_copy(update={"with_cv": sends_cv(form, caller, services)})
        answer = endpoints.post_acceptance(caller, invitation_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return _page(frame, caller, FIRST, services, form, error, at=invitation_id)
    application_id = orjson.loads(answer.body)["application_id"]
    return frame.see(f"/mis-postulaciones/{application_id}", said=marked("Listo: la empresa ya tiene tu postulación."))


@router.post(LIST + "/{invitation_id}/rechazar")
def post_decline(
    caller: SeekerCaller, form: Form, frame: Frame, invitation_id: InvitationId, services: ServicesOfApp
) -> Response:
    """Nobody learns why."""
    try:
        endpoints.post_decline(caller, invitation_id, checked(InvitationAnswer, form.stated("reason")), services)
    except (ProblemError, ChambaError) as error:
        return _page(frame, caller, FIRST, services, form, error, at=invitation_id)
    return frame.see(LIST, said=marked("Listo: le diremos que no, sin decir por qué."))


def _page(
    frame: PageFrame,
    caller: Caller,
    page: Page,
    services: Services,
    form: SentForm | None = None,
    error: Exception | None = None,
    at: str = "",
) -> Response:
    found = endpoints.get_invitations(caller, page, services)
    values: dict[str, Any] = {"found": found, "reasons": REASONS, "cv": saved_cv(caller, services), "at": at}
    if error is None:
        return frame.page("seekers/invitations.html", **values)
    return frame.again("seekers/invitations.html", error, form or SentForm(), **values)

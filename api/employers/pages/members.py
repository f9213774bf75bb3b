"""`/empresas/{employer_id}/personas`: who acts for an organisation; and what one is asked at `/mis-organizaciones`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import EmployerCaller
from api.credentials.callers import Caller
from api.employers.endpoints import members
from api.employers.endpoints.members import AccountId, RequestId
from api.employers.endpoints.organisations import EmployerId
from api.employers.pages.organisations import organisation_values
from api.employers.schemas import MemberRequest
from api.http.problems import ProblemError
from api.services.services import ServicesOfApp
from api.web.forms import Form
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError

router = APIRouter(route_class=PageRoute)

PEOPLE = "/empresas/{employer_id}/personas"


@router.get(PEOPLE)
def get_people(caller: EmployerCaller, frame: Frame, employer_id: EmployerId) -> Response:
    """Everybody who acts for it, who was there first the first."""
    return frame.page("employers/members.html", **_values(frame, caller, employer_id))


@router.post(PEOPLE)
def post_person(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """They are asked, if there is such an account; the answer is the same if not."""
    try:
        members.post_member(caller, employer_id, checked(MemberRequest, {"email": form.text("email")}), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("employers/members.html", error, form, **_values(frame, caller, employer_id))
    said = marked("Si esa persona tiene una cuenta de empresa, le llegó tu invitación. Vale por dos semanas.")
    return frame.see(f"/empresas/{employer_id}/personas", said=said)


@router.post(PEOPLE + "/{account_id}/quitar")
def post_removal(
    caller: EmployerCaller,
    form: Form,
    frame: Frame,
    employer_id: EmployerId,
    account_id: AccountId,
    services: ServicesOfApp,
) -> Response:
    """They act for it no more; of oneself, one has left."""
    try:
        members.delete_member(caller, employer_id, account_id, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("employers/members.html", error, form, **_values(frame, caller, employer_id))
    if account_id == caller.account_id:
        return frame.see("/mis-organizaciones", said=marked("Saliste de la empresa."))
    return frame.see(f"/empresas/{employer_id}/personas", said=marked("Listo: ya no es parte del equipo."))


@router.post("/mis-organizaciones/pedidos/{request_id}/aceptar")
def post_acceptance(caller: EmployerCaller, frame: Frame, request_id: RequestId, services: ServicesOfApp) -> Response:
    """One acts for it from now on."""
    members.post_acceptance(caller, request_id, services)
    return frame.see("/mis-organizaciones", said=marked("Listo: ya puedes publicar y revisar por esa empresa."))


@router.post("/mis-organizaciones/pedidos/{request_id}/rechazar")
def post_decline(caller: EmployerCaller, frame: Frame, request_id: RequestId, services: ServicesOfApp) -> Response:
    """Whoever asked is not told."""
    members.post_decline(caller, request_id, services)
    return frame.see("/mis-organizaciones", said=marked("Listo: no aceptaste. Nadie recibe un aviso por eso."))


def _values(frame: PageFrame, caller: Caller, employer_id: str) -> dict[str, Any]:
    found = members.get_members(caller, employer_id, frame.services).items
    own = next((place for place, one in enumerate(found) if one.account_id == caller.account_id), len(found))
    return organisation_values(frame, caller, employer_id) | {"people": found, "own_place": own}

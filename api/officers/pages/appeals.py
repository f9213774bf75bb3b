"""`/programas/{programme_id}/pedidos`: answers that people contest, and deciding them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import FreshOfficerCaller, OfficerCaller
from api.credentials.callers import Caller
from api.http.pagination import Page, PageRequest
from api.http.problems import ProblemError
from api.officers import endpoints
from api.officers.endpoints import ProgrammeId, ScreeningId
from api.officers.pages.programmes import ELIGIBILITIES, PROGRAMME, PROGRAMMES
from api.officers.schemas import OverrideRequest
from api.services.services import ServicesOfApp
from api.web.forms import Form
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.proofs import proof_address
from api.web.translations import marked
from engine.errors import ChambaError

router = APIRouter(route_class=PageRoute)

APPEALS = PROGRAMME + "/pedidos"
APPEAL = APPEALS + "/{screening_id}"


@router.get(APPEALS)
def get_appeals(
    caller: OfficerCaller, frame: Frame, programme_id: ProgrammeId, page: PageRequest, services: ServicesOfApp
) -> Response:
    """The oldest first; administrators see them too, and whoever is first decides."""
    found = endpoints.get_appeals(caller, programme_id, page, services)
    return frame.page(
        "officers/appeals.html",
        programme_id=programme_id,
        appeals=found.items,
        next_cursor=found.next_cursor,
        eligibilities=ELIGIBILITIES,
    )


@router.get(APPEAL)
def get_appeal(
    caller: OfficerCaller,
    frame: Frame,
    programme_id: ProgrammeId,
    screening_id: ScreeningId,
    services: ServicesOfApp,
) -> Response:
    """What the rules said, what the person says, and the form that decides; a proof comes first."""
    values = _appeal(frame, caller, programme_id, screening_id)
    proof_at = proof_address(caller, services, frame.request.url.path)
    if proof_at and values["is_open"]:
        return frame.see(proof_at)
    return frame.page("officers/appeal.html", **values)


@router.post(APPEAL)
def post_decision(
    caller: FreshOfficerCaller,
    form: Form,
    frame: Frame,
    programme_id: ProgrammeId,
    screening_id: ScreeningId,
    services: ServicesOfApp,
) -> Response:
    """With a reason that the person reads; the next one that waits comes after."""
    try:
        body = checked(OverrideRequest, {name: form.text(name) for name in ("eligibility", "reason")})
        endpoints.post_decision(caller, programme_id, screening_id, body, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("officers/appeal.html", error, form, **_appeal(frame, caller, programme_id, screening_id))
    waiting = endpoints.get_appeals(caller, programme_id, Page(1, None), services).items
    at = f"{PROGRAMMES}/{programme_id}/pedidos"
    if not waiting:
        return frame.see(at, said=marked("Decidido. No queda ninguno."))
    return frame.see(f"{at}/{waiting[0].screening_id}", said=marked("Decidido. Este es el siguiente."))


def _appeal(frame: PageFrame, caller: Caller, programme_id: str, screening_id: str) -> dict[str, Any]:
    shown = endpoints.get_one_screening(caller, programme_id, screening_id, frame.services)
    is_open = shown.appeal is not None and shown.appeal.is_open
    return {"programme_id": programme_id, "screening": shown, "is_open": is_open, "eligibilities": ELIGIBILITIES}

"""`/mis-programas`: programmes that somebody may enter, what they ask for, the answers, and contesting one."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.rules import SeekerCaller
from api.credentials.callers import Caller
from api.hiring.schemas import ReviewRequest
from api.http.pagination import Page, PageRequest
from api.http.problems import ProblemError
from api.programmes import endpoints as programme_endpoints
from api.schemas.fields import RowIdInPath
from api.seekers.endpoints import programmes as endpoints
from api.seekers.endpoints.programmes import ScreeningRequest
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError
from engine.programmes.judging import Proof
from store.people.consents import ConsentPurpose, agreed_purposes

router = APIRouter(route_class=PageRoute)

ProgrammeId = RowIdInPath
ScreeningId = RowIdInPath
LIST = "/mis-programas"
EVERY = Page(100, None)
READS = {
    Proof.HOUSEHOLD_INCOME: marked("el ingreso de tu hogar"),
    Proof.HOUSEHOLD_SIZE: marked("cuántos viven de ese ingreso"),
    Proof.SISFOH_CLASS: marked("tu clasificación del SISFOH"),
    Proof.SISFOH_DATE: marked("cuándo te la dieron"),
    Proof.BIRTH_DATE: marked("tu fecha de nacimiento"),
    Proof.REGION: marked("tu región"),
    Proof.DEVICE: marked("con qué equipo trabajas"),
    Proof.CONSENT: marked("un permiso tuyo"),
}


@router.get(LIST)
def get_programmes(caller: SeekerCaller, frame: Frame, page: PageRequest, services: ServicesOfApp) -> Response:
    """One's answers, the newest first, and the programmes that there are."""
    found = endpoints.get_screenings(caller, page, services)
    programmes = programme_endpoints.get_programmes(caller, EVERY, services).items
    return frame.page("seekers/programmes.html", found=found, programmes=programmes)


@router.get(LIST + "/programa/{programme_id}")
def get_programme(caller: SeekerCaller, frame: Frame, programme_id: ProgrammeId, services: ServicesOfApp) -> Response:
    """Its rules in words, before anything is asked."""
    return _programme_page(frame, caller, programme_id, services)


@router.post(LIST + "/programa/{programme_id}")
def post_screening(
    caller: SeekerCaller, form: Form, frame: Frame, programme_id: ProgrammeId, services: ServicesOfApp
) -> Response:
    """Asked; the next page says why."""
    try:
        body = checked(ScreeningRequest, {"shares_contact": form.is_on("shares_contact")})
        answer = endpoints.post_screening(caller, programme_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return _programme_page(frame, caller, programme_id, services, form, error)
    return frame.see(f"{LIST}/{orjson.loads(answer.body)['screening_id']}")


@router.get(LIST + "/{screening_id}")
def get_screening(caller: SeekerCaller, frame: Frame, screening_id: ScreeningId, services: ServicesOfApp) -> Response:
    """Each rule, what is missing, and what somebody decided."""
    return frame.page("seekers/screening.html", one=endpoints.get_one_screening(caller, screening_id, services))


@router.post(LIST + "/{screening_id}/reclamo")
def post_appeal(
    caller: SeekerCaller, form: Form, frame: Frame, screening_id: ScreeningId, services: ServicesOfApp
) -> Response:
    """A person decides."""
    try:
        body = checked(ReviewRequest, {"text": form.text("text")})
        case = endpoints.post_appeal(caller, screening_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        one = endpoints.get_one_screening(caller, screening_id, services)
        return frame.again("seekers/screening.html", error, form, one=one)
    return frame.see(f"/mis-pedidos/{orjson.loads(case.body)['case_id']}", said=marked("Recibimos tu pedido."))


def _programme_page(
    frame: PageFrame,
    caller: Caller,
    programme_id: str,
    services: Services,
    form: SentForm | None = None,
    error: Exception | None = None,
) -> Response:
    one = programme_endpoints.get_one_programme(caller, programme_id, services, frame.language.locale)
    agreed = services.read(lambda connection: agreed_purposes(connection, caller.account_id))
    values: dict[str, Any] = {
        "one": one,
        "version": next((version for version in one.versions if version.is_in_force), None),
        "reads": [READS[proof] for proof in one.reads],
        "can_ask": ConsentPurpose.SCREENING in agreed,
        "lacks_consent": not agreed.issuperset(one.consents),
    }
    if error is None:
        return frame.page("seekers/programme.html", **values)
    return frame.again("seekers/programme.html", error, form or SentForm(), **values)

"""`/mis-pedidos`: what somebody asked a person to look at: an answer, their data, an ad; and what was decided."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Response

from api.access.rules import AccountCaller, SeekerCaller
from api.hiring.schemas import ReviewRequest
from api.http.pagination import PageRequest
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.seekers.endpoints import recommendations as endpoints
from api.seekers.pages.clicks import answer_seen
from api.services.services import ServicesOfApp
from api.web.forms import Form
from api.web.frame import Frame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError, NotFoundError
from store.people.cases import CaseKind

router = APIRouter(route_class=PageRoute)

CaseId = RowIdInPath
LIST = "/mis-pedidos"
KINDS = {
    CaseKind.REPORT: marked("Un aviso que parece falso"),
    CaseKind.EMPLOYER: marked("Verificar mi empresa"),
    CaseKind.HUMAN_REVIEW: marked("Los trabajos que me recomendaron"),
    CaseKind.CORRECTION: marked("Corregir mis datos"),
    CaseKind.APPEAL: marked("Mi cuenta suspendida"),
    CaseKind.ORGANISATION_APPEAL: marked("Mi empresa suspendida"),
    CaseKind.JOB_APPEAL: marked("Un aviso mío que quitaron"),
    CaseKind.ELIGIBILITY: marked("La respuesta de un programa"),
}


@router.get(LIST)
def get_cases(caller: AccountCaller, frame: Frame, page: PageRequest, services: ServicesOfApp) -> Response:
    """The newest first."""
    found = endpoints.get_own_cases(caller, page, services)
    return frame.page("seekers/cases.html", found=found, kinds=KINDS)


@router.get(LIST + "/revision")
def get_review(_caller: SeekerCaller, frame: Frame) -> Response:
    """The form about the answer that was seen last."""
    return frame.page("seekers/review.html", answer=answer_seen(frame))


@router.post(LIST + "/revision")
def post_review(caller: SeekerCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """A person replays the answer, decides, and says why."""
    answer = form.text("respuesta")
    try:
        body = checked(ReviewRequest, {"text": form.text("text")})
        if not answer:
            raise NotFoundError("no such recommendation", field="recommendation_id")
        case = endpoints.post_review_request(caller, answer, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("seekers/review.html", error, form, answer=answer)
    return frame.see(f"{LIST}/{orjson.loads(case.body)['case_id']}", said=marked("Recibimos tu pedido."))


@router.get(LIST + "/correccion")
def get_correction(_caller: AccountCaller, frame: Frame) -> Response:
    """The form about one's data."""
    return frame.page("seekers/correction.html")


@router.post(LIST + "/correccion")
def post_correction(caller: AccountCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """A person corrects what one cannot correct alone."""
    try:
        body = checked(ReviewRequest, {"text": form.text("text")})
        case = endpoints.post_correction_request(caller, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("seekers/correction.html", error, form)
    return frame.see(f"{LIST}/{orjson.loads(case.body)['case_id']}", said=marked("Recibimos tu pedido."))


@router.get(LIST + "/{case_id}")
def get_one_case(caller: AccountCaller, frame: Frame, case_id: CaseId, services: ServicesOfApp) -> Response:
    """What was asked, until when there is an answer, and what was decided."""
    return frame.page("seekers/case.html", case=endpoints.get_own_case(caller, case_id, services), kinds=KINDS)

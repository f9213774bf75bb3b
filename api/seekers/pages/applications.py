"""`/mis-postulaciones`: what somebody applied for, each with its steps and messages, writing and withdrawing."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from api.access.rules import SeekerCaller
from api.credentials.callers import Caller
from api.hiring.schemas import MessageRequest
from api.http.pagination import PageRequest
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.seekers.endpoints import applications as endpoints
from api.seekers.pages.people import saved_profile
from api.seekers.schemas import Withdrawal
from api.seekers.service.shown import shown_to_employers
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError
from store.hiring.applications import Stage, get_application

router = APIRouter(route_class=PageRoute)

ApplicationId = RowIdInPath
STAGES = (
    (Stage.RECEIVED, marked("Enviada")),
    (Stage.SHORTLISTED, marked("En la lista corta")),
    (Stage.INTERVIEW, marked("Entrevista")),
    (Stage.OFFER, marked("Te ofrecen el trabajo")),
    (Stage.HIRED, marked("Te contrataron")),
    (Stage.DECLINED, marked("No siguió")),
    (Stage.WITHDRAWN, marked("La retiraste")),
)
StageAsked = Annotated[Stage | None, Query()]


@router.get("/mis-postulaciones")
def get_applications(
    caller: SeekerCaller, frame: Frame, page: PageRequest, services: ServicesOfApp, etapa: StageAsked = None
) -> Response:
    """The newest first, of one stage or of all."""
    found = endpoints.get_applications(caller, page, services, etapa)
    return frame.page("seekers/applications.html", found=found, stages=STAGES, stage=etapa)


@router.get("/mis-postulaciones/{application_id}")
def get_one_application(
    caller: SeekerCaller, frame: Frame, application_id: ApplicationId, services: ServicesOfApp
) -> Response:
    """How it goes; its messages are read by this."""
    return _page(frame, caller, application_id, services)


@router.post("/mis-postulaciones/{application_id}/mensajes")
def post_message(
    caller: SeekerCaller, form: Form, frame: Frame, application_id: ApplicationId, services: ServicesOfApp
) -> Response:
    """The employer reads it."""
    try:
        body = checked(MessageRequest, {"text": form.text("text")})
        endpoints.post_message(caller, application_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return _page(frame, caller, application_id, services, form, error)
    return frame.see(f"/mis-postulaciones/{application_id}", said=marked("Mensaje enviado."))


@router.post("/mis-postulaciones/{application_id}/retirar")
def post_withdrawal(
    caller: SeekerCaller, form: Form, frame: Frame, application_id: ApplicationId, services: ServicesOfApp
) -> Response:
    """The employer sees nothing of the person any more; the version is the one that the page showed."""
    seen = form.text("version")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    try:
        document = {"version": version, **form.stated("reason")}
        endpoints.post_withdrawal(caller, application_id, checked(Withdrawal, document), services)
    except (ProblemError, ChambaError) as error:
        return _page(frame, caller, application_id, services, form, error)
    said = marked("La retiraste. La empresa ya no ve tus datos.")
    return frame.see(f"/mis-postulaciones/{application_id}", said=said)


def _page(
    frame: PageFrame,
    caller: Caller,
    application_id: str,
    services: Services,
    form: SentForm | None = None,
    error: Exception | None = None,
) -> Response:
    application = endpoints.get_own_application(caller, application_id, services)
    seeker, shown = saved_profile(frame, caller), None
    if seeker is not None and application.stage is not Stage.WITHDRAWN:
        shown = services.read(partial(shown_to_employers, services=services, seeker=seeker))
        shows_cv = services.read(partial(_shows_cv, application_id=application_id))
        shown["cv"] = shown["cv"] if shows_cv else None
    values: dict[str, Any] = {"application": application, "stages": dict(STAGES), "shown": shown}
    if error is None:
        return frame.page("seekers/application.html", **values)
    return frame.again("seekers/application.html", error, form or SentForm(), **values)


def _shows_cv(connection: Connection, application_id: str) -> bool:
    return get_application(connection, application_id).shows_cv

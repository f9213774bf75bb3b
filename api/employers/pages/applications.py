"""One application in full: who it is, what they wrote, their CV; a step on, a message."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.rules import EmployerCaller
from api.credentials.callers import Caller
from api.employers.endpoints import applications, organisations
from api.employers.endpoints.applications import ApplicationId
from api.employers.endpoints.organisations import EmployerId
from api.employers.pages.board import BOARD
from api.employers.pages.jobs import posting_of
from api.employers.pages.organisations import organisation_values
from api.employers.pages.stages import EVENT_NAMES, STATE_NAMES, STEP_NAMES, fit_words
from api.hiring.schemas import MessageRequest, StepRequest
from api.http.problems import ProblemError
from api.services.services import ServicesOfApp
from api.web.forms import Form
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from api.web.weeks import week_picture
from engine.documents.seekers import seeker_from_document
from engine.errors import ChambaError, NotFoundError

router = APIRouter(route_class=PageRoute)

APPLICATION = BOARD + "/{application_id}"
PAGE = "employers/application.html"
SAID = {
    "hired": marked("Listo: contratación hecha. Le avisamos por correo."),
    "declined": marked("Le avisamos con la razón que escribiste."),
}


@router.get(APPLICATION)
def get_one(caller: EmployerCaller, frame: Frame, employer_id: EmployerId, application_id: ApplicationId) -> Response:
    """With profile, note, career, steps and messages, which are read by this."""
    return frame.page(PAGE, **_values(frame, caller, employer_id, application_id))


@router.get(APPLICATION + "/cv")
def get_cv(
    caller: EmployerCaller,
    employer_id: EmployerId,
    application_id: ApplicationId,
    services: ServicesOfApp,
) -> Response:
    """The CV file, to be saved; no cache keeps it, and the audit log says who read it."""
    file = applications.get_applicants_cv(caller, employer_id, application_id, services)
    file.headers.update({"Cache-Control": "no-store", "Referrer-Policy": "same-origin"})
    return file


@router.post(APPLICATION + "/paso")
def post_step(
    caller: EmployerCaller,
    form: Form,
    frame: Frame,
    employer_id: EmployerId,
    application_id: ApplicationId,
    services: ServicesOfApp,
) -> Response:
    """A step on, with its reason and words; the person gets a mail."""
    version = form.text("version")
    step: dict[str, Any] = dict(form.stated("stage", "reason", "text", "template_id"))
    step["version"] = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
    try:
        applications.post_step(caller, employer_id, application_id, checked(StepRequest, step), services)
    except (ProblemError, ChambaError) as error:
        if isinstance(error, NotFoundError) and error.field != "template_id":
            raise
        return frame.again(PAGE, error, form, **_values(frame, caller, employer_id, application_id))
    said = SAID.get(step["stage"], marked("Listo. Le avisamos por correo."))
    return frame.see(f"/empresas/{employer_id}/postulaciones/{application_id}", said=said)


@router.post(APPLICATION + "/mensaje")
def post_message(
    caller: EmployerCaller,
    form: Form,
    frame: Frame,
    employer_id: EmployerId,
    application_id: ApplicationId,
    services: ServicesOfApp,
) -> Response:
    """They get a mail that there is a message."""
    try:
        body = checked(MessageRequest, {"text": form.text("message")})
        applications.post_message(caller, employer_id, application_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        if isinstance(error, NotFoundError):
            raise
        return frame.again(PAGE, error, form, **_values(frame, caller, employer_id, application_id))
    return frame.see(f"/empresas/{employer_id}/postulaciones/{application_id}", said=marked("Mensaje enviado."))


def _values(frame: PageFrame, caller: Caller, employer_id: str, application_id: str) -> dict[str, Any]:
    services = frame.services
    one = orjson.loads(applications.get_application(caller, employer_id, application_id, services).body)
    try:
        job = posting_of(caller, employer_id, one["job_id"], services)["job"]
    except NotFoundError:  # another's by now
        job = None
    free = seeker_from_document(one["profile"]).availability if one["profile"] else None
    return organisation_values(frame, caller, employer_id) | {
        "one": one,
        "is_job_open": bool(job and job["is_open"]),
        "fit": fit_words(one["score"]),
        "week": week_picture(free, (job or {}).get("schedule"), services.now()) if one["profile"] else [],
        "state_names": STATE_NAMES,
        "event_names": EVENT_NAMES,
        "step_names": STEP_NAMES,
        "templates": organisations.get_templates(caller, employer_id, services).items,
    }

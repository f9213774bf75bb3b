"""`/empresas/{employer_id}/mensajes`: words that are sent often."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import EmployerCaller
from api.credentials.callers import Caller
from api.employers.endpoints import organisations
from api.employers.endpoints.organisations import EmployerId, TemplateId
from api.employers.pages.organisations import organisation_values
from api.employers.schemas import TemplateRequest
from api.http.problems import ProblemError
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError

router = APIRouter(route_class=PageRoute)

TEMPLATES = "/empresas/{employer_id}/mensajes"
PAGE = "employers/templates.html"
# What people write for what is filled in, and what is kept for it.
WORDS = (("{nombre}", "{name}"), ("{aviso}", "{job}"), ("{empresa}", "{employer}"))


@router.get(TEMPLATES)
def get_templates(caller: EmployerCaller, frame: Frame, employer_id: EmployerId) -> Response:
    """All of them, each to be changed."""
    return frame.page(PAGE, **_values(frame, caller, employer_id))


@router.post(TEMPLATES)
def post_template(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """Another one."""
    try:
        organisations.post_template(caller, employer_id, _request(form), frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again(PAGE, error, form, **_values(frame, caller, employer_id))
    return frame.see(f"/empresas/{employer_id}/mensajes", said=marked("Guardamos el mensaje."))


@router.post(TEMPLATES + "/{template_id}")
def post_change(
    caller: EmployerCaller,
    form: Form,
    frame: Frame,
    employer_id: EmployerId,
    template_id: TemplateId,
    services: ServicesOfApp,
) -> Response:
    """It says something else from now on, or is gone."""
    try:
        if form.is_on("borrar"):
            organisations.delete_one_template(caller, employer_id, template_id, services)
        else:
            organisations.put_one_template(caller, employer_id, template_id, _request(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again(PAGE, error, form, **_values(frame, caller, employer_id, template_id))
    said = marked("Borramos el mensaje.") if form.is_on("borrar") else marked("Guardamos el mensaje.")
    return frame.see(f"/empresas/{employer_id}/mensajes", said=said)


def _request(form: SentForm) -> TemplateRequest:
    text = form.text("text")
    for spanish, kept in WORDS:
        text = text.replace(spanish, kept)
    return checked(TemplateRequest, {"name": form.text("name"), "text": text})


def _values(frame: PageFrame, caller: Caller, employer_id: str, changed: str = "") -> dict[str, Any]:
    """`changed`: the one whose form was sent."""
    found = [one.model_dump() for one in organisations.get_templates(caller, employer_id, frame.services).items]
    for one in found:
        for spanish, kept in WORDS:
            one["text"] = one["text"].replace(kept, spanish)
    return organisation_values(frame, caller, employer_id) | {"found": found, "changed": changed}

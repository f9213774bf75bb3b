"""`/mi-perfil`: what somebody told of themselves, their hours, their CV file; it is changed by the three steps."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import SeekerCaller
from api.credentials.callers import Caller
from api.http.problems import ProblemError
from api.seekers.endpoints import career as career_endpoints
from api.seekers.endpoints import profile as endpoints
from api.seekers.pages.drafts import draft_of, forget_draft, keep_draft, read_draft
from api.seekers.pages.people import save_draft_as_profile, saved_profile, wishes
from api.seekers.pages.sent_files import save_sent_cv
from api.seekers.service.shown import shown_to_employers
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame
from api.web.page_routes import FilePageRoute, PageRoute
from api.web.translations import marked
from api.web.weeks import free_picture
from engine.errors import ChambaError, InvalidInputError

router = APIRouter(route_class=PageRoute)

PATH = "/mi-perfil"
STEPS = {"que": "/buscar", "horas": "/buscar/horas", "equipo": "/buscar/equipo"}


@router.get(PATH)
def get_profile(caller: SeekerCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """All of it; who has told nothing yet is led to the steps, and comes back."""
    if save_draft_as_profile(frame, caller) is None:
        draft = read_draft(frame).model_copy(update={"goes_on": PATH})
        return keep_draft(frame, frame.page("seekers/profile_none.html", has_said=draft.says_something), draft)
    return _page(frame, caller, services)


@router.post(PATH + "/cambiar")
def post_change(caller: SeekerCaller, form: Form, frame: Frame) -> Response:
    """One of the steps, which begins with what was saved and comes back here."""
    saved, before = saved_profile(frame, caller), read_draft(frame)
    draft = before if saved is None else draft_of(saved).model_copy(update=wishes(before))
    step = frame.see(STEPS.get(form.text("paso"), STEPS["que"]))
    return keep_draft(frame, step, draft.model_copy(update={"goes_on": PATH}))


@router.post(PATH + "/olvidar")
def post_forgetting(caller: SeekerCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The profile is gone; account and applications stay."""
    endpoints.delete_own_profile(caller, services)
    return forget_draft(frame, frame.see(PATH, said=marked("Borramos tu perfil. Tu cuenta sigue.")))


def post_cv(caller: SeekerCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """Another file, in the place of the one before."""
    try:
        if not save_sent_cv(form, caller, services):
            raise InvalidInputError("no file was chosen", fix="choose the file again", field="cv")
    except (ProblemError, ChambaError) as error:
        return _page(frame, caller, services, form, error)
    return frame.see(PATH, said=marked("Guardamos tu CV."))


router.add_api_route(PATH + "/cv", post_cv, methods=["POST"], route_class_override=FilePageRoute)


@router.get(PATH + "/cv")
def get_cv(caller: SeekerCaller, _frame: Frame, services: ServicesOfApp) -> Response:
    """The file, as it was sent."""
    response = career_endpoints.get_own_cv(caller, services)
    response.headers["Cache-Control"] = "no-store"
    return response


@router.post(PATH + "/cv/borrar")
def post_cv_deletion(caller: SeekerCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Nobody has it any more."""
    career_endpoints.delete_own_cv(caller, services)
    return frame.see(PATH, said=marked("Borramos tu CV. Las empresas ya no lo ven."))


def _page(
    frame: PageFrame,
    caller: Caller,
    services: Services,
    form: SentForm | None = None,
    error: Exception | None = None,
) -> Response:
    seeker = saved_profile(frame, caller)
    values: dict[str, Any] = {}
    if seeker is not None:
        shown = services.read(partial(shown_to_employers, services=services, seeker=seeker))
        values = {"shown": shown, "profile": shown["profile"]}
        values["week"] = free_picture(seeker.availability, services.now())
    if error is None:
        return frame.page("seekers/profile.html", **values)
    if seeker is None:
        return frame.see(PATH)
    return frame.again("seekers/profile.html", error, form or SentForm(), **values)

"""`/trabajos/{job_id}/postular`: what the employer will see, a note, a portfolio, a CV file; then it is sent."""

from __future__ import annotations

from functools import partial
from typing import Any

import orjson
from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.rules import SEEKER, SeekerCaller, Visitor
from api.credentials.callers import Caller
from api.hiring.matches import fit_of, judged_match
from api.http.problems import ProblemError
from api.schemas.fields import IdInPath
from api.seekers.endpoints import applications as application_endpoints
from api.seekers.pages.drafts import keep_draft, read_draft
from api.seekers.pages.people import save_draft_as_profile, saved_profile
from api.seekers.pages.seen_answers import answer_that_showed
from api.seekers.pages.seen_jobs import job_shown
from api.seekers.pages.sent_files import save_sent_link, sends_cv
from api.seekers.schemas import ApplicationRequest
from api.seekers.service.shown import shown_to_employers
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import FilePageRoute
from api.web.translations import marked
from engine.errors import ChambaError
from store.hiring.application_lists import list_applications
from store.hiring.applications import Application, Stage
from store.people.seeker_accounts import seeker_of

router = APIRouter(route_class=FilePageRoute)

JobId = IdInPath


@router.get("/trabajos/{job_id}/postular")
def get_apply(caller: Visitor, frame: Frame, job_id: JobId, services: ServicesOfApp) -> Response:
    """The form; who has no account gets one first, who has no profile tells of themselves first, and comes back."""
    job, here = job_shown(frame, job_id, services), f"/trabajos/{job_id}/postular"
    if caller.account is None:
        return frame.see(f"/registrarse?sigue={here}")
    SEEKER.require(caller)
    known = services.read(partial(_application_for, caller=caller, job_id=job_id))
    if known is not None and known.stage is not Stage.WITHDRAWN:
        said = marked("Ya postulaste a este trabajo. Aquí ves cómo va.")
        return frame.see(f"/mis-postulaciones/{known.application_id}", said=said)
    if save_draft_as_profile(frame, caller) is None:
        draft = read_draft(frame).model_copy(update={"goes_on": here})
        page = frame.page("seekers/apply_without.html", job_id=job_id, job=job, has_said=draft.says_something)
        return keep_draft(frame, page, draft)
    return frame.page("seekers/apply.html", **_values(frame, caller, job_id, job, services))


@router.post("/trabajos/{job_id}/postular")
def post_apply(caller: SeekerCaller, form: Form, frame: Frame, job_id: JobId, services: ServicesOfApp) -> Response:
    """The employer has it; the next page follows it."""
    job = job_shown(frame, job_id, services)
    try:
        application_id = _applied(frame, caller, form, job_id, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("seekers/apply.html", error, form, **_values(frame, caller, job_id, job, services))
    return frame.see(f"/mis-postulaciones/{application_id}", said=marked("Listo: la empresa ya tiene tu postulación."))


def _applied(frame: PageFrame, caller: Caller, form: SentForm, job_id: str, services: Services) -> str:
    """The id of the application; what is sent along is saved first, and stays saved whatever becomes of it."""
    shown_by = answer_that_showed(frame, caller, job_id, services)
    document: dict[str, Any] = {"job_id": job_id, **form.stated("text")}
    if shown_by is not None:
        document["recommendation_id"] = shown_by
    body = checked(ApplicationRequest, document)
    save_sent_link(form, caller, services)
    body = body.model_copy(update={"with_cv": sends_cv(form, caller, services)})
    answer = application_endpoints.post_application(caller, body, frame.creation(form), services)
    application_id: str = orjson.loads(answer.body)["application_id"]
    return application_id


def _values(frame: PageFrame, caller: Caller, job_id: str, job: dict[str, Any], services: Services) -> dict[str, Any]:
    seeker, shown, fit = saved_profile(frame, caller), None, None
    if seeker is not None:
        shown = services.read(partial(shown_to_employers, services=services, seeker=seeker))
        fit = fit_of(judged_match(job_id, seeker.seeker_id, services), frame.language.locale)
    return {"job_id": job_id, "job": job, "shown": shown, "fit": fit}


def _application_for(connection: Connection, caller: Caller, job_id: str) -> Application | None:
    seeker_id = seeker_of(connection, caller.account_id)
    return next(iter(list_applications(connection, seeker_id=seeker_id, job_id=job_id, limit=1)), None)

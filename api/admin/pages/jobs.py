"""`/administracion/trabajos`: ads found by id, words, owner and state; one taken down or put back, with its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.endpoints import jobs
from api.admin.pages.case_views import job_values
from api.admin.pages.reading import LONGEST_TEXT, admin_page, one_of, told, with_words
from api.admin.schemas.jobs import JobDecisionRequest
from api.credentials.callers import Caller
from api.http.pagination import PageRequest
from api.http.problems import ProblemError
from api.schemas.fields import IdInPath
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError, NotFoundError
from store.hiring.finding import JobStanding

router = APIRouter(route_class=PageRoute)

JOBS = "/administracion/trabajos"
JOB = JOBS + "/{job_id}"
JobId = IdInPath
Text = Annotated[str, Query(max_length=LONGEST_TEXT)]
STANDINGS = {
    JobStanding.OPEN: marked("Se muestran"),
    JobStanding.WAITING: marked("Esperan a una persona"),
    JobStanding.TAKEN_DOWN: marked("Retirados"),
    JobStanding.CLOSED: marked("Cerrados"),
}


@router.get(JOBS)
def get_jobs(
    caller: AdministratorCaller,
    frame: Frame,
    page: PageRequest,
    services: ServicesOfApp,
    texto: Text = "",
    de: Annotated[str, Query(max_length=128, pattern="^[A-Za-z0-9._:~-]*$")] = "",
    estado: Text = "",
) -> Response:
    """By words or by owner; the id of an ad leads to it at once."""
    if texto and " " not in texto and _is_there(caller, texto, services):
        return frame.see(f"{JOBS}/{texto}")
    listed = told(jobs.get_jobs(caller, page, services, texto, de or None, one_of(JobStanding, estado)))
    wanted = {"texto": texto, "de": de, "estado": estado}
    values = {"jobs": listed["items"], "next_cursor": listed["next_cursor"], "wanted": wanted}
    return admin_page(frame, "admin/jobs.html", caller, standings=STANDINGS, **values)


@router.get(JOB)
def get_job(caller: AdministratorCaller, frame: Frame, job_id: JobId, services: ServicesOfApp) -> Response:
    """The ad with everything that is known of it."""
    return frame.page("admin/job.html", **_job(frame, caller, job_id, services))


@router.post(JOB + "/retirar")
def post_take_down(caller: FreshAdministratorCaller, form: Form, frame: Frame, job_id: JobId) -> Response:
    """It is shown no more; its owner reads the reason."""
    return _decided(jobs.post_take_down, caller, form, frame, job_id, marked("El aviso quedó retirado."))


@router.post(JOB + "/devolver")
def post_put_back(caller: FreshAdministratorCaller, form: Form, frame: Frame, job_id: JobId) -> Response:
    """It is shown again, while its owner or source wants it open."""
    return _decided(jobs.post_put_back, caller, form, frame, job_id, marked("El aviso vuelve a mostrarse."))


def _decided(
    decide: Callable[[Caller, str, JobDecisionRequest, Services], object],
    caller: Caller,
    form: SentForm,
    frame: PageFrame,
    job_id: str,
    said: str,
) -> Response:
    """What was decided of an ad; the form once more, where it could not be."""
    try:
        body = checked(JobDecisionRequest, {name: form.text(name) for name in ("cause", "reason")})
        decide(caller, job_id, body, frame.services)
    except (ProblemError, ChambaError) as error:
        return frame.again("admin/job.html", error, form, **_job(frame, caller, job_id, frame.services))
    return frame.see(f"{JOBS}/{job_id}", said=said)


def _job(frame: PageFrame, caller: Caller, job_id: str, services: ServicesOfApp) -> dict[str, Any]:
    found = told(jobs.get_administered_job(caller, job_id, services))
    return {**with_words(frame, caller), **job_values(frame, found)}


def _is_there(caller: Caller, job_id: str, services: ServicesOfApp) -> bool:
    try:
        jobs.get_administered_job(caller, job_id, services)
    except NotFoundError:
        return False
    return True

"""`/guardados` and `/no-son-para-mi`: jobs that somebody keeps, and jobs that are not for them."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Response

from api.access.rules import SeekerCaller
from api.http.pagination import PageRequest
from api.schemas.fields import IdInPath
from api.seekers.endpoints import jobs as endpoints
from api.seekers.pages.jobs import REASONS
from api.services.services import ServicesOfApp
from api.web.frame import Frame
from api.web.page_routes import PageRoute
from api.web.translations import marked
from store.hiring.application_lists import titles_of

router = APIRouter(route_class=PageRoute)

JobId = IdInPath


@router.get("/guardados")
def get_saved(caller: SeekerCaller, frame: Frame, page: PageRequest, services: ServicesOfApp) -> Response:
    """Each as it is now."""
    found = endpoints.get_saved_jobs(caller, page, services)
    return frame.page("seekers/saved.html", found=orjson.loads(found.body))


@router.get("/no-son-para-mi")
def get_dismissed(caller: SeekerCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """All of them, with the reason that was given."""
    found = endpoints.get_dismissals(caller, services).items
    titles = services.read(lambda connection: titles_of(connection, {one.job_id for one in found}))
    return frame.page("seekers/dismissed.html", found=found, titles=titles, reasons=dict(REASONS))


@router.post("/no-son-para-mi/{job_id}/volver")
def post_undismissal(caller: SeekerCaller, frame: Frame, job_id: JobId, services: ServicesOfApp) -> Response:
    """It may be shown again."""
    endpoints.delete_dismissal(caller, job_id, services)
    return frame.see("/no-son-para-mi", said=marked("Listo: te lo podemos volver a mostrar."))

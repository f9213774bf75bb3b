"""`/empresas/{employer_id}/postulaciones`: every application by stage, and several of them a step on at once."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.access.rules import EmployerCaller
from api.credentials.callers import Caller
from api.employers.endpoints import applications, organisations
from api.employers.endpoints.organisations import EmployerId
from api.employers.pages.counts import counts_by_stage
from api.employers.pages.jobs import posting_of
from api.employers.pages.organisations import organisation_values
from api.employers.pages.stages import COLUMNS, STAGE_NAMES, STEP_NAMES, fit_words
from api.hiring.applicants import ApplicationsWanted
from api.hiring.schemas import StepRequest
from api.http.pagination import Page, PageRequest
from api.http.problems import ProblemError, ProblemKind, problem_of
from api.schemas.fields import ID_PATTERN
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from engine.errors import ChambaError, InvalidInputError
from store.hiring.application_lists import ApplicationSort
from store.hiring.applications import Stage

router = APIRouter(route_class=PageRoute)

BOARD = "/empresas/{employer_id}/postulaciones"
PAGE = "employers/board.html"
IN_A_COLUMN, MOST_AT_ONCE = 20, 100
OfJob = Annotated[str | None, Query(pattern=ID_PATTERN)]


@router.get(BOARD)
def get_board(
    caller: EmployerCaller,
    frame: Frame,
    employer_id: EmployerId,
    page: PageRequest,
    aviso: OfJob = None,
    etapa: Stage | None = None,
) -> Response:
    """The best of each stage; of one stage, all of them page by page."""
    return frame.page(PAGE, **_board_values(frame, caller, employer_id, aviso, etapa, page))


@router.post(BOARD + "/mover")
def post_moves(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """Those that were ticked are a step on, each by itself; those that cannot be are told."""
    of_job = form.text("aviso") or None
    try:
        moved, left = _moved(caller, form, employer_id, services)
    except (ProblemError, ChambaError) as error:
        values = _board_values(frame, caller, employer_id, of_job, None, Page(IN_A_COLUMN, None))
        return frame.again(PAGE, error, form, **values)
    values = _board_values(frame, caller, employer_id, of_job, None, Page(IN_A_COLUMN, None))
    return frame.page(PAGE, **values | {"moved": moved, "left": sorted(left.items())})


def _moved(caller: Caller, form: SentForm, employer_id: str, services: ServicesOfApp) -> tuple[int, Counter[str]]:
    """How many were moved, and how many were not, by why; raises InvalidInputError where nothing is to be done."""
    chosen = form.texts("chosen")[:MOST_AT_ONCE]
    if not chosen:
        raise InvalidInputError("nothing is ticked", fix="tick who is to move", field="chosen")
    step = form.stated("stage", "reason", "text", "template_id")
    moved, left = 0, Counter[str]()
    for one in chosen:
        application_id, _, version = one.partition("|")
        seen = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
        try:
            body = checked(StepRequest, step | {"version": seen})
            applications.post_step(caller, employer_id, application_id, body, services)
        except (ProblemError, ChambaError) as error:
            problem = problem_of(error)
            if problem is None or problem.kind not in (ProblemKind.CONFLICT, ProblemKind.NOT_FOUND):
                if moved:
                    left["other"] += len(chosen) - moved - left.total()
                    break
                raise
            left[problem.kind.slug] += 1
        else:
            moved += 1
    return moved, left


def _board_values(
    frame: PageFrame, caller: Caller, employer_id: str, job_id: str | None, stage: Stage | None, page: Page
) -> dict[str, Any]:
    services = frame.services

    def column(wanted: Stage, part: Page) -> dict[str, Any]:
        asked = ApplicationsWanted(None, wanted, ApplicationSort.BEST)
        found = applications.get_applications(caller, employer_id, part, services, asked, job_id)
        shown = [one.model_dump() | {"fit": fit_words(one.score)} for one in found.items]
        return {"stage": wanted.value, "items": shown, "next_cursor": found.next_cursor}

    columns = [column(stage, page)] if stage else [column(one, Page(IN_A_COLUMN, None)) for one in COLUMNS]
    return organisation_values(frame, caller, employer_id) | {
        "job": posting_of(caller, employer_id, job_id, services) if job_id else None,
        "stage": stage.value if stage else "",
        "columns": columns,
        "counts": counts_by_stage(caller, employer_id, services, job_id),
        "stage_names": STAGE_NAMES,
        "step_names": STEP_NAMES,
        "templates": organisations.get_templates(caller, employer_id, services).items,
        "moved": None,
        "left": [],
    }

"""`/trabajos`: the jobs for somebody, one of them in full, and what to do about it."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response
from starlette.concurrency import run_in_threadpool

from api.access.limiting import VISITS_BY_ADDRESS, address_of, require_attempt
from api.access.rules import SeekerCaller, Visitor
from api.credentials.callers import Caller
from api.hiring.seen_states import shown_document
from api.http.problems import ProblemError
from api.recommendations.service.answers import recommendation_documents
from api.schemas.fields import IdInPath
from api.seekers.endpoints import jobs as job_endpoints
from api.seekers.endpoints import profile as profile_endpoints
from api.seekers.pages.answers import MOST_PAGES, asks_for_person, asks_for_visitor, page_of_answer
from api.seekers.pages.clicks import note_opened, remember_answer
from api.seekers.pages.drafts import SearchDraft, keep_draft, read_draft
from api.seekers.pages.opening import opened, opening_buttons
from api.seekers.pages.people import (
    draft_of_caller,
    person_who_asks,
    profile_document,
    save_draft_as_profile,
    saved_profile,
    wishes,
)
from api.seekers.pages.seen_jobs import job_shown, shown_match, visible_job
from api.seekers.pages.wanted import active_chips, wanted_of_form
from api.seekers.schemas import DismissalRequest
from api.services.services import Services, ServicesOfApp
from api.services.vectors import job_vector, seeker_vector
from api.web.forms import Form
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from api.web.weeks import week_picture
from engine.documents.seekers import ProfileDocument
from engine.errors import ChambaError
from engine.recommendation.people_for_job import match_of
from store.people.accounts import Role

router = APIRouter(route_class=PageRoute)

JobId = IdInPath
PageNumber = Annotated[int, Query(ge=1, le=MOST_PAGES)]
REASONS = (
    ("hours", marked("No son mis horas")),
    ("pay", marked("Paga poco")),
    ("skills", marked("No sé hacer eso")),
    ("language", marked("Pide un idioma que no hablo")),
    ("equipment", marked("No tengo el equipo")),
    ("employer", marked("No quiero trabajar con esa empresa")),
    ("looks_false", marked("Parece falso o pide dinero")),
    ("other", marked("Otra razón")),
)


@router.get("/trabajos")
async def get_jobs(caller: Visitor, frame: Frame, services: ServicesOfApp, pagina: PageNumber = 1) -> Response:
    """The best first, with the reasons; where few fit, what comes nearest and what would open more."""
    name = caller.name
    if not caller.is_somebody:
        name = f"visitor:{address_of(frame.request)}"
        await run_in_threadpool(require_attempt, services, (VISITS_BY_ADDRESS, address_of(frame.request)))
    async with services.admission.place(name):
        return await services.admission.in_thread(name, partial(_jobs_page, frame, caller, pagina))


@router.post("/trabajos/filtros")
def post_filters(_caller: Visitor, form: Form, frame: Frame) -> Response:
    """What jobs are to be like, from now on."""
    draft = read_draft(frame)
    filters, sort = wanted_of_form(form, draft.filters)
    return keep_draft(frame, frame.see("/trabajos"), draft.model_copy(update={"filters": filters, "sort": sort}))


@router.post("/trabajos/abrir")
def post_opening(caller: Visitor, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """What was said is changed by the one thing that opens more; of somebody with a profile, the profile."""
    draft = opened(draft_of_caller(frame, caller), form.text("change"), services)
    if caller.has(Role.SEEKER):
        body = checked(ProfileDocument, profile_document(draft, saved_profile(frame, caller)))
        profile_endpoints.put_profile(caller, body, services)
        draft = SearchDraft(**wishes(draft))
    return keep_draft(frame, frame.see("/trabajos"), draft)


@router.get("/trabajos/{job_id}")
def get_job(caller: Visitor, frame: Frame, job_id: JobId, services: ServicesOfApp) -> Response:
    """The whole ad, and what it is to whoever reads it."""
    shown = _one_job(frame, caller, job_id, services)
    note_opened(frame, caller, job_id)
    return frame.page("seekers/job.html", **shown)


@router.post("/trabajos/{job_id}/guardar")
def post_save(caller: SeekerCaller, frame: Frame, job_id: JobId, services: ServicesOfApp) -> Response:
    """It is among the saved ones."""
    job_endpoints.put_saved_job(caller, job_id, services)
    if frame.is_fragment:
        return frame.page("seekers/saved_mark.html")
    return frame.back(f"/trabajos/{job_id}", said=marked("Guardado. Está en «Guardados»."))


@router.post("/trabajos/{job_id}/no-guardar")
def post_unsave(caller: SeekerCaller, frame: Frame, job_id: JobId, services: ServicesOfApp) -> Response:
    """It is saved no longer."""
    job_endpoints.delete_saved_job(caller, job_id, services)
    return frame.see("/guardados", said=marked("Ya no está guardado."))


@router.get("/trabajos/{job_id}/no-es-para-mi")
def get_dismissal(_caller: SeekerCaller, frame: Frame, job_id: JobId, services: ServicesOfApp) -> Response:
    """Why it is not for one."""
    return frame.page("seekers/dismiss.html", job_id=job_id, job=job_shown(frame, job_id, services), reasons=REASONS)


@router.post("/trabajos/{job_id}/no-es-para-mi")
def post_dismissal(caller: SeekerCaller, form: Form, frame: Frame, job_id: JobId, services: ServicesOfApp) -> Response:
    """It is shown no more."""
    try:
        body = checked(DismissalRequest, form.stated("reason", "text"))
        job_endpoints.put_dismissal(caller, job_id, body, services, Response())
    except (ProblemError, ChambaError) as error:
        job = job_shown(frame, job_id, services)
        return frame.again("seekers/dismiss.html", error, form, job_id=job_id, job=job, reasons=REASONS)
    return frame.see("/trabajos", said=marked("Listo: no te lo mostramos más."))


def _jobs_page(frame: PageFrame, caller: Caller, number: int) -> Response:
    locale, services = frame.language.locale, frame.services
    person, draft = person_who_asks(frame, caller), read_draft(frame)
    if person is None and not draft.says_something:
        return frame.see("/buscar")
    if person is None:
        seeker, ask = checked(ProfileDocument, draft.profile()).seeker(), asks_for_visitor(draft, services, locale)
    else:
        seeker, ask = person.seeker, asks_for_person(person, draft, caller, services, locale)
    answer = page_of_answer(ask, number)
    free, now = seeker.availability, services.now()
    response = frame.page(
        "seekers/jobs.html",
        answer=answer,
        jobs=[shown_match(one, free, now) for one in answer["recommendations"]],
        nearest=[shown_match(one, free, now) for one in answer["nearest"]] if number == 1 else [],
        opening=opening_buttons(frame, answer["unlocks"]),
        number=number,
        draft=draft,
        chips=active_chips(draft.filters),
        has_profile=person is not None,
    )
    return remember_answer(frame, response, answer["recommendation_id"])


def _one_job(frame: PageFrame, caller: Caller, job_id: str, services: Services) -> dict[str, Any]:
    job, now, locale = visible_job(job_id, services), services.now(), frame.language.locale
    document = shown_document(job, now, locale)
    seeker, draft = save_draft_as_profile(frame, caller), read_draft(frame)
    if seeker is None and draft.says_something:
        seeker = checked(ProfileDocument, draft.profile()).seeker()
    free = None if seeker is None else seeker.availability
    shown, bundle = None, services.watch.current
    if seeker is not None and bundle is not None:
        of_job, of_person = job_vector(job, bundle, services), seeker_vector(seeker, bundle, services)
        match = match_of(job, of_job, seeker, of_person, bundle.recommender, bundle.now(), locale)
        (found,) = orjson.loads(orjson.dumps(recommendation_documents([match])))
        shown = shown_match(found, free, now)
    return {
        "job_id": job_id,
        "job": document,
        "shown": shown,
        "week": week_picture(free, document.get("schedule"), now),
        "may_ask": caller.has(Role.SEEKER),
        "may_apply": caller.account is None or caller.has(Role.SEEKER),
    }

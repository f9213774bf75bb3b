"""`/empresas/{employer_id}/trabajos`: an organisation's jobs, one of them with its state, and several at once."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.rules import EmployerCaller
from api.credentials.callers import Caller
from api.employers.endpoints import appeals, jobs, linked_data
from api.employers.endpoints.jobs import JobId
from api.employers.endpoints.organisations import EmployerId
from api.employers.pages.counts import counts_by_job, counts_by_stage
from api.employers.pages.job_forms import PERIODS, told_schedule
from api.employers.pages.organisations import organisation_values
from api.employers.pages.posting import JOBS
from api.employers.service.mending_texts import MENDING_TEXTS
from api.employers.service.pasted_ads import pasted_reads
from api.employers.service.posting import post_many
from api.hiring.notices import ANSWER_WORKING_DAYS
from api.hiring.schemas import ReviewRequest
from api.http.pagination import PageRequest
from api.http.problems import ProblemError
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from api.web.weeks import week_picture
from engine.documents.jobs import job_from_document
from engine.errors import ChambaError, InvalidInputError
from engine.offer_signs import SignKind

router = APIRouter(route_class=PageRoute)

JOB = JOBS + "/{job_id}"
LINKED = ("{", "[")


@router.get(JOBS)
def get_jobs(
    caller: EmployerCaller, frame: Frame, employer_id: EmployerId, page: PageRequest, services: ServicesOfApp
) -> Response:
    """All of them, with how many applied."""
    found = orjson.loads(jobs.get_jobs(caller, employer_id, page, services).body)
    applied = counts_by_job(caller, employer_id, services)
    shown = organisation_values(frame, caller, employer_id)
    return frame.page("employers/jobs.html", found=found, applied=applied, **shown)


@router.get(JOBS + "/varios")
def get_several(caller: EmployerCaller, frame: Frame, employer_id: EmployerId) -> Response:
    """Where several ads are pasted."""
    return frame.page("employers/several.html", lines=None, **organisation_values(frame, caller, employer_id))


@router.post(JOBS + "/varios")
def post_several(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """What became of each."""
    shown = organisation_values(frame, caller, employer_id)
    try:
        answer = _post_several(caller, form, frame, employer_id, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("employers/several.html", error, form, lines=None, **shown)
    return frame.page("employers/several.html", lines=answer["items"], **shown)


@router.get(JOB)
def get_job(caller: EmployerCaller, frame: Frame, employer_id: EmployerId, job_id: JobId) -> Response:
    """Its state and why, what it says, and what can be done with it."""
    return frame.page("employers/job.html", **_job_values(frame, caller, employer_id, job_id))


@router.post(JOB + "/cerrar")
def post_close(
    caller: EmployerCaller, frame: Frame, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp
) -> Response:
    """It is shown no more."""
    jobs.post_close(caller, employer_id, job_id, services)
    said = marked("Cerramos el aviso: ya no se muestra. Las postulaciones siguen aquí.")
    return frame.see(f"/empresas/{employer_id}/trabajos/{job_id}", said=said)


@router.post(JOB + "/abrir")
def post_re_open(
    caller: EmployerCaller, frame: Frame, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp
) -> Response:
    """It is shown again, unless something keeps it."""
    opened = orjson.loads(jobs.post_re_open(caller, employer_id, job_id, services).body)
    said = (
        marked("Listo: se muestra otra vez.")
        if opened["state"] == "open"
        else marked("Lo abrimos. Todavía espera a que alguien lo revise.")
    )
    return frame.see(f"/empresas/{employer_id}/trabajos/{job_id}", said=said)


@router.get(JOB + "/apelar")
def get_appeal(caller: EmployerCaller, frame: Frame, employer_id: EmployerId, job_id: JobId) -> Response:
    """Where a take-down is answered."""
    return frame.page("employers/appeal.html", **_appeal_values(frame, caller, employer_id, job_id))


@router.post(JOB + "/apelar")
def post_appeal(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp
) -> Response:
    """Another person looks at it."""
    values = _appeal_values(frame, caller, employer_id, job_id)
    try:
        body = checked(ReviewRequest, {"text": form.text("text")})
        appeals.post_job_appeal(caller, employer_id, job_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("employers/appeal.html", error, form, **values)
    return frame.see(values["back"], said=marked("Lo recibimos: otra persona lo va a mirar."))


def posting_of(caller: Caller, employer_id: str, job_id: str, services: Services) -> dict[str, Any]:
    """A posting as its people see it."""
    found: dict[str, Any] = orjson.loads(jobs.get_job(caller, employer_id, job_id, services).body)
    return found


def _post_several(
    caller: Caller, form: SentForm, frame: PageFrame, employer_id: str, services: Services
) -> dict[str, Any]:
    text, creation = form.text("pasted"), frame.creation(form)
    if text.startswith(LINKED):
        try:
            linked = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise InvalidInputError("that is no JSON", fix="copy it whole", field="pasted") from None
        answer = linked_data.post_linked_data(caller, employer_id, linked, creation, services)
    else:
        answer = post_many(pasted_reads(text, services.now()), employer_id, creation, caller, services)
    read: dict[str, Any] = orjson.loads(answer.body)
    return read


def _job_values(frame: PageFrame, caller: Caller, employer_id: str, job_id: str) -> dict[str, Any]:
    services, locale = frame.services, frame.language.locale
    shown = organisation_values(frame, caller, employer_id)
    posting = posting_of(caller, employer_id, job_id, services)
    fixes = {sign["kind"]: MENDING_TEXTS[locale][SignKind(sign["kind"])] for sign in posting["signs"]}
    week = week_picture(None, (posting["job"] or {}).get("schedule"), services.now())
    stages = counts_by_stage(caller, employer_id, services, job_id)
    return shown | {
        "posting": posting,
        "job_id": job_id,
        "fixes": fixes,
        "week": week,
        "stages": stages,
        "periods": PERIODS,
        "times": told_schedule(job_from_document(posting["job"])) if posting["job"] else "",
    }


def _appeal_values(frame: PageFrame, caller: Caller, employer_id: str, job_id: str) -> dict[str, Any]:
    where = f"/empresas/{employer_id}/trabajos/{job_id}"
    posting = posting_of(caller, employer_id, job_id, frame.services)
    shown = organisation_values(frame, caller, employer_id) | {"job": posting, "back": where}
    return shown | {"where": f"{where}/apelar", "days": ANSWER_WORKING_DAYS}

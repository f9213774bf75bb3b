"""`/empresas/{employer_id}/trabajos/nuevo`: posting a job and editing one, with what it would be before it is."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.rules import EmployerCaller
from api.credentials.callers import Caller
from api.employers.endpoints import jobs, previews
from api.employers.endpoints.jobs import JobId
from api.employers.endpoints.organisations import EmployerId
from api.employers.pages import job_forms, work_hours
from api.employers.pages.organisations import organisation_values
from api.employers.service.pasted_ads import read_pasted_ad
from api.http.problems import ProblemError
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from api.web.weeks import DAYTIME, SMALL_HOURS, rows_of_cells, week_picture
from engine.documents.jobs import JobDocument, job_document
from engine.errors import ChambaError

router = APIRouter(route_class=PageRoute)

JOBS = "/empresas/{employer_id}/trabajos"
FORM = "employers/job_form.html"
READ_FIELDS = {
    "pay": marked("El pago"),
    "schedule": marked("El horario"),
    "hours_per_week": marked("Las horas a la semana"),
    "hours_type": marked("La jornada"),
    "contract": marked("El contrato"),
    "modality": marked("Dónde se trabaja"),
}
PRESETS = [(name, words, " ".join(sorted(work_hours.preset_cells(name)))) for name, words in work_hours.PRESETS.items()]
CHOICES = {
    "periods": job_forms.PERIODS,
    "contracts": job_forms.CONTRACTS,
    "modalities": job_forms.MODALITIES,
    "devices": job_forms.DEVICES,
    "connections": job_forms.CONNECTIONS,
    "levels": job_forms.LEVELS,
    "experiences": job_forms.EXPERIENCES,
}


@router.get(JOBS + "/nuevo")
def get_new(caller: EmployerCaller, frame: Frame, employer_id: EmployerId) -> Response:
    """An empty form."""
    return frame.page(FORM, **_values(frame, caller, employer_id, job_forms.values_of_document({})))


@router.get(JOBS + "/pegar")
def get_paste(caller: EmployerCaller, frame: Frame, employer_id: EmployerId) -> Response:
    """Where an ad that is written already is pasted."""
    return frame.page("employers/paste.html", **organisation_values(frame, caller, employer_id))


@router.post(JOBS + "/pegar")
def post_paste(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """The form, filled in with what was understood, each with the sentence that says it."""
    shown = organisation_values(frame, caller, employer_id)
    try:
        job = read_pasted_ad(form.text("pasted"), services.now())
    except ChambaError as error:
        return frame.again("employers/paste.html", error, form, **shown)
    document = job_document(job)
    understood = [(READ_FIELDS[one.field], one.sentence) for one in job.readings if one.field in READ_FIELDS]
    values = _values(frame, caller, employer_id, job_forms.values_of_document(document))
    return frame.page(FORM, **values | {"understood": understood, "was_pasted": True})


@router.post(JOBS + "/vista")
def post_preview(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """What the form says so far, as people would see it; for htmx that alone. A preset paints its hours."""
    job_id = form.text("job_id")
    before = _before(caller, employer_id, job_id, services)
    if form.text(work_hours.PRESET):  # without scripts: the week is painted, and nothing is asked for yet
        return frame.page(FORM, **_typed(frame, caller, employer_id, form, job_id), form=form)
    try:
        preview = _preview(caller, form, employer_id, before, services)
    except (ProblemError, ChambaError) as error:
        if frame.is_fragment:
            return frame.page("employers/preview_problem.html", wrong=_told(error, frame))
        return frame.again(FORM, error, form, **_typed(frame, caller, employer_id, form, job_id))
    values = _typed(frame, caller, employer_id, form, job_id) | _shown(preview, services)
    values["was_warned"] = frame.is_fragment and form.is_on("seen")
    return frame.page("employers/preview_part.html" if frame.is_fragment else FORM, **values, form=form)


@router.post(JOBS + "/nuevo")
def post_new(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """It is posted; one with warnings is shown with them first."""
    try:
        if (warned := _warned(caller, form, frame, employer_id, {})) is not None:
            return warned
        body = checked(JobDocument, job_forms.document_of_form(form, {}))
        posted = jobs.post_job(caller, employer_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again(FORM, error, form, **_typed(frame, caller, employer_id, form))
    return _posted(frame, employer_id, orjson.loads(posted.body))


@router.get(JOBS + "/{job_id}/editar")
def get_edit(
    caller: EmployerCaller, frame: Frame, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp
) -> Response:
    """The form with what the job says."""
    before = _before(caller, employer_id, job_id, services)
    values = _values(frame, caller, employer_id, job_forms.values_of_document(before), job_id)
    return frame.page(FORM, **values)


@router.post(JOBS + "/{job_id}/editar")
def post_edit(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp
) -> Response:
    """It says so from now on; other words may have to be looked at."""
    before = _before(caller, employer_id, job_id, services)
    try:
        if (warned := _warned(caller, form, frame, employer_id, before, job_id)) is not None:
            return warned
        body = checked(JobDocument, job_forms.document_of_form(form, before))
        edited = jobs.put_job(caller, employer_id, job_id, body, services)
    except (ProblemError, ChambaError) as error:
        return frame.again(FORM, error, form, **_typed(frame, caller, employer_id, form, job_id))
    return _posted(frame, employer_id, orjson.loads(edited.body))


def _before(caller: Caller, employer_id: str, job_id: str, services: Services) -> dict[str, Any]:
    """The document of the job that is edited; raises NotFoundError for another's."""
    if not job_id:
        return {}
    posting = orjson.loads(jobs.get_job(caller, employer_id, job_id, services).body)
    return posting["job"] or {}


def _warned(
    caller: Caller, form: SentForm, frame: PageFrame, employer_id: str, before: dict[str, Any], job_id: str = ""
) -> Response | None:
    """The form once more, with the warnings of what it says, where these were not shown yet."""
    preview = _preview(caller, form, employer_id, before, frame.services)
    if {sign["kind"] for sign in preview["signs"]} <= set(form.text("seen").split()):
        return None
    values = _typed(frame, caller, employer_id, form, job_id)
    return frame.page(FORM, **values | _shown(preview, frame.services) | {"was_warned": True}, form=form)


def _preview(
    caller: Caller, form: SentForm, employer_id: str, before: dict[str, Any], services: Services
) -> dict[str, Any]:
    body = checked(JobDocument, job_forms.document_of_form(form, before))
    found: dict[str, Any] = orjson.loads(previews.post_preview(caller, employer_id, body, services).body)
    return found


def _shown(preview: dict[str, Any], services: Services) -> dict[str, Any]:
    week = week_picture(None, preview["job"].get("schedule"), services.now())
    return {"preview": preview, "week": week}


def _values(
    frame: PageFrame, caller: Caller, employer_id: str, values: dict[str, Any], job_id: str = ""
) -> dict[str, Any]:
    """What the form needs; `values` of its fields."""
    base, shown = f"/empresas/{employer_id}/trabajos", organisation_values(frame, caller, employer_id)
    where = f"{base}/{job_id}/editar" if job_id else f"{base}/nuevo"
    return (
        shown
        | CHOICES
        | {
            "values": values,
            "day_rows": rows_of_cells(DAYTIME),
            "night_rows": rows_of_cells(SMALL_HOURS),
            "presets": PRESETS,
            "where": where,
            "base": base,
            "job_id": job_id,
            "preview": None,
            "week": [],
            "understood": [],
            "was_pasted": False,
            "was_warned": False,
        }
    )


def _typed(frame: PageFrame, caller: Caller, employer_id: str, form: SentForm, job_id: str = "") -> dict[str, Any]:
    return _values(frame, caller, employer_id, job_forms.values_of_form(form), job_id)


def _told(error: Exception, frame: PageFrame) -> str:
    """What keeps a preview from being shown, in words."""
    if isinstance(error, ProblemError) and error.kind.status == 429:
        return str(error.document(frame.language.locale)["detail"])
    return frame.words(marked("Escribe al menos qué trabajo es, y revisa los números y las fechas."))


def _posted(frame: PageFrame, employer_id: str, posting: dict[str, Any]) -> Response:
    said = {
        "open": marked("Listo: tu aviso ya se muestra."),
        "waiting": marked("Guardamos tu aviso. Una persona lo mira antes de que se muestre."),
    }.get(posting["state"], marked("Guardamos tu aviso."))
    return frame.see(f"/empresas/{employer_id}/trabajos/{posting['job_id']}", said=said)

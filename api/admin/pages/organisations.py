"""`/administracion/organizaciones`: found by name or RUC, verified, suspended with their ads, restored."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.endpoints import employers
from api.admin.pages.reading import LONGEST_TEXT, one_of, told, with_words
from api.admin.schemas.accounts import ReasonRequest
from api.admin.schemas.organisations import OrganisationLookup, VerificationRequest
from api.credentials.callers import Caller
from api.http.pagination import Page, PageRequest
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError
from store.hiring.employers import EmployerStatus

router = APIRouter(route_class=PageRoute)

ORGANISATIONS = "/administracion/organizaciones"
ORGANISATION = ORGANISATIONS + "/{employer_id}"
EmployerId = RowIdInPath
Text = Annotated[str, Query(max_length=LONGEST_TEXT)]
LISTED = 20


@router.get(ORGANISATIONS)
def get_organisations(
    caller: AdministratorCaller,
    frame: Frame,
    page: PageRequest,
    nombre: Text = "",
    estado: Text = "",
) -> Response:
    """By when they were registered."""
    return frame.page("admin/organisations.html", **_listed(frame, caller, page, nombre, estado))


@router.post(ORGANISATIONS)
def post_find(caller: AdministratorCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The one with a RUC, which stands in no address."""
    try:
        body = checked(OrganisationLookup, {"tax_id": "".join(filter(str.isdigit, form.text("tax_id")))})
        found = told(employers.post_find(caller, body, services))
    except (ProblemError, ChambaError) as error:
        values = _listed(frame, caller, Page(LISTED, None), "", "")
        return frame.again("admin/organisations.html", error, form, **values)
    return frame.see(f"{ORGANISATIONS}/{found['employer_id']}")


@router.get(ORGANISATION)
def get_organisation(
    caller: AdministratorCaller, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """With RUC and contact, its ads and its history."""
    return frame.page("admin/organisation.html", **_organisation(frame, caller, employer_id, services))


@router.post(ORGANISATION + "/verificar")
def post_verify(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """Those of its ads are shown that waited for nothing else."""
    try:
        employers.post_verify(
            caller, employer_id, checked(VerificationRequest, {"reason": form.text("reason")}), services
        )
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, employer_id, form, error)
    return frame.see(
        f"{ORGANISATIONS}/{employer_id}", said=marked("Verificada: se muestran los avisos que lo esperaban.")
    )


@router.post(ORGANISATION + "/suspender")
def post_suspend(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """With its ads: they are shown to nobody."""
    try:
        employers.post_suspend(caller, employer_id, checked(ReasonRequest, {"reason": form.text("why")}), services)
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, employer_id, form, error)
    return frame.see(f"{ORGANISATIONS}/{employer_id}", said=marked("Suspendida: sus avisos ya no se muestran."))


@router.post(ORGANISATION + "/restaurar")
def post_restore(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """Its ads that were open are shown again."""
    try:
        employers.post_restore(caller, employer_id, checked(ReasonRequest, {"reason": form.text("why")}), services)
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, employer_id, form, error)
    return frame.see(
        f"{ORGANISATIONS}/{employer_id}", said=marked("Restaurada: sus avisos abiertos se muestran otra vez.")
    )


def _listed(frame: PageFrame, caller: Caller, page: Page, name: str, state: str) -> dict[str, Any]:
    found = told(employers.get_organisations(caller, page, frame.services, one_of(EmployerStatus, state), name))
    wanted = {"nombre": name, "estado": state}
    values = {"firms": found["items"], "next_cursor": found["next_cursor"], "wanted": wanted}
    return {**with_words(frame, caller), **values}


def _organisation(frame: PageFrame, caller: Caller, employer_id: str, services: ServicesOfApp) -> dict[str, Any]:
    return {**with_words(frame, caller), "firm": told(employers.get_organisation(caller, employer_id, services))}


def _again(frame: PageFrame, caller: Caller, employer_id: str, form: SentForm, error: Exception) -> Response:
    values = _organisation(frame, caller, employer_id, frame.services)
    return frame.again("admin/organisation.html", error, form, **values)

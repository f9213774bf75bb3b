"""`/administracion/programas`: which programmes there are, and who acts for them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.endpoints import programmes
from api.admin.pages.reading import account_named, told, with_words
from api.admin.schemas.programmes import ProgrammeRequest
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

router = APIRouter(route_class=PageRoute)

PROGRAMMES = "/administracion/programas"
PROGRAMME = PROGRAMMES + "/{programme_id}"
ProgrammeId = RowIdInPath
FACTS = ("name", "organisation", "description", "appeal_to")
LISTED = 20


@router.get(PROGRAMMES)
def get_programmes(caller: AdministratorCaller, frame: Frame, page: PageRequest) -> Response:
    """By when they were added, with the people who act for them."""
    return frame.page("admin/programmes.html", **_listed(frame, caller, page))


@router.post(PROGRAMMES)
def post_programme(caller: FreshAdministratorCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """Of an institution whose mandate was looked at."""
    try:
        programmes.post_programme(caller, _facts(form), frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, form, error)
    return frame.see(PROGRAMMES, said=marked("Agregado. Falta decir quién lo lleva."))


@router.post(PROGRAMME)
def post_change(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, programme_id: ProgrammeId, services: ServicesOfApp
) -> Response:
    """What is said of it, and when it ends."""
    try:
        programmes.put_programme(caller, programme_id, _facts(form), services)
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, form, error)
    return frame.see(PROGRAMMES, said=marked("Cambiado."))


@router.post(PROGRAMME + "/personas")
def post_officer(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, programme_id: ProgrammeId, services: ServicesOfApp
) -> Response:
    """Somebody acts for it, or acts for it no more."""
    try:
        account_id, given = account_named(form, programme_id)
        act = programmes.put_officer if given else programmes.delete_officer
        act(caller, programme_id, account_id, services)
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, form, error)
    return frame.see(PROGRAMMES, said=marked("Cambiado."))


def _facts(form: SentForm) -> ProgrammeRequest:
    return checked(ProgrammeRequest, {name: form.text(name) for name in FACTS} | form.stated("ends_on"))


def _listed(frame: PageFrame, caller: Caller, page: Page) -> dict[str, Any]:
    found = told(programmes.get_programmes(caller, page, frame.services))
    return {**with_words(frame, caller), "programmes": found["items"], "next_cursor": found["next_cursor"]}


def _again(frame: PageFrame, caller: Caller, form: SentForm, error: Exception) -> Response:
    return frame.again("admin/programmes.html", error, form, **_listed(frame, caller, Page(LISTED, None)))

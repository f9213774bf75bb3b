"""`/empresas` and `/mis-organizaciones`: what it is, registering, what is known of an organisation, appealing."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.rules import EmployerCaller, Visitor
from api.credentials.callers import Caller
from api.employers.endpoints import appeals, members, organisations
from api.employers.endpoints.organisations import EmployerId
from api.employers.pages.counts import count_of_jobs, counts_by_stage
from api.employers.schemas import OrganisationDocument, OrganisationRequest
from api.hiring.notices import ANSWER_WORKING_DAYS
from api.hiring.schemas import ReviewRequest
from api.http.pagination import PageRequest
from api.http.problems import ProblemError
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError, InvalidInputError
from store.hiring.employers import EmployerStatus, require_tax_id
from store.people.accounts import Role
from store.requests.quotas import UNVERIFIED_POSTINGS

router = APIRouter(route_class=PageRoute)

FIELDS = ("name", "description", "website", "contact")
USUAL = {"days": ANSWER_WORKING_DAYS, "most_unverified": UNVERIFIED_POSTINGS.most}


@router.get("/empresas")
def get_employers(caller: Visitor, frame: Frame) -> Response:
    """What Chamba is for whoever offers work."""
    return frame.page("employers/welcome.html", is_employer=caller.has(Role.EMPLOYER), **USUAL)


@router.get("/mis-organizaciones")
def get_own(caller: EmployerCaller, frame: Frame, page: PageRequest, services: ServicesOfApp) -> Response:
    """Those that one acts for, and those that ask one to."""
    found = organisations.get_employers(caller, page, services)
    asked = members.get_member_requests(caller, services).items
    return frame.page("employers/mine.html", found=found, asked=asked)


@router.get("/empresas/nueva")
def get_new(_caller: EmployerCaller, frame: Frame) -> Response:
    """The form of an organisation that is not here yet."""
    return frame.page("employers/organisation_form.html", organisation=None, **USUAL)


@router.post("/empresas/nueva")
def post_new(caller: EmployerCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """It is registered; a person looks at it, and its people post meanwhile."""
    try:
        body = checked(OrganisationRequest, _document(form))
        made = organisations.post_employer(caller, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("employers/organisation_form.html", error, form, organisation=None, **USUAL)
    employer_id = orjson.loads(made.body)["employer_id"]
    return frame.see(f"/empresas/{employer_id}", said=marked("Listo: tu empresa está registrada. Ya puedes publicar."))


@router.post("/empresas/ruc")
def post_tax_id(_caller: EmployerCaller, form: Form, frame: Frame) -> Response:
    """Whether the digits typed so far are a RUC."""
    return frame.page("employers/tax_id.html", tax_id=_tax_id(form), state=_state_of_tax_id(_tax_id(form)))


@router.get("/empresas/{employer_id}")
def get_one(caller: EmployerCaller, frame: Frame, employer_id: EmployerId, services: ServicesOfApp) -> Response:
    """Its state in words, and what waits for its people."""
    organisation = organisations.get_one_employer(caller, employer_id, services)
    values: dict[str, Any] = {"organisation": organisation, "stages": {}, "job_count": 0} | USUAL
    if organisation.status is not EmployerStatus.SUSPENDED:
        values["stages"] = counts_by_stage(caller, employer_id, services)
        values["job_count"] = count_of_jobs(employer_id, services)
    return frame.page("employers/organisation.html", **values)


@router.get("/empresas/{employer_id}/datos")
def get_facts(caller: EmployerCaller, frame: Frame, employer_id: EmployerId, services: ServicesOfApp) -> Response:
    """What it says of itself, to be changed."""
    organisation = organisations.get_one_employer(caller, employer_id, services)
    return frame.page("employers/organisation_form.html", organisation=organisation, **USUAL)


@router.post("/empresas/{employer_id}/datos")
def post_facts(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """Another name or RUC is looked at again."""
    before = organisations.get_one_employer(caller, employer_id, services)
    try:
        body = checked(OrganisationRequest, _document(form) | {"country": before.country})
        organisations.put_employer(caller, employer_id, body, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("employers/organisation_form.html", error, form, organisation=before, **USUAL)
    return frame.see(f"/empresas/{employer_id}", said=marked("Guardamos los datos."))


@router.get("/empresas/{employer_id}/apelar")
def get_appeal(caller: EmployerCaller, frame: Frame, employer_id: EmployerId, services: ServicesOfApp) -> Response:
    """Where a suspension is answered."""
    return frame.page("employers/appeal.html", **_appeal(_known(caller, employer_id, services)))


@router.post("/empresas/{employer_id}/apelar")
def post_appeal(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, services: ServicesOfApp
) -> Response:
    """Another person looks at it."""
    organisation = _known(caller, employer_id, services)
    try:
        body = checked(ReviewRequest, {"text": form.text("text")})
        appeals.post_organisation_appeal(caller, employer_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("employers/appeal.html", error, form, **_appeal(organisation))
    return frame.see(f"/empresas/{employer_id}", said=marked("Lo recibimos: otra persona lo va a mirar."))


def organisation_values(frame: PageFrame, caller: Caller, employer_id: str) -> dict[str, Any]:
    """What every page of an organisation shows above."""
    return {"organisation": _known(caller, employer_id, frame.services)}


def _known(caller: Caller, employer_id: str, services: ServicesOfApp) -> OrganisationDocument:
    return organisations.get_one_employer(caller, employer_id, services)


def _appeal(organisation: OrganisationDocument) -> dict[str, Any]:
    where = f"/empresas/{organisation.employer_id}"
    return {"organisation": organisation, "back": where, "where": f"{where}/apelar", "job": None} | USUAL


def _document(form: SentForm) -> dict[str, Any]:
    stated: dict[str, Any] = dict(form.stated(*FIELDS)) | {"name": form.text("name")}
    if stated.get("website") and "://" not in stated["website"]:
        stated["website"] = f"https://{stated['website']}"
    tax_id = _tax_id(form)
    return stated | ({"tax_id": tax_id} if tax_id else {})


def _tax_id(form: SentForm) -> str:
    """As people copy it: with spaces, dashes, "RUC" before it."""
    return "".join(sign for sign in form.text("tax_id") if sign.isalnum()).upper().removeprefix("RUC")[:40]


def _state_of_tax_id(tax_id: str) -> str:
    if not tax_id:
        return "none"
    try:
        require_tax_id(tax_id)
    except InvalidInputError:
        is_begun = tax_id.isascii() and tax_id.isdigit() and len(tax_id) < 11
        return "begun" if is_begun else "wrong"
    return "right"

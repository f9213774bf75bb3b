"""`/mi-perfil/datos-privados`: what no ranking and no employer sees; programmes ask for it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import SeekerCaller
from api.credentials.callers import Caller
from api.http.problems import ProblemError
from api.seekers.endpoints import profile as endpoints
from api.seekers.schemas import PrivateDetailsDocument
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError
from engine.facts import facts
from store.people.consents import ConsentPurpose, agreed_purposes

router = APIRouter(route_class=PageRoute)

PATH = "/mi-perfil/datos-privados"
CLASSES = (
    ("", marked("No lo digo")),
    ("not_poor", marked("No pobre")),
    ("poor", marked("Pobre")),
    ("extremely_poor", marked("Pobre extremo")),
)
SENSITIVE = ("income", "poverty_class", "poverty_class_date")


@router.get(PATH)
def get_details(caller: SeekerCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """As they are kept."""
    return _page(frame, caller, services)


@router.post(PATH)
def post_details(caller: SeekerCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """All of them at once; what is left empty is forgotten."""
    try:
        endpoints.put_private_details(caller, checked(PrivateDetailsDocument, _document(form)), services)
    except (ProblemError, ChambaError) as error:
        return _page(frame, caller, services, form, error)
    return frame.see(PATH, said=marked("Guardado. Nadie más lo ve."))


def _document(form: SentForm) -> dict[str, Any]:
    stated: dict[str, Any] = form.stated("national_id", "birth_date", "region", *SENSITIVE)
    size, income = form.text("household_size"), stated.pop("income", "").upper().replace("S/", "").replace(",", "")
    if size:
        stated["household_size"] = int(size) if size.isdecimal() and len(size) < 4 else size
    if income:
        digits = income.strip()
        is_amount = digits.isascii() and digits.replace(".", "", 1).isdecimal() and len(digits) < 12
        stated["income"] = float(digits) if is_amount else income
    return stated


def _page(
    frame: PageFrame,
    caller: Caller,
    services: Services,
    form: SentForm | None = None,
    error: Exception | None = None,
) -> Response:
    agreed = services.read(lambda connection: agreed_purposes(connection, caller.account_id))
    values: dict[str, Any] = {
        "details": endpoints.get_private_details(caller, services),
        "is_sensitive": ConsentPurpose.SENSITIVE in agreed,
        "class_pairs": [(code, frame.words(words)) for code, words in CLASSES],
        "region_pairs": [(name, name) for name in facts("regions")["names"]],
    }
    if error is None:
        return frame.page("seekers/private_details.html", **values)
    return frame.again("seekers/private_details.html", error, form or SentForm(), **values)

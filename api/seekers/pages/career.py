"""`/mi-perfil/trayectoria`: work that somebody did, what they studied, where their work can be seen; one by one."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any, Literal, get_args

import orjson
from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.access.rules import SeekerCaller
from api.credentials.callers import Caller
from api.hiring.career import Career, Education, EducationLevel, Experience
from api.http.problems import ProblemError
from api.seekers.endpoints import career as endpoints
from api.seekers.pages.sent_files import save_sent_link, saved_career
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError

router = APIRouter(route_class=PageRoute)

PATH = "/mi-perfil/trayectoria"
Kind = Literal["trabajo", "estudio", "enlace"]
LISTS = ("experience", "education", "portfolio")
LEVELS = (
    (EducationLevel.PRIMARY, marked("Primaria")),
    (EducationLevel.SECONDARY, marked("Secundaria")),
    (EducationLevel.TECHNICAL, marked("Técnica")),
    (EducationLevel.UNIVERSITY, marked("Universitaria")),
    (EducationLevel.POSTGRADUATE, marked("Posgrado")),
    (EducationLevel.COURSE, marked("Curso")),
)
# "3/2024", "03-2024": a month as people write it.
_MONTH = re.compile(r"(0?[1-9]|1[0-2]) ?[/-] ?((?:19|20)[0-9]{2})")


@router.get(PATH)
def get_career(caller: SeekerCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """All of it."""
    career = saved_career(caller, services)
    named = {name: [(_name(one), one) for one in career[name]] for name in LISTS}
    return frame.page("seekers/career.html", career=named)


@router.get(PATH + "/nuevo")
def get_new_item(_caller: SeekerCaller, frame: Frame, que: Kind = "trabajo") -> Response:
    """The form of one more."""
    return frame.page("seekers/career_item.html", kind=que, levels=LEVELS)


@router.post(PATH + "/quitar")
def post_removal(caller: SeekerCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """Without one of them."""
    career, removed = saved_career(caller, services), form.text("cual")
    left = {name: [one for one in career[name] if _name(one) != removed] for name in LISTS}
    endpoints.put_own_career(caller, checked(Career, left), services)
    return frame.see(PATH, said=marked("Listo, ya no está."))


@router.post(PATH + "/nuevo")
def post_item(caller: SeekerCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """One more."""
    kind = form.text("que") if form.text("que") in get_args(Kind) else "trabajo"
    try:
        if kind == "enlace":
            save_sent_link(form, caller, services)
        elif kind == "trabajo":
            _add(caller, "experience", checked(Experience, _experience(form)), services)
        else:
            _add(caller, "education", checked(Education, _education(form)), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("seekers/career_item.html", error, form, kind=kind, levels=LEVELS)
    return frame.see(PATH, said=marked("Guardado."))


def _add(caller: Caller, name: str, item: BaseModel, services: Services) -> None:
    career = saved_career(caller, services)
    career[name].insert(0, item.model_dump(mode="json"))
    endpoints.put_own_career(caller, checked(Career, career), services)


def _experience(form: SentForm) -> dict[str, Any]:
    months = {name: _month(text) for name, text in form.stated("from_month", "to_month").items()}
    return form.stated("title", "employer", "text") | months


def _education(form: SentForm) -> dict[str, Any]:
    year = form.text("year")
    stated: dict[str, Any] = {"level": form.text("level"), **form.stated("title", "institution")}
    return stated | ({"year": int(year) if year.isdecimal() and len(year) == 4 else year} if year else {})


def _month(text: str) -> str:
    """A month as the API has it; what is none, as it was typed."""
    found = _MONTH.fullmatch(text)
    return text if found is None else f"{found[2]}-{int(found[1]):02d}"


def _name(item: dict[str, Any]) -> str:
    """What names one of them in a form: all that it says, so that a form of before takes away no other."""
    return sha256(orjson.dumps(item, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]

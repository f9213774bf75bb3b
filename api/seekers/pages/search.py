"""`/`, `/buscar`, `/buscar/horas`, `/buscar/equipo`: what somebody can do, when, and with what, before an account."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import Visitor
from api.http.problems import ProblemError
from api.seekers.pages.drafts import (
    MOST_SKILL,
    MOST_SKILLS,
    MOST_TEXT,
    SearchDraft,
    forget_draft,
    keep_draft,
    read_draft,
)
from api.seekers.pages.people import after_step, draft_of_caller, has_profile, save_and_go_back, saved_profile
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError, InvalidInputError
from engine.jobs import LanguageLevel
from engine.skills import normalised_words
from store.people.accounts import Role

router = APIRouter(route_class=PageRoute)

# Where those who are logged in begin.
HOMES = {
    Role.ADMINISTRATOR: "/administracion",
    Role.OFFICER: "/programas",
    Role.ANALYST: "/analisis",
    Role.EMPLOYER: "/mis-organizaciones",
    Role.SEEKER: "/trabajos",
}
DEVICES, CONNECTIONS = ("", "phone", "tablet", "computer"), ("", "mobile_data", "broadband")
MOST_PAY = 100_000


@router.get("/")
def get_home(caller: Visitor, frame: Frame) -> Response:
    """What Chamba is, and the first step; who is logged in goes to their own page."""
    if caller.account is not None:
        return frame.see(next((path for role, path in HOMES.items() if caller.has(role)), "/mi-cuenta"))
    return frame.page("seekers/home.html", draft=read_draft(frame), has_profile=False)


@router.get("/buscar")
def get_what(caller: Visitor, frame: Frame) -> Response:
    """The first step: what one can do."""
    return frame.page("seekers/what.html", draft=draft_of_caller(frame, caller), has_profile=has_profile(frame))


@router.post("/buscar")
def post_what(caller: Visitor, form: Form, frame: Frame) -> Response:
    """What was said is kept in the browser, and the hours come next."""
    draft = draft_of_caller(frame, caller)
    changed = draft.model_copy(update={"text": form.text("text")[:MOST_TEXT], "skills": _skills(form)})
    try:
        if not changed.says_something:
            raise InvalidInputError("nothing is said yet", fix="tell what you can do, in your words", field="text")
        return after_step(frame, caller, changed, "/buscar/horas")
    except (ProblemError, ChambaError) as error:
        return frame.again("seekers/what.html", error, form, draft=draft, has_profile=has_profile(frame))


@router.post("/buscar/habilidades")
def post_skills(_caller: Visitor, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The skills that are ticked, and what may be meant by the last one as far as it is typed."""
    ticked, typed, bundle = form.texts("skill"), form.text("skills").rpartition(",")[2].strip(), services.watch.current
    found = [] if bundle is None else services.skills.like(typed, bundle, frame.language.locale, tuple(ticked))
    return frame.page("seekers/skills.html", ticked=ticked[:MOST_SKILLS], found=found)


@router.get("/buscar/equipo")
def get_with_what(caller: Visitor, frame: Frame) -> Response:
    """The third step: device, connection, English and the least pay, each of which may be left out."""
    return _with_what_page(frame, draft_of_caller(frame, caller))


@router.post("/buscar/equipo")
def post_with_what(caller: Visitor, form: Form, frame: Frame) -> Response:
    """The jobs come next; of somebody with an account all of it is saved as their profile."""
    draft = draft_of_caller(frame, caller)
    levels = ("", *(level.name for level in LanguageLevel if level is not LanguageLevel.NATIVE), "native")
    stated = {
        "device": _one_of(form.text("device"), DEVICES),
        "connection": _one_of(form.text("connection"), CONNECTIONS),
        "english": _one_of(form.text("english"), levels),
    }
    try:
        changed = draft.model_copy(update=stated | {"min_pay": _pay(form.text("min_pay"))})
        if not caller.has(Role.SEEKER):
            return keep_draft(frame, frame.see("/trabajos"), changed)
        return save_and_go_back(frame, caller, changed, saved_profile(frame, caller))
    except (ProblemError, ChambaError) as error:
        return frame.again("seekers/with_what.html", error, form, draft=draft, has_profile=has_profile(frame))


@router.post("/buscar/borrar")
def post_forget(_caller: Visitor, frame: Frame) -> Response:
    """The browser forgets what was said."""
    return forget_draft(frame, frame.see("/", said=marked("Listo: borramos lo que habías escrito.")))


def _skills(form: SentForm) -> tuple[str, ...]:
    """Those that are ticked, and those that are typed but for the beginning of one that was ticked then."""
    ticked = form.texts("skill")
    begun = [" ".join(normalised_words(one)) for one in ticked]
    typed = [one for one in form.lines("skills") if not _begins(" ".join(normalised_words(one)), begun)]
    return tuple(dict.fromkeys(skill[:MOST_SKILL] for skill in [*ticked, *typed]))[:MOST_SKILLS]


def _begins(typed: str, names: list[str]) -> bool:
    return any(f" {typed}" in f" {name}" for name in names)


def _with_what_page(frame: PageFrame, draft: SearchDraft) -> Response:
    return frame.page("seekers/with_what.html", draft=draft, has_profile=has_profile(frame))


def _one_of(text: str, known: Any) -> str:
    return text if text in known else ""


def _pay(text: str) -> float | None:
    """Soles a month as people write them: "1200", "S/ 1,200", "1 200.50"."""
    digits = text.upper().replace("S/", "").replace(" ", "").replace(",", "").strip(".")
    if not digits:
        return None
    try:
        amount = float(digits)
    except ValueError:
        amount = -1.0
    if not digits.replace(".", "", 1).isdecimal() or not 0 < amount <= MOST_PAY:
        raise InvalidInputError("the pay is no amount", expected="soles a month, such as 1200", field="min_pay")
    return amount

"""`/analisis/programas`: rules of a programme tried before they hold, over those who agreed to it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.rules import AnalystCaller
from api.analysts import simulations
from api.analysts.pages.overview import OVERVIEW, as_file
from api.analysts.pages.tried_rules import TriedRules
from api.credentials.callers import Caller
from api.http.pagination import PageRequest
from api.http.problems import ProblemError
from api.programmes import endpoints
from api.programmes.documents import rules_in_force, today
from api.programmes.rule_forms import form_of_rules, rules_of_form
from api.programmes.simulating import SIMULATIONS_BY_ACCOUNT
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from engine.errors import ChambaError
from engine.programmes.form import ProgrammeRules
from engine.programmes.sentences import proof_sentence
from store.programmes.programmes import get_programme
from store.programmes.versions import versions_of

router = APIRouter(route_class=PageRoute)

PROGRAMMES = OVERVIEW + "/programas"
PROGRAMME = PROGRAMMES + "/{programme_id}"
PAGE = "analysts/rules.html"
USUAL_MONTHS = 12


@router.get(PROGRAMMES)
def get_programmes(caller: AnalystCaller, frame: Frame, page: PageRequest, services: ServicesOfApp) -> Response:
    """All of them, by when they were added."""
    found = endpoints.get_programmes(caller, page, services)
    return frame.page("analysts/programmes.html", programmes=found.items, next_cursor=found.next_cursor)


@router.get(PROGRAMME)
def get_rules(caller: AnalystCaller, frame: Frame, programme_id: RowIdInPath, services: ServicesOfApp) -> Response:
    """The form, filled in as the rules are that hold."""

    def holding(connection: Connection) -> ProgrammeRules | None:
        return rules_in_force(connection, get_programme(connection, programme_id), today(services))

    rules = services.read(holding)
    form = SentForm() if rules is None else form_of_rules(rules)
    return frame.page(PAGE, **_values(frame, caller, programme_id) | {"form": form})


@router.post(PROGRAMME)
def post_rules(
    caller: AnalystCaller, form: Form, frame: Frame, programme_id: RowIdInPath, services: ServicesOfApp
) -> Response:
    """How many would pass: plots, a table, and what people have not told."""
    values = _values(frame, caller, programme_id)
    try:
        tried = _tried(caller, form, frame, programme_id, services)
    except (ProblemError, ChambaError) as error:
        return frame.again(PAGE, error, form, **values)
    found = tried.simulation.lacking
    lacking = [(proof_sentence(one.proof, frame.language.locale), one.share) for one in found]
    return frame.page(PAGE, **values | {"form": form, "tried": tried, "lacking": lacking})


@router.post(PROGRAMME + "/tabla")
def post_table(
    caller: AnalystCaller, form: Form, frame: Frame, programme_id: RowIdInPath, services: ServicesOfApp
) -> Response:
    """The table of the same as a file, worked out anew: nothing of it was kept."""
    try:
        tried = _tried(caller, form, frame, programme_id, services)
    except (ProblemError, ChambaError) as error:
        return frame.again(PAGE, error, form, **_values(frame, caller, programme_id))
    return as_file(Response(tried.file(), media_type="text/csv; charset=utf-8"), "chamba-reglas.csv")


@router.get(PROGRAMME + "/tabla")
def get_table(_caller: AnalystCaller, frame: Frame, programme_id: RowIdInPath) -> Response:
    """Whoever comes back here tries them again."""
    return frame.see(f"{PROGRAMMES}/{programme_id}")


def _tried(caller: Caller, form: SentForm, frame: PageFrame, programme_id: str, services: ServicesOfApp) -> TriedRules:
    known = services.read(lambda connection: versions_of(connection, programme_id))
    period = {"in_force_from": today(services).isoformat(), "valid_months": USUAL_MONTHS}
    document = rules_of_form(form, len(known) + 1) | period
    simulation = simulations.post_simulation(caller, programme_id, checked(ProgrammeRules, document), services)
    return TriedRules(simulation, frame.language.locale, frame.words)


def _values(frame: PageFrame, caller: Caller, programme_id: str) -> dict[str, Any]:
    locale = frame.language.locale
    programme = endpoints.get_one_programme(caller, programme_id, frame.services, locale)
    return {
        "programme": programme,
        "holding": next((one for one in programme.versions if one.is_in_force), None),
        "here": f"{PROGRAMMES}/{programme_id}",
        "tried": None,
        "lacking": [],
        "most_a_day": SIMULATIONS_BY_ACCOUNT.attempts,
    }

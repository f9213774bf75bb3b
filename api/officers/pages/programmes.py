"""`/programas`: those that one acts for; one with its rules, how many were answered what, and who may enter."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.rules import FreshOfficerCaller, OfficerCaller
from api.credentials.callers import Caller
from api.http.pagination import PageRequest
from api.http.problems import ProblemError
from api.officers import endpoints
from api.officers.endpoints import ProgrammeId, RulesVersion
from api.officers.service import own_programme
from api.programmes.documents import programme_detail
from api.programmes.groups import GROUPS, group_words
from api.programmes.rule_forms import form_of_rules, rules_of_form
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.proofs import proof_address
from api.web.translations import marked
from engine.errors import ChambaError
from engine.programmes.form import ProgrammeRules
from engine.programmes.judging import Eligibility
from engine.programmes.sentences import proof_sentence

router = APIRouter(route_class=PageRoute)

PROGRAMMES = "/programas"
PROGRAMME = PROGRAMMES + "/{programme_id}"
RULES = PROGRAMME + "/reglas"
ELIGIBILITIES = {
    Eligibility.ELIGIBLE: marked("Puede entrar"),
    Eligibility.NOT_ELIGIBLE: marked("No puede entrar"),
    Eligibility.UNDECIDED: marked("Falta saber algo"),
}


@router.get(PROGRAMMES)
def get_programmes(caller: OfficerCaller, frame: Frame, page: PageRequest, services: ServicesOfApp) -> Response:
    """An administrator says who acts for which."""
    found = endpoints.get_programmes(caller, page, services)
    return frame.page("officers/programmes.html", programmes=found.items, next_cursor=found.next_cursor)


@router.get(PROGRAMME)
def get_programme(caller: OfficerCaller, frame: Frame, programme_id: ProgrammeId, services: ServicesOfApp) -> Response:
    """Its rules in words, every version, and the counts of answers that hold."""
    counts = endpoints.get_counts(caller, programme_id, services)
    values = _programme(frame, caller, programme_id)
    told = [(words, getattr(counts, one.value)) for one, words in ELIGIBILITIES.items()]
    proof_at = proof_address(caller, services, frame.request.url.path)
    return frame.page("officers/programme.html", counts=told, proof_at=proof_at, **values)


@router.get(RULES)
def get_rules(caller: OfficerCaller, frame: Frame, programme_id: ProgrammeId, services: ServicesOfApp) -> Response:
    """The form of the next version, filled in as the newest is; who comes to publish proves first who they are."""
    values = _rules(frame, caller, programme_id)
    proof_at = proof_address(caller, services, frame.request.url.path)
    if proof_at:
        return frame.see(proof_at)
    newest = values["newest"]
    form = SentForm((("valid_months", "12"),)) if newest is None else form_of_rules(newest)
    return frame.page("officers/rules.html", **values | {"form": form})


@router.post(RULES + "/probar")
def post_try(
    caller: OfficerCaller, form: Form, frame: Frame, programme_id: ProgrammeId, services: ServicesOfApp
) -> Response:
    """How many would pass, before anything holds."""
    values = _rules(frame, caller, programme_id)
    try:
        rules = checked(ProgrammeRules, rules_of_form(form, values["version"]))
        tried = endpoints.post_simulation(caller, programme_id, rules, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("officers/rules.html", error, form, **values)
    lacking = [(proof_sentence(one.proof, frame.language.locale), one.share) for one in tried.lacking]
    return frame.page("officers/rules.html", **values | {"form": form, "tried": tried, "lacking": lacking})


@router.post(RULES)
def post_rules(
    caller: FreshOfficerCaller, form: Form, frame: Frame, programme_id: ProgrammeId, services: ServicesOfApp
) -> Response:
    """They hold from their day on."""
    values = _rules(frame, caller, programme_id)
    try:
        rules = checked(ProgrammeRules, rules_of_form(form, values["version"]))
        endpoints.post_version(caller, programme_id, rules, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("officers/rules.html", error, form, **values)
    return frame.see(f"{PROGRAMMES}/{programme_id}", said=marked("Publicadas: valen desde su día."))


@router.post(RULES + "/{version}/retirar")
def post_withdraw(
    caller: FreshOfficerCaller,
    frame: Frame,
    programme_id: ProgrammeId,
    version: RulesVersion,
    services: ServicesOfApp,
) -> Response:
    """Before their day alone."""
    endpoints.delete_version(caller, programme_id, version, services)
    return frame.see(f"{PROGRAMMES}/{programme_id}", said=marked("Retiradas: no llegaron a valer."))


@router.get(PROGRAMME + "/personas")
def get_people(
    caller: OfficerCaller, frame: Frame, programme_id: ProgrammeId, page: PageRequest, services: ServicesOfApp
) -> Response:
    """Who can enter and agreed to be known; that it was read is in the log."""
    found = endpoints.get_people(caller, programme_id, page, services)
    values = _programme(frame, caller, programme_id)
    return frame.page("officers/people.html", people=found.items, next_cursor=found.next_cursor, **values)


def _programme(frame: PageFrame, caller: Caller, programme_id: str) -> dict[str, Any]:
    """The programme, its rules in words."""
    services, locale = frame.services, frame.language.locale

    def work(connection: Connection) -> Any:
        return programme_detail(connection, own_programme(connection, programme_id, caller), locale, services)

    return {"programme": services.read(work), "today": services.now()}


def _rules(frame: PageFrame, caller: Caller, programme_id: str) -> dict[str, Any]:
    """What the form of rules uses: the newest version, and the number of the next."""
    known = endpoints.get_versions(caller, programme_id, frame.services).items
    return {
        **_programme(frame, caller, programme_id),
        "newest": known[-1] if known else None,
        "version": known[-1].version + 1 if known else 1,
        "tried": None,
        "groups": GROUPS,
        "group_words": partial(group_words, locale=frame.language.locale, words=frame.words),
    }

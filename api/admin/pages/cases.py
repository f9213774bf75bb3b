"""`/administracion/casos`: the queue, several cases decided together, and one case with all that it takes."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.endpoints import cases
from api.admin.pages.case_views import answer_values, case_values
from api.admin.pages.reading import LONGEST_TEXT, admin_page, one_of, told, with_words
from api.admin.schemas.cases import DecisionRequest, DecisionsRequest, NoteRequest
from api.admin.service.subjects import beginnings_of_words, subjects_of
from api.credentials.callers import Caller
from api.hiring.posting_states import reason_text
from api.hiring.state_texts import EFFECTS, MODERATOR_TEXTS
from api.http.pagination import Page, PageRequest
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.proofs import proof_address
from api.web.translations import marked
from engine.errors import ChambaError
from store.people.cases import DECISIONS, CaseKind, CaseState
from store.people.cases import get_case as get_case_of

router = APIRouter(route_class=PageRoute)

QUEUE = "/administracion/casos"
CASE = QUEUE + "/{case_id}"
CaseId = RowIdInPath
Text = Annotated[str, Query(max_length=LONGEST_TEXT)]
# Which of the cases: their state, and whether only one's own.
WHICH = {
    "": (None, False, marked("Todos los que esperan")),
    "libres": (CaseState.OPEN, False, marked("Los que nadie tiene")),
    "mios": (CaseState.TAKEN, True, marked("Los que tengo yo")),
    "decididos": (CaseState.DECIDED, False, marked("Los decididos")),
}
_REASON = re.compile(r"[a-z_]{1,40}")
MOST_LOOKED_AT = 100


@router.get(QUEUE)
def get_queue(
    caller: AdministratorCaller,
    frame: Frame,
    page: PageRequest,
    tipo: Text = "",
    motivo: Text = "",
    cuales: Text = "",
) -> Response:
    """The oldest first; of a kind, of a reason, those that nobody has, or one's own."""
    return frame.page("admin/queue.html", **_queue(frame, caller, page, tipo=tipo, motivo=motivo, cuales=cuales))


@router.post(QUEUE + "/decidir")
def post_several(caller: FreshAdministratorCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The same decision of those that were ticked; what is wrong with one is said beside it."""
    wanted = {name: form.text(name) for name in ("tipo", "motivo")}
    document = {"case_ids": form.texts("case_ids"), "decision": form.text("decision"), "reason": form.text("reason")}
    try:
        body = checked(DecisionsRequest, document)
        lines = told(cases.post_decisions(caller, body, frame.request, services))["items"]
    except (ProblemError, ChambaError) as error:
        values = _queue(frame, caller, Page(MOST_LOOKED_AT, None), cuales="", **wanted)
        return frame.again("admin/queue.html", error, form, **values)
    if all(line["is_decided"] for line in lines):
        return frame.see(f"{QUEUE}?{urlencode(wanted)}", said=marked("Listo: todos quedaron decididos."))
    return admin_page(frame, "admin/several.html", caller, lines=lines, back=f"{QUEUE}?{urlencode(wanted)}")


@router.get(CASE)
def get_case(
    caller: AdministratorCaller,
    frame: Frame,
    case_id: CaseId,
    services: ServicesOfApp,
    tipo: Text = "",
    motivo: Text = "",
) -> Response:
    """All that it takes to decide it; whoever comes to decide proves first who they are, so that nothing is lost."""
    query = frame.request.url.query
    proof_at = proof_address(caller, services, frame.request.url.path + (f"?{query}" if query else ""))
    if proof_at and services.read(partial(get_case_of, case_id=case_id)).state is not CaseState.DECIDED:
        return frame.see(proof_at)  # before anything private is read
    case = told(cases.get_one_case(caller, case_id, services))
    return frame.page("admin/case.html", **case_values(frame, caller, case, {"tipo": tipo, "motivo": motivo}))


@router.get(CASE + "/respuesta")
async def get_answer(caller: AdministratorCaller, frame: Frame, case_id: CaseId, services: ServicesOfApp) -> Response:
    """A contested answer given again, beside it as it was given and what would be answered now."""
    answer = told(await cases.get_case_answer(caller, case_id, services))

    def page() -> Response:
        given = told(cases.get_one_case(caller, case_id, services))["subject"]
        values = {"given": None} if given is None else answer_values(frame, given)
        return admin_page(frame, "admin/answer.html", caller, case_id=case_id, again=answer, **values)

    return await services.admission.in_thread(caller.name, page)


@router.post(CASE + "/tomar")
def post_take(
    caller: AdministratorCaller, form: Form, frame: Frame, case_id: CaseId, services: ServicesOfApp
) -> Response:
    """It is one's own; `aunque`: whoever has it."""
    try:
        cases.post_take(caller, case_id, services, takes_over=form.is_on("aunque"))
    except (ProblemError, ChambaError) as error:
        return _case_again(frame, caller, form, case_id, error)
    return frame.see(_address(case_id, form), said=marked("El caso es tuyo."))


@router.post(CASE + "/dejar")
def post_leave(
    caller: AdministratorCaller, form: Form, frame: Frame, case_id: CaseId, services: ServicesOfApp
) -> Response:
    """It waits for another."""
    try:
        cases.post_leave(caller, case_id, services)
    except (ProblemError, ChambaError) as error:
        return _case_again(frame, caller, form, case_id, error)
    return frame.see(_queue_address(form), said=marked("Dejaste el caso: espera a otra persona."))


@router.post(CASE + "/notas")
def post_note(
    caller: AdministratorCaller, form: Form, frame: Frame, case_id: CaseId, services: ServicesOfApp
) -> Response:
    """A note for other administrators."""
    try:
        cases.post_note(
            caller, case_id, checked(NoteRequest, {"text": form.text("text")}), frame.creation(form), services
        )
    except (ProblemError, ChambaError) as error:
        return _case_again(frame, caller, form, case_id, error)
    return frame.see(_address(case_id, form), said=marked("Anotado."))


@router.post(CASE + "/decidir")
def post_decision(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, case_id: CaseId, services: ServicesOfApp
) -> Response:
    """What follows is done with it; the next case of the same queue comes after."""
    try:
        body = checked(DecisionRequest, {name: form.text(name) for name in ("decision", "reason")})
        cases.post_decision(caller, case_id, body, services)
    except (ProblemError, ChambaError) as error:
        return _case_again(frame, caller, form, case_id, error)
    found = _next_case(caller, services, case_id, form.text("tipo"), form.text("motivo"))
    if found is None:
        return frame.see(_queue_address(form), said=marked("Decidido. No queda ninguno que puedas tomar aquí."))
    return frame.see(_address(found, form), said=marked("Decidido. Este es el siguiente."))


def _queue(frame: PageFrame, caller: Caller, page: Page, *, tipo: str, motivo: str, cuales: str) -> dict[str, Any]:
    services, locale = frame.services, frame.language.locale
    kind, reason = one_of(CaseKind, tipo), motivo if _REASON.fullmatch(motivo) else None
    state, is_mine, _ = WHICH.get(cuales, WHICH[""])
    waiting = told(cases.get_waiting_cases(caller, services))["items"]
    listed = told(cases.get_cases(caller, page, services, state, kind, reason, is_mine))
    about = [(one["kind"], one["subject_id"]) for one in listed["items"]]
    case_ids = [one["case_id"] for one in listed["items"]]
    by_reason: dict[str, int] = next((one["by_reason"] for one in waiting if one["kind"] == kind), {})
    effects = [] if kind is None else [(one.value, EFFECTS[locale][one]) for one in DECISIONS[kind]]
    return {
        **with_words(frame, caller),
        "waiting": waiting,
        "cases": listed["items"],
        "subjects": services.read(partial(subjects_of, cases=about)),
        "words_of": services.read(partial(beginnings_of_words, cipher=services.cipher, case_ids=case_ids)),
        "next_cursor": listed["next_cursor"],
        "wanted": {"tipo": tipo, "motivo": motivo, "cuales": cuales if cuales in WHICH else ""},
        "which": [(name, words) for name, (_, _, words) in WHICH.items()],
        "reasons": [(code, reason_text(code, locale, MODERATOR_TEXTS), count) for code, count in by_reason.items()],
        "effects": effects if kind is CaseKind.IMPORT and cuales != "decididos" else [],
    }


def _next_case(caller: Caller, services: Services, after: str, tipo: str, motivo: str) -> str | None:
    """The next that waits and that nobody else has: the one after, or else the oldest."""
    kind, reason = one_of(CaseKind, tipo), motivo if _REASON.fullmatch(motivo) else None
    for page in (Page(MOST_LOOKED_AT, (after,)), Page(MOST_LOOKED_AT, None)):
        listed = told(cases.get_cases(caller, page, services, None, kind, reason))["items"]
        free = (one["case_id"] for one in listed if one["assigned_to"] in (None, caller.account_id))
        found = next(free, None)
        if found is not None:
            return str(found)
    return None


def _case_again(frame: PageFrame, caller: Caller, form: SentForm, case_id: str, error: Exception) -> Response:
    """The case as it is now, with what was typed and what is wrong: that somebody else has it, or decided it."""
    case = told(cases.get_one_case(caller, case_id, frame.services))
    wanted = {name: form.text(name) for name in ("tipo", "motivo")}
    return frame.again("admin/case.html", error, form, **case_values(frame, caller, case, wanted))


def _address(case_id: str, form: SentForm) -> str:
    wanted = form.stated("tipo", "motivo")
    return CASE.format(case_id=case_id) + (f"?{urlencode(wanted)}" if wanted else "")


def _queue_address(form: SentForm) -> str:
    wanted = form.stated("tipo", "motivo")
    return QUEUE + (f"?{urlencode(wanted)}" if wanted else "")

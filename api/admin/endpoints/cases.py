"""`/v1/admin/cases`: the queue of what a person has to decide, with notes for one another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.schemas.cases import (
    CaseDetail,
    Cases,
    DecisionLines,
    DecisionRequest,
    DecisionsRequest,
    NotedCase,
    NoteRequest,
    ReplayedAnswer,
    WaitingKinds,
)
from api.admin.service.cases import case_detail, case_document, noted_case, waiting_document
from api.admin.service.deciding import decide
from api.admin.service.reading import Reading, told_reading
from api.admin.service.replays import replayed_answer
from api.credentials.callers import Caller
from api.http.pagination import PageRequest, page_document
from api.http.problems import ProblemKind, error_text
from api.language.reader import reader_locale
from api.routing.idempotency import Created, IdempotentRequest, by_rule
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from engine.errors import ChambaError
from store.audit import AuditAction
from store.people.case_notes import add_note
from store.people.cases import Case, CaseKind, CaseState, get_case, leave_case, take_case
from store.people.listed_cases import CaseFilter, list_cases
from store.people.waiting_cases import count_waiting

router = APIRouter(tags=["administrators"], route_class=TypedRoute)

CASES = "/v1/admin/cases"
CASE = CASES + "/{case_id}"
CaseId = RowIdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT
BUSY = (ProblemKind.OVERLOADED,)
OF_PEOPLE = tuple(kind for kind in CaseKind if kind is not CaseKind.IMPORT)


@router.get(CASES, **operation("The queue of cases", answer="A page of them"))
def get_cases(
    caller: AdministratorCaller,
    page: PageRequest,
    services: ServicesOfApp,
    state: Annotated[
        CaseState | None, Query(description="only those in this state; left out: those that nobody has decided")
    ] = None,
    kind: Annotated[CaseKind | None, Query(description="only those of this kind")] = None,
    reason: Annotated[str | None, Query(pattern="^[a-z_]{1,40}$", description="only those with this reason")] = None,
    is_mine: Annotated[bool, Query(description="only those that you have taken or decided")] = False,
) -> WrittenAnswer[Cases]:
    """The oldest first; of those with the state `decided` the newest.

    Imported jobs come by the thousand: they are listed by `kind=import` alone.

    Of `is_mine` decided ones too, unless `state` says otherwise.
    """
    wanted = CaseFilter(
        state=state,
        kinds=OF_PEOPLE if kind is None else [kind],
        assigned_to=caller.account_id if is_mine else None,
        reason=reason,
        is_undecided=state is None and not is_mine,
    )

    def work(connection: Connection) -> dict[str, Any]:
        is_over = state is CaseState.DECIDED
        found = list_cases(connection, wanted, after=page.after_id(), limit=page.limit + 1, newest_first=is_over)
        document = partial(case_document, now=services.now(), locale=caller.locale)
        return page_document(found, page, document, lambda one: (one.case_id,))

    return json_response(services.read(work))


@router.get("/v1/admin/waiting-cases", **operation("How much waits for a decision", answer="By kind of case"))
def get_waiting_cases(caller: AdministratorCaller, services: ServicesOfApp) -> WrittenAnswer[WaitingKinds]:
    """How many nobody has taken, how many somebody has, how old the oldest is, and how many have each reason."""

    def work(connection: Connection) -> dict[str, Any]:
        now, waiting = services.now(), count_waiting(connection)
        return {"items": [waiting_document(connection, one, now, caller.locale) for one in waiting]}

    return json_response(services.read(work))


@router.get(CASE, **operation("Read a case", NOT_FOUND, answer="The case"))
def get_one_case(caller: AdministratorCaller, case_id: CaseId, services: ServicesOfApp) -> WrittenAnswer[CaseDetail]:
    """With all that it takes to decide it: what it is about, the words that opened it, notes, and both sides' history.

    That RUC, contacts or a profile were read is in the audit log.
    """
    return _read(caller, services, partial(get_case, case_id=case_id))


@router.get(
    CASE + "/answer", **operation("Give a contested answer again", NOT_FOUND, *BUSY, answer="It, and the present one")
)
async def get_case_answer(
    caller: AdministratorCaller, case_id: CaseId, services: ServicesOfApp
) -> WrittenAnswer[ReplayedAnswer]:
    """As it was given, from the versions of that moment, with reasons and breakdown; and what would be answered now.

    It opens the bundle of then, which takes a moment. That it was read is in the audit log.
    """
    async with services.admission.place(caller.name):
        work = partial(replayed_answer, case_id, caller, services)
        return json_response(await services.admission.in_thread(caller.name, work))


@router.post(CASE + "/take", **operation("Take a case", NOT_FOUND, CONFLICT, answer="The case"))
def post_take(
    caller: AdministratorCaller,
    case_id: CaseId,
    services: ServicesOfApp,
    takes_over: Annotated[bool, Query(description="take it from whoever has it")] = False,
) -> WrittenAnswer[CaseDetail]:
    """So that two do not work on it: 409 names who has it, and since when."""

    def take(connection: Connection) -> Case:
        return take_case(connection, case_id, caller.account_id, services.now(), takes_over=takes_over)

    return _read(caller, services, take, AuditAction.CASE_TAKEN)


@router.post(CASE + "/leave", **operation("Leave a case", NOT_FOUND, CONFLICT, answer="The case"))
def post_leave(caller: AdministratorCaller, case_id: CaseId, services: ServicesOfApp) -> WrittenAnswer[CaseDetail]:
    """It waits for another administrator; notes stay."""

    def leave(connection: Connection) -> Case:
        return leave_case(connection, case_id, caller.account_id)

    return _read(caller, services, leave, AuditAction.CASE_LEFT)


@router.post(
    CASE + "/notes",
    **operation("Note something on a case", NOT_FOUND, CONFLICT, answer="The case with the note", status=201),
)
def post_note(
    caller: AdministratorCaller,
    case_id: CaseId,
    body: NoteRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[NotedCase]:
    """Read by administrators alone, kept encrypted."""

    def work(connection: Connection) -> Created[Any]:
        add_note(connection, services.cipher, case_id, caller.account_id, body.text, services.now())
        return Created(noted_case(Reading(connection, caller, services), get_case(connection, case_id)))

    return creation.once(caller, work, allowed=by_rule)


@router.post(CASE + "/decision", **operation("Decide a case", NOT_FOUND, CONFLICT, answer="The case"))
def post_decision(
    caller: FreshAdministratorCaller, case_id: CaseId, body: DecisionRequest, services: ServicesOfApp
) -> WrittenAnswer[CaseDetail]:
    """Once. The decision is named by what follows from it, which is done with it; `decisions` of the case lists them.

    409 for a case that another administrator has taken, and for one that the caller is a party to: whoever suspended
    an account does not decide its appeal while there is another administrator.
    """

    def work(connection: Connection) -> dict[str, Any]:
        decided = decide(connection, case_id, body.decision, body.reason, caller, services)
        with told_reading(connection, caller, services) as reading:
            document = case_detail(reading, decided.case)
            decided.tell(connection, caller, services)
        return document

    return json_response(services.write(work))


@router.post(CASES + ":decide", **operation("Decide several cases", answer="What became of each"))
def post_decisions(
    caller: FreshAdministratorCaller, body: DecisionsRequest, request: Request, services: ServicesOfApp
) -> WrittenAnswer[DecisionLines]:
    """The same decision of each, one after the other; what is wrong with one is in its line."""
    locale = reader_locale(request.scope)

    def line(case_id: str) -> dict[str, Any]:
        def work(connection: Connection) -> None:
            decided = decide(connection, case_id, body.decision, body.reason, caller, services)
            decided.tell(connection, caller, services)

        try:
            services.write(work)
        except ChambaError as error:
            return {"case_id": case_id, "is_decided": False, "problem": error_text(error, locale)}
        return {"case_id": case_id, "is_decided": True, "problem": None}

    return json_response({"items": [line(case_id) for case_id in dict.fromkeys(body.case_ids)]})


def _read(
    caller: Caller,
    services: Services,
    change: Callable[[Connection], Case],
    action: AuditAction | None = None,
) -> WrittenAnswer[CaseDetail]:
    """A case after a change with all that is known of it; both are told to the audit log last."""

    def work(connection: Connection) -> dict[str, Any]:
        case = change(connection)
        with told_reading(connection, caller, services) as reading:
            document = case_detail(reading, case)
            if action is not None:
                audit(connection, caller, action, f"case:{case.case_id}", services, {"kind": case.kind})
        return document

    return json_response(services.write(work))

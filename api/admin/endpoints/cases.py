"""`/v1/admin/cases`: the queue of what a person has to decide, with notes for one another."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.schemas.cases import CaseDetail, Cases, DecisionRequest, NoteRequest
from api.admin.service import carry_out, case_detail, case_document, notify_opener
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest, by_rule
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from store.audit import AuditAction
from store.matching.job_changes import lock_job_changes
from store.people.cases import CaseKind, CaseState, add_note, decide_case, get_case, list_cases, take_case

router = APIRouter(tags=["administrators"], route_class=TypedRoute)

CASES = "/v1/admin/cases"
CASE = CASES + "/{case_id}"
CaseId = RowIdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.get(CASES, **operation("The queue of cases", answer="A page of them"))
def get_cases(
    _caller: AdministratorCaller,
    page: PageRequest,
    services: ServicesOfApp,
    state: Annotated[CaseState | None, Query(description="only those in this state")] = None,
    kind: Annotated[CaseKind | None, Query(description="only those of this kind")] = None,
) -> Cases:
    """The oldest first."""

    def work(connection: Connection) -> Cases:
        found = list_cases(connection, state=state, kind=kind, after=page.after_id(), limit=page.limit + 1)
        return page_of(Cases, found, page, case_document, lambda one: (one.case_id,))

    return services.read(work)


@router.get(CASE, **operation("Read a case", NOT_FOUND, answer="The case"))
def get_one_case(_caller: AdministratorCaller, case_id: CaseId, services: ServicesOfApp) -> CaseDetail:
    """With what it is about, the words that opened it, and notes."""
    return services.read(lambda connection: case_detail(connection, get_case(connection, case_id), services))


@router.post(CASE + "/take", **operation("Take a case", NOT_FOUND, CONFLICT, answer="The case"))
def post_take(caller: AdministratorCaller, case_id: CaseId, services: ServicesOfApp) -> CaseDetail:
    """So that two do not work on it. Another may take it over."""

    def work(connection: Connection) -> CaseDetail:
        return case_detail(connection, take_case(connection, case_id, caller.account_id), services)

    return services.write(work)


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
) -> WrittenAnswer[CaseDetail]:
    """Read by administrators alone, kept encrypted."""

    def work(connection: Connection) -> Created[CaseDetail]:
        add_note(connection, services.cipher, case_id, caller.account_id, body.text, services.now())
        return Created(case_detail(connection, get_case(connection, case_id), services))

    return creation.once(caller, work, allowed=by_rule)


@router.post(CASE + "/decision", **operation("Decide a case", NOT_FOUND, CONFLICT, answer="The case"))
def post_decision(
    caller: FreshAdministratorCaller, case_id: CaseId, body: DecisionRequest, services: ServicesOfApp
) -> CaseDetail:
    """Once. What follows is done with it: a posting is shown or stays hidden, an organisation verified or suspended."""

    def work(connection: Connection) -> CaseDetail:
        now = services.now()
        lock_job_changes(connection)
        case = decide_case(connection, case_id, caller.account_id, body.decision, body.reason, now)
        followed = carry_out(connection, case, services)
        notify_opener(connection, case, services)
        document = case_detail(connection, case, services)
        is_review = case.kind is CaseKind.HUMAN_REVIEW
        audit(
            connection,
            caller,
            AuditAction.HUMAN_REVIEW_ANSWERED if is_review else AuditAction.CASE_DECIDED,
            f"case:{case_id}",
            services,
            {"kind": case.kind, "decision": body.decision, "subject_id": case.subject_id, **followed.detail()},
        )
        return document

    return services.write(work)

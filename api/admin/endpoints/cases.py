"""`/v1/admin/cases`: the queue of what a person has to decide, with notes for one another."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller
from api.admin.schemas import CaseDetail, Cases, DecisionRequest, NoteRequest
from api.admin.service import carry_out, case_detail, case_document, tell_opener
from api.http.pagination import PageAsked, page_document
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, CreationAsked, json_response
from api.routing.json_bodies import JsonBody, validated
from api.routing.openapi import described
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from store.audit import AuditAction
from store.matching.job_changes import lock_job_changes
from store.people.cases import CaseKind, CaseState, add_note, decide_case, get_case, list_cases, take_case

router = APIRouter(tags=["administrators' door"])

CASES = "/v1/admin/cases"
CASE = CASES + "/{case_id}"
CaseId = RowIdInPath
DETAIL = {200: ("The case", CaseDetail)}
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.get(CASES, **described("The queue of cases", answered={200: ("A page of them", Cases)}))
def get_cases(
    _caller: AdministratorCaller,
    asked: PageAsked,
    services: ServicesOfApp,
    state: Annotated[CaseState | None, Query(description="only those in this state")] = None,
    kind: Annotated[CaseKind | None, Query(description="only those of this kind")] = None,
) -> Response:
    """The oldest first."""

    def work(connection: Connection) -> dict[str, Any]:
        found = list_cases(connection, state=state, kind=kind, after=asked.after_id(), limit=asked.limit + 1)
        return page_document(found, asked, case_document, lambda one: (one.case_id,))

    return json_response(services.read(work))


@router.get(CASE, **described("Read a case", NOT_FOUND, answered=DETAIL))
def get_one_case(_caller: AdministratorCaller, case_id: CaseId, services: ServicesOfApp) -> Response:
    """With what it is about, the words that opened it, and notes."""
    return json_response(
        services.read(lambda connection: case_detail(connection, get_case(connection, case_id), services))
    )


@router.post(CASE + "/take", **described("Take a case", NOT_FOUND, CONFLICT, answered=DETAIL))
def post_take(caller: AdministratorCaller, case_id: CaseId, services: ServicesOfApp) -> Response:
    """So that two do not work on it. Another may take it over."""

    def work(connection: Connection) -> dict[str, Any]:
        return case_detail(connection, take_case(connection, case_id, caller.account_id), services)

    return json_response(services.write(work))


@router.post(
    CASE + "/notes",
    **described(
        "Note something on a case",
        NOT_FOUND,
        CONFLICT,
        body=NoteRequest,
        answered={201: ("The case with the note", CaseDetail)},
    ),
)
def post_note(
    caller: AdministratorCaller, case_id: CaseId, body: JsonBody, creation: CreationAsked, services: ServicesOfApp
) -> Response:
    """Read by administrators alone, kept encrypted."""
    asked = validated(NoteRequest, body)

    def work(connection: Connection) -> Created:
        add_note(connection, services.cipher, case_id, caller.account_id, asked.body, services.now())
        return Created(case_detail(connection, get_case(connection, case_id), services))

    return creation.once(caller, work)


@router.post(
    CASE + "/decision", **described("Decide a case", NOT_FOUND, CONFLICT, body=DecisionRequest, answered=DETAIL)
)
def post_decision(caller: AdministratorCaller, case_id: CaseId, body: JsonBody, services: ServicesOfApp) -> Response:
    """Once. What follows is done with it: a posting is shown or stays hidden, an organisation verified or suspended."""
    asked = validated(DecisionRequest, body)

    def work(connection: Connection) -> dict[str, Any]:
        now = services.now()
        lock_job_changes(connection)
        case = decide_case(connection, case_id, caller.account_id, asked.decision, asked.reason, now)
        followed = carry_out(connection, case, services)
        tell_opener(connection, case, services)
        document = case_detail(connection, case, services)
        is_review = case.kind is CaseKind.HUMAN_REVIEW
        audit(
            connection,
            caller,
            AuditAction.HUMAN_REVIEW_ANSWERED if is_review else AuditAction.CASE_DECIDED,
            f"case:{case_id}",
            services,
            {"kind": case.kind, "decision": asked.decision, "subject_id": case.subject_id, **followed.detail()},
        )
        return document

    return json_response(services.write(work))

"""`/v1/jobs` and `/v1/seekers`: a partner's own, listed and saved many at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Row

from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.http.pagination import Page, PageRequest, bad_cursor, page_document
from api.http.problems import ProblemKind
from api.partners.schemas.saved import (
    JobLines,
    OwnJobs,
    OwnSeekers,
    SavedJobLine,
    SavedSeekerLine,
    SeekerLines,
)
from api.partners.service.many import saving_jobs, saving_seekers
from api.routing.lines import LinesResponse
from api.routing.openapi import JSON_LINES, operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import Moment
from api.services.services import ServicesOfApp
from engine.documents.terms import read_moment
from engine.errors import InvalidInputError
from store.partners.closed_jobs import closed_state
from store.partners.own_lists import ListQuery, own_jobs, own_seekers

# Some four thousand bytes for each of a thousand.
MOST_BYTES = 4 * 1024 * 1024


class ManyRoute(TypedRoute):
    """A route that takes larger bodies than others."""

    least_body_limit = MOST_BYTES


router = APIRouter(route_class=ManyRoute)

JOBS, SEEKERS = "/v1/jobs", "/v1/seekers"
JobsCaller = Annotated[Caller, Depends(allow(Scope.JOBS))]
SeekersCaller = Annotated[Caller, Depends(allow(Scope.SEEKERS))]
Since = Annotated[Moment | None, Query(description="only what was changed at that time or since")]
BUSY = (ProblemKind.OVERLOADED, ProblemKind.TOO_MANY_REQUESTS)


@router.get(JOBS, tags=["partners: jobs"], **operation("A partner's jobs", answer="A page of them"))
def get_jobs(
    caller: JobsCaller,
    page: PageRequest,
    services: ServicesOfApp,
    changed_since: Since = None,
    is_open: Annotated[bool | None, Query(description="only those that are shown, or that are not")] = None,
) -> WrittenAnswer[OwnJobs]:
    """In the order of their last changes, those deleted too: the last `updated_at` is where to go on the next time."""
    query = _query(page, changed_since)
    rows = services.read(lambda connection: own_jobs(connection, caller.of_partner, query, is_open=is_open))
    now = services.now()
    return json_response(page_document(rows, page, lambda row: _job(row, now), lambda row: _key(row, row.job_id)))


@router.get(SEEKERS, tags=["partners: people"], **operation("A partner's people", answer="A page of them"))
def get_seekers(
    caller: SeekersCaller, page: PageRequest, services: ServicesOfApp, changed_since: Since = None
) -> WrittenAnswer[OwnSeekers]:
    """In the order of their last changes: the last `updated_at` is where to go on the next time."""
    query = _query(page, changed_since)
    rows = services.read(lambda connection: own_seekers(connection, caller.of_partner, query))
    return json_response(page_document(rows, page, _seeker, lambda row: _key(row, row.seeker_id)))


@router.post(
    JOBS + ":batch",
    tags=["partners: jobs"],
    **operation(
        "Create or replace up to 1,000 jobs",
        *BUSY,
        answer="A line of JSON each, in their order, as it is stored",
        content={JSON_LINES: SavedJobLine},
    ),
    response_class=Response,
)
async def post_jobs(caller: JobsCaller, body: JobLines, services: ServicesOfApp) -> LinesResponse:
    """As `PUT /v1/jobs/{job_id}` for each; what is wrong with one is in its line, and the rest is done. At most 4 MiB.

    Sent again, it changes nothing. It counts as one request, and takes turns with the batches of others.
    """
    return LinesResponse(saving_jobs(body.jobs, caller.of_partner, services), services, caller)


@router.post(
    SEEKERS + ":batch",
    tags=["partners: people"],
    **operation(
        "Create or replace up to 1,000 profiles",
        *BUSY,
        answer="A line of JSON each, in their order, as it is stored",
        content={JSON_LINES: SavedSeekerLine},
    ),
    response_class=Response,
)
async def post_seekers(caller: SeekersCaller, body: SeekerLines, services: ServicesOfApp) -> LinesResponse:
    """As `PUT /v1/seekers/{seeker_id}` for each; what is wrong with one is in its line, and the rest is done.

    At most 4 MiB. Sent again, it changes nothing. It counts as one request, and takes turns with the batches of others.
    """
    return LinesResponse(saving_seekers(body.seekers, caller.of_partner, services), services, caller)


def _query(page: Page, since: datetime | None) -> ListQuery:
    key = page.key(2)
    try:
        after = None if key is None else (read_moment(key[0]), key[1])
    except InvalidInputError:
        raise bad_cursor() from None
    return ListQuery(since, after, page.limit + 1)


def _job(row: Row[Any], now: datetime) -> dict[str, Any]:
    is_over = row.closes_at is not None and row.closes_at <= now
    closed = closed_state(
        row.moderation, is_wanted_open=row.is_wanted_open and row.document is not None, is_over=is_over
    )
    return {
        "job_id": row.job_id,
        "state": "open" if row.job_is_open and not is_over else closed,
        "job": row.document,
        **_times(row),
    }


def _seeker(row: Row[Any]) -> dict[str, Any]:
    return {"seeker_id": row.seeker_id, "profile": row.document, "is_findable": row.is_findable, **_times(row)}


def _times(row: Row[Any]) -> dict[str, str]:
    return {"created_at": row.created_at.isoformat(), "updated_at": row.updated_at.isoformat()}


def _key(row: Row[Any], row_id: str) -> tuple[str, str]:
    return row.updated_at.isoformat(), row_id

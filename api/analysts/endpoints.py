"""`/v1/analytics`: whether it works, answered from snapshots in which nobody can be told from four others."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from api.access.rules import AnalystCaller
from api.analysts.schemas import AnswerTable, SnapshotDocument, Snapshots
from api.analysts.service import new_snapshot, snapshot_document, snapshot_of
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.services.services import ServicesOfApp
from engine.explain import Locale
from store.analytics.formats import formatted
from store.analytics.questions.answers import answer
from store.analytics.report.document import report_html
from store.analytics.snapshots import list_snapshots
from store.analytics.tables import Filters, Format, Question

router = APIRouter(tags=["analysts"], route_class=TypedRoute)

ANALYTICS = "/v1/analytics"
MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv",
    Format.PARQUET: "application/vnd.apache.parquet",
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written_day(text: object) -> object:
    if isinstance(text, str) and not DAY.fullmatch(text):  # a number would be seconds since 1970
        raise PydanticCustomError("day", "expected a day such as 2026-11-25")
    return text


Since = Annotated[date | None, BeforeValidator(_written_day), Query(description="from the week of this day on")]
Until = Annotated[date | None, BeforeValidator(_written_day), Query(description="to the week of this day")]
Version = Annotated[str | None, Query(max_length=80, description="a snapshot; the newest when left out")]
# A page of plots that are drawn in it.
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
NOT_FOUND, CONFLICT, NOT_INSTALLED = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, ProblemKind.NOT_INSTALLED


@router.get(ANALYTICS + "/snapshots", **operation("Snapshots", answer="All of them"))
def get_snapshots(_caller: AnalystCaller, services: ServicesOfApp) -> Snapshots:
    """The oldest first; questions are answered from the current one."""
    found, damaged = list_snapshots(services.settings.analytics)
    newest = found[-1].version if found else ""
    items = [snapshot_document(one, is_current=one.version == newest) for one in found]
    return Snapshots(items=items, damaged=[str(error) for error in damaged])


@router.post(
    ANALYTICS + "/snapshots",
    **operation("Take a snapshot", CONFLICT, NOT_INSTALLED, answer="It is the current one", status=201),
)
def post_snapshot(
    caller: AnalystCaller, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[SnapshotDocument]:
    """Of everything as it is now, but for what changed of fewer than five people since the one before, which waits.

    Takes seconds. `chamba analytics snapshot` does the same on a schedule, and the first question takes the first.
    """
    return creation.once_outside(caller, lambda: Created(snapshot_document(new_snapshot(services), is_current=True)))


@router.get(
    ANALYTICS + "/report",
    **operation("The report as one page", NOT_FOUND, CONFLICT, NOT_INSTALLED, answer="HTML with plots and tables"),
    response_class=HTMLResponse,
)
def get_report(
    _caller: AnalystCaller,
    services: ServicesOfApp,
    since: Since = None,
    until: Until = None,
    version: Version = None,
    locale: Locale = Locale.ES,
) -> HTMLResponse:
    """In Spanish, or in English by `locale`."""
    with snapshot_of(services, version) as snapshot:
        page = report_html(snapshot, locale=locale, filters=Filters(since, until))
    return HTMLResponse(page, headers={"Content-Security-Policy": REPORT_POLICY})


@router.get(
    ANALYTICS + "/questions/{question}",
    **operation(
        "Answer a question",
        NOT_FOUND,
        CONFLICT,
        NOT_INSTALLED,
        answer="The answer",
        content=dict.fromkeys((MEDIA_TYPES[Format.CSV], MEDIA_TYPES[Format.PARQUET])),
    ),
)
def get_answer(
    _caller: AnalystCaller,
    question: Question,
    services: ServicesOfApp,
    since: Since = None,
    until: Until = None,
    version: Version = None,
    chosen: Annotated[Format, Query(alias="format", description="json, csv or parquet")] = Format.JSON,
    locale: Locale = Locale.ES,
) -> WrittenAnswer[AnswerTable]:
    """Of the current snapshot or another. Counts of people are told in fives; what is about fewer is hidden."""
    with snapshot_of(services, version) as snapshot:
        content = formatted(answer(snapshot, question, Filters(since, until)), chosen, locale)
    name = f'attachment; filename="{question}-{snapshot.version}.{chosen}"'
    headers = {} if chosen is Format.JSON else {"Content-Disposition": name}
    return WrittenAnswer(content, headers=headers, media_type=MEDIA_TYPES[chosen])

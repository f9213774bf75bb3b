"""`/v1/employers/{employer_id}/jobs:import`: jobs as search engines read them, schema.org JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Body

from api.access.rules import EmployerCaller
from api.employers.endpoints.jobs import JOBS
from api.employers.endpoints.organisations import EmployerId
from api.employers.schemas import (
    MOST_POSTINGS,
    PostedMany,
)
from api.employers.service.posting import post_many
from api.http.problems import ProblemKind
from api.routing.idempotency import IdempotentRequest
from api.routing.json_bodies import JSON, JSON_LD
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.services.services import ServicesOfApp
from engine.errors import InvalidInputError
from engine.jobs import Job
from store.importers.postings.mapping import SourceMapping, load_mapping
from store.importers.postings.reading import read_posting
from store.importers.postings.rows import linked_postings

NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT
EXAMPLE = {"example": {"@type": "JobPosting", "title": "Diseñadora web", "description": "De noche"}}
AS_JSON_TOO = {JSON_LD: EXAMPLE, JSON: EXAMPLE | {"schema": {"anyOf": [{"type": "object"}, {"type": "array"}]}}}
LinkedData = Annotated[dict[str, Any] | list[Any], Body(media_type=JSON_LD)]


class LinkedDataRoute(TypedRoute):
    """A route whose body may be declared as JSON-LD too."""

    media_types: ClassVar[Sequence[str]] = (JSON, JSON_LD)


router = APIRouter(tags=["employers"], route_class=LinkedDataRoute)


@router.post(
    JOBS + ":import",
    **operation("Post jobs of schema.org JSON-LD", NOT_FOUND, CONFLICT, answer="What became of each"),
    openapi_extra={"requestBody": {"content": AS_JSON_TOO}},
)
def post_linked_data(
    caller: EmployerCaller,
    employer_id: EmployerId,
    linked: LinkedData,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[PostedMany]:
    """One `JobPosting`, a list of them, or a page's `@graph`. Posted again, one of the same identifier is edited."""
    mapping = load_mapping("jobposting")
    reads = [
        partial(_linked_job, row, mapping, employer_id) for row in _at_most(MOST_POSTINGS, linked_postings(linked))
    ]
    return post_many(reads, employer_id, creation, caller, services)


def _linked_job(row: dict[str, Any] | InvalidInputError, mapping: SourceMapping, employer_id: str) -> Job:
    """The job of a schema.org `JobPosting`, whose identifier names it among the organisation's."""
    if isinstance(row, InvalidInputError):
        raise row
    job = read_posting(row, mapping)
    return replace(job, job_id=f"{employer_id}:{job.job_id.rpartition(':')[2]}")


def _at_most(count: int, rows: Iterator[Any]) -> Iterator[Any]:
    for index, row in enumerate(rows):
        if index == count:
            raise InvalidInputError("too many postings at once", expected=f"at most {count}", field="body")
        yield row

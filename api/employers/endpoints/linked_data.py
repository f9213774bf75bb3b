"""`/v1/employers/{employer_id}/jobs:import`: jobs as search engines read them, schema.org JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Body

from api.access.rules import EmployerCaller
from api.employers.endpoints.jobs import JOBS
from api.employers.endpoints.organisations import EmployerId
from api.employers.schemas import MOST_POSTINGS, PostedMany
from api.employers.service.linked_jobs import LinkedJobs
from api.employers.service.posting import post_many
from api.http.problems import ProblemKind
from api.routing.idempotency import IdempotentRequest
from api.routing.json_bodies import JSON, JSON_LD
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.services.services import ServicesOfApp
from engine.errors import InvalidInputError, Message
from store.importers.postings.linked_data import linked_postings

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
    """One `JobPosting`, a list of them, or a page's `@graph`. Posted again, one of the same identifier is edited.

    An identifier is a posting's own among those of its `url`. A field that cannot be read is lost and named in the
    posting's line as `unread`; what is no posting has a line that says so.
    """
    reading = LinkedJobs(employer_id, services)
    records = _at_most(MOST_POSTINGS, linked_postings(linked))
    return post_many([partial(reading.read, record) for record in records], employer_id, creation, caller, services)


def _at_most(count: int, rows: Iterator[Any]) -> Iterator[Any]:
    for index, row in enumerate(rows):
        if index == count:
            raise InvalidInputError(
                "too many postings at once", expected=Message("at most {most}", most=count), field="body"
            )
        yield row

"""`/v1/employers/{employer_id}/jobs:preview`: a job before it is posted."""

from __future__ import annotations

from fastapi import APIRouter

from api.access.rules import EmployerCaller
from api.employers.endpoints.jobs import JOBS
from api.employers.endpoints.organisations import EmployerId
from api.employers.preview_schemas import JobPreview
from api.employers.service.previews import NOT_YET_POSTED, previewed
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.services.services import ServicesOfApp
from engine.documents.jobs import JobDocument

router = APIRouter(tags=["employers"], route_class=TypedRoute)


@router.post(
    JOBS + ":preview",
    **operation(
        "See a job before it is posted", ProblemKind.NOT_FOUND, ProblemKind.TOO_MANY_REQUESTS, answer="How it would be"
    ),
)
def post_preview(
    caller: EmployerCaller, employer_id: EmployerId, body: JobDocument, services: ServicesOfApp
) -> WrittenAnswer[JobPreview]:
    """As people would see it, with its signs and how to mend them, and how many people could do it. Nothing is kept.

    People are counted to the nearest five, and none is told of fewer; at most 600 an hour.
    """
    return json_response(previewed(body.job(NOT_YET_POSTED), employer_id, caller, services))

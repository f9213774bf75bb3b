"""`POST /v1/recommendations`: jobs for a stored person or for a profile sent along; `:batch` for many people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from api.batches import BatchResponse
from api.json_bodies import JsonBody, validated
from api.openapi import answers, body_of, lines_of
from api.problems import ProblemKind
from api.recommending import recommend
from api.schemas.answers import BatchLine, RecommendationAnswer
from api.schemas.recommendations import BatchRequest, RecommendationRequest
from api.services import ServicesOfApp

Explain = Annotated[bool, Query(description="add how the jobs were found")]

router = APIRouter(tags=["recommendations"])


@router.post(
    "/v1/recommendations",
    summary="Jobs a person can do and has the hours for",
    openapi_extra=body_of(RecommendationRequest),
    responses=answers(
        {200: ("The best jobs first", RecommendationAnswer)},
        ProblemKind.MALFORMED_BODY,
        ProblemKind.NOT_FOUND,
        ProblemKind.BODY_TOO_LARGE,
        ProblemKind.WRONG_CONTENT_TYPE,
        ProblemKind.INVALID_INPUT,
        ProblemKind.NOT_READY,
        ProblemKind.OVERLOADED,
    ),
)
async def post_recommendations(body: JsonBody, services: ServicesOfApp, explain: Explain = False) -> Response:
    """Filters by every hard limit, retrieves by meaning, reranks by relevance x availability, and says why.

    A stored person's vector is used as it is; a profile costs one call of the encoder.
    """
    answer = await recommend(validated(RecommendationRequest, body), services, explain=explain)
    return Response(answer, media_type="application/json")


@router.post(
    "/v1/recommendations:batch",
    summary="The same question for up to 1,000 stored people",
    openapi_extra=body_of(BatchRequest),
    responses=answers(
        {},
        ProblemKind.MALFORMED_BODY,
        ProblemKind.BODY_TOO_LARGE,
        ProblemKind.WRONG_CONTENT_TYPE,
        ProblemKind.INVALID_INPUT,
        ProblemKind.NOT_READY,
        ProblemKind.OVERLOADED,
    )
    | {200: {"description": "A line of JSON each, as it is ready", "content": lines_of(BatchLine)}},
    response_class=StreamingResponse,
)
async def post_batch(body: JsonBody, services: ServicesOfApp) -> Response:
    """JSON Lines in the order of `seeker_ids`; the line of somebody who is not stored holds a `problem`."""
    asked = validated(BatchRequest, body)
    services.bundle()
    return BatchResponse(asked, services)

"""`POST /v1/recommendations`: jobs for a stored person or for a profile sent along."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.json_bodies import JsonBody, validated
from api.openapi import answers, body_of
from api.problems import ProblemKind
from api.recommending import recommend
from api.schemas.answers import RecommendationAnswer
from api.schemas.recommendations import RecommendationRequest
from api.services import ServicesOfApp

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
    ),
)
def post_recommendations(body: JsonBody, services: ServicesOfApp) -> Response:
    """Filters by every hard limit, retrieves by meaning, reranks by relevance x availability, and says why.

    A stored person's vector is used as it is; a profile costs one call of the encoder.
    """
    # `def`, not `async def`: this runs 1 to 20 ms of encoder, FAISS and SQL that release the interpreter's lock. On a
    # worker thread, other requests and /healthz go on meanwhile; that is worth the thread's 0.1 ms.
    answer = recommend(validated(RecommendationRequest, body), services)
    return Response(answer, media_type="application/json")

"""`POST /v1/recommendations`: jobs for a partner's person or for a profile sent along; `:batch` for many people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Connection

from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.hiring.cases import opened
from api.hiring.schemas import OwnCase, ReviewRequest
from api.http.problems import ProblemKind
from api.recommendations.schemas.answers import BatchLine, RecommendationAnswer
from api.recommendations.schemas.requests import BatchRequest, RecommendationRequest
from api.recommendations.service.batches import batch_response
from api.recommendations.service.recommending import recommend
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.lines import LinesResponse
from api.routing.openapi import JSON_LINES, operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from engine.errors import NotFoundError
from store.evidence.recommendation_log import partner_of_recommendation
from store.people.cases import CaseKind

RULE = allow(Scope.RECOMMEND)
PartnerCaller = Annotated[Caller, Depends(RULE)]
RecommendationId = RowIdInPath
Explain = Annotated[bool, Query(description="add how the jobs were found")]
Unlocks = Annotated[bool, Query(description="tell what would open more, however many matches there are")]
BUSY = (ProblemKind.NOT_READY, ProblemKind.OVERLOADED, ProblemKind.TOO_MANY_REQUESTS)

router = APIRouter(tags=["partners: recommendations"], route_class=TypedRoute)


@router.post(
    "/v1/recommendations",
    **operation(
        "Jobs a person can do and has the hours for", ProblemKind.NOT_FOUND, *BUSY, answer="The best jobs first"
    ),
)
async def post_recommendations(
    caller: PartnerCaller,
    body: RecommendationRequest,
    services: ServicesOfApp,
    explain: Explain = False,
    unlocks: Unlocks = False,
) -> WrittenAnswer[RecommendationAnswer]:
    """Filters by every hard limit, retrieves by meaning, reranks by relevance x availability, and says why.

    What is less relevant than people judged right is no match: where matches are few, `nearest` has what comes closest,
    with what is missing, and `unlocks` what would open more.

    Made by an automatic system: tell the person so, and that a human looks at an answer that they contest.
    A stored person's vector is used as it is; a profile costs one call of the encoder.
    """
    answer = await recommend(body, services, caller, explain=explain, unlocks=unlocks)
    return WrittenAnswer(answer)


@router.post(
    "/v1/recommendations/{recommendation_id}/review-request",
    **operation(
        "Have a person look at an answer",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="Somebody will look at it",
        status=201,
    ),
)
def post_review_request(
    caller: PartnerCaller,
    recommendation_id: RecommendationId,
    body: ReviewRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[OwnCase]:
    """For a partner's person who contests an answer (DS 115-2025-PCM); a webhook tells what was decided."""
    services.journal.ship(wait=True)

    def allowed(connection: Connection) -> None:
        if partner_of_recommendation(connection, recommendation_id) != caller.of_partner:
            raise NotFoundError("no such recommendation", got=repr(recommendation_id), field="recommendation_id")

    def work(connection: Connection) -> Created[OwnCase]:
        return opened(connection, CaseKind.HUMAN_REVIEW, recommendation_id, body.text, caller, services)

    return creation.once(caller, work, allowed=allowed)


@router.post(
    "/v1/recommendations:batch",
    **operation(
        "The same question for up to 1,000 stored people",
        *BUSY,
        answer="A line of JSON each, as it is ready",
        content={JSON_LINES: BatchLine},
    ),
    response_class=Response,
)
async def post_batch(caller: PartnerCaller, body: BatchRequest, services: ServicesOfApp) -> LinesResponse:
    """JSON Lines in the order of `seeker_ids`; the line of somebody who is not stored, or whose id is none, holds a
    `problem`."""
    services.bundle()
    return batch_response(body, services, caller)

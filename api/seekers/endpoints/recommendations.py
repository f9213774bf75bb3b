"""`/v1/me/recommendations` and `/v1/me/search`: jobs for the person who asks, and a human when they contest them."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.rules import AccountCaller, SeekerCaller
from api.hiring.cases import opened, own_case
from api.hiring.schemas import OwnCase, ReviewRequest
from api.http.pagination import PageAsked, page_document
from api.http.problems import ProblemKind
from api.recommendations.schemas.answers import RecommendationAnswer
from api.routing.idempotency import Created, CreationAsked, json_response
from api.routing.json_bodies import JsonBody, validated
from api.routing.openapi import described
from api.schemas.fields import RowIdInPath
from api.seekers.schemas import OwnCases, RecommendationsForMe, SearchRequest
from api.seekers.service.own_recommendations import own_recommendations, searched_jobs
from api.services.services import ServicesOfApp
from engine.errors import NotFoundError
from store.evidence.recommendation_log import seeker_of_recommendation
from store.people.cases import CaseKind, list_cases
from store.people.seeker_accounts import seeker_of

router = APIRouter(tags=["seekers' door"])

RECOMMENDATIONS = "/v1/me/recommendations"
RecommendationId = RowIdInPath
ANSWERED = {200: ("The best jobs first", RecommendationAnswer)}
ASKED = {201: ("Somebody will look at it", OwnCase)}
HOT = (ProblemKind.NOT_FOUND, ProblemKind.NOT_READY, ProblemKind.OVERLOADED)


@router.post(
    RECOMMENDATIONS,
    **described("Jobs for oneself", ProblemKind.CONFLICT, *HOT, body=RecommendationsForMe, answered=ANSWERED),
)
async def post_own_recommendations(caller: SeekerCaller, body: JsonBody, services: ServicesOfApp) -> Response:
    """Made by an automatic system, which says why; `/review-request` has a person look at an answer.

    Jobs that were dismissed or applied for are left out. 409 without the consent `matching`.
    """
    asked = validated(RecommendationsForMe, body)
    async with services.admission as admission:
        answer = await admission.in_thread(partial(own_recommendations, asked, caller, services))
    return Response(answer, media_type="application/json")


@router.post(
    "/v1/me/search",
    **described("Search jobs by words", ProblemKind.CONFLICT, *HOT, body=SearchRequest, answered=ANSWERED),
)
async def post_search(caller: SeekerCaller, body: JsonBody, services: ServicesOfApp) -> Response:
    """What says the words (an employer, a program) or means them, in Spanish or English; with filters.

    `is_for_me` keeps to what one can take.
    """
    asked = validated(SearchRequest, body)
    async with services.admission as admission:
        answer = await admission.in_thread(partial(searched_jobs, asked, caller, services))
    return Response(answer, media_type="application/json")


@router.post(
    RECOMMENDATIONS + "/{recommendation_id}/review-request",
    **described(
        "Have a person look at an answer",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        body=ReviewRequest,
        answered=ASKED,
    ),
)
def post_review_request(
    caller: SeekerCaller,
    recommendation_id: RecommendationId,
    body: JsonBody,
    creation: CreationAsked,
    services: ServicesOfApp,
) -> Response:
    """Every answer can be contested (DS 115-2025-PCM): somebody replays it, decides, and says why."""
    asked = validated(ReviewRequest, body)
    services.journal.ship(wait=True)

    def work(connection: Connection) -> Created:
        owner = seeker_of_recommendation(connection, recommendation_id)
        if owner is None or owner != seeker_of(connection, caller.account_id):
            raise NotFoundError("no such recommendation", got=repr(recommendation_id), field="recommendation_id")
        return opened(connection, CaseKind.HUMAN_REVIEW, recommendation_id, asked.words, caller, services)

    return creation.once(caller, work)


@router.post(
    "/v1/me/correction-requests",
    **described("Have somebody correct one's data", ProblemKind.CONFLICT, body=ReviewRequest, answered=ASKED),
)
def post_correction_request(
    caller: AccountCaller, body: JsonBody, creation: CreationAsked, services: ServicesOfApp
) -> Response:
    """For what one cannot correct alone (Ley 29733)."""
    asked = validated(ReviewRequest, body)

    def work(connection: Connection) -> Created:
        return opened(connection, CaseKind.CORRECTION, caller.account_id, asked.words, caller, services)

    return creation.once(caller, work)


@router.get("/v1/me/cases", **described("What one asked somebody to look at", answered={200: ("A page", OwnCases)}))
def get_own_cases(caller: AccountCaller, asked: PageAsked, services: ServicesOfApp) -> Response:
    """With what was decided and why."""

    def work(connection: Connection) -> dict[str, Any]:
        found = list_cases(connection, opened_by=caller.account_id, after=asked.after_id(), limit=asked.limit + 1)
        return page_document(found, asked, own_case, lambda one: (one.case_id,))

    return json_response(services.read(work))

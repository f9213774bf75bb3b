"""`/v1/me/recommendations` and `/v1/me/search`: jobs for the person who asks, and a human when they contest them."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.rules import AccountCaller, SeekerCaller
from api.hiring.cases import opened, own_case
from api.hiring.schemas import OwnCase, OwnCaseDetail, ReviewRequest
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.recommendations.schemas.answers import RecommendationAnswer
from api.routing.idempotency import Created, IdempotentRequest, by_rule
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.seekers.schemas import OwnCases, RecommendationsForMe, SearchRequest
from api.seekers.service.own_recommendations import own_recommendations, searched_jobs
from api.services.services import ServicesOfApp
from engine.errors import NotFoundError
from store.evidence.recommendation_log import seeker_of_recommendation
from store.people.cases import CaseKind, get_case, words_of
from store.people.listed_cases import CaseFilter, list_cases
from store.people.seeker_accounts import seeker_of

router = APIRouter(tags=["seekers"], route_class=TypedRoute)

RECOMMENDATIONS = "/v1/me/recommendations"
RecommendationId = RowIdInPath
CaseId = RowIdInPath
# But for what an administrator decides without a case, which is a case of their own.
OWN_KINDS = tuple(kind for kind in CaseKind if kind not in (CaseKind.POSTING, CaseKind.IMPORT))
HOT = (ProblemKind.NOT_FOUND, ProblemKind.NOT_READY, ProblemKind.OVERLOADED)


@router.post(
    RECOMMENDATIONS,
    **operation("Jobs for oneself", ProblemKind.CONFLICT, *HOT, answer="The best jobs first"),
)
async def post_own_recommendations(
    caller: SeekerCaller, body: RecommendationsForMe, services: ServicesOfApp
) -> WrittenAnswer[RecommendationAnswer]:
    """Made by an automatic system, which says why; `/review-request` has a person look at an answer.

    Jobs that were dismissed or applied for are left out. 409 without the consent `matching`.
    """
    async with services.admission.place(caller.name):
        answer = await services.admission.in_thread(caller.name, partial(own_recommendations, body, caller, services))
    return WrittenAnswer(answer)


@router.post(
    "/v1/me/search",
    **operation("Search jobs by words", ProblemKind.CONFLICT, *HOT, answer="The best jobs first"),
)
async def post_search(
    caller: SeekerCaller, body: SearchRequest, services: ServicesOfApp
) -> WrittenAnswer[RecommendationAnswer]:
    """What says the words (an employer, a program) or means them, in Spanish or English; with filters.

    `is_for_me` keeps to what one can take.
    """
    async with services.admission.place(caller.name):
        answer = await services.admission.in_thread(caller.name, partial(searched_jobs, body, caller, services))
    return WrittenAnswer(answer)


@router.post(
    RECOMMENDATIONS + "/{recommendation_id}/review-request",
    **operation(
        "Have a person look at an answer",
        ProblemKind.NOT_FOUND,
        ProblemKind.TOO_MANY_REQUESTS,
        ProblemKind.CONFLICT,
        answer="Somebody will look at it",
        status=201,
    ),
)
def post_review_request(
    caller: SeekerCaller,
    recommendation_id: RecommendationId,
    body: ReviewRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[OwnCase]:
    """Every answer can be contested (DS 115-2025-PCM): somebody replays it, decides, and says why."""
    services.journal.ship(wait=True)

    def allowed(connection: Connection) -> None:
        owner = seeker_of_recommendation(connection, recommendation_id)
        if owner is None or owner != seeker_of(connection, caller.account_id):
            raise NotFoundError("no such recommendation", got=repr(recommendation_id), field="recommendation_id")

    def work(connection: Connection) -> Created[OwnCase]:
        return opened(connection, CaseKind.HUMAN_REVIEW, recommendation_id, body.text, caller, services)

    return creation.once(caller, work, allowed=allowed)


@router.post(
    "/v1/me/correction-requests",
    **operation(
        "Have somebody correct one's data",
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="Somebody will look at it",
        status=201,
    ),
)
def post_correction_request(
    caller: AccountCaller, body: ReviewRequest, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[OwnCase]:
    """For what one cannot correct alone (Ley 29733)."""

    def work(connection: Connection) -> Created[OwnCase]:
        return opened(connection, CaseKind.CORRECTION, caller.account_id, body.text, caller, services)

    return creation.once(caller, work, allowed=by_rule)


@router.get("/v1/me/cases", **operation("What one asked somebody to look at", answer="A page"))
def get_own_cases(caller: AccountCaller, page: PageRequest, services: ServicesOfApp) -> OwnCases:
    """The newest first, with what was decided and why."""

    def work(connection: Connection) -> OwnCases:
        wanted = CaseFilter(opened_by=caller.account_id, kinds=OWN_KINDS)
        found = list_cases(connection, wanted, after=page.after_id(), limit=page.limit + 1, newest_first=True)
        return page_of(OwnCases, found, page, lambda one: own_case(one, caller.locale), lambda one: (one.case_id,))

    return services.read(work)


@router.get("/v1/me/cases/{case_id}", **operation("Read what one asked for", ProblemKind.NOT_FOUND, answer="The case"))
def get_own_case(caller: AccountCaller, case_id: CaseId, services: ServicesOfApp) -> OwnCaseDetail:
    """With one's own words, what was decided and why; 404 for a case of somebody else."""

    def work(connection: Connection) -> OwnCaseDetail:
        case = get_case(connection, case_id)
        if case.opened_by != caller.account_id or case.kind not in OWN_KINDS:
            raise NotFoundError("no such case", got=repr(case_id), field="case_id")
        told = own_case(case, caller.locale)
        return OwnCaseDetail(**dict(told), text=words_of(connection, services.cipher, case_id))

    return services.read(work)

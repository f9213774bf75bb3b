"""The answer that a page of jobs shows: the API's own, for a profile or for a visitor's draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from api.credentials.callers import Caller
from api.recommendations.schemas.requests import RecommendationRequest
from api.recommendations.service.recommending import Person, visitor_recommendations
from api.seekers.pages.drafts import SearchDraft
from api.seekers.schemas import RecommendationsForMe
from api.seekers.service.own_recommendations import recommendations_for
from api.services.services import Services
from api.web.frame import checked
from engine.explain import Locale
from engine.recommendation.recommend import MAX_LIMIT

PAGE, MOST_PAGES = 20, 50
PAGES_AT_ONCE = MAX_LIMIT // PAGE

# Asks for so many jobs but for some.
Ask = Callable[[int, frozenset[str]], bytes]


def asks_for_visitor(draft: SearchDraft, services: Services, locale: Locale) -> Ask:
    """What asks for jobs for somebody without an account."""

    def ask(limit: int, excluded: frozenset[str]) -> bytes:
        document = {"profile": draft.profile(), "limit": limit, "locale": locale.value, **_wanted(draft)}
        return visitor_recommendations(checked(RecommendationRequest, document), services, excluded)

    return ask


def asks_for_person(person: Person, draft: SearchDraft, caller: Caller, services: Services, locale: Locale) -> Ask:
    """What asks for jobs for somebody with a profile; of the draft the filters count."""

    def ask(limit: int, excluded: frozenset[str]) -> bytes:
        document = {"limit": limit, "locale": locale.value, **_wanted(draft)}
        return recommendations_for(person, checked(RecommendationsForMe, document), caller, services, excluded)

    return ask


def page_of_answer(ask: Ask, number: int) -> dict[str, Any]:
    """The answer whose `recommendations` are those of a page, 1 the first; `has_more`: whether there is another.

    A question has a hundred jobs at most: beyond, it is asked again without those of before.
    """
    before: set[str] = set()
    for _ in range((number - 1) // PAGES_AT_ONCE):
        found = orjson.loads(ask(MAX_LIMIT, frozenset(before)))["recommendations"]
        before |= {other["job_id"] for one in found for other in (one, *one["similar_jobs"])}
        if len(found) < MAX_LIMIT:
            break
    start = (number - 1) % PAGES_AT_ONCE * PAGE
    answer: dict[str, Any] = orjson.loads(ask(min(MAX_LIMIT, start + PAGE + 1), frozenset(before)))
    found = answer["recommendations"]
    answer["has_more"] = number < MOST_PAGES and len(found) >= min(MAX_LIMIT, start + PAGE + 1)
    answer["recommendations"] = found[start : start + PAGE]
    return answer


def _wanted(draft: SearchDraft) -> dict[str, Any]:
    return {"filters": draft.filters} | ({"sort": draft.sort} if draft.sort else {})

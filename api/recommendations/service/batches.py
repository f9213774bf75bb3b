"""Recommendations for many stored people, a line of JSON each: what a nightly mailing asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import orjson

from api.credentials.callers import Caller
from api.http.problems import ProblemError, ProblemKind
from api.recommendations.schemas.requests import BatchRequest
from api.recommendations.service.recommending import Person, logged_response, query_of, stored_person
from api.routing.lines import FaultyLine, LinesResponse
from api.services.services import Services
from engine.errors import NotFoundError
from engine.explain import Locale
from engine.recommendation.recommend_many import ManyRecommender
from index.serving import ServedBundle

# Enough to share the work, few enough for an answer that begins at once.
PEOPLE_AT_ONCE = 64


def batch_response(body: BatchRequest, services: Services, caller: Caller) -> LinesResponse:
    """Lines in the order of the ids; somebody who is not stored, or whose id is none, has a problem in their line."""

    def pieces(locale: Locale) -> Iterator[Callable[[], bytes]]:
        batch, ids = _Batch(body, services, caller.of_partner, locale), list(enumerate(body.seeker_ids))
        for start in range(0, len(ids), PEOPLE_AT_ONCE):
            yield partial(batch.piece, ids[start : start + PEOPLE_AT_ONCE])

    return LinesResponse(pieces, services, caller)


class _Batch:
    """One request. A bundle that comes meanwhile answers those who are left."""

    def __init__(self, body: BatchRequest, services: Services, partner_id: str | None, locale: Locale) -> None:
        self._asked, self._services, self._partner_id, self._locale = body, services, partner_id, locale
        self._many: ManyRecommender | None = None

    def piece(self, places: Sequence[tuple[int, str | FaultyLine]]) -> bytes:
        """The lines of some people."""
        people: dict[str, Person] = {}
        wrong: dict[int, bytes] = {}
        for index, seeker_id in places:
            if isinstance(seeker_id, FaultyLine):
                wrong[index] = self._wrong(index, seeker_id.name(), seeker_id.problem)
                continue
            try:
                people[seeker_id] = stored_person(seeker_id, self._services, self._partner_id)
            except NotFoundError as error:
                wrong[index] = self._wrong(index, seeker_id, ProblemError(ProblemKind.NOT_FOUND, error))
        lines: dict[str, bytes] = {}
        for bundle in {id(person.bundle): person.bundle for person in people.values()}.values():
            lines |= self._answers(bundle, {name: one for name, one in people.items() if one.bundle is bundle})
        return b"".join((wrong.get(index) or lines[str(seeker_id)]) + b"\n" for index, seeker_id in places)

    def _wrong(self, index: int, seeker_id: str | None, problem: ProblemError) -> bytes:
        return orjson.dumps({"index": index, "seeker_id": seeker_id, "problem": problem.document(self._locale)})

    def _answers(self, bundle: ServedBundle, people: dict[str, Person]) -> dict[str, bytes]:
        if self._many is None or self._many.recommender is not bundle.recommender:
            self._many = ManyRecommender(bundle.recommender)
        queries, now = [query_of(person, self._asked) for person in people.values()], bundle.now()
        self._services.recent_queries.append(queries[0])
        found = self._many.recommend(queries, now)
        return {
            name: logged_response(one, query, person, now, self._services, seeker_id=name, partner_id=self._partner_id)
            for (name, person), query, one in zip(people.items(), queries, found, strict=True)
        }

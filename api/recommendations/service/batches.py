"""Recommendations for many stored people, a line of JSON each: what a nightly mailing asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial

import orjson
from fastapi.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from api.credentials.callers import Caller
from api.http.problems import ProblemError, ProblemKind
from api.language.reader import reader_locale
from api.recommendations.schemas.requests import BatchRequest
from api.recommendations.service.recommending import Person, logged_response, query_of, stored_person
from api.routing.openapi import JSON_LINES
from api.services.services import Services
from engine.errors import NotFoundError
from engine.explain import Locale
from engine.recommendation.recommend_many import ManyRecommender
from index.serving import ServedBundle

# Enough to share the work, few enough for an answer that begins at once.
PEOPLE_AT_ONCE = 64


class BatchResponse(StreamingResponse):
    """Lines in the order of the ids, in pieces; somebody who is not stored has a problem in their line."""

    media_type = JSON_LINES

    def __init__(self, body: BatchRequest, services: Services, caller: Caller) -> None:
        self._body, self._services, self._caller = body, services, caller
        super().__init__(())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; raises the 503 problem before the first line when too many batches wait.

        While the reader does not read, `send` waits, and the batch's place is for others.
        """
        batch = _Batch(self._body, self._services, self._caller.of_partner, reader_locale(scope))
        self.body_iterator = _pieces(batch, self._body.seeker_ids, self._services)
        with self._services.admission.batch(self._caller.name) as place:

            async def send_without_place(message: Message) -> None:
                place.leave()
                await send(message)
                place.hold()

            await super().__call__(scope, receive, send_without_place)


async def _pieces(batch: _Batch, ids: Sequence[str], services: Services) -> AsyncIterator[bytes]:
    """Batches that come together take turns, a piece each."""
    for start in range(0, len(ids), PEOPLE_AT_ONCE):
        yield await services.batches.run(partial(batch.piece, ids[start : start + PEOPLE_AT_ONCE]))


class _Batch:
    """One request. A bundle that comes meanwhile answers those who are left."""

    def __init__(self, body: BatchRequest, services: Services, partner_id: str | None, locale: Locale) -> None:
        self._asked, self._services, self._partner_id, self._locale = body, services, partner_id, locale
        self._many: ManyRecommender | None = None

    def piece(self, seeker_ids: Sequence[str]) -> bytes:
        """The lines of some people."""
        people: dict[str, Person] = {}
        lines: dict[str, bytes] = {}
        for seeker_id in seeker_ids:
            try:
                people[seeker_id] = stored_person(seeker_id, self._services, self._partner_id)
            except NotFoundError as error:
                problem = ProblemError(ProblemKind.NOT_FOUND, error)
                lines[seeker_id] = orjson.dumps({"seeker_id": seeker_id, "problem": problem.document(self._locale)})
        for bundle in {id(person.bundle): person.bundle for person in people.values()}.values():
            lines |= self._answers(bundle, {name: one for name, one in people.items() if one.bundle is bundle})
        return b"".join(lines[seeker_id] + b"\n" for seeker_id in seeker_ids)

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

"""What is created once, however often the request is repeated: `Idempotency-Key`, in one transaction with the work.

A repeat is a request like any other: whoever sends it must be allowed now what the first was allowed then, or gets no
answer of before. What is told once (`ToldOnce`: a key, a secret) is not stored: the repeat is told that it was done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import orjson
from fastapi import Depends, Header, Request
from pydantic import BaseModel
from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.http.problems import ProblemError, ProblemKind
from api.language.reader import reader_locale
from api.routing.typed_routes import WrittenAnswer
from api.schemas.fields import ToldOnce
from api.services.services import Services, ServicesOfApp
from engine.errors import Message
from engine.explain import Locale
from store.requests.idempotency import RepeatableRequest, StoredAnswer, store_answer, stored_answer

KEY_PATTERN = r"^[\x21-\x7e]{1,128}$"
REPLAYED = "Idempotent-Replayed"

Document = TypeVar("Document")
# Raises what keeps the caller out, as things are now: an object that is not theirs, a scope that they lack.
Allowed = Callable[[Connection], object]


def by_rule(_connection: Connection) -> None:
    """For what the route's own rule decides alone."""


@dataclass(frozen=True, slots=True)
class Created(Generic[Document]):
    """What came of a request: the document to answer, where it is found, and the status."""

    document: Document
    location: str | None = None
    status: int = 201


class Creation:
    """A request to create something, with the key that makes it safe to repeat, if it names one."""

    def __init__(self, services: Services, key: str | None, request: Request) -> None:
        self._services, self._key, self._request = services, key, request

    @property
    def locale(self) -> Locale:
        """The language of whoever asks."""
        return reader_locale(self._request.scope)

    def once(
        self, caller: Caller, work: Callable[[Connection], Created[Document]], *, allowed: Allowed
    ) -> WrittenAnswer[Document]:
        """The answer to `work`, which runs in a transaction: the first time, or the answer of that time again.

        Raises what `allowed` raises, a repeat too, and ConflictError for a key that was used for another request.
        """
        request = None if self._key is None else self._repeatable(caller, self._key)

        def once(connection: Connection) -> tuple[StoredAnswer, bool]:
            allowed(connection)
            if request is None:
                return _stored(work(connection)), False
            before = self._before(connection, request)
            if before is not None:
                return before, True
            return self._store(connection, request, work(connection)), False

        answer, is_replayed = self._services.write(once)
        return _response(answer, is_replayed=is_replayed)

    def once_outside(self, caller: Caller, work: Callable[[], Created[Document]]) -> WrittenAnswer[Document]:
        """The same for `work` that takes long and is no transaction, and that the route's rule alone decides.

        Two requests with one key at the same time may both do it; they get the answer of the one that was first.
        """
        if self._key is None:
            return _response(_stored(work()))
        if (before := self.answered_before(caller, allowed=by_rule)) is not None:
            return before
        request, services, created = self._repeatable(caller, self._key), self._services, work()

        def store(connection: Connection) -> StoredAnswer:
            return self._before(connection, request) or self._store(connection, request, created)

        return _response(services.write(store))

    def answered_before(self, caller: Caller, *, allowed: Allowed) -> WrittenAnswer[Any] | None:
        """The answer of the first time, for a route that has long work to spare before its transaction."""
        if self._key is None:
            return None
        request = self._repeatable(caller, self._key)

        def before(connection: Connection) -> StoredAnswer | None:
            allowed(connection)
            return self._before(connection, request)

        answer = self._services.write(before)
        return None if answer is None else _response(answer, is_replayed=True)

    def _repeatable(self, caller: Caller, key: str) -> RepeatableRequest:
        body = orjson.dumps(getattr(self._request.state, "body", None), option=orjson.OPT_SORT_KEYS)
        url = self._request.url
        request_parts = (self._request.method.encode(), url.path.encode(), body, url.query.encode())
        return RepeatableRequest.of(caller.name, key, *request_parts)

    def _before(self, connection: Connection, request: RepeatableRequest) -> StoredAnswer | None:
        return stored_answer(connection, self._services.cipher, request, self._services.now())

    def _store(self, connection: Connection, request: RepeatableRequest, created: Created[Any]) -> StoredAnswer:
        answer, document = _stored(created), created.document
        kept = _done_already(document) if isinstance(document, ToldOnce) else answer
        store_answer(connection, self._services.cipher, request, kept, self._services.now())
        return answer


def _creation(
    request: Request,
    services: ServicesOfApp,
    idempotency_key: Annotated[
        str | None, Header(pattern=KEY_PATTERN, description="the same key again gives the first answer again")
    ] = None,
) -> Creation:
    return Creation(services, idempotency_key, request)


IdempotentRequest = Annotated[Creation, Depends(_creation)]


def _stored(created: Created[Any]) -> StoredAnswer:
    document = created.document
    text = document.model_dump_json() if isinstance(document, BaseModel) else orjson.dumps(document).decode()
    return StoredAnswer(created.status, text, created.location)


def _done_already(document: ToldOnce) -> StoredAnswer:
    """What is kept of an answer with a secret: what a repeat is told."""
    told = document.done_already()
    return StoredAnswer(ProblemKind.CONFLICT.status, orjson.dumps([told.key, told.values]).decode(), None)


def _response(answer: StoredAnswer, *, is_replayed: bool = False) -> WrittenAnswer[Any]:
    if answer.status == ProblemKind.CONFLICT.status:
        form, values = orjson.loads(answer.body)
        raise ProblemError(ProblemKind.CONFLICT, Message(form, **values), headers={REPLAYED: "true"})
    headers = {"Location": answer.location} if answer.location else {}
    if is_replayed:
        headers[REPLAYED] = "true"
    return WrittenAnswer(answer.body, answer.status, headers)

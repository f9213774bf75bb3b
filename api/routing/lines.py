"""Bodies and answers of many: what is wrong with one of them is told in its line, and the rest is done.

    events: list[Annotated[EventDocument, ONE_LINE]]

What cannot be read is a `FaultyLine` in its place. Answers are lines of JSON, worked out some at a time in turns with
those of others.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi.responses import StreamingResponse
from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from starlette.types import Message, Receive, Scope, Send

from api.credentials.callers import Caller
from api.http.problems import ProblemError, invalid_input, schema_errors
from api.language.reader import reader_locale
from api.routing.openapi import JSON_LINES
from api.services.services import Services
from engine.explain import Locale

LONGEST_NAME = 128

Line = TypeVar("Line")
# The lines of a language, a piece at a time: each call works one out.
Pieces = Callable[[Locale], Iterable[Callable[[], bytes]]]


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """What stands in the place of a line that cannot be used; `sent` is what came."""

    sent: Any
    problem: ProblemError

    def name(self, field: str | None = None) -> str | None:
        """What the line calls itself, or its `field`, so that its sender finds it again; None where that is no text."""
        name = self.sent.get(field) if isinstance(self.sent, dict) and field is not None else self.sent
        return name if isinstance(name, str) and len(name) <= LONGEST_NAME else None


def _one_line(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(value)
    except ValidationError as error:
        return FaultyLine(value, invalid_input(schema_errors(error.errors(include_url=False), above="line")))


ONE_LINE = WrapValidator(_one_line)


def apart(lines: Sequence[Line]) -> tuple[dict[int, Line], dict[int, FaultyLine]]:
    """The lines that can be used and those that cannot, each by its place, 0 for the first."""
    faulty: dict[int, FaultyLine] = {index: line for index, line in enumerate(lines) if isinstance(line, FaultyLine)}
    return {index: line for index, line in enumerate(lines) if index not in faulty}, faulty


class LinesResponse(StreamingResponse):
    """An answer of JSON Lines, which takes turns with those of others."""

    media_type = JSON_LINES

    def __init__(self, pieces: Pieces, services: Services, caller: Caller) -> None:
        self._pieces, self._services, self._caller = pieces, services, caller
        super().__init__(())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; raises the 503 problem before the first line when too many batches wait.

        While the reader does not read, `send` waits, and the batch's place is for others.
        """
        self.body_iterator = self._answered(reader_locale(scope))
        with self._services.admission.batch(self._caller.name) as place:

            async def send_without_place(message: Message) -> None:
                place.leave()
                await send(message)
                place.hold()

            await super().__call__(scope, receive, send_without_place)

    async def _answered(self, locale: Locale) -> AsyncIterator[bytes]:
        """Batches that come together take turns, a piece each."""
        for piece in self._pieces(locale):
            yield await self._services.batches.run(piece)

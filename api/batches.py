"""Recommendations for many stored people, a line of JSON each: what a nightly mailing asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import orjson

from api.problems import ProblemError, ProblemKind
from api.recommending import answer_for, stored_person
from api.schemas.recommendations import BatchRequest
from api.services import Services
from engine.errors import NotFoundError

# Lines are handed over in pieces: one by one, each would cost a wait of its own.
LINES_PER_PIECE = 16


def batch_lines(asked: BatchRequest, services: Services) -> Iterator[bytes]:
    """The lines in the order of the ids, in pieces; somebody who is not stored has a problem in their line."""
    lines = (_line(seeker_id, asked, services) + b"\n" for seeker_id in asked.seeker_ids)
    while piece := b"".join(islice(lines, LINES_PER_PIECE)):
        yield piece


def _line(seeker_id: str, asked: BatchRequest, services: Services) -> bytes:
    try:
        return answer_for(stored_person(seeker_id, services), asked, services, seeker_id=seeker_id)
    except NotFoundError as error:
        problem = ProblemError(ProblemKind.NOT_FOUND, str(error))
        return orjson.dumps({"seeker_id": seeker_id, "problem": problem.document()})

"""What every route that hashes a password depends on: a place among those that may.

    def post_log_in(_caller: Anybody, request: Request, body: JsonBody, _place: HashingPlace, …)

It stands behind the body, so that nobody holds a place while their body trickles in; no thread is needed to refuse.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends

from api.http.problems import ProblemKind
from api.services.services import ServicesOfApp

# What such a route may answer with, beside what is its own.
HASHING_PROBLEMS = (ProblemKind.TOO_MANY_REQUESTS, ProblemKind.OVERLOADED)


async def hashing_place(services: ServicesOfApp) -> AsyncIterator[None]:
    """A place until the endpoint has its answer; raises the 503 problem when there is none."""
    with services.passwords.place():
        yield


HashingPlace = Annotated[None, Depends(hashing_place, scope="function")]

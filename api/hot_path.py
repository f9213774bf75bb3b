"""`POST /v1/recommendations` without the framework's machinery, which costs more than finding the person.

The route in `api/routes/recommendations.py` describes the address and takes what is asked in an unusual way; both
answer by the same functions, and fail with the same problems.
"""

from __future__ import annotations

from types import SimpleNamespace

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.json_bodies import json_body, validated
from api.problems import problem_of
from api.recommending import recommend
from api.schemas.recommendations import RecommendationRequest
from api.services import Services

PATH = "/v1/recommendations"
_ROUTE = SimpleNamespace(path=PATH)  # what the metrics name the address by
_CONTENT_TYPE = (b"content-type", b"application/json")


class HotPath:
    """An ASGI layer around an app, which gets everything else."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app, self._services = app, services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a recommendation asked for in the usual way, or hand on."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST" or scope["query_string"]:
            await self._app(scope, receive, send)
            return
        scope["route"] = _ROUTE
        try:
            if self._services.admission.is_full:  # before the body is read: telling it costs a quarter of an answer
                raise self._services.admission.overloaded()
            body = await json_body(Request(scope, receive), self._services)
            answer = await recommend(validated(RecommendationRequest, body), self._services)
        except Exception as error:
            problem = problem_of(error)
            if problem is None:
                raise
            await problem.response()(scope, receive, send)
            return
        headers = [_CONTENT_TYPE, (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

"""`POST /v1/recommendations` without the framework's machinery, which costs more than finding the person.

The route in `api/recommendations/endpoints.py` describes the address and takes what is asked in an unusual way; both
answer by the same functions, and fail with the same problems.
"""

from __future__ import annotations

from types import SimpleNamespace

from starlette.types import Receive, Scope, Send

from api.access.rules import bearer_token, caller_of
from api.http.problems import problem_of, unexpected
from api.language.reader import CALLER
from api.recommendations.endpoints import RULE
from api.recommendations.schemas.requests import RecommendationRequest
from api.recommendations.service.recommending import recommend
from api.routing.json_bodies import read_json, validated
from api.services.services import Services

PATH = "/v1/recommendations"
_ROUTE = SimpleNamespace(path=PATH)  # what the metrics name the address by
_CONTENT_TYPE = (b"content-type", b"application/json")


class HotPath:
    """An ASGI app for the requests that it `takes`."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def takes(self, scope: Scope) -> bool:
        """Whether a recommendation is asked for in the usual way, by a partner whose key is known."""
        return bool(
            scope["type"] == "http"
            and scope["path"] == PATH
            and scope["method"] == "POST"
            and not scope["query_string"]
            and not scope.get("root_path")
            and self._services.partner_keys.is_known(bearer_token(_authorization(scope)))
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; what nobody expected is answered too, and raised for the server's log."""
        scope["route"] = _ROUTE
        services = self._services
        try:
            caller = scope[CALLER] = caller_of(_authorization(scope), services)
            RULE.require(caller)
            if not services.admission.has_place(caller.name):  # to read a body costs a quarter of an answer
                raise services.admission.overloaded()
            body = await read_json(scope, receive, services.settings.max_body_bytes)
            request_body = validated(RecommendationRequest, body)
            answer = await recommend(request_body, services, caller)
        except Exception as error:
            problem = problem_of(error)
            await (problem or unexpected()).response(scope)(scope, receive, send)
            if problem is None:
                raise
            return
        headers = [_CONTENT_TYPE, (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


def _authorization(scope: Scope) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"), "")

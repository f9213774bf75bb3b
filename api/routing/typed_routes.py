"""Every route: the rule is asked before a byte of the body is read, and the body is read within its limits.

    router = APIRouter(tags=["…"], route_class=TypedRoute)

FastAPI holds the body against the endpoint's type, writes what the endpoint returns, and describes both.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from contextlib import nullcontext
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin, get_type_hints

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.access.rules import Rule
from api.credentials.callers import Caller
from api.http.shares import PAGE_TOKEN
from api.routing.json_bodies import JSON, read_json
from api.routing.openapi import problems_below, security_of
from api.services.services import Services

Model = TypeVar("Model")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class WrittenAnswer(Response, Generic[Model]):
    """An answer whose JSON, a `Model`, is written already: by the engine, or when it was asked the first time."""

    media_type = JSON


def json_response(document: object, status: int = 200) -> WrittenAnswer[Any]:
    """An answer of JSON."""
    return WrittenAnswer(orjson.dumps(document), status)


class TypedRoute(APIRoute):
    """A route with one rule; it takes JSON if its endpoint takes a body."""

    media_types: ClassVar[Sequence[str]] = (JSON,)
    least_body_limit: ClassVar[int] = 0
    takes_turns: ClassVar[bool] = True

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Raises TypeError for an endpoint without a rule, or with two."""
        model = _written_model(endpoint)
        super().__init__(path, endpoint, **(options if model is None else options | {"response_model": model}))
        rule = self.rule
        problems = problems_below(rule, takes_body=self.body_field is not None, names_one="{" in path)
        self.responses = dict(sorted((problems | self.responses).items()))
        self.openapi_extra = {"security": security_of(rule)} | (self.openapi_extra or {})
        if not rule.is_public:
            self.description = f"{self.description}\n\nFor: {', '.join(sorted(rule.allowed))}."

    @property
    def rule(self) -> Rule:
        """Who may ask."""
        found = rules_of(self)
        if len(found) != 1:
            raise TypeError(
                f"{self.path}: expected an endpoint with one rule; got {len(found)}; see api/access/rules.py"
            )
        return found[0]

    @property
    def takes_body(self) -> bool:
        """Whether a request has a body to read."""
        return self.body_field is not None

    def get_route_handler(self) -> Handler:
        """What answers a request."""
        rule, takes_body, answer = self.rule, self.takes_body, super().get_route_handler()

        async def guarded(request: Request) -> Response:
            services: Services = request.app.state.services
            if not self.takes_turns:
                request.state.caller = await self._caller(request, services)
                return await answer(request)
            asks_nothing = rule.is_public and not request.scope.get(PAGE_TOKEN)
            async with nullcontext() if asks_nothing else services.shares.identifying(request):
                caller = request.state.caller = await self._caller(request, services)
            read = await self._read(request, services) if takes_body else request  # which may take as long as it takes
            async with services.shares.answering(caller.name if caller.is_somebody else None, request):
                return await answer(read)

        return guarded

    async def _caller(self, request: Request, services: Services) -> Caller:
        """Whoever asks; raises the problem that keeps them out."""
        return await self.rule.caller(request, services)

    async def _read(self, request: Request, services: Services) -> Request:
        most_bytes = max(services.settings.max_body_bytes, self.least_body_limit)
        document = await read_json(request.scope, request.receive, most_bytes, self.media_types)
        request.state.body = document  # for what makes a request safe to repeat
        return _ReadRequest(request, document)


class _ReadRequest(Request):
    """A request whose JSON is read already."""

    def __init__(self, request: Request, document: object) -> None:
        super().__init__(request.scope, request.receive)
        self._document = document

    async def body(self) -> bytes:
        """Something: FastAPI asks whether there is a body at all."""
        return b"read"

    async def json(self) -> object:
        """The JSON."""
        return self._document


def rules_of(route: APIRoute) -> list[Rule]:
    """The rules that a route has; there should be one."""
    found: list[Rule] = []
    waiting = list(route.dependant.dependencies)
    while waiting:
        dependant = waiting.pop()
        waiting += dependant.dependencies
        if isinstance(dependant.call, Rule):
            found.append(dependant.call)
    return found


def _written_model(endpoint: Callable[..., Any]) -> Any:
    """The model of an endpoint that returns a WrittenAnswer."""
    returned = get_type_hints(endpoint).get("return")
    return get_args(returned)[0] if get_origin(returned) is WrittenAnswer else None

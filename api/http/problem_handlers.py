"""The handlers that turn exceptions into problems; a method that an address does not take is answered here too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from api.http.problems import LONGEST_SHOWN, ProblemError, ProblemKind, invalid_input, problem_of, schema_errors
from api.http.problems import unexpected as unexpected_problem
from engine.errors import ConflictError, InvalidInputError, Message, NotFoundError, NotInstalledError

ASKS_METHODS = "OPTIONS"


Answering = Callable[[Request, ProblemError], Response]


def add_problem_handlers(app: FastAPI, answering: Answering) -> None:
    """Answer every exception of `app` with a problem, as `answering` writes it."""

    @app.exception_handler(ProblemError)
    @app.exception_handler(InvalidInputError)
    @app.exception_handler(NotFoundError)
    @app.exception_handler(ConflictError)
    @app.exception_handler(NotInstalledError)
    @app.exception_handler(OperationalError)
    @app.exception_handler(InterfaceError)
    @app.exception_handler(PoolTimeoutError)
    async def _known(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        assert problem is not None
        return answering(request, problem)

    @app.exception_handler(RequestValidationError)
    async def _invalid_request(request: Request, error: RequestValidationError) -> Response:
        above, found = str(error.errors()[0]["loc"][0]), [_within(detail) for detail in error.errors()]
        return answering(request, invalid_input(schema_errors(found, above)))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        problem = _routing_problem(request, error)
        if problem.kind is ProblemKind.METHOD_NOT_ALLOWED and request.method == ASKS_METHODS:
            return Response(status_code=204, headers=problem.headers)
        return answering(request, problem)

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, _error: Exception) -> Response:
        return answering(request, unexpected_problem())


def _within(detail: Mapping[str, Any]) -> ErrorDetails:
    """An error by where it is in the path, the query or the body."""
    return cast(ErrorDetails, {**detail, "loc": detail["loc"][1:]})


def _routing_problem(request: Request, error: HTTPException) -> ProblemError:
    """The problem of an unknown address or method, which the router found."""
    if error.status_code == ProblemKind.METHOD_NOT_ALLOWED.status:
        route = getattr(request.scope.get("route"), "path", request.url.path)
        # The router's own Allow header names only the first route of an address.
        methods = ", ".join(request.app.state.methods.get(route, ()))
        detail = Message("expected {methods}; got {method}", methods=methods, method=request.method[:LONGEST_SHOWN])
        return ProblemError(ProblemKind.METHOD_NOT_ALLOWED, detail, headers={"Allow": methods})
    if error.status_code == ProblemKind.NOT_FOUND.status:
        address = request.url.path[:LONGEST_SHOWN]
        detail = Message("nothing is served at {address}; the addresses are at /docs", address=address)
        return ProblemError(ProblemKind.NOT_FOUND, detail)
    kinds = {kind.status: kind for kind in ProblemKind}
    return ProblemError(kinds.get(error.status_code, ProblemKind.INTERNAL_ERROR), str(error.detail))

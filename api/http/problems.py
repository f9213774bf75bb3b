"""Every error as RFC 9457 `application/problem+json`, and the handlers that turn exceptions into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, cast

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from engine.documents.faults import OURS, document_error, fault_path, shown
from engine.errors import ConflictError, InvalidInputError, NotFoundError, NotInstalledError

PROBLEM_MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = {"Retry-After": "5"}
ERRORS_SHOWN = 20
LONGEST_SHOWN = 80
# What is sent here is not sent back, where it could end in somebody's log.
PRIVATE_FIELDS = frozenset(
    {
        "email",
        "password",
        "new_password",
        "name",
        "phone",
        "national_id",
        "income",
        "poverty_class",
        "tax_id",
        "contact",
    }
    | {"code", "refresh_token", "text", "query", "quote"}
)


PRIVATE_VALUE = "a value that is not shown"


class ProblemKind(Enum):
    """What can go wrong: the last part of the problem's `type`, its status and its title."""

    MALFORMED_BODY = ("malformed-body", 400, "The body is not JSON")
    UNAUTHENTICATED = ("unauthenticated", 401, "It is not known who asks")
    FORBIDDEN = ("forbidden", 403, "Whoever asks may not")
    NOT_FOUND = ("not-found", 404, "There is no such thing")
    METHOD_NOT_ALLOWED = ("method-not-allowed", 405, "This address does not take that method")
    REQUEST_TIMEOUT = ("request-timeout", 408, "The request did not come in time")
    CONFLICT = ("conflict", 409, "That is at odds with what is")
    BODY_TOO_LARGE = ("body-too-large", 413, "The body is too large")
    WRONG_CONTENT_TYPE = ("wrong-content-type", 415, "The body is not declared as what is taken here")
    INVALID_INPUT = ("invalid-input", 422, "The input cannot be used")
    TOO_MANY_REQUESTS = ("too-many-requests", 429, "That was asked too often")
    HEADERS_TOO_LARGE = ("headers-too-large", 431, "The headers are too large")
    INTERNAL_ERROR = ("internal-error", 500, "Something failed on our side")
    NOT_INSTALLED = ("not-installed", 501, "This installation was made without that")
    NOT_READY = ("not-ready", 503, "The service is not ready")
    OVERLOADED = ("overloaded", 503, "More is asked than can be answered just now")
    DATABASE_UNAVAILABLE = ("database-unavailable", 503, "The database does not answer")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[1]


class ProblemError(Exception):
    """A problem to answer with; `members` are added to its document."""

    def __init__(
        self,
        kind: ProblemKind,
        detail: str,
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.members, self.headers = kind, detail, members or {}, headers or {}

    def document(self) -> dict[str, Any]:
        """The problem as RFC 9457 writes it."""
        slug, status, title = self.kind.value
        return {"type": f"/problems/{slug}", "title": title, "status": status, "detail": self.detail, **self.members}

    def response(self) -> Response:
        """The answer."""
        return Response(orjson.dumps(self.document()), self.kind.status, dict(self.headers), PROBLEM_MEDIA_TYPE)


def invalid_input(errors: Sequence[Mapping[str, str]]) -> ProblemError:
    """The problem of input that cannot be used, from its errors (`field`, `message`, …), the first ones shown."""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    detail = f"{errors[0]['field']}: {errors[0]['message']}{more}"
    return ProblemError(ProblemKind.INVALID_INPUT, detail, {"errors": errors[:ERRORS_SHOWN]})


def schema_errors(errors: Sequence[ErrorDetails], above: str = "") -> list[dict[str, str]]:
    """What pydantic found, as errors of a problem; `above` is the name of the whole."""
    return [_schema_error(error, above) for error in errors]


def _schema_error(error: ErrorDetails, above: str) -> dict[str, str]:
    field = _field_name(fault_path(error) or above)
    if error["type"] != OURS:
        got = "nothing" if error["type"] == "missing" else _shown_input(error)
        return {"field": field, "message": error["msg"], "got": got}
    found = document_error(error)
    got = PRIVATE_VALUE if _is_private(error) else found.got
    parts = {"field": field, "message": found.message, "expected": found.expected, "got": got, "fix": found.fix}
    return {name: part for name, part in parts.items() if part}


def domain_errors(error: InvalidInputError) -> list[dict[str, str]]:
    """What the engine found, as errors of a problem."""
    parts = {"message": error.message, "expected": error.expected, "got": error.got, "fix": error.fix}
    return [{"field": _field_name(error.field or "body"), **{name: part for name, part in parts.items() if part}}]


def problem_of(error: Exception) -> ProblemError | None:
    """The problem that an exception is to whoever asked; None for one that nobody expects."""
    match error:
        case ProblemError():
            return error
        case InvalidInputError():
            return invalid_input(domain_errors(error))
        case NotFoundError():
            return ProblemError(ProblemKind.NOT_FOUND, str(error))
        case ConflictError():
            return ProblemError(ProblemKind.CONFLICT, str(error))
        case NotInstalledError():
            return _not_installed(error)
        case OperationalError() | InterfaceError() | PoolTimeoutError():
            detail = "records cannot be read or written just now; try again, and see /readyz"
            return ProblemError(ProblemKind.DATABASE_UNAVAILABLE, detail, headers=RETRY_AFTER)
    return None


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every exception of `app` with a problem."""

    @app.exception_handler(ProblemError)
    @app.exception_handler(InvalidInputError)
    @app.exception_handler(NotFoundError)
    @app.exception_handler(ConflictError)
    @app.exception_handler(NotInstalledError)
    @app.exception_handler(OperationalError)
    @app.exception_handler(InterfaceError)
    @app.exception_handler(PoolTimeoutError)
    async def _known(_request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        assert problem is not None
        return problem.response()

    @app.exception_handler(RequestValidationError)
    async def _invalid_request(_request: Request, error: RequestValidationError) -> Response:
        above, found = str(error.errors()[0]["loc"][0]), [_within(detail) for detail in error.errors()]
        return invalid_input(schema_errors(found, above)).response()

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        return _routing_problem(request, error).response()

    @app.exception_handler(Exception)
    async def _unexpected(_request: Request, _error: Exception) -> Response:
        return unexpected().response()


def _within(detail: Mapping[str, Any]) -> ErrorDetails:
    """An error by where it is in the path, the query or the body."""
    return cast(ErrorDetails, {**detail, "loc": detail["loc"][1:]})


def unexpected() -> ProblemError:
    """What is said of a failure that nobody expected."""
    return ProblemError(ProblemKind.INTERNAL_ERROR, "the failure is in the server's log; trying again may help")


def _not_installed(error: NotInstalledError) -> ProblemError:
    """The problem of a part that whoever runs Chamba left out, with what to tell a person in both languages."""
    messages = {
        "es": f"Esta instalación de Chamba no tiene {error.library}. Quien la administra lo añade con: {error.install}",
        "en": f"This installation of Chamba has no {error.library}. Whoever runs it adds that by: {error.install}",
    }
    return ProblemError(ProblemKind.NOT_INSTALLED, str(error), {"messages": messages})


def _routing_problem(request: Request, error: HTTPException) -> ProblemError:
    """The problem of an unknown address or method, which the router found."""
    if error.status_code == ProblemKind.METHOD_NOT_ALLOWED.status:
        route = getattr(request.scope.get("route"), "path", request.url.path)
        # The router's own Allow header names only the first route of an address.
        methods = ", ".join(request.app.state.methods.get(route, ()))
        detail = f"expected {methods}; got {request.method[:LONGEST_SHOWN]}"
        return ProblemError(ProblemKind.METHOD_NOT_ALLOWED, detail, headers={"Allow": methods})
    if error.status_code == ProblemKind.NOT_FOUND.status:
        detail = f"nothing is served at {request.url.path[:LONGEST_SHOWN]}; the addresses are at /docs"
        return ProblemError(ProblemKind.NOT_FOUND, detail)
    kinds = {kind.status: kind for kind in ProblemKind}
    return ProblemError(kinds.get(error.status_code, ProblemKind.INTERNAL_ERROR), str(error.detail))


def _field_name(name: str) -> str:
    return name if len(name) <= LONGEST_SHOWN else name[:LONGEST_SHOWN] + "…"


def _shown_input(error: ErrorDetails) -> str:
    """What was got; never a private value, nor an object that may hold one."""
    return PRIVATE_VALUE if _is_private(error) else shown(error["input"])


def _is_private(error: ErrorDetails) -> bool:
    return any(part in PRIVATE_FIELDS for part in error["loc"])

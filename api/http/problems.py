"""Every error as RFC 9457 `application/problem+json`, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, get_args

import orjson
from fastapi import Response
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.types import Scope

from api.language.catalogue import VALIDATION, in_language
from api.language.reader import reader_locale
from engine.documents.faults import OURS, document_error, fault_path, shown
from engine.errors import (
    ChambaError,
    ConflictError,
    InvalidInputError,
    Message,
    NotFoundError,
    NotInstalledError,
    as_message,
)
from engine.explain import Locale

PROBLEM_MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = {"Retry-After": "5"}
REQUEST_ID = "chamba.request_id"  # in the scope of a request
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
        "poverty_class_date",
        "household_size",
        "birth_date",
        "tax_id",
        "contact",
    }
    | {"code", "refresh_token", "device_token", "recovery_code", "passkey", "credential", "text", "query", "quote"}
)


PRIVATE_VALUE = Message("a value that is not shown")
# Of a secret text pydantic says how many items it should have.
_OF_SECRETS = {
    "too_short": ("string_too_short", "String should have at least {min_length} characters"),
    "too_long": ("string_too_long", "String should have at most {max_length} characters"),
}
_PYDANTIC_KINDS = frozenset(get_args(ErrorType))
SAID = ("message", "expected", "got", "fix")  # the parts of a fault that are words


class ProblemKind(Enum):
    """What can go wrong: the last part of the problem's `type`, its status and its title."""

    MALFORMED_BODY = ("malformed-body", 400, "The body is not JSON")
    UNAUTHENTICATED = ("unauthenticated", 401, "It is not known who asks")
    STEP_UP_NEEDED = ("step-up-needed", 401, "Whoever asks has to prove again who they are")
    SECOND_FACTOR_NEEDED = ("second-factor-needed", 403, "This role needs a second factor")
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
    def slug(self) -> str:
        """The last part of the problem's `type`."""
        return self.value[0]

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[1]

    @property
    def title(self) -> str:
        """What it is called, in English."""
        return self.value[2]


class ProblemError(Exception):
    """A problem to answer with; `members` are added to its document.

    `detail` is a text of the catalogue, a `Message` with values, or the error of which the problem tells.
    """

    def __init__(
        self,
        kind: ProblemKind,
        detail: str | ChambaError,
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(str(detail))
        self.kind, self.detail, self.members, self.headers = kind, detail, members or {}, headers or {}

    def document(self, locale: Locale = Locale.EN) -> dict[str, Any]:
        """The problem as RFC 9457 writes it; its type, the names of fields and codes are the same in each language."""
        detail = error_text(self.detail, locale) if isinstance(self.detail, ChambaError) else self.detail
        return {
            "type": f"/problems/{self.kind.slug}",
            "title": in_language(self.kind.title, locale),
            "status": self.kind.status,
            "detail": in_language(detail, locale),
            **{name: _member(name, value, locale) for name, value in self.members.items()},
        }

    def response(self, scope: Scope) -> Response:
        """The answer to a request, in the language of whoever sent it."""
        locale, request_id = reader_locale(scope), scope.get(REQUEST_ID)
        named = {} if request_id is None else {"request_id": request_id}
        headers = {"Content-Language": locale.value, "Vary": "Accept-Language", **self.headers}
        document = self.document(locale) | named
        return Response(orjson.dumps(document), self.kind.status, headers, PROBLEM_MEDIA_TYPE)


def error_text(error: ChambaError, locale: Locale) -> str:
    """What is wrong, what was expected, what was got and what to do, as one line."""
    return in_language(error.told, locale)


def invalid_input(errors: Sequence[Mapping[str, str]]) -> ProblemError:
    """The problem of input that cannot be used, from its errors (`field`, `message`, …), the first ones shown."""
    first = {"field": errors[0]["field"], "message": as_message(errors[0]["message"])}
    detail = (
        Message("{field}: {message} (and {more} more)", **first, more=len(errors) - 1)
        if len(errors) > 1
        else Message("{field}: {message}", **first)
    )
    return ProblemError(ProblemKind.INVALID_INPUT, detail, {"errors": errors[:ERRORS_SHOWN]})


def schema_errors(errors: Sequence[ErrorDetails], above: str = "") -> list[dict[str, str]]:
    """What pydantic found, as errors of a problem; `above` is the name of the whole."""
    return [_schema_error(error, above) for error in errors]


def _schema_error(error: ErrorDetails, above: str) -> dict[str, str]:
    field = _field_name(fault_path(error) or above)
    if error["type"] != OURS:
        got: str = Message("nothing") if error["type"] == "missing" else _shown_input(error)
        return {"field": field, "message": _found_message(error), "got": got}
    found = document_error(error)
    got = PRIVATE_VALUE if _is_private(error) else found.got
    parts = {"field": field, "message": found.message, "expected": found.expected, "got": got, "fix": found.fix}
    return {name: part for name, part in parts.items() if part}


def _found_message(error: ErrorDetails) -> Message:
    """What pydantic says in English, and the values that another language says it with."""
    kind, context, said = error["type"], error.get("ctx", {}), error["msg"]
    if kind in _OF_SECRETS and isinstance(error["input"], str):
        kind, form = _OF_SECRETS[kind]
        said = form.format_map(context)
    if kind not in _PYDANTIC_KINDS:  # a validator's of ours: its words are a message of the catalogue
        return Message(said)
    values = (
        context | {"expected": str(context["expected"]).replace(" or ", ", ")} if "expected" in context else context
    )
    return Message.named(VALIDATION + kind, said, values)


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
            return ProblemError(ProblemKind.NOT_FOUND, error)
        case ConflictError():
            return ProblemError(ProblemKind.CONFLICT, error)
        case NotInstalledError():
            return _not_installed(error)
        case OperationalError() | InterfaceError() | PoolTimeoutError():
            detail = "records cannot be read or written just now; try again, and see /readyz"
            return ProblemError(ProblemKind.DATABASE_UNAVAILABLE, detail, headers=RETRY_AFTER)
    return None


def line_problem(error: ChambaError | ProblemError) -> ProblemError:
    """The problem of one line among many."""
    return problem_of(error) or ProblemError(ProblemKind.INVALID_INPUT, error if isinstance(error, ChambaError) else "")


def unexpected() -> ProblemError:
    """What is said of a failure that nobody expected."""
    return ProblemError(ProblemKind.INTERNAL_ERROR, "the failure is in the server's log; trying again may help")


def _not_installed(error: NotInstalledError) -> ProblemError:
    """The problem of a part that whoever runs Chamba left out, with what to tell a person in both languages."""
    what = Message(
        "This installation of Chamba has no {library}. Whoever runs it adds that by: {install}",
        library=error.library,
        install=error.install,
    )
    messages = {locale.value: in_language(what, locale) for locale in Locale}
    return ProblemError(ProblemKind.NOT_INSTALLED, error, {"messages": messages})


def _member(name: str, value: Any, locale: Locale) -> Any:
    """A member of a problem's document: the words of faults and of what is missing are translated, no codes."""
    if name == "errors":
        return [
            {part: in_language(words, locale) if part in SAID else words for part, words in fault.items()}
            for fault in value
        ]
    if name == "missing":
        return {part: in_language(why, locale) for part, why in value.items()}
    return value


def _field_name(name: str) -> str:
    return name if len(name) <= LONGEST_SHOWN else name[:LONGEST_SHOWN] + "…"


def _shown_input(error: ErrorDetails) -> str:
    """What was got; never a private value, nor an object that may hold one."""
    return PRIVATE_VALUE if _is_private(error) else shown(error["input"])


def _is_private(error: ErrorDetails) -> bool:
    return any(part in PRIVATE_FIELDS for part in error["loc"])

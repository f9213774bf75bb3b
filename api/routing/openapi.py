"""What `/openapi.json` says beside what the types of routes say: problems, credentials, media types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.access.rules import GatewayRule, Rule
from api.credentials.callers import Scope
from api.http.problems import PROBLEM_MEDIA_TYPE, ProblemKind
from api.schemas.problems import ProblemDocument
from store.people.accounts import STAFF, Role

DESCRIPTION = """Jobs that a person can do **and** has the hours for.

`POST /v1/recommendations` answers from the bundle that `chamba index` published last and from the jobs saved since.
Errors are RFC 9457 problems."""

NOTHING_TO_SAY = 204
JSON_LINES = "application/jsonl"
REFERENCE = "#/components/schemas/{model}"
BODY_PROBLEMS = (ProblemKind.MALFORMED_BODY, ProblemKind.BODY_TOO_LARGE, ProblemKind.WRONG_CONTENT_TYPE)
USUAL_PROBLEMS = (ProblemKind.INVALID_INPUT, ProblemKind.OVERLOADED, ProblemKind.DATABASE_UNAVAILABLE)
RULE_PROBLEMS = (ProblemKind.UNAUTHENTICATED, ProblemKind.FORBIDDEN)
PARTNER_PROBLEMS = (*RULE_PROBLEMS, ProblemKind.TOO_MANY_REQUESTS)
SECURITY_SCHEMES = {
    "accessToken": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "of a person who logged in",
    },
    "partnerKey": {"type": "http", "scheme": "bearer", "description": "of a partner app"},
    "gatewaySecret": {"type": "http", "scheme": "basic", "description": "of a gateway of text messages, any user name"},
}

Answers = dict[int | str, dict[str, Any]]

# The models that FastAPI does not know of, by name.
_named: dict[str, type[BaseModel]] = {}


def operation(
    summary: str,
    *problems: ProblemKind,
    answer: str = "Done",
    status: int = 200,
    also: Mapping[int, tuple[str, type[BaseModel]]] | None = None,
    content: Mapping[str, type[BaseModel] | None] | None = None,
) -> dict[str, Any]:
    """What a route's decorator takes beside its types: what is answered, in words, and the problems that are its own.

    `also` names the other statuses that it answers with; `content`, the media types that its types do not tell of.
    """
    responses = problem_answers(*USUAL_PROBLEMS, *problems)
    responses |= {other: {"description": words, "model": model} for other, (words, model) in (also or {}).items()}
    if content:
        responses[status] = {"content": {media_type: _schema(model) for media_type, model in content.items()}}
    options = {"summary": summary, "response_description": answer, "status_code": status, "responses": responses}
    return options | ({"response_class": Response} if status == NOTHING_TO_SAY else {})


def problem_answers(*problems: ProblemKind) -> Answers:
    """The answers that are problems, by status."""
    responses: Answers = {}
    for problem in dict.fromkeys(problems):
        _, status, title = problem.value
        if status in responses:
            title = f"{responses[status]['description']}, or: {title}"
        responses[status] = {"description": title, "content": {PROBLEM_MEDIA_TYPE: _schema(ProblemDocument)}}
    return responses


def problems_below(rule: Rule, *, takes_body: bool, names_one: bool) -> Answers:
    """The problems that a route has by what it takes and who may ask; those that it names itself say more."""
    problems: list[ProblemKind] = [*BODY_PROBLEMS] if takes_body else []
    if names_one:  # of an id with a slash in it, the router says so
        problems.append(ProblemKind.NOT_FOUND)
    if not rule.is_public:
        if rule.is_fresh:
            problems.append(ProblemKind.STEP_UP_NEEDED)
        if not STAFF.isdisjoint(rule.allowed) and not rule.is_for_enrolling:
            problems.append(ProblemKind.SECOND_FACTOR_NEEDED)
        problems += PARTNER_PROBLEMS if any(isinstance(one, Scope) for one in rule.allowed) else RULE_PROBLEMS
    return problem_answers(*problems)


def security_of(rule: Rule) -> list[dict[str, list[str]]]:
    """The credentials that a rule asks for, one of them."""
    kinds = {"accessToken": Role, "partnerKey": Scope}
    if isinstance(rule, GatewayRule):
        return [{"gatewaySecret": []}]
    return [{name: []} for name, kind in kinds.items() if any(isinstance(one, kind) for one in rule.allowed)]


def describe(app: FastAPI, routes: Sequence[APIRoute]) -> None:
    """Have `app` describe itself: its `routes` but for those left out, and the schemas that they name."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                separate_input_output_schemas=False,
            )
            # FastAPI's own leave out every null, which examples hold; those of parameters are FastAPI's.
            named = dict.fromkeys(model for route in routes for model in _models_of(route))
            schemas = [(schema, "validation") for schema in (*_named.values(), *named)]
            _, definitions = models_json_schema(schemas, ref_template=REFERENCE)  # type: ignore[arg-type]
            components = document["components"]["schemas"] | definitions["$defs"]
            document["components"] = {"schemas": components, "securitySchemes": SECURITY_SCHEMES}
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _models_of(route: APIRoute) -> Iterator[type[BaseModel]]:
    """What a route takes and answers."""
    body = route.body_field and route.body_field.field_info.annotation
    for kind in (body, route.response_model, *(responses.get("model") for responses in route.responses.values())):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield kind


def _schema(model: type[BaseModel] | None) -> dict[str, Any]:
    """A content by the name of its model, empty where it has none."""
    if model is None:
        return {}
    _named[model.__name__] = model
    return {"schema": {"$ref": REFERENCE.format(model=model.__name__)}}

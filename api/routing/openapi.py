"""What `/openapi.json` says of bodies and answers, which the routes read and write without FastAPI's own machinery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.access.rules import Rule
from api.credentials.callers import Scope
from api.http.problems import PROBLEM_MEDIA_TYPE, ProblemKind
from api.schemas.problems import ProblemDocument
from store.people.accounts import Role

DESCRIPTION = """Jobs that a person can do **and** has the hours for.

`POST /v1/recommendations` answers from the bundle that `chamba index` published last and from the jobs saved since.
Errors are RFC 9457 problems."""

JSON_LINES = "application/jsonl"
REFERENCE = "#/components/schemas/{model}"
BODY_PROBLEMS = (ProblemKind.MALFORMED_BODY, ProblemKind.BODY_TOO_LARGE, ProblemKind.WRONG_CONTENT_TYPE)
USUAL_PROBLEMS = (ProblemKind.INVALID_INPUT, ProblemKind.DATABASE_UNAVAILABLE)
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
}

# Every schema that a route names, by name.
_named: dict[str, type[BaseModel]] = {}


def body_of(schema: type[BaseModel]) -> dict[str, Any]:
    """`openapi_extra` of a route that takes `schema` as its body."""
    return {"requestBody": {"required": True, "content": _content(schema, "application/json")}}


def answers(
    answered: Mapping[int, tuple[str, type[BaseModel]]], *problems: ProblemKind
) -> dict[int | str, dict[str, Any]]:
    """`responses` of a route: status to (description, schema), and the problems it may answer with."""
    described: dict[int | str, dict[str, Any]] = {
        status: {"description": description, "content": _content(schema, "application/json")}
        for status, (description, schema) in answered.items()
    }
    for problem in problems:
        _, status, title = problem.value
        if status in described:
            title = f"{described[status]['description']}, or: {title}"
        described[status] = {"description": title, "content": _content(ProblemDocument, PROBLEM_MEDIA_TYPE)}
    return described


def described(
    summary: str,
    *problems: ProblemKind,
    body: type[BaseModel] | None = None,
    answered: Mapping[int, tuple[str, type[BaseModel]]] | None = None,
    lines: tuple[str, type[BaseModel]] | None = None,
    files: tuple[str, Sequence[str]] | None = None,
    done: str | None = None,
) -> dict[str, Any]:
    """What a route's decorator takes: body, answers by status, and its problems beside those that every route has.

    `lines` describes a 200 of JSON Lines, `files` one of other media types, beside JSON or instead of it, `done` a
    204. Who may ask is described by the route's rule (`describe`).
    """
    all_problems = (*(BODY_PROBLEMS if body else ()), *USUAL_PROBLEMS, *problems)
    told = answers(answered or {}, *dict.fromkeys(all_problems))
    if lines is not None:
        told[200] = {"description": lines[0], "content": _content(lines[1], JSON_LINES)}
    if files is not None:
        content = told.get(200, {}).get("content", {}) | {media_type: {} for media_type in files[1]}
        told[200] = {"description": files[0], "content": content}
    if done is not None:
        told[204] = {"description": done}
    options: dict[str, Any] = {"summary": summary, "responses": told, "status_code": min(map(int, told))}
    if not answered:
        options["response_class"] = Response  # of which FastAPI does not say that it is JSON
    return options | ({"openapi_extra": body_of(body)} if body else {})


def describe(app: FastAPI, routes: Sequence[APIRoute]) -> None:
    """Have `app` describe itself: its `routes` but for those left out, the schemas that they name, who may ask."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            schemas = [(schema, "validation") for schema in (ProblemDocument, *_named.values())]
            _, definitions = models_json_schema(schemas, ref_template=REFERENCE)  # type: ignore[arg-type]
            # Those of parameters are FastAPI's.
            components = document["components"]["schemas"] | definitions["$defs"]
            document["components"] = {"schemas": components, "securitySchemes": SECURITY_SCHEMES}
            for route in (one for one in routes if one.include_in_schema):
                for method in route.methods or ():
                    operation = document["paths"][route.path_format][method.lower()]
                    _describe_rule(operation, route)
                    if "{" in route.path_format:  # of an id with a slash in it, the router says so
                        _add_problems(operation, ProblemKind.NOT_FOUND)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


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


def _describe_rule(operation: dict[str, Any], route: APIRoute) -> None:
    for rule in rules_of(route):
        if rule.is_public:
            operation["security"] = []
            continue
        schemes = {"accessToken": Role, "partnerKey": Scope}
        operation["security"] = [
            {name: []} for name, kind in schemes.items() if any(isinstance(one, kind) for one in rule.allowed)
        ]
        is_for_partners = any(isinstance(one, Scope) for one in rule.allowed)
        _add_problems(operation, *(PARTNER_PROBLEMS if is_for_partners else RULE_PROBLEMS))
        operation["description"] = (
            f"{operation.get('description', '')}\n\nFor: {', '.join(sorted(rule.allowed))}.".strip()
        )


def _add_problems(operation: dict[str, Any], *problems: ProblemKind) -> None:
    """Describe problems beside those that the route names itself, which say more."""
    told = {str(status): answer for status, answer in answers({}, *problems).items()} | operation["responses"]
    operation["responses"] = dict(sorted(told.items()))


def _content(schema: type[BaseModel], media_type: str) -> dict[str, Any]:
    _named[schema.__name__] = schema
    return {media_type: {"schema": {"$ref": REFERENCE.format(model=schema.__name__)}}}

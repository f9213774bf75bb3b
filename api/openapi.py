"""What `/openapi.json` says of bodies and answers, which the routes read and write without FastAPI's own machinery."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.problems import PROBLEM_MEDIA_TYPE, ProblemKind
from api.schemas.answers import (
    BatchLine,
    Health,
    ProblemDocument,
    Readiness,
    RecommendationAnswer,
    SavedJob,
    SavedSeeker,
)
from api.schemas.candidates import CandidatesAnswer, CandidatesRequest
from api.schemas.jobs import JobDocument
from api.schemas.recommendations import BatchRequest, RecommendationRequest
from api.schemas.seekers import ProfileDocument

DESCRIPTION = """Jobs that a person can do **and** has the hours for.

`POST /v1/recommendations` answers from the bundle that `chamba index` published last and from the jobs saved since.
Errors are RFC 9457 problems."""

SCHEMAS: tuple[type[BaseModel], ...] = (
    RecommendationRequest,
    RecommendationAnswer,
    BatchRequest,
    BatchLine,
    CandidatesRequest,
    CandidatesAnswer,
    JobDocument,
    ProfileDocument,
    SavedJob,
    SavedSeeker,
    Health,
    Readiness,
    ProblemDocument,
)
JSON_LINES = "application/jsonl"
REFERENCE = "#/components/schemas/{model}"


def body_of(schema: type[BaseModel]) -> dict[str, Any]:
    """`openapi_extra` of a route that takes `schema` as its body."""
    return {"requestBody": {"required": True, "content": _content(schema, "application/json")}}


def lines_of(schema: type[BaseModel]) -> dict[str, Any]:
    """The `content` of an answer that has a line of JSON for each `schema`."""
    return _content(schema, JSON_LINES)


def answers(
    answered: dict[int, tuple[str, type[BaseModel]]], *problems: ProblemKind
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


def describe(app: FastAPI) -> None:
    """Have `app` describe itself with the schemas above."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            _, definitions = models_json_schema([(schema, "validation") for schema in SCHEMAS], ref_template=REFERENCE)
            document["components"] = {"schemas": definitions["$defs"]}
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _content(schema: type[BaseModel], media_type: str) -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": REFERENCE.format(model=schema.__name__)}}}

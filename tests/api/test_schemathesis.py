"""Every operation of `/openapi.json` answers what the document says, to whom its rule lets in and to nobody.

Requests are generated from the document, right ones and wrong ones, and name real things most of the time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast
from zlib import crc32

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, CheckContext, GenerationMode, SerializationContext
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.configuration.settings import Settings
from store.importers.cv.formats import CvKind
from tests.api.named_things import caller, real_values, with_real_values
from tests.api.real_things import PDF, RealThings
from tests.api.served_app import ServedApp

CV_TYPES = tuple(kind.value for kind in CvKind)
CALENDAR_TYPE, PROBLEM, JSON_LINES = "text/calendar", "application/problem+json", "application/jsonl"
pytestmark = pytest.mark.slow

# Where each of several is taken or not for itself: what holds them.
LINES_OF = {
    "/v1/jobs:batch": "jobs",
    "/v1/seekers:batch": "seekers",
    "/v1/recommendations:batch": "seeker_ids",
    "/v1/events": "events",
}
EXAMPLES, EXAMPLES_OF_NOBODY = 25, 3

Test = TypeVar("Test", bound=Callable[..., None])

# The app that makes the document is never started. That of the served one is compared with it.
DOCUMENT = create_app(Settings(data_dir=Path("nowhere"), database_url="sqlite://")).openapi()


def every_operation(examples: int, *modes: GenerationMode) -> Callable[[Test], Test]:
    """A test of each operation by so many requests that are right, wrong or either, the same each time.

    None is made smaller when it fails, which would take long.
    """
    schema = schemathesis.openapi.from_dict(DOCUMENT, config=schemathesis.Config())
    schema.config.generation.update(modes=list(modes), with_security_parameters=False)
    schema.config.phases.coverage.enabled = False  # of every value that could matter: twelve thousand requests

    def decorate(test: Test) -> Test:
        chosen = settings(
            max_examples=examples,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        return cast(Test, chosen(schema.parametrize()(test)))

    return decorate


@schemathesis.serializer(CALENDAR_TYPE, *CV_TYPES)
def written_body(_context: SerializationContext, value: Any) -> bytes:
    """Whatever was generated, as text."""
    return str(value).encode("utf-8", "surrogateescape")


@pytest.fixture
def statuses(request: pytest.FixtureRequest) -> Iterator[set[int]]:
    """What an operation has answered; fails when nothing was ever a success, so that little was tried."""
    found: set[int] = set()
    yield found
    assert any(status < 300 for status in found), f"{request.node.name}: {sorted(found)}"


def name_real_things(case: Case[Any], real: RealThings) -> None:
    """Put real things in the place of generated ones, in three requests of four, but for what is wrong on purpose."""
    if crc32(repr(case).encode("utf-8", "surrogatepass")) % 4 == 0:
        return
    values, meta = real_values(case.method, case.operation.path, real), case.meta
    if meta is None or not meta.is_negative_at(ParameterLocation.PATH):
        case.path_parameters = with_real_values(case.path_parameters, values)
    if meta is None or not meta.is_negative_at(ParameterLocation.QUERY):
        case.query = with_real_values(case.query, values)
    if meta is None or not meta.is_negative_at(ParameterLocation.BODY):
        case.body = with_real_values(case.body, values)
        if case.media_type == CALENDAR_TYPE:
            case.body = calendar(real)
        elif case.media_type in CV_TYPES:
            case.body = PDF.decode("ascii")


def calendar(real: RealThings) -> str:
    """The hours of a profile, as they are given out."""
    path = "/v1/me/availability/calendar"
    found: str = real.served.session.get(real.served.url + path, headers=real.headers(real.seeker)).text
    return found


def is_public(case: Case[Any]) -> bool:
    return bool(case.operation.definition.raw["security"] == [])


def validator_of(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """That of a schema of the document, or of what is in one."""
    return jsonschema_rs.Draft202012Validator(schema | {"components": DOCUMENT["components"]}, validate_formats=True)


def wrong_is_told(context: CheckContext, response: Response, case: Case[Any]) -> bool | None:
    """What is wrong is rejected: with the whole body, or in the line of each that is wrong where only lines are."""
    field, meta, sent = LINES_OF.get(case.operation.path), case.meta, cast(Any, case.body)
    if field is None or response.status_code != 200:
        return negative_data_rejection(context, response, case)
    described = DOCUMENT["paths"][case.operation.path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema = DOCUMENT["components"]["schemas"][described["$ref"].rpartition("/")[2]]
    lines = schema["properties"][field]
    one = validator_of(lines["items"])
    wrong = {index for index, line in enumerate(sent[field]) if not one.is_valid(line)}
    if not wrong or (meta is not None and meta.is_negative_at(ParameterLocation.QUERY)):
        return negative_data_rejection(context, response, case)
    told = response.json()["rejected"] if field == "events" else map(json.loads, response.content.splitlines())
    assert wrong <= {each["index"] for each in told if each.get("problem")}
    whole = schema | {"properties": schema["properties"] | {field: lines | {"items": {}}}}
    validator_of(whole).validate(sent)
    return None


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    wrong_is_told,
]


def held(case: Case[Any], response: Response) -> None:
    """The answer is one of those that the document names, and errors are problems."""
    case.validate_response(response, checks=CHECKS)
    content_type = response.headers.get("content-type", [""])[0]
    if response.status_code >= 400:
        assert content_type == PROBLEM
        assert response.json()["status"] == response.status_code
    if content_type == JSON_LINES:
        described = case.operation.definition.raw["responses"][str(response.status_code)]["content"][JSON_LINES]
        line_of = validator_of(described["schema"])
        for line in response.content.splitlines():
            line_of.validate(json.loads(line))


def test_the_document_that_is_tried_here_is_served(served: ServedApp) -> None:
    assert served.session.get(f"{served.url}/openapi.json").json() == DOCUMENT


@every_operation(EXAMPLES, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
def test_an_operation_answers_as_it_is_described(
    case: Case[Any], served: ServedApp, real: RealThings, statuses: set[int]
) -> None:
    served.clock.move(hours=1)  # so that nothing has been asked too often
    headers = {} if is_public(case) else caller(case.method, case.operation.path, real)
    name_real_things(case, real)
    response = case.call(served.url, served.session, headers, allow_redirects=False)
    statuses.add(response.status_code)
    held(case, response)


@every_operation(EXAMPLES_OF_NOBODY, GenerationMode.POSITIVE)
def test_nobody_gets_in_but_where_everybody_does(case: Case[Any], served: ServedApp, real: RealThings) -> None:
    name_real_things(case, real)
    response = case.call(served.url, served.session, allow_redirects=False)
    held(case, response)
    assert is_public(case) or response.status_code == 401

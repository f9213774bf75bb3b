"""Every operation of `/openapi.json`, asked as whom its rule lets in and as nobody, answers as the document says."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any
from zlib import crc32

import pytest
import requests
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis import Case, GenerationMode, SerializationContext
from schemathesis.checks import CheckFunction, load_all_checks
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi import checks as openapi_checks
from schemathesis.specs.openapi import checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

from api.app import create_app
from api.settings import Settings
from tests.api.partners.parts import Clock
from tests.api.real_things import CALENDAR, CONSENTS_OF, PASSWORD, Bearer, RealThings, ServedApp
from tests.databases import NewDatabaseUrl

schema = schemathesis.openapi.from_dict(
    create_app(Settings(data_dir=Path("nowhere"), database_url="sqlite://")).openapi(), config=schemathesis.Config()
)
EX = int(os.environ.get("EX", "20"))
COV = bool(os.environ.get("COV"))
schema.config.phases.coverage.enabled = COV
schema.config.generation.update(with_security_parameters=False)
if os.environ.get("ONLY"):
    schema = schema.include(path_regex=os.environ["ONLY"])

GENERATED = settings(
    max_examples=EX,
    deadline=None,
    derandomize=not os.environ.get("RANDOM"),
    database=None,
    suppress_health_check=list(HealthCheck),
)


@schemathesis.serializer("text/calendar")
def calendar_bytes(_context: SerializationContext, value: Any) -> bytes:
    return str(value).encode("utf-8", "surrogateescape")


@pytest.fixture(scope="module")
def served(
    tiny_bundles: Path, new_module_database_url: NewDatabaseUrl, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedApp]:
    """The app under a real server, whose connections are kept."""
    data, clock = tmp_path_factory.mktemp("data"), Clock()
    (data / "bundles").symlink_to(tiny_bundles)
    app = create_app(
        Settings(
            data_dir=data,
            database_url=new_module_database_url(data),
            password_memory_kib=19_456,
            webhooks_to_loopback=True,
            delivery_poll_seconds=1e6,
        )
    )
    app.state.services.clock = clock
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_keep_alive=3_600)
    server = uvicorn.Server(config)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening, requests.Session() as session:
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        yield ServedApp(app, f"http://127.0.0.1:{listening.getsockname()[1]}", session, clock)
        session.close()
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def things(served: ServedApp) -> Callable[[Case], RealThings]:
    """Those that requests to an operation name: each operation has its own."""
    made: dict[str, RealThings] = {}

    def of(case: Case) -> RealThings:
        label = case.operation.label
        if label not in made:
            made.clear()
            made[label] = RealThings(served)
        return made[label]

    return of


def caller(case: Case, real: RealThings) -> Bearer:
    """The headers of somebody whom the operation's rule lets in."""
    path = case.operation.path
    if case.operation.definition.raw["security"] == []:
        return {}
    if path.startswith("/v1/me"):
        return real.headers(real.seeker)
    for door in ("employers", "admin", "analytics"):
        if path.startswith(f"/v1/{door}"):
            return real.headers(
                getattr(real, {"employers": "employer", "admin": "administrator", "analytics": "analyst"}[door])
            )
    return real.partner


def real_values(case: Case, real: RealThings) -> dict[str, Callable[[], Any]]:
    path = case.operation.path
    is_partners = path.startswith(("/v1/jobs", "/v1/applications", "/v1/recommendations", "/v1/events"))
    is_kept = path.startswith(("/v1/me/saved-jobs", "/v1/me/dismissals")) and case.method == "DELETE"
    found: dict[str, Callable[[], Any]] = {
        "job_id": lambda: real.partners_job if is_partners else real.kept_job if is_kept else real.employers_job,
        "application_id": lambda: real.partners_application if is_partners else real.employers_application,
        "recommendation_id": lambda: real.partners_recommendation if is_partners else real.own_recommendation,
        "seeker_id": lambda: real.partners_seeker,
        "seeker_ids": lambda: [real.partners_seeker, "nobody"],
        "employer_id": lambda: real.employer_id,
        "template_id": lambda: real.template_id,
        "case_id": lambda: real.case_id,
        "partner_id": lambda: real.partner_id,
        "key_id": lambda: real.key.key_id,
        "webhook_id": lambda: real.webhook_id,
        "account_id": lambda: real.account_id,
        "receipt_id": lambda: real.receipt_id,
        "password": lambda: PASSWORD,
        "email": lambda: real.suspended if path.endswith("appeal") else real.email_of_seeker,
        "refresh_token": lambda: real.refresh_token,
        "confirmation_id": lambda: real.confirmation[0],
        "code": lambda: real.confirmation[1],
        "text_version": lambda: CONSENTS_OF,
        "time_zone": lambda: "America/Lima",
        "url": lambda: "http://127.0.0.1:9/hook",
        "body": lambda: "Hola {name}",
    }
    return found


def replaced(value: Any, known: dict[str, Callable[[], Any]]) -> Any:
    if isinstance(value, dict):
        return {
            name: known[name]() if name in known and isinstance(inner, str | list) else 1 if name == "version" else replaced(inner, known)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [replaced(inner, known) for inner in value]
    return value


def name_real_things(case: Case, real: RealThings) -> None:
    if crc32(repr(case).encode("utf-8", "surrogatepass")) % 4 == 0:
        return
    def ok(location: ParameterLocation) -> bool:
        return case.meta is None or not case.meta.is_negative_at(location)
    known = real_values(case, real)
    if ok(ParameterLocation.PATH):
        for name in case.path_parameters or {}:
            if name in known:
                case.path_parameters = {**case.path_parameters, name: known[name]()}
    if ok(ParameterLocation.QUERY):
        for name in case.query or {}:
            if name == "version":
                case.query = {**case.query, "version": real.snapshot}
            elif name == "job_id":
                case.query = {**case.query, name: known[name]()}
    if ok(ParameterLocation.BODY):
        case.body = replaced(case.body, known)
        if case.media_type == "text/calendar":
            case.body = CALENDAR


STATS: dict[str, dict[int, int]] = {}

CHECKS: list[CheckFunction] = []


def all_checks() -> list[CheckFunction]:
    return [
        schemathesis.checks.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
        checks.negative_data_rejection,
        *([checks.unsupported_method, checks.missing_required_header] if COV else []),
    ]


@GENERATED
@schema.parametrize()
def test_answers(case: Case, served: ServedApp, things: Callable[[Case], RealThings]) -> None:
    served.clock.move(hours=1)
    real = things(case)
    name_real_things(case, real)
    response = case.call(served.url, session=served.session, headers=caller(case, real), allow_redirects=False)
    got = STATS.setdefault(case.operation.label, {})
    got[response.status_code] = got.get(response.status_code, 0) + 1
    case.validate_response(response, checks=all_checks())
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"], case


def test_stats() -> None:
    import json

    Path("/tmp/schemathesis/stats.json").write_text(json.dumps(STATS, indent=1))

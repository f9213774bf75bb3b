"""What the app says of itself holds: every operation is described, references resolve, examples are what they show."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from api.app import create_app
from api.configuration.settings import Settings
from api.recommendations.schemas.answers import BatchLine
from api.schemas.fields import Document

APP = create_app(Settings(data_dir=Path("nowhere"), database_url="sqlite://"))  # never started
DOCUMENT: dict[str, Any] = APP.openapi()
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
JSON, PROBLEM = "application/json", "application/problem+json"
JSON_MEDIA_TYPES = {JSON, PROBLEM, "application/jsonl", "application/ld+json"}
SCHEMAS = "#/components/schemas/"
every_operation = pytest.mark.parametrize("name", sorted(OPERATIONS))


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What an operation takes and gives as JSON: where, and its description."""
    bodies = {"body": operation.get("requestBody", {}), **operation["responses"]}
    for where, body in bodies.items():
        for media_type, content in body.get("content", {}).items():
            if media_type in JSON_MEDIA_TYPES:
                yield f"{where} {media_type}", content


def examples_of(content: dict[str, Any]) -> list[Any]:
    """The examples of a content, or of the schema that it names."""
    if "example" in content:
        return [content["example"]]
    schema = DOCUMENT["components"]["schemas"][content["schema"]["$ref"].removeprefix(SCHEMAS)]
    found: list[Any] = schema.get("examples", [])
    return found


def parameters_of(operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {parameter["name"]: parameter for parameter in operation.get("parameters", [])}


def documents_below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from documents_below(inner)


def test_the_app_serves_the_document_that_is_looked_at_here(document: dict[str, Any]) -> None:
    assert document == DOCUMENT


def test_every_reference_resolves() -> None:
    found = set(references(DOCUMENT))
    assert "#/components/schemas/RecommendationRequest" in found
    assert found <= {f"{SCHEMAS}{name}" for name in DOCUMENT["components"]["schemas"]}


@every_operation
def test_an_operation_is_described(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation["summary"]
    assert operation["description"]
    assert len(operation["tags"]) == 1


@every_operation
def test_an_operation_has_an_example_of_all_json_that_it_takes_and_gives_and_each_is_one(name: str) -> None:
    for where, content in contents(OPERATIONS[name]):
        examples = examples_of(content)
        assert examples, where
        schema = content["schema"] | {"components": DOCUMENT["components"]}
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        for example in examples:
            assert [error.message for error in validator.iter_errors(example)] == [], where


def test_the_examples_of_a_schema_are_accepted_by_its_class() -> None:
    tried = set()
    kinds: list[type[BaseModel]] = [*documents_below(Document), BatchLine]
    for kind in kinds:
        for example in (kind.model_config.get("json_schema_extra") or {}).get("examples", []):  # type: ignore[union-attr]
            kind.model_validate_json(json.dumps(example))
            tried.add(kind.__name__)
    named = {name for name, schema in DOCUMENT["components"]["schemas"].items() if "examples" in schema}
    assert named <= tried


@every_operation
def test_an_operation_names_its_problems_as_problems(name: str) -> None:
    operation = OPERATIONS[name]
    problems = {int(status): answer for status, answer in operation["responses"].items() if int(status) >= 400}
    for answer in problems.values():
        assert list(answer["content"]) == [PROBLEM]
        assert answer["content"][PROBLEM]["schema"] == {"$ref": f"{SCHEMAS}ProblemDocument"}
    expected = {422, 503}
    if operation["security"]:
        expected |= {401, 403}
    if {"partnerKey": []} in operation["security"]:
        expected |= {429}
    if "{" in name:
        expected |= {404}
    if "requestBody" in operation:
        expected |= {413, 415}
        expected |= {400} if JSON in operation["requestBody"]["content"] else set()
    assert expected <= set(problems)


@every_operation
def test_what_answers_pages_takes_a_limit_and_a_cursor(name: str) -> None:
    operation, pages = OPERATIONS[name], False
    for status, answer in operation["responses"].items():
        for content in answer.get("content", {}).values() if status == "200" else ():
            schema = DOCUMENT["components"]["schemas"].get(content.get("schema", {}).get("$ref", "").rpartition("/")[2])
            pages = pages or "next_cursor" in (schema or {}).get("properties", {})
    assert pages == ("cursor" in parameters_of(operation)) == ("limit" in parameters_of(operation))


@every_operation
def test_what_creates_by_post_takes_an_idempotency_key(name: str) -> None:
    operation = OPERATIONS[name]
    if name.startswith("POST ") and "201" in operation["responses"]:
        assert parameters_of(operation)["idempotency-key"]["in"] == "header"


def test_one_meaning_has_one_name_in_every_route() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    named = {name for schema in schemas.values() for name in schema.get("properties", {})}
    assert named & {"words", "body", "note"} == set()
    says = {name for name, schema in schemas.items() if "message" in schema.get("properties", {})}
    assert says == {
        "CodeMailed",
        "InputFault",
        "OwnCase",
        "OwnCaseDetail",
        "OwnScreening",
        "SavedJobDocument",
    }  # what the system tells a person


def test_the_examples_are_accepted(client: TestClient, document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    (request,) = schemas["RecommendationRequest"]["examples"]
    assert "Diseñadora gráfica" in request["profile"]["text"]
    assert client.post("/v1/recommendations", json=request).status_code == 200
    for path, name in (("/v1/jobs/example", "JobDocument"), ("/v1/seekers/example", "ProfileDocument")):
        (example,) = schemas[name]["examples"]
        assert client.put(path, json=example).status_code == 201


def test_terms_are_listed(document: dict[str, Any]) -> None:
    profile = document["components"]["schemas"]["ProfileDocument"]
    assert {"enum": ["phone", "tablet", "computer"]}.items() <= profile["properties"]["device"]["anyOf"][0].items()


def test_a_saved_job_is_said_to_wait_for_the_next_index(document: dict[str, Any]) -> None:
    assert "after the next `chamba index`" in document["paths"]["/v1/jobs/{job_id}"]["put"]["description"]


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAMBA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CHAMBA_PORT", "9000")
    settings = Settings()
    assert (settings.bundles, settings.port) == (tmp_path / "bundles", 9000)
    assert settings.database == f"sqlite:///{tmp_path}/chamba.db"
    monkeypatch.setenv("CHAMBA_DATABASE_URL", "postgresql://db/chamba")
    assert Settings().database == "postgresql://db/chamba"


def test_importing_the_app_brings_no_tensorflow_and_reads_no_settings() -> None:
    code = "import sys, api.app; print({'tensorflow', 'keras', 'training'} & set(sys.modules))"
    environment = {"CHAMBA_PORT": "not a port", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

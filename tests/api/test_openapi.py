"""What the app says of itself holds: references resolve, examples work, errors are described as they are."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings


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


def test_every_reference_resolves(document: dict[str, Any]) -> None:
    found = set(references(document))
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert "#/components/schemas/RecommendationRequest" in found
    assert found <= schemas


def test_the_examples_are_accepted(client: TestClient, document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    (request,) = schemas["RecommendationRequest"]["examples"]
    assert "Diseñadora gráfica" in request["profile"]["text"]
    assert client.post("/v1/recommendations", json=request).status_code == 200
    for path, name in (("/v1/jobs/example", "JobDocument"), ("/v1/seekers/example", "ProfileDocument")):
        (example,) = schemas[name]["examples"]
        assert client.put(path, json=example).status_code == 201


def test_every_route_describes_its_errors_as_problems(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            errors = {status: answer for status, answer in route["responses"].items() if int(status) >= 400}
            assert errors or path in ("/healthz", "/metrics"), (method, path)
            for answer in errors.values():
                assert list(answer["content"]) == ["application/problem+json"]


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

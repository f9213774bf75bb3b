"""Many people in one request: the lines are the answers that each would get alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.recommendations.schemas.answers import BatchLine

URL = "/v1/recommendations:batch"
OpenApp = Callable[..., TestClient]


@pytest.fixture
def client(open_app: OpenApp, tiny_bundles: Path, evening_designer: dict[str, Any]) -> TestClient:
    opened = open_app(tiny_bundles)
    for number in range(20):
        text = f"{evening_designer['text']} y {number} años de ventas"
        opened.put(f"/v1/seekers/p{number}", json=evening_designer | {"text": text})
    return opened


def test_each_line_is_the_answer_alone(client: TestClient) -> None:
    ids = [f"p{number}" for number in range(19, -1, -1)]
    answer = client.post(URL, json={"seeker_ids": ids, "limit": 3, "locale": "en"})
    assert answer.headers["content-type"] == "application/jsonl"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["seeker_id"] for line in lines] == ids
    for line in lines:
        alone = client.post("/v1/recommendations", json={"seeker_id": line["seeker_id"], "limit": 3, "locale": "en"})
        assert BatchLine.model_validate(line)
        of_its_own = {"seeker_id", "recommendation_id"}
        assert line.keys() - alone.json().keys() == {"seeker_id"}
        assert all(line[key] == value for key, value in alone.json().items() if key not in of_its_own)


def test_somebody_unknown_costs_the_others_nothing(client: TestClient) -> None:
    answer = client.post(URL, json={"seeker_ids": ["p1", "nobody", "p2"]})
    first, unknown, last = (json.loads(line) for line in answer.text.splitlines())
    assert unknown["seeker_id"] == "nobody"
    assert unknown["problem"]["status"] == 404
    assert first["seeker_id"] == "p1"
    assert last["seeker_id"] == "p2"


def test_what_is_no_id_costs_the_others_nothing_either(client: TestClient) -> None:
    answer = client.post(URL, json={"seeker_ids": ["not an id", "p1", 7]})
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [(line.get("index"), line["seeker_id"]) for line in lines] == [(0, "not an id"), (None, "p1"), (2, None)]
    assert [line.get("problem", {}).get("status") for line in lines] == [422, None, 422]


@pytest.mark.parametrize("ids", [[], ["a"] * 1001, "p1"])
def test_batches_of_no_or_too_many_people_are_refused(client: TestClient, ids: object) -> None:
    answer = client.post(URL, json={"seeker_ids": ids})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_the_plans_are_told_when_asked_for(client: TestClient) -> None:
    asked = {"seeker_id": "p1"}
    (plan,) = client.post("/v1/recommendations?explain=true", json=asked).json()["plans"]
    assert plan == {"segment": "bundle", "plan": "exact", "lists_read": 0, "came_short": False}
    client.put("/v1/jobs/new", json={"title": "Diseñadora gráfica"})
    segments = client.post("/v1/recommendations?explain=true", json=asked).json()["plans"]
    assert [plan["segment"] for plan in segments] == ["bundle", "fresh"]
    assert "plans" not in client.post("/v1/recommendations", json=asked).json()

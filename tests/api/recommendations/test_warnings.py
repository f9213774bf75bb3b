"""What people are warned of beside a recommended job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.recommendations.schemas.answers import RecommendationAnswer
from engine.catalogue.job_cards import read_reason_inputs, reason_input_bytes
from engine.explain import Locale
from engine.jobs import Job
from engine.moderation.fraud.signs import with_signs
from engine.working_hours import working_hours

JOB: dict[str, Any] = {
    "title": "Tejedora de redes de pesca",
    "description": "Tejer y remendar redes de pesca. Indispensable buena presencia. Edad: 20 a 30 años.",
    "modality": "remote",
}


def warned(client: TestClient, **asked: Any) -> list[dict[str, str]]:
    body = {"profile": {"text": "Tejedora de redes de pesca"}, "limit": 100} | asked
    answer = RecommendationAnswer.model_validate(client.post("/v1/recommendations", json=body).json())
    (found,) = [one for one in answer.recommendations if one.job_id == "red"]
    assert "signs" not in found.job.model_dump()
    return [one.model_dump(mode="json") for one in found.warnings]


def test_a_job_is_recommended_with_its_warnings_in_the_readers_language(
    open_app: Callable[..., TestClient], tiny_bundles: Path
) -> None:
    client = open_app(tiny_bundles)
    client.put("/v1/jobs/red", json=JOB)
    looks, age = warned(client)
    assert (looks["kind"], looks["sentence"]) == ("asks_looks", "Indispensable buena presencia")
    assert looks["text"] == "Pide foto, buena presencia o cierta apariencia, lo que la ley no permite"
    assert (age["kind"], age["sentence"]) == ("asks_age", "Edad: 20 a 30 años")
    in_english = warned(client, locale="en")
    assert [one["sentence"] for one in in_english] == [looks["sentence"], age["sentence"]]
    assert in_english[1]["text"] == "It asks for an age, which the law forbids"


def test_what_a_partner_says_of_signs_is_not_believed(open_app: Callable[..., TestClient], tiny_bundles: Path) -> None:
    client = open_app(tiny_bundles)
    false = {"kind": "pyramid", "severity": "note", "quote": "gana"}
    put = client.put("/v1/jobs/red", json=JOB | {"signs": [false]})
    assert put.status_code == 201
    assert [one["kind"] for one in warned(client)] == ["asks_looks", "asks_age"]
    read = client.get("/v1/jobs/red").json()
    assert [one["kind"] for one in read["signs"]] == ["asks_looks", "asks_age"]
    assert client.put("/v1/jobs/red", json=read).status_code == 200  # it can be put again


def test_a_bundle_from_before_warnings_is_read_without_them() -> None:
    job = Job("one", "Diseñadora", "Edad: 20 a 30 años")
    before = reason_input_bytes(job, working_hours(job))
    assert b"warnings" not in before
    assert read_reason_inputs(before, Locale.ES).warnings == []
    now = reason_input_bytes(with_signs(job), working_hours(job))
    assert [one.sentence for one in read_reason_inputs(now, Locale.EN).warnings] == ["Edad: 20 a 30 años"]

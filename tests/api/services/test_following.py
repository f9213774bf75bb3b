"""Who answers does not wait for those who read many new ads, and who wrote them does."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from threading import enumerate as enumerate_threads
from time import monotonic, sleep
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.services.following import CHANGES_AT_ONCE
from engine.documents.jobs import JobDocument
from engine.encoder.encoder import Tower
from engine.encoder.texts import job_text
from tests.api.services_of import services_of

OpenApp = Callable[..., TestClient]
PERSON = {"text": "Tejedora de redes de pesca", "skills": ["redes de pesca"]}
JOB: dict[str, Any] = {"title": "Tejedora de redes", "description": "Tejer redes en casa.", "modality": "remote"}


@pytest.fixture
def client(open_app: OpenApp, tiny_bundles: Path) -> TestClient:
    opened = open_app(tiny_bundles)
    opened.put("/v1/seekers/red", json=PERSON)
    return opened


@pytest.fixture
def held(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Until it is set, nobody gets through what there is to read."""
    watch, through = services_of(client).watch, Event()
    catch_up = watch.catch_up

    def slowly() -> bool:
        assert through.wait(30)
        return catch_up()

    monkeypatch.setattr(watch, "catch_up", slowly)
    yield through
    through.set()


def found(client: TestClient) -> set[str]:
    answer = client.post("/v1/recommendations", json={"seeker_id": "red", "limit": 100})
    assert answer.status_code == 200, answer.text
    return {one["job_id"] for one in answer.json()["recommendations"]}


def niceness(thread: Thread) -> int:
    """0 of one that has ended."""
    try:
        return os.getpriority(os.PRIO_PROCESS, thread.native_id or 0)
    except ProcessLookupError:
        return 0


def put_by_another_process(client: TestClient, count: int) -> None:
    """Jobs that are in the store and that no request to this app has written."""
    services = services_of(client)
    bundle, job = services.bundle(), JobDocument(**JOB).job("nueva")
    vector = bundle.encoder.encode([job_text(job)], Tower.JOB)[0]
    for number in range(count):
        services.records.put_job(replace(job, job_id=f"nueva-{number}"), vector, bundle.model_id)


def test_many_new_ads_are_read_while_others_are_answered(client: TestClient, held: Event) -> None:
    put_by_another_process(client, CHANGES_AT_ONCE + 1)
    before = found(client)
    assert before
    assert not any(job_id.startswith("nueva-") for job_id in before)
    assert client.get("/healthz").status_code == 200
    held.set()
    services_of(client).follow_jobs()
    assert any(job_id.startswith("nueva-") for job_id in found(client))


def test_the_next_answer_waits_for_a_few(client: TestClient) -> None:
    put_by_another_process(client, 2)
    assert any(job_id.startswith("nueva-") for job_id in found(client))


def test_texts_that_take_long_are_not_waited_for_without_end(client: TestClient, held: Event) -> None:
    put_by_another_process(client, 1)
    assert not held.is_set()
    assert not any(job_id.startswith("nueva-") for job_id in found(client))


def test_who_puts_many_finds_them_at_once(client: TestClient) -> None:
    jobs = [{"job_id": f"lote-{number}", "job": JOB} for number in range(2 * CHANGES_AT_ONCE)]
    assert client.post("/v1/jobs:batch", json={"jobs": jobs}).status_code == 200
    assert any(job_id.startswith("lote-") for job_id in found(client))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priority of their own")
def test_whoever_computes_stands_behind_whoever_answers(client: TestClient) -> None:
    client.post("/v1/recommendations", json={"profile": PERSON})
    give_up_at, behind = monotonic() + 30, set[str]()
    while monotonic() < give_up_at and not {"AnyIO", "encoder", "following"} <= behind:
        behind = {re.split(r"[ _]", one.name)[0] for one in enumerate_threads() if one.native_id and niceness(one) > 0}
        sleep(0.1)
    assert {"AnyIO", "encoder", "following"} <= behind

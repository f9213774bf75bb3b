"""What is counted, and under which labels."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.metrics import forget_dead_workers
from tests.api.services_of import services_of

Scraped = Callable[..., float]
OpenApp = Callable[..., TestClient]
PROFILE = {"text": "Digitadora de datos", "skills": ["Excel"]}


@pytest.fixture
def fresh(open_app: OpenApp, tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


def test_requests_are_counted_by_template_never_by_address(fresh: TestClient, scraped: Scraped) -> None:
    for seeker_id in ("a", "b", "c"):
        fresh.get(f"/v1/seekers/{seeker_id}")
    fresh.get("/nowhere/1")
    fresh.get("/nowhere/2")
    fresh.request("BREW", "/healthz")
    counted = "chamba_http_requests_total"
    assert scraped(fresh, counted, method="GET", route="/v1/seekers/{seeker_id}", status="404") == 3
    assert scraped(fresh, counted, method="GET", route="unmatched", status="404") == 2
    assert scraped(fresh, counted, method="other", route="/healthz", status="405") == 1
    assert "nowhere" not in fresh.get("/metrics").text


def test_a_failure_of_ours_is_counted_as_one(
    fresh: TestClient, scraped: Scraped, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("api.partners.service.own_jobs.seen_job", fail)
    fresh.get("/v1/jobs/a")
    labels = {"method": "GET", "route": "/v1/jobs/{job_id}"}
    assert scraped(fresh, "chamba_http_requests_total", status="500", **labels) == 1
    assert scraped(fresh, "chamba_http_request_duration_seconds_count", **labels) == 1


def test_each_stage_of_a_recommendation_is_timed_once(fresh: TestClient, scraped: Scraped) -> None:
    fresh.post("/v1/recommendations", json={"profile": PROFILE})
    route = {"method": "POST", "route": "/v1/recommendations"}
    whole = scraped(fresh, "chamba_http_request_duration_seconds_sum", **route)
    stages = ("encode", "filter", "retrieve", "rerank", "explain", "serialise")
    for stage in stages:
        assert scraped(fresh, "chamba_stage_duration_seconds_count", stage=stage) == 1
    spent = sum(scraped(fresh, "chamba_stage_duration_seconds_sum", stage=stage) for stage in stages)
    assert 0 < spent < whole


def test_candidates_in_and_out_are_those_of_the_answer(fresh: TestClient, scraped: Scraped) -> None:
    answer = fresh.post("/v1/recommendations", json={"profile": PROFILE, "limit": 4}).json()
    counts = answer["candidates"]
    expected = {
        "catalogue": counts["catalogue"],
        "eligible": counts["eligible"],
        "retrieved": counts["reranked"],
        "returned": 4,
    }
    assert {step: scraped(fresh, "chamba_candidates_sum", step=step) for step in expected} == expected


def test_the_bundle_is_described_at_each_scrape(fresh: TestClient, scraped: Scraped) -> None:
    ready = fresh.get("/readyz").json()
    assert scraped(fresh, "chamba_bundle_info", version=ready["bundle"], model=ready["model"]) == 1
    catalogue = fresh.post("/v1/recommendations", json={"profile": PROFILE}).json()["candidates"]["catalogue"]
    assert scraped(fresh, "chamba_jobs_served") == catalogue
    first = scraped(fresh, "chamba_bundle_age_seconds")
    assert 0 < first < scraped(fresh, "chamba_bundle_age_seconds")


def test_without_a_bundle_no_jobs_are_served_and_none_is_described(open_app: OpenApp) -> None:
    text = open_app().get("/metrics").text
    assert "\nchamba_jobs_served 0.0\n" in text
    assert "chamba_bundle_info{" not in text
    assert "\nchamba_bundle_age_seconds " not in text


def test_apps_count_for_themselves(open_app: OpenApp, scraped: Scraped) -> None:
    first, second = open_app(), open_app()
    first.get("/healthz")
    labels = {"method": "GET", "route": "/healthz", "status": "200"}
    assert scraped(first, "chamba_http_requests_total", **labels) == 1
    assert scraped(second, "chamba_http_requests_total", **labels) == 0


def test_answers_that_wait_to_be_logged_are_seen(fresh: TestClient, scraped: Scraped) -> None:
    services = services_of(fresh)
    assert scraped(fresh, "chamba_journal_waiting_bytes") == 0
    fresh.post("/v1/recommendations", json={"profile": PROFILE})
    assert scraped(fresh, "chamba_journal_waiting_bytes") > 1000
    services.journal.ship(wait=True)
    assert scraped(fresh, "chamba_journal_waiting_bytes") == 0
    assert scraped(fresh, "chamba_unlogged_answers_total") == 0


def test_what_waits_in_a_worker_that_was_killed_is_forgotten_and_what_it_counted_is_not(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    kept = {f"gauge_livesum_{os.getpid()}.db", f"counter_{ended.pid}.db", f"histogram_{ended.pid}.db"}
    for name in (*kept, f"gauge_livesum_{ended.pid}.db"):
        (tmp_path / name).touch()
    forget_dead_workers(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == kept


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 3}', '{"a": {"failures": "x"}}'])
def test_a_file_of_feeds_that_cannot_be_read_shows_nothing(fresh: TestClient, text: str) -> None:
    folder = services_of(fresh).settings.data_dir / "feeds"
    folder.mkdir()
    (folder / "status.json").write_text(text)
    answer = fresh.get("/metrics")
    assert answer.status_code == 200
    assert "chamba_feed_failures{" not in answer.text


def test_how_feeds_stand_is_seen_as_their_runs_wrote_it(fresh: TestClient, scraped: Scraped) -> None:
    assert "chamba_feed_failures{" not in fresh.get("/metrics").text
    postings = {"read": 7, "new": 2, "same": 5}
    stands = {"succeeded_at": "2026-01-01T00:00:00+00:00", "due_at": "2026-01-02T00:00:00+00:00", "outcome": "complete"}
    told = {
        "taller": {**stands, "failures": 0, "postings": postings},
        "nuevo": {**stands, "succeeded_at": None, "failures": 3, "postings": {}},
    }
    folder = services_of(fresh).settings.data_dir / "feeds"
    folder.mkdir()
    (folder / "status.json").write_text(json.dumps(told))
    assert scraped(fresh, "chamba_feed_postings", feed="taller", outcome="new") == 2
    assert scraped(fresh, "chamba_feed_failures", feed="nuevo") == 3
    assert scraped(fresh, "chamba_feed_age_seconds", feed="taller") > 0
    assert 'chamba_feed_age_seconds{feed="nuevo"}' not in fresh.get("/metrics").text

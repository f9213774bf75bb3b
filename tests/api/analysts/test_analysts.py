"""An analyst takes a snapshot and asks; the numbers are the same in every format, and nobody is in them by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from sample.world import World
from store.people.accounts import Role
from tests.api.services_of import services_of

Bearer = dict[str, str]
QUESTIONS = "/v1/analytics/questions"


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_world: World) -> TestClient:
    """An app over the sample world's people, jobs and placements."""
    client = open_app()
    records = services_of(client).records
    records.put_jobs(tiny_world.jobs)
    records.put_seekers(tiny_world.seekers)
    records.add_placements(tiny_world.placements)
    return client


@pytest.fixture
def analyst(app: TestClient, sign_in: Callable[..., Bearer]) -> Bearer:
    return sign_in(app, Role.ANALYST, email="analista@correo.pe", agreed=())


def test_before_the_first_snapshot_an_analyst_is_told_to_take_one(app: TestClient, analyst: Bearer) -> None:
    answer = app.get(f"{QUESTIONS}/funnel", headers=analyst)
    assert answer.status_code == 404
    assert "snapshot" in answer.json()["detail"]


def test_a_question_has_the_same_answer_in_every_format(app: TestClient, analyst: Bearer, tmp_path: Path) -> None:
    taken = app.post("/v1/analytics/snapshots", headers=analyst)
    assert taken.status_code == 201, taken.text
    (listed,) = app.get("/v1/analytics/snapshots", headers=analyst).json()["items"]
    assert listed == taken.json()
    response = app.get(f"{QUESTIONS}/hours", headers=analyst).json()
    names = [column["name"] for column in response["columns"]]
    sheet = app.get(f"{QUESTIONS}/hours?format=csv", headers=analyst)
    assert sheet.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(sheet.text)))
    assert rows[0] == names
    assert len(rows) - 1 == len(response["rows"]) == 168
    file = tmp_path / "hours.parquet"
    file.write_bytes(app.get(f"{QUESTIONS}/hours?format=parquet", headers=analyst).content)
    read = duckdb.sql(f"SELECT * FROM '{file}'").fetchall()
    assert [list(row) for row in read] == response["rows"]


def test_the_report_is_a_page_in_spanish(app: TestClient, analyst: Bearer, tiny_world: World) -> None:
    app.post("/v1/analytics/snapshots", headers=analyst)
    page = app.get("/v1/analytics/report", headers=analyst)
    assert page.headers["content-type"].startswith("text/html")
    assert '<html lang="es"' in page.text
    assert "<svg" in page.text
    assert "<script" not in page.text
    assert not any(seeker.seeker_id in page.text for seeker in tiny_world.seekers)


@pytest.mark.parametrize("query", ["since=2026-12-01&until=2026-01-01", "since=ayer", "format=xlsx", "version=none"])
def test_what_cannot_be_asked_is_refused(app: TestClient, analyst: Bearer, query: str) -> None:
    app.post("/v1/analytics/snapshots", headers=analyst)
    assert app.get(f"{QUESTIONS}/funnel?{query}", headers=analyst).status_code in (404, 422)
    assert app.get(f"{QUESTIONS}/secrets", headers=analyst).status_code == 422

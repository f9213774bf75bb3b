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


def test_the_first_question_takes_the_first_snapshot(app: TestClient, analyst: Bearer) -> None:
    assert app.get("/v1/analytics/snapshots", headers=analyst).json()["items"] == []
    answer = app.get(f"{QUESTIONS}/skills", headers=analyst)
    assert answer.status_code == 200, answer.text
    (taken,) = app.get("/v1/analytics/snapshots", headers=analyst).json()["items"]
    assert answer.json()["snapshot"] == taken["version"]
    assert taken["counts"]["people"] % 5 == 0
    assert app.get("/v1/analytics/report", headers=analyst).status_code == 200


def test_no_question_gives_what_another_hides(app: TestClient, analyst: Bearer) -> None:
    """The total of one answer less the visible weeks of another leaves more than one number for what is hidden."""
    tables = {
        question: app.get(f"{QUESTIONS}/{question}", headers=analyst).json() for question in ("funnel", "match-success")
    }
    for table in tables.values():
        names = [column["name"] for column in table["columns"]]
        counted = [place for place, name in enumerate(names) if name in ("shown", "applied", "interviewed", "hired")]
        values = [row[place] for row in table["rows"] for place in counted if row[place] is not None]
        assert values
        assert all(value % 5 == 0 for value in values)


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
